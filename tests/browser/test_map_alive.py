"""The map is alive: its figures open people, its emotion curve has gaps, hand-set points move, and it can be walked."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from desireline.model.definition import Definition, MatchRule, Stage, Touchpoint
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace
from tests.browser import probes
from tests.browser.conftest import Open
from tests.browser.watch import settled
from tests.servers import Server, serving

STEPS: Final = (("Visit", 30, 5), ("Offer", 22, 3), ("Order", 21, None), ("Service", 12, 2), ("Review", 8, 4))
"""Event, people, and the score that each of them gave on a scale of 1 to 5; nobody was asked about the order."""

MAP: Final = "/map/living-map"


def _workspace(root: Any) -> Any:
    rows = [
        f"p{i};2026-03-{2 * day + 1:02}T08:{i:02}:00Z;{name};web;{score or ''}"
        for i in range(1, 31)
        for day, (name, people, score) in enumerate(STEPS)
        if i <= people
    ]
    file = root / "people.csv"
    file.write_text("\n".join(["who;when;what;where;score", *rows, ""]), encoding="utf-8")
    mapping = {
        "person": [{"column": "who", "type": "customer_id"}], "time": {"column": "when"}, "event": {"column": "what"},
        "channel": {"columns": ["where"]}, "score": {"column": "score"},
    }  # fmt: skip
    ws = Workspace(root / "workspace")
    ws.import_files([file], "shop", mapping=Mapping.model_validate(mapping))
    ws.save_definition(
        Definition(
            stages=[Stage(name=name) for name, *_ in STEPS],
            touchpoints=[Touchpoint(name=n, channel="web", stage=n, match=[MatchRule(name=n)]) for n, *_ in STEPS],
        )
    )
    sheet = ws.maps.draw("Living map")
    steps = [stage.steps[0].id for stage in sheet.stages]
    scales = {item.id: "csat" for item in sheet.library if item.kind == "touchpoint"}
    ws.maps.apply(
        sheet.id,
        [{"do": "lane.remove", "id": lane.id} for lane in sheet.lanes if lane.kind == "emotion"]
        + [
            {"do": "lane.add", "lane": {"id": "felt", "kind": "emotion", "recipe": {"scales": scales}}, "at": 1},
            {"do": "card.add", "lane": "felt", "step": steps[2], "card": {"id": "guess", "value": -0.5}},
        ],
    )
    return ws.places.root


@pytest.fixture(scope="module")
def alive(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server over five stages with scores at four of them, and a point that somebody set by hand at the fifth."""
    with serving(_workspace(tmp_path_factory.mktemp("alive"))) as server:
        yield server


def _point(page: Page) -> Locator:
    return page.get_by_role("slider", name=re.compile("Order"))


def _box(thing: Locator) -> Any:
    box = thing.bounding_box()
    assert box is not None
    return box


def test_a_figure_opens_exactly_its_people(alive: Server, visit: Open) -> None:
    page = visit(alive, MAP)
    offer = page.locator("[data-id]").filter(has=page.locator(".touchpoint", has_text="Offer")).last
    figure = offer.get_by_role("button", name=re.compile("^22"))
    expect(figure).to_be_visible()
    figure.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("22 people")
    expect(drawer.get_by_role("listitem")).to_have_count(22)


def test_the_curve_is_never_drawn_where_nobody_said_anything(alive: Server, visit: Open) -> None:
    page = visit(alive, MAP)
    lane = page.get_by_role("group", name="Emotion curve").first
    lines = lane.locator("path[data-piece='scores:']")
    expect(lines).to_have_count(2)
    first, second = (_box(line) for line in lines.all())
    assert first["x"] + first["width"] < _box(_point(page))["x"] < second["x"]
    expect(lane.get_by_text("no evidence here").first).to_be_visible()
    scored = [lane.get_by_role("button", name=re.compile(f"^{name}: ")) for name, _, score in STEPS if score]
    said = [button.get_attribute("aria-label") or "" for button in scored]
    assert [text.split(",")[0] for text in said] == ["Visit: +2.0", "Offer: 0.0", "Service: \u22121.0", "Review: +1.0"]
    assert [int(found.group(1)) for text in said if (found := re.search(r"\bn (\d+)", text))] == [30, 22, 12, 8]
    expect(lane.get_by_role("row", name=re.compile("Order")).get_by_role("cell").first).to_have_text("no evidence here")


def test_a_hand_set_point_moves_by_keyboard_and_is_kept(alive: Server, visit: Open) -> None:
    page = visit(alive, MAP)
    point = _point(page)
    expect(point).to_have_attribute("aria-valuenow", "-0.5")
    before = _box(point)
    point.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(point).to_have_attribute("aria-valuetext", "+0.25")
    for _ in range(50):  # it is drawn after it is said
        if _box(point)["y"] < before["y"]:
            break
        page.wait_for_timeout(20)
    assert _box(point)["y"] < before["y"]
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    sheet = page.request.get("/api/maps/living-map").json()
    felt = next(lane for lane in sheet["lanes"] if lane["id"] == "felt")
    cards = [card for cell in felt["cells"].values() for card in cell]
    assert [(card["id"], card["value"]) for card in cards] == [("guess", 0.25)]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(point).to_have_attribute("aria-valuenow", "-0.5")
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()


def test_the_panel_changes_what_is_selected(alive: Server, visit: Open) -> None:
    page = visit(alive, f"{MAP}")
    page.locator("[role=columnheader][data-id]").get_by_text("Offer", exact=True).first.click()
    page.get_by_role("button", name=re.compile("^Details")).click()
    panel = page.locator(".panel")
    expect(panel.get_by_role("heading", name="Offer")).to_be_visible()
    panel.get_by_label("Description").fill("They get a price.")
    panel.get_by_label("Owner").fill("Sales")
    panel.get_by_label("Name").focus()
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    stage = page.request.get("/api/maps/living-map").json()["stages"][1]
    assert (stage["description"], stage["owner"]) == ("They get a price.", "Sales")


def test_the_map_is_walked_stage_by_stage(alive: Server, visit: Open) -> None:
    page = visit(alive, MAP)
    page.get_by_role("button", name="Present", exact=True).click()
    show = page.get_by_role("dialog", name="Presentation: Living map")
    heading = show.get_by_role("heading", level=2)
    expect(heading).to_have_text("Living map")
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("Visit")
    expect(show.locator("[aria-live]")).to_have_text("Visit, 2 of 6")
    page.keyboard.press(" ")
    expect(heading).to_have_text("Offer")
    page.keyboard.press("End")
    expect(heading).to_have_text("Review")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Service")
    page.keyboard.press("Escape")
    expect(show).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390])
def test_panel_and_presentation_have_no_barrier(alive: Server, visit: Open, width: int) -> None:
    page = visit(alive, MAP, width=width)
    page.get_by_role("button", name=re.compile("^Details")).click()
    page.locator(".panel").wait_for()
    settled(page)
    found = probes.axe(page)
    probes.dark(page)
    found += probes.axe(page, only=["color-contrast"])
    page.keyboard.press("Alt+p")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("ArrowRight")
    found += probes.axe(page)
    assert not found, "\n".join(found)

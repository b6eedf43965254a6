"""The same number everywhere: on the map, in the drawer, in the funnel, in the flow picture, from the API."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Open
from tests.servers import Server

MAP = "/map/complete-journey"
HOUSEHOLDS = 2_469
"""Of the study, from its documentation."""


def whole(text: str) -> int:
    """The first whole number in a text with grouped digits."""
    found = re.search(r"\d[\d,]*", text)
    assert found, text
    return int(found[0].replace(",", ""))


def api(page: Page, path: str) -> Any:
    answer = page.request.get(f"/api{path}")
    assert answer.ok, answer.text()
    return answer.json()


def everyone_in(drawer: Locator) -> list[str]:
    """All people of a drawer, page after page."""
    found: list[str] = []
    while True:
        rows = drawer.get_by_role("listitem")
        rows.first.wait_for()
        found += drawer.locator("li .who").all_inner_texts()
        forward = drawer.get_by_role("button", name="Next")
        if not forward.count() or forward.is_disabled():
            return found
        first = drawer.locator("li .who").first.inner_text()
        forward.click()
        expect(drawer.locator("li .who").first).not_to_have_text(first)


def counted(measured: dict[str, Any]) -> list[tuple[str, int]]:
    """Every drill-down cell of a map, with the people that its figure says."""
    found = []
    for stage in measured["stages"].values():
        found += [(stage["cell"], stage["people"])]
        found += [(f"{way}:{stage['index']}", stage[way]) for way in ("goes_on", "dropped", "open", "loops")]
    figures = [card["figure"] for card in measured["cards"].values()] + list(measured["steps"].values())
    found += [(figure["cell"], figure["n"]) for figure in figures if figure]
    found += [(one["cell"], one["people"]) for crossing in measured["hand_offs"].values() for one in crossing]
    return found


def test_a_stage_its_cards_its_drawer_and_its_people_are_as_many(demo: Server, visit: Open) -> None:
    page = visit(demo, MAP)
    measured = api(page, "/maps/complete-journey/measured")
    stages = measured["stages"]
    figures = {name: page.locator(f"[role=columnheader][data-id={name}] .figures button").first for name in stages}
    shown = {name: whole(figure.inner_text()) for name, figure in figures.items()}
    assert shown == {name: stage["people"] for name, stage in stages.items()}
    assert max(shown.values()) == HOUSEHOLDS
    drawn = page.locator("[data-sheet] [data-id]:has(> .body > .touchpoint)").all()
    assert len(drawn) == len(stages)
    for card in drawn:
        figure = measured["cards"][card.get_attribute("data-id")]["figure"]
        assert whole(card.locator(".figure").inner_text()) == figure["value"] == figure["n"]

    smallest = min(shown, key=lambda name: shown[name])
    figures[smallest].click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("header p")).to_have_text(f"{shown[smallest]} people")
    people = everyone_in(drawer)
    assert len(people) == len(set(people)) == shown[smallest]


def test_every_figure_of_the_map_opens_as_many_people(demo: Server, visit: Open) -> None:
    """By the API that the drawer asks, with the cells of the buttons on the page."""
    page = visit(demo, MAP)
    measured = api(page, "/maps/complete-journey/measured")
    cells = counted(measured)
    assert len(cells) > 40
    for cell, people in cells:
        asked = {"token": measured["drilldown"], "cell": cell, "limit": 1}
        assert page.request.get("/api/drilldown", params=asked).json()["total"] == people, cell
    for stage in measured["stages"].values():
        assert stage["goes_on"] + stage["dropped"] + stage["open"] == stage["people"]


def test_funnel_flow_and_api_agree(demo: Server, visit: Open) -> None:
    page = visit(demo, "/explore/funnel?step=Mailing&step=Basket&step=Coupon+redeemed")
    table = page.get_by_role("table", name=re.compile("Steps of the funnel"))
    shown = [whole(row.locator("td.numeric").first.inner_text()) for row in table.locator("tr.step").all()]
    request = {"steps": ["Mailing", "Basket", "Coupon redeemed"]}
    answer = page.request.post("/api/questions/funnel", data=request).json()
    assert shown == [step["people"] for step in answer["steps"]]
    losses = [whole(text) for text in table.locator("tr.between button").all_inner_texts()]
    assert losses == [a - b for a, b in pairwise(shown)]

    page.get_by_role("button", name="Funnel").click()
    page.get_by_role("link", name="Paths", exact=True).click()
    page.get_by_role("combobox", name="Touchpoint").fill("Mailing")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(f"{shown[0]:,} people entered at Mailing.")
    page.get_by_role("link", name="It is the same number as step 1").click()
    expect(table.locator("tr.step")).to_have_count(1)
    assert whole(table.locator("tr.step td.numeric").first.inner_text()) == shown[0]


@pytest.mark.parametrize("direction", ["from", "to", "around"])
def test_every_column_of_the_flow_adds_up(demo: Server, visit: Open, direction: str) -> None:
    page = visit(demo, f"/explore/paths?anchor=Mailing&depth=4&direction={direction}")
    columns: dict[str, int] = {}
    for box in page.get_by_role("group", name=re.compile("Flow picture")).locator("button[title]").all():
        place, people = re.fullmatch(r".*, (.*): ([\d,]+), .*%", box.get_attribute("title") or "").groups()
        columns[place] = columns.get(place, 0) + whole(people)
    answer = page.request.post(
        "/api/questions/paths", data={"anchor": "Mailing", "depth": 4, "direction": direction}
    ).json()
    assert set(columns.values()) == {answer["people_entered"]}
    assert len(columns) == len(answer["layers"])


def test_overview_people_and_status_agree(demo: Server, visit: Open) -> None:
    page = visit(demo)
    status = api(page, "/status")
    spans = page.get_by_role("heading", level=1).locator("span").all_inner_texts()
    assert [whole(span) for span in spans] == [status["people"], status["events"], len(status["sources"])]
    assert status["people"] == HOUSEHOLDS
    rows = page.get_by_role("table", name="Connected sources").locator("tbody tr").all()
    assert sum(whole(row.locator("td").nth(1).inner_text()) for row in rows) == status["events"]
    screens.lead_to(page, "People")
    expect(page.locator("main")).to_contain_text(f"{HOUSEHOLDS:,} people")

"""What the data say by themselves: what the API counts, by mouse and by keyboard, and what is kept of it."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from desireline.analyze.grouping.documents import PersonasResult
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace
from tests.browser import probes
from tests.browser.conftest import Open
from tests.browser.watch import settled, turned
from tests.servers import Server, serving

MAPPING: Final = {
    "person": [{"column": "who", "type": "customer_id"}], "time": {"column": "when"}, "event": {"column": "what"},
    "channel": {"columns": ["where"]},
}  # fmt: skip
PARTS: Final = {"offer": ("Ad", "Search", "Compare"), "order": ("Basket", "Order", "Pay"), "help": ("Parcel", "Review")}
"""The topic of a call amid touchpoints of a stage, and these."""


def calls() -> Iterator[dict[str, Any]]:
    """Two hundred fictitious people who go through three stages; half of them call in each, about what it is about."""
    draw = random.Random(4)  # noqa: S311 - the same people each time, no secret
    for person in range(200):
        at = 1_767_225_600 + person * 3600
        for topic, names in PARTS.items():
            walk: list[tuple[str, str | None]] = [(name, None) for name in draw.sample(names, len(names))]
            if draw.random() < 0.5:
                walk.insert(1, ("Call", topic))
            for name, about in walk:
                at += 600
                event = {"who": f"c{person}", "when": at, "what": name, "where": "phone" if about else "web"}
                yield event | ({"topic": about} if about else {})


@pytest.fixture
def callers(tmp_path: Path, front_end: None) -> Iterator[Server]:
    """A server over these people, with a definition of two stages."""
    file = tmp_path / "calls.jsonl"
    file.write_text("\n".join(json.dumps(event) for event in calls()), encoding="utf-8")
    ws = Workspace(tmp_path / "workspace")
    ws.import_files([file], "calls", mapping=Mapping.model_validate(MAPPING))
    ws.propose_definition(stages=2)
    with serving(ws.places.root) as server:
        yield server


def answer(page: Page, question: str, **asked: Any) -> Any:
    """The answer of the API."""
    found = page.request.post(f"/api/questions/{question}", data=asked, timeout=60_000)
    assert found.ok, found.text()
    return found.json()


def figure(within: Page | Locator, people: int, about: str) -> Locator:
    """The figure that counts these people."""
    return within.get_by_role("button", name=re.compile(rf"^{people:,} people ?, {re.escape(about)}$"))


def opened(page: Page, people: int, about: str) -> str:
    """What the drawer of the people behind a figure counts; it is closed again."""
    figure(page, people, about).first.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("listitem").first.wait_for()
    said = drawer.locator("header p").inner_text()
    page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    return said


def test_what_is_found_is_what_the_api_counts(simulated: Server, visit: Open) -> None:
    page = visit(simulated, "/discover")
    stages = answer(page, "stages")
    main = page.get_by_role("main")
    for group in stages["groups"]:
        expect(figure(main, group["people"], group["name"])).to_be_visible()
    assert stages["touchpoints"]
    assert main.locator("svg g > circle").count() == len(stages["touchpoints"])
    first = stages["groups"][0]
    assert opened(page, first["people"], first["name"]) == f"{first['people']:,} people"

    page.get_by_role("link", name="Journey types").focus()
    page.keyboard.press("Enter")
    settled(page)
    types = answer(page, "types", goal="Order")
    assert types["groups"]
    for group in types["groups"]:
        part = page.get_by_role("region", name=group["name"], exact=True)
        expect(figure(part, group["people"], group["name"])).to_be_visible()
    last = types["groups"][-1]
    assert opened(page, last["people"], last["name"]) == f"{last['people']:,} people"
    page.get_by_label("Types", exact=True).select_option("2")
    page.get_by_label("Goal", exact=True).select_option("Return")
    settled(page)
    assert page.url.endswith("/discover/types?types=2&goal=Return")
    two = answer(page, "types", goal="Return", k=2, most=8)
    page.reload()
    settled(page)
    assert [one.inner_text() for one in main.locator("section h2").all()] == [one["name"] for one in two["groups"]]
    assert probes.axe(page) == []


def test_changes_are_told_as_the_api_finds_them(simulated: Server, visit: Open) -> None:
    page = visit(simulated, "/discover/drift")
    drift = answer(page, "drift")
    main = page.get_by_role("main")
    names = [f"{one['from']} → {one['to']}" for one in drift["changes"]]
    assert main.locator("li > h2").all_inner_texts() == names
    for one in drift["changes"][:1]:
        assert opened(page, one["people"], names[0]) == f"{one['people']:,} people"
    if not names:
        expect(main.get_by_text("Nothing changed that chance does not explain")).to_be_visible()
    assert probes.axe(page) == []


def persona(name: str, share: float, phone: float) -> dict[str, Any]:
    """A group as the question of personas tells it; a twentieth to either side of each figure is its interval."""
    around = {"low": share - 0.05, "high": share + 0.05}
    trait = {"behaviour": "channel", "name": "telefon", "mean": phone, "low": phone - 0.05, "high": phone + 0.05}
    return {
        "name": name, "names": {"en": name}, "people": round(30 * share), "share": share, **around, "stability": 0.9,
        "badge": "very_stable", "value": None, "pace_seconds": 3600.0, "goal": None, "journey": ["Wizyta", "Zakup"],
        "channels": [{"name": "telefon", "share": phone, "everyone": 0.3}], "touchpoints": [], "trend": [],
        "traits": [{**trait, "everyone": 0.3, "log2_ratio": 1.0, "q": 0.0, "names_it": True}],
    }  # fmt: skip


def test_personas_are_told_side_by_side_or_that_there_are_none(shop: Server, visit: Open) -> None:
    page = visit(shop, "/discover/personas")
    main = page.get_by_role("main")
    none = answer(page, "personas", goal="Zakup")
    assert (none["stable"], none["reason"]) == (False, "too_few_people")
    expect(main.get_by_text("Not enough people to look for groups: 30 people.")).to_be_visible()

    groups = [persona("Callers", 0.6, 0.8), persona("Browsers", 0.4, 0.1)]
    found = PersonasResult.model_validate({**none, "stable": True, "reason": None, "groups": groups})
    page.route("**/api/questions/personas", lambda route: route.fulfill(json=found.model_dump(mode="json")))
    page.goto("/discover/personas?view=matrix")
    settled(page)
    expect(main.locator("thead th")).to_contain_text(["What", "Callers", "Browsers", "Everyone"])
    marks = [cell.inner_text().split()[0] for cell in main.locator("tbody tr").last.locator("td").all()]
    assert marks[:2] == ["▲", "▼"]
    assert probes.axe(page) == []
    turned(page, "/discover/personas")
    expect(main.get_by_role("button", name="Make a persona card")).to_have_count(2)
    assert probes.axe(page) == []


def test_found_stages_become_a_version(callers: Server, visit: Open) -> None:
    page = visit(callers, "/discover?stages=3")
    found = answer(page, "stages", k=3)
    before = page.request.get("/api/definition").json()
    assert [len(before["stages"]), len(found["groups"]), [one["touchpoint"] for one in found["spanning"]]] == [
        2,
        3,
        ["Call"],
    ]
    page.get_by_role("button", name="Use these stages").click()
    dialog = page.get_by_role("dialog")
    names = dialog.get_by_role("textbox")
    expect(names).to_have_count(3)
    names.nth(0).fill("Look")
    names.nth(2).fill("Look")
    save = dialog.get_by_role("button", name="Save a new version")
    expect(save).to_be_disabled()
    names.nth(1).fill("Buy")
    names.nth(2).fill("Use")
    save.click()
    dialog.wait_for(state="hidden")
    settled(page)
    after = page.request.get("/api/definition").json()
    assert (after["version"], after["origin"]) == (before["version"] + 1, "edited")
    assert [one["name"] for one in after["stages"]] == ["Look", "Buy", "Use"]
    place = {one["touchpoint"]: one["stage"] for one in found["touchpoints"]}
    assert {one["name"]: one["stage"] for one in after["touchpoints"]} == {
        name: ("Look", "Buy", "Use")[stage] for name, stage in place.items()
    }
    expect(page.get_by_text(f"They agree with version {after['version']} of your definition")).to_be_visible()


def test_a_touchpoint_of_several_stages_is_split(callers: Server, visit: Open) -> None:
    page = visit(callers, "/discover?stages=3")
    before = page.request.get("/api/definition").json()
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="Split by topic").press("Enter")
    dialog.get_by_label("help").uncheck()
    dialog.get_by_role("button", name="Split into 2 more touchpoints").click()
    dialog.wait_for(state="hidden")
    settled(page)
    split = page.request.get("/api/definition").json()
    made = {one["name"] for one in split["touchpoints"]} - {one["name"] for one in before["touchpoints"]}
    assert made == {"Call: offer", "Call: order"}
    by_topic = {one["touchpoint"]: one["people"] for one in answer(page, "stages", k=3)["touchpoints"]}
    about = [one for one in calls() if one.get("topic") == "offer"]
    assert by_topic["Call: offer"] == len({one["who"] for one in about})

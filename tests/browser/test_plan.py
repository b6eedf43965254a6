"""Plan: an action is made, its bet sealed by its start, and what is changed of it afterwards is shown; by keyboard."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from desireline.service.workspace import Workspace
from tests.browser import shops
from tests.browser.conftest import Open
from tests.browser.watch import settled
from tests.servers import Server, serving


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server of this test's own over the shop's people, with an action whose day is over."""
    folder = tmp_path_factory.mktemp("plan")
    ws = Workspace(folder / "workspace")
    ws.import_files([shops.write(folder)], shops.SOURCE, mapping=shops.MAPPING)
    ws.actions.create({"name": "Late", "status": "planned", "start": "2026-01-01", "due": "2026-01-02"})
    with serving(ws.places.root) as server:
        yield server


def told(server: Server, path: str) -> Any:
    """What the API answers."""
    return httpx.get(f"{server.address}/api/{path}", timeout=60).raise_for_status().json()


def write_bet(page: Page, expected: str) -> None:
    """Types the size of the bet in points and keeps it by Enter."""
    size = page.get_by_label("Expected change (pp)")
    size.fill(expected)
    size.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_bet_is_sealed_by_the_start(running: Server, visit: Open) -> None:
    page = visit(running, "/plan")
    expect(page.get_by_role("region", name="Planned")).to_contain_text(re.compile(r"Overdue by \d+ days"))
    page.keyboard.press("n")
    page.keyboard.type("Call back")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/plan/a-"))
    one = page.url.rsplit("/", 1)[1]

    page.get_by_role("button", name="Write the bet").press("Enter")
    field = page.get_by_role("combobox", name="Of which event")
    field.fill("Zakup")
    page.get_by_role("option", name="Zakup", exact=True).click()
    page.get_by_label("Judged on").fill("2099-12-31")
    write_bet(page, "2")
    assert told(running, f"actions/{one}")["bet"]["of"] == "Zakup"

    page.get_by_role("button", name="Start", exact=True).press("Enter")
    page.keyboard.press("Enter")
    bet = page.get_by_role("region", name="The bet")
    expect(bet).to_contain_text("Sealed since")
    page.get_by_role("button", name="Change the bet").press("Enter")
    write_bet(page, "3.5")
    changed = bet.get_by_role("row").filter(has_text="Expected change")
    expect(changed).to_contain_text("+2 pp")
    expect(changed).to_contain_text("+3.5 pp")
    kept = told(running, f"actions/{one}")
    assert (kept["seal"]["bet"]["expected"]["value"], kept["bet"]["expected"]["value"]) == (0.02, 0.035)
    assert [change["field"] for change in kept["changes"]] == ["expected"]

    page.get_by_role("link", name="All actions").click()
    page.get_by_role("button", name="Move “Call back”", exact=True).focus()
    for key in (" ", "ArrowRight", " "):
        page.keyboard.press(key)
    expect(page.get_by_role("region", name="Done")).to_contain_text("Call back")
    settled(page)
    assert told(running, f"actions/{one}")["status"] == "done"
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("listitem").filter(has_text="Late")).to_contain_text("was due on 2 Jan 2026")


def test_actions_have_an_order_and_filters_go_with_the_views(running: Server, visit: Open) -> None:
    with httpx.Client(base_url=f"{running.address}/api", timeout=60) as api:
        for name in ("First", "Second"):
            fields = {"name": name, "status": "planned", "owner": "Ana", "due": "2099-12-31"}
            assert api.post("/actions", json=fields).is_success

    page = visit(running, "/plan")
    planned = page.get_by_role("region", name="Planned")
    expect(planned.get_by_role("link")).to_have_text(["Late", "First", "Second"])
    page.get_by_role("button", name="Move “Second”", exact=True).focus()
    for key in (" ", "ArrowUp", "ArrowUp", " "):
        page.keyboard.press(key)
    expect(planned.get_by_role("link")).to_have_text(["Second", "Late", "First"])
    settled(page)
    planned.get_by_role("listitem").filter(has_text="First").drag_to(
        planned.get_by_role("listitem").filter(has_text="Second"), target_position={"x": 60, "y": 4}
    )
    expect(planned.get_by_role("link")).to_have_text(["First", "Second", "Late"])
    settled(page)
    page.reload()
    expect(planned.get_by_role("link")).to_have_text(["First", "Second", "Late"])

    planned.get_by_role("link", name="Second").click()
    tags = page.get_by_label("Tags")
    tags.fill("checkout")
    tags.press("Enter")
    expect(page.get_by_text("Saved")).to_be_visible()
    page.get_by_role("link", name="All actions").click()
    page.get_by_role("button", name=re.compile("^Tags")).click()
    page.get_by_role("checkbox", name="checkout").check()
    expect(planned.get_by_role("link")).to_have_text(["Second"])
    page.keyboard.press("Escape")
    for view in ("List", "Timeline"):
        page.get_by_role("link", name=view, exact=True).click()
        expect(page.get_by_role("main").get_by_role("link", name="Second")).to_be_visible()
        expect(page.get_by_role("main").get_by_role("link", name="Late")).to_have_count(0)


def test_a_map_before_and_after_an_action_stands_side_by_side(running: Server, visit: Open) -> None:
    with httpx.Client(base_url=f"{running.address}/api", timeout=60) as api:
        sheet = api.post("/maps", json={"name": "Beside", "template": "ecommerce", "language": "en"}).json()
        one, place = sheet["id"], {"step": sheet["stages"][0]["steps"][0]["id"]}
        lane = next(each["id"] for each in sheet["lanes"] if each["kind"] == "pain_points")
        action = api.post("/actions", json={"name": "Call", "places": [{"map": one, **place}]}).json()["id"]
        kept = api.post(f"/actions/{action}/start").json()["places"][0]["before"]
        card = {"do": "card.add", "lane": lane, **place, "card": {"id": "new-pain", "text": "Nobody calls back"}}
        sent = {"id": "beside-0001", "base": kept, "commands": [card]}
        assert api.post(f"/maps/{one}/commands", json=sent).is_success

    page = visit(running, f"/plan/{action}")
    page.get_by_role("link", name="Compare before and now").click()
    before, after = (page.get_by_role("region", name=re.compile(f"^{name}: ")) for name in ("Before", "After"))
    expect(after.get_by_role("group", name="Nobody calls back, Added")).to_be_visible()
    expect(before.get_by_role("group", name="Nobody calls back")).to_have_count(0)
    expect(before.locator("[data-touched]")).to_have_attribute("data-id", place["step"])
    page.get_by_role("button", name="Next difference").press("Enter")
    expect(page.locator(":focus")).to_have_attribute("data-id", "new-pain")

    after.locator(".viewport").evaluate("view => view.scrollTo(300, 200)")
    scrolled = "() => [...document.querySelectorAll('.viewport')].map((view) => [view.scrollLeft, view.scrollTop])"
    page.wait_for_function(f"() => {{ const [a, b] = ({scrolled})(); return b[0] > 200 && a[0] === b[0] && a[1] > 0 }}")
    page.get_by_role("button", name="List of changes").press("Enter")
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_contain_text("Nobody calls back")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Back to the map").press("Enter")
    expect(page.get_by_role("region", name=re.compile("^Before"))).to_have_count(0)

    phone = visit(running, f"/map/{one}?panel=sides&with={kept}&action={action}", width=390)
    expect(phone.get_by_role("group", name="Nobody calls back, Added")).to_be_visible()
    phone.get_by_role("radio", name="Before").check()
    expect(phone.get_by_role("region", name=re.compile("^Before: "))).to_be_visible()
    expect(phone.get_by_role("group", name="Nobody calls back")).to_have_count(0)

"""Opportunities: the matrix by drag and by keys, list, board, a formula, and one that two people change at once."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import Watch
from tests.servers import Server, serving

IDEAS: tuple[dict[str, Any], ...] = (
    {"title": "Say when it comes", "customer_value": 4, "business_value": 3, "effort": 2},
    {"title": "Shorter form", "customer_value": 2, "business_value": 2, "effort": 5, "owner": "Web"},
    {"title": "Call back", "customer_value": 4, "business_value": 4, "effort": 2},
    {"title": "Not thought about"},
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server of these tests' own."""
    with serving(tmp_path_factory.mktemp("opportunities") / "workspace") as server:
        yield server


@pytest.fixture
def own(running: Server) -> Server:
    """The same, ranked as usual, with nothing in it."""
    for one in call(running, "GET", "/opportunities")["opportunities"]:
        call(running, "DELETE", f"/opportunities/{one['opportunity']['id']}")
    call(running, "PUT", "/opportunities/formula", {"formula": "balanced"})
    return running


@pytest.fixture
def ids(own: Server) -> dict[str, str]:
    """The ideas by title, made by the API."""
    return {idea["title"]: call(own, "POST", "/opportunities", idea)["id"] for idea in IDEAS}


def call(server: Server, method: str, path: str, body: Any = None) -> Any:
    """What the server answers."""
    answer = httpx.request(method, f"{server.address}/api{path}", json=body, timeout=60)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def ratings(server: Server, which: str) -> tuple[float, float, float]:
    """Customer value, business value and effort as they are kept."""
    found = call(server, "GET", f"/opportunities/{which}")
    return found["customer_value"], found["business_value"], found["effort"]


def said(page: Page, text: str) -> None:
    """Waits for an announcement."""
    expect(page.locator('[role="status"].visually-hidden').first).to_contain_text(text)


def middle(mark: Locator) -> tuple[float, float]:
    """Where a mark's middle is on the screen."""
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_an_idea_is_written_down_where_there_is_none(own: Server, visit: Open) -> None:
    page = visit(own, "/opportunities")
    assert page.get_by_role("link", name="Look at the obstacles").get_attribute("href") == "/obstacles"
    page.get_by_role("button", name="Write an idea down").click()
    box = page.get_by_role("dialog", name="New opportunity")
    expect(box.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_contain_text("Give it a title.")
    page.keyboard.type("Say when it comes")
    box.get_by_label("Effort").select_option("2.5")
    box.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Say when it comes")
    (made,) = call(own, "GET", "/opportunities")["opportunities"]
    assert (made["opportunity"]["effort"], made["opportunity"]["kind"]) == (2.5, "idea")

    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.wait_for_url("**/opportunities")
    assert call(own, "GET", "/opportunities")["opportunities"] == []


def test_the_matrix_rates_by_drag_and_by_keys(own: Server, ids: dict[str, str], visit: Open) -> None:
    page = visit(own, "/opportunities")
    moved, still = (page.locator(f'[data-mark="{ids[title]}"]') for title in ("Shorter form", "Say when it comes"))
    (x, y), (right, above) = middle(moved), middle(still)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + right) / 2, (y + above) / 2, steps=3)
    page.mouse.move(right, above, steps=3)
    page.mouse.up()
    said(page, "Saved. Shorter form: effort 2, value 3.5.")
    expect(moved).to_have_accessible_name(re.compile("effort 2, value 3.5"))
    assert ratings(own, ids["Shorter form"]) == (3.5, 3.5, 2)
    (x, y), (right, above) = middle(moved), middle(still)
    assert (x - right) ** 2 + (y - above) ** 2 > 20**2

    moved.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    said(page, "Shorter form: effort 2.5, value 3. Enter saves")
    page.keyboard.press("Escape")
    assert ratings(own, ids["Shorter form"]) == (3.5, 3.5, 2)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    said(page, "Saved. Shorter form: effort 2.5, value 3.5.")
    expect(moved).to_be_focused()
    assert ratings(own, ids["Shorter form"]) == (3.5, 3.5, 2.5)

    unrated = page.locator(f'[data-mark="{ids["Not thought about"]}"]')
    unrated.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(unrated).to_be_focused()
    page.keyboard.press("Enter")
    said(page, "Saved. Not thought about")
    expect(page.get_by_role("heading", name="Not rated yet")).to_be_hidden()
    assert ratings(own, ids["Not thought about"]) == (3.5, 3.5, 3)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/opportunities/{ids['Not thought about']}")


def test_list_and_board_say_what_the_server_says(own: Server, ids: dict[str, str], visit: Open, watch: Watch) -> None:
    watch.allow("status of 422")
    call(own, "PATCH", f"/opportunities/{ids['Call back']}", {"revision": 1, "people_per_month": {"value": 300}})
    page = visit(own, "/opportunities?view=list")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(4)
    portfolio = call(own, "GET", "/opportunities")["opportunities"]
    for at, one in enumerate(portfolio):
        low, high = one["rank_low"], one["rank_high"]
        place = "–" if low is None else f"{low}" if low == high else f"{low}–{high}"
        expect(rows.nth(at).locator("b").first).to_have_text(place)
        expect(rows.nth(at).get_by_role("link")).to_have_text(one["opportunity"]["title"])
    assert portfolio[0]["overlaps"]
    expect(page.locator(".order")).to_have_text(re.compile("no order is claimed"))
    expect(rows.filter(has_text="Call back").locator(".typed").first).to_have_text("300")

    page.get_by_label("Ranked by").select_option("own")
    page.get_by_label("Formula").fill("customer ** 2")
    expect(page.get_by_text("The expression makes no sense from character")).to_be_visible()
    expect(page.get_by_role("button", name="Rank by it")).to_be_disabled()
    page.get_by_label("Formula").fill("effort")
    page.get_by_role("button", name="Rank by it").click()
    expect(rows.first.get_by_role("link")).to_have_text("Shorter form")
    assert call(own, "GET", "/opportunities")["expression"] == "effort"

    page.get_by_role("radio", name="Board").check()
    grip = page.get_by_role("button", name="Move “Shorter form”", exact=True)
    grip.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    planned = page.get_by_role("region", name="Planned")
    expect(planned.get_by_role("listitem")).to_contain_text("Shorter form")
    page.get_by_role("listitem").filter(has_text="Call back").drag_to(planned)
    expect(planned.get_by_role("listitem")).to_have_count(2)
    said(page, "“Call back” is now in “Planned”.")
    kept = {
        o["opportunity"]["title"]: o["opportunity"]["status"]
        for o in call(own, "GET", "/opportunities")["opportunities"]
    }
    assert (kept["Shorter form"], kept["Call back"]) == ("planned", "planned")


def test_what_two_people_change_at_once_is_not_lost(
    own: Server, ids: dict[str, str], visit: Open, watch: Watch
) -> None:
    watch.allow("status of 409")
    which = ids["Shorter form"]
    page = visit(own, f"/opportunities/{which}")
    page.get_by_label("Owner").fill("Service")
    page.get_by_label("Owner").blur()
    expect(page.locator("[data-saving=saved]")).to_be_visible()
    expect(page.get_by_text("typed here on").first).to_be_visible()
    seen = call(own, "GET", f"/opportunities/{which}")
    assert (seen["owner"], seen["revision"]) == ("Service", 2)

    call(own, "PATCH", f"/opportunities/{which}", {"revision": 2, "effort": 1, "status": "planned"})
    page.get_by_label("Value for customers").select_option("4.5")
    expect(page.get_by_label("Status")).to_have_value("planned")
    assert ratings(own, which) == (4.5, 2, 1)

    call(own, "PATCH", f"/opportunities/{which}", {"revision": 4, "effort": 3})
    page.get_by_label("Effort").select_option("4")
    expect(page.get_by_text("Effort: now “3”; you wrote “4”.")).to_be_visible()
    expect(page.get_by_label("Effort")).to_have_value("3")
    page.get_by_role("button", name="Use mine").click()
    expect(page.get_by_label("Effort")).to_have_value("4")
    expect(page.get_by_text("you wrote")).to_be_hidden()
    expect(page.locator("[data-saving=saved]")).to_be_visible()
    assert ratings(own, which) == (4.5, 2, 4)

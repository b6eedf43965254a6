"""Persona cards: made by keyboard, saved by themselves, typed and measured told apart, known wherever people are."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import APIRequestContext, Browser, Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import Watch, settled
from tests.servers import Server

NAME: Final = "Bargain hunter (fictitious)"
SEGMENT: Final = "Asks by chat"
CHATS: Final = 'channel = "chat"'


class Desk:
    """The server without a screen."""

    def __init__(self, request: APIRequestContext) -> None:
        self._request = request

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._request.fetch(f"/api{path}", method=method, data=body)
        assert answer.ok, answer.text()
        return answer.json() if answer.body() else None

    def card(self, **given: Any) -> str:
        """The id of a new card of the people who chat."""
        segment = {"of": "people", "where": CHATS}
        return str(self("POST", "/personas", {"name": NAME, "segment": segment} | given)["id"])


@pytest.fixture
def desk(simulated: Server, browser: Browser) -> Iterator[Desk]:
    """The server; cards and maps that a test makes are gone after it."""
    context = browser.new_context(base_url=simulated.address)
    desk = Desk(context.request)
    before = {one["id"] for one in desk("GET", "/maps")}
    yield desk
    for one in desk("GET", "/maps"):
        if one["id"] not in before:
            desk("DELETE", f"/maps/{one['id']}")
    for card in desk("GET", "/personas"):
        desk("DELETE", f"/personas/{card['id']}")
    context.close()


def saved(page: Page) -> None:
    expect(page.locator("[data-save]")).to_have_attribute("data-save", "saved")


def line(of: Locator) -> str:
    return str(of.evaluate("one => getComputedStyle(one).textDecorationStyle"))


def test_a_card_is_made_of_a_segment_and_edited_by_keyboard(simulated: Server, desk: Desk, visit: Open) -> None:
    desk("POST", "/segments", {"name": SEGMENT, "of": "people", "where": CHATS})
    page = visit(simulated, "/personas")
    page.get_by_role("button", name="New card").press("Enter")
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("option", has_text=SEGMENT)).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.type(SEGMENT)
    expect(page.get_by_role("combobox", name="Segment of people")).to_have_value(SEGMENT)
    page.get_by_role("button", name="Make the card").press("Enter")
    page.wait_for_url(re.compile("/personas/persona-"))
    page.get_by_role("textbox", name="Summary").press_sequentially("Waits for a sale.")
    page.keyboard.press("Tab")
    page.get_by_role("textbox", name="Goals").press_sequentially("Save money\nNo surprises")
    page.get_by_role("button", name="Add a slider").press("Enter")
    page.get_by_role("menuitem", name="price – quality").press("Enter")
    slider = page.get_by_role("slider", name="price – quality")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "rather: price")
    saved(page)
    page.reload()
    settled(page)
    expect(page.get_by_role("textbox", name="Summary")).to_have_value("Waits for a sale.")
    expect(page.get_by_role("textbox", name="Goals")).to_have_value("Save money\nNo surprises")
    expect(slider).to_have_attribute("aria-valuetext", "rather: price")
    typed = desk("GET", page.url.split(simulated.address)[1])["typed"]
    assert (typed["goals"]["value"], typed["personality"]["value"][0]["value"]) == (["Save money", "No surprises"], -1)
    page.get_by_role("textbox", name="Summary").press("End")
    expect(page.get_by_text(re.compile("written by you, ")).first).to_be_visible()
    desk("DELETE", f"/segments/{SEGMENT}")


def test_measured_traits_are_the_answer_of_the_server_and_look_measured(
    simulated: Server, desk: Desk, visit: Open
) -> None:
    card = desk.card(fields={"age": "35 to 50"})
    measured = desk("GET", f"/personas/{card}/measured?thorough=true")
    page = visit(simulated, f"/personas/{card}")
    side = page.locator("[data-side=measured]")
    size = side.locator("[data-trait=size] button")
    expect(size).to_contain_text(f"{measured['people']:,}")
    for trait in measured["traits"]:
        if trait["key"] in ("channels", "goals", "types"):
            rows = side.locator(f"[data-trait={trait['key']}] tbody tr")
            parts = trait["parts"][:6]
            expect(rows).to_have_count(len(parts))
            for row, part in zip(rows.all(), parts, strict=True):
                if part["hidden"] is None:
                    if part["n"]:
                        expect(row.locator("button")).to_have_attribute("title", f"n {part['n']:,}")
                    assert ("often" in row.inner_text()) == bool(part["differs"] and part["share"] != part["everyone"])
                else:
                    expect(row).to_contain_text("hidden")
    assert [line(page.get_by_role("textbox", name="Age")), line(size)] == ["dotted", "solid"]
    expect(page.get_by_role("heading", name="Written by the team")).to_be_visible()
    goal = next(trait for trait in measured["traits"] if trait["key"] == "goals")["parts"][0]
    side.locator("[data-trait=goals] button").first.click()
    drawer = page.get_by_role("dialog", name=goal["name"])
    expect(drawer).to_contain_text(f"{goal['n']:,} people")
    page.go_back()
    expect(drawer).to_be_hidden()


def test_a_change_of_somebody_else_is_not_overwritten_unasked(
    simulated: Server, desk: Desk, visit: Open, watch: Watch
) -> None:
    watch.allow("409")
    card = desk.card()
    page = visit(simulated, f"/personas/{card}")

    def elsewhere(**fields: Any) -> None:
        revision = desk("GET", f"/personas/{card}")["revision"]
        desk("PATCH", f"/personas/{card}", {"revision": revision, "fields": fields})

    elsewhere(age="35")
    page.get_by_role("textbox", name="Family").fill("Two children")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Age")).to_have_value("35")
    saved(page)
    elsewhere(age="40")
    page.get_by_role("textbox", name="Age").fill("36")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Two people changed the same")
    expect(dialog).to_contain_text("40")
    dialog.get_by_role("button", name="Keep mine").click()
    saved(page)
    typed = desk("GET", f"/personas/{card}")["typed"]
    assert (typed["age"]["value"], typed["family"]["value"]) == ("36", "Two children")


def test_a_map_is_about_a_card_that_then_cannot_be_deleted(
    simulated: Server, desk: Desk, visit: Open, watch: Watch
) -> None:
    watch.allow("409")
    card = desk.card()
    chart = desk("POST", "/maps", {"name": "Chats (fictitious)", "template": "ecommerce", "language": "en"})["id"]
    page = visit(simulated, f"/map/{chart}")
    page.get_by_role("button", name="Details").click()
    with page.expect_response(re.compile("/commands")):
        page.get_by_role("combobox", name="Persona", exact=True).select_option(label=NAME)
    page.get_by_role("link", name="Open the persona card").click()
    expect(page.get_by_role("link", name="Chats (fictitious)")).to_be_visible()
    assert desk("GET", f"/maps/{chart}")["scope"]["persona"] == card
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Delete the card").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the card").click()
    expect(page.get_by_role("alert")).to_contain_text("Chats (fictitious)")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("link", name="Use in Explore").click()
    page.get_by_role("link", name="Funnel").click()
    segment = page.get_by_role("combobox", name="Segment", exact=True)
    expect(segment).to_have_value(f"persona:{card}")
    renamed = f"{NAME} anew"
    desk("PATCH", f"/personas/{card}", {"revision": desk("GET", f"/personas/{card}")["revision"], "name": renamed})
    page.reload()
    expect(segment.locator("option:checked")).to_have_text(f"persona:{renamed}")
    someone = desk("GET", f"/personas/{card}/people?limit=1")["people"][0]["person"]
    page.goto(f"/people/{someone}")
    expect(page.get_by_role("link", name=renamed)).to_have_attribute("href", f"/personas/{card}")

"""Nothing yet, on its way, gone: each says so in a sentence, and what to do."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import screens, shops
from tests.browser.conftest import Open
from tests.browser.watch import Watch, settled
from tests.servers import Server, start

MAP = f"/map/{shops.MAP_ID}"
SILENCE = "The server does not answer"


EMPTY = [
    ("/", "Nothing is connected yet", "Import a file", "/sources"),
    ("/map", "There is no map yet", "Begin a map", "/maps"),
    ("/maps", "Start from a template, draw one from what people did", None, None),
    ("/library", "The library is empty", "All maps", "/maps"),
    ("/explore", "There is nothing to explore yet", "Import a file", "/sources"),
    ("/explore/variants", "There is nothing to explore yet", "Import a file", "/sources"),
    ("/people", "There are no people yet", "Import a file", "/sources"),
    ("/sources", "Bring in a file in which every row says who, when and what", None, None),
    ("/sources/rejects", "Rows that cannot be read when a file is imported will appear here", None, None),
]
"""Address, what it says, the link on it and where that leads."""


def test_an_empty_workspace_says_what_would_fill_it(empty: Server, visit: Open) -> None:
    page = visit(empty)
    for path, says, link, leads in EMPTY:
        page.goto(path)
        expect(page.locator("main"), path).to_contain_text(says)
        if link:
            page.locator("main").get_by_role("link", name=link).click()
            expect(page, path).to_have_url(f"{empty.address}{leads}")


def test_a_map_without_data_is_assumed_and_a_blank_one_says_how_it_begins(empty: Server, visit: Open) -> None:
    page = visit(empty)
    page.request.post("/api/maps", data={"name": "First"})
    page.goto("/map/first")
    expect(page.get_by_role("region", name="The map and its tools")).to_contain_text("not counted yet")
    heads = page.get_by_role("grid").locator("[role=columnheader][data-id]")
    expect(heads).to_have_count(3)
    for _ in range(3):
        heads.first.click()
        page.keyboard.press("Delete")
    expect(page.locator("main")).to_contain_text("This map is still blank")
    page.get_by_role("button", name="Add a stage").click()
    expect(heads).to_have_count(1)


@pytest.fixture
def leaving(shop: Server) -> Iterator[Server]:
    """A server of the test's own over the thirty people; the test may stop it."""
    server = start(shop.workspace)
    yield server
    gone(server)


def gone(server: Server) -> None:
    """Ends the server at once: asked politely it waits for the stream that every open map holds."""
    server.process.kill()
    server.process.wait()


def retried(page: Page, server: Server) -> Server:
    """The server, back on its port; the page's button asks it again."""
    back = start(server.workspace, port=int(server.address.rsplit(":", 1)[1]))
    page.get_by_role("button", name="Try again").first.click()
    return back


def test_a_server_that_is_gone_is_told_and_asked_again(leaving: Server, visit: Open, watch: Watch) -> None:
    watch.allow("ERR_CONNECTION_REFUSED|Failed to load resource|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE")
    page = visit(leaving, MAP)
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_role("button", name=re.compile("^Channels")).click()
    box = page.get_by_role("dialog", name="Channels").get_by_label("sklep", exact=True)
    expect(box).to_be_visible()
    gone(leaving)
    box.check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_contain_text(SILENCE)
    expect(page.get_by_role("heading", level=1)).to_have_text(shops.MAP)
    back = retried(page, leaving)
    expect(page.get_by_role("button", name=re.compile("^21 people"))).to_be_visible()
    gone(back)


def test_a_screen_that_was_never_loaded_is_no_blank_page(leaving: Server, visit: Open, watch: Watch) -> None:
    watch.allow("ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE)|Failed to (load|fetch)")
    page = visit(leaving, MAP)
    nav = page.get_by_role("navigation", name="Screens").first
    nav.get_by_role("button", name="Insights").hover()  # what a menu is made of is loaded then
    settled(page)
    gone(leaving)
    names = ("Overview", "Maps", "Discover", "Obstacles", "Opportunities", "Explore", "People", "Sources")
    for name in names:
        screens.lead_to(page, name)
        expect(page.get_by_role("alert").first, name).to_be_visible()
    back = retried(page, leaving)
    for name in reversed(names):
        screens.lead_to(page, name)
        expect(page.get_by_role("heading", level=1), name).to_be_attached()
        expect(page.get_by_role("alert"), name).to_have_count(0)
    gone(back)


def test_what_is_on_its_way_is_announced(shop: Server, visit: Open) -> None:
    page = visit(shop)
    waiting: list[Route] = []
    held = True

    def hold(route: Route) -> None:
        if held:
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/api/maps/**", hold)
    page.get_by_role("link", name="Open the map").click()
    place = page.locator("main").get_by_role("status").filter(has_text="Loading")
    expect(place).to_be_attached()
    held = False
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("grid")).to_be_visible()
    expect(place).to_have_count(0)


def test_a_refusal_is_a_sentence(shop: Server, visit: Open, watch: Watch) -> None:
    watch.allow("status of 4")
    page = visit(shop)
    for path, says in (
        ("/map/nowhere", "nowhere"),
        ("/people/customer_id%3Anobody", "nobody"),
        ("/explore/funnel?step=Nothing+of+that+name", "Nothing of that name"),
        ("/sources/import?job=nothing&name=x.csv", "import"),
        (f"{MAP}?drill=torn&cell=stage:1", ""),
        (f"{MAP}?segment=Nobody+saved+it", "Nobody saved it"),
    ):
        page.goto(path)
        alert = page.get_by_role("alert").first
        expect(alert, path).to_contain_text(says)
        assert len(alert.inner_text()) > 30
        expect(page.locator("main h1").first).to_be_attached()


def test_nobody_fits_the_filters(shop: Server, visit: Open) -> None:
    page = visit(shop, f"{MAP}?since=2030-01-01")
    expect(page.locator("main")).to_contain_text("Nobody fits these filters")
    page.get_by_role("button", name="Clear filters").first.click()
    expect(page.get_by_role("button", name=re.compile("^30 people")).first).to_be_visible()

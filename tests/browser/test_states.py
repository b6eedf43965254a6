"""Nothing yet, on its way, gone: each says so in a sentence, and what to do."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import shops
from tests.browser.conftest import Open
from tests.browser.watch import Watch
from tests.servers import Server, start, stop

MAP = f"/map/{quote(shops.MAP)}"
SILENCE = "The server does not answer"


@pytest.mark.parametrize(
    ("path", "says", "leads"),
    [
        ("/", "Nothing is connected yet", "/sources"),
        ("/map", "A map is drawn from what people did. Import a file first.", "/sources"),
        ("/explore", "There is nothing to explore yet", "/sources"),
        ("/explore/variants", "There is nothing to explore yet", "/sources"),
        ("/people", "There are no people yet", "/sources"),
        ("/sources", "Bring in a file in which every row says who, when and what", None),
        ("/sources/rejects", "Rows that cannot be read when a file is imported will appear here", None),
    ],
)  # fmt: skip
def test_an_empty_workspace_says_what_would_fill_it(
    empty: Server, visit: Open, path: str, says: str, leads: str | None
) -> None:
    page = visit(empty, path)
    expect(page.locator("main")).to_contain_text(says)
    if leads:
        page.locator("main").get_by_role("link", name="Import a file").click()
        expect(page).to_have_url(f"{empty.address}{leads}")


@pytest.fixture
def leaving(shop: Server) -> Iterator[Server]:
    """A server of the test's own over the thirty people; the test may stop it."""
    server = start(shop.workspace)
    yield server
    stop(server)


def retried(page: Page, server: Server) -> Server:
    """The server, back on its port; the page's button asks it again."""
    back = start(server.workspace, port=int(server.address.rsplit(":", 1)[1]))
    page.get_by_role("button", name="Try again").first.click()
    return back


def test_a_server_that_is_gone_is_told_and_asked_again(leaving: Server, visit: Open, watch: Watch) -> None:
    watch.allow("ERR_CONNECTION_REFUSED|Failed to load resource|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")
    page = visit(leaving, MAP)
    stop(leaving)
    page.get_by_role("button", name=re.compile("^Channels")).click()
    page.get_by_role("dialog", name="Channels").get_by_label("sklep", exact=True).check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_contain_text(SILENCE)
    expect(page.get_by_role("heading", level=1)).to_have_text(shops.MAP)
    back = retried(page, leaving)
    expect(page.get_by_role("button", name=re.compile("^21 people"))).to_be_visible()
    stop(back)


@pytest.mark.parametrize("screen", ["Overview", "Explore", "People", "Sources"])
def test_a_screen_that_was_never_loaded_is_no_blank_page(
    leaving: Server, visit: Open, watch: Watch, screen: str
) -> None:
    watch.allow("ERR_CONNECTION_REFUSED|Failed to load|Failed to fetch|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")
    page = visit(leaving, MAP)
    stop(leaving)
    page.get_by_role("navigation", name="Screens").first.get_by_role("link", name=screen).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    back = retried(page, leaving)
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    expect(page.get_by_role("alert")).to_have_count(0)
    stop(back)


def test_what_is_on_its_way_is_announced(shop: Server, visit: Open) -> None:
    page = visit(shop)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/api/maps/**", hold)
    page.get_by_role("link", name="Map", exact=True).first.click()
    place = page.locator("main").get_by_role("status").filter(has_text="Loading")
    expect(place).to_be_attached()
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("table")).to_be_visible()
    expect(place).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/map/nowhere", "nowhere"),
        ("/people/customer_id%3Anobody", "nobody"),
        ("/explore/funnel?step=Nothing+of+that+name", "Nothing of that name"),
        ("/sources/import?job=nothing&name=x.csv", "import"),
        (f"{MAP}?drill=torn&cell=stage:1", ""),
    ],
)
def test_a_refusal_is_a_sentence(shop: Server, visit: Open, watch: Watch, path: str, says: str) -> None:
    watch.allow("status of 4")
    page = visit(shop, path)
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text(says)
    assert len(alert.inner_text()) > 30
    expect(page.locator("main h1").first).to_be_attached()


def test_nobody_fits_the_filters(shop: Server, visit: Open) -> None:
    page = visit(shop, f"{MAP}?since=2030-01-01")
    expect(page.locator("main")).to_contain_text("Nobody fits these filters")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name=re.compile("^30 people")).first).to_be_visible()

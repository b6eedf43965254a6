"""Nothing runs off, is cut off or lies on something else, from a phone to a wall, in long languages too."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import probes, screens, shops
from tests.browser.conftest import Open
from tests.browser.watch import Traffic, settled
from tests.servers import Server

WIDTHS = (390, 768, 1440, 2560)
MAP = f"/map/{quote(shops.MAP)}"
BUDGET = 250_000
"""Bytes over the wire until the first screen stands, with an empty cache."""


def test_no_screen_scrolls_sideways(shop: Server, browser: Browser, visit: Open) -> None:
    page = visit(shop)
    found = {}
    for place, path in screens.of_shop(browser, shop).items():
        page.goto(path)
        settled(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found[place, width] = probes.sideways(page)
    assert {where: pixels for where, pixels in found.items() if pixels > 0} == {}


def stretched(page: Page, path: str) -> None:
    page.goto(path + ("&" if "?" in path else "?") + "lang=__test__")
    settled(page)


def test_long_texts_find_room_and_are_in_the_catalogue(shop: Server, browser: Browser, visit: Open) -> None:
    """In the test language every text of ours is longer and in brackets; what is not is data or was forgotten."""
    page = visit(shop)
    found: dict[str, list[str]] = {}
    for place, path in screens.of_shop(browser, shop).items():
        page.set_viewport_size({"width": 1440, "height": 900})
        stretched(page, path)
        found[place] = forgotten(page)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            settled(page)
            found[place] += [f"{width} px: {text}" for text in probes.cut_off(page) + probes.overlapping(page)]
            if probes.sideways(page) > 0:
                found[place].append(f"{width} px: the page scrolls sideways")
    assert {place: texts for place, texts in found.items() if texts} == {}


@pytest.mark.parametrize("width", [1440, 390])
def test_the_real_map_finds_room_too(demo: Server, visit: Open, width: int) -> None:
    page = visit(demo, "/map/Complete%20Journey", width=width)
    assert probes.cut_off(page) + probes.overlapping(page) == []
    stretched(page, "/map/Complete%20Journey")
    assert probes.cut_off(page) + probes.overlapping(page) == []


NAMES = "|".join(name for step in shops.STEPS for name in step[:2])
HEADER = "|".join(shops.HEADER)
CONDITION = r'(people where )?channel = "telefon"'
DATA = (
    rf"(\d+\. )?({NAMES})( \(\d+\))?|{CONDITION}"
    rf"|p\d+|customer_id.*|{shops.SOURCE}.*|{shops.MAP}|sklepy.*|({HEADER})(:.*)?|Żół.*|„prosz.*"
)
"""What the workspace holds."""
DATES = r"\W*\d.*|.*\b\d+ (Jan|Feb|Mar|Apr)\w* \d{4}.*|\w+day"
FORMATS = "EN|PLN|JSON|PDF|SVG|PNG|CSV|Europe/Warsaw|English|Polski|Hrvatski"


def forgotten(page: Page) -> list[str]:
    """Words without brackets that are no data."""
    plain = [text for text in probes.texts(page) if "[" not in text and "]" not in text]
    words = [text for text in plain if re.search(r"[A-Za-z]{3}", text)]
    return [text for text in words if not all(known(part) for part in re.split(r", | · | → | and | \+ ", text))]


def known(part: str) -> bool:
    """Data, or a number, date or name as it is written in every language."""
    bare = part.strip(" ,.–")
    return not bare or bool(re.fullmatch(f"{DATA}|{DATES}|{FORMATS}", bare))


def test_stage_heads_stay_in_sight(demo: Server, visit: Open) -> None:
    page = visit(demo, "/map/Complete%20Journey", height=620)
    head = page.locator("thead th").first
    before = head.bounding_box()
    page.locator(".body").first.evaluate("(body) => body.scrollTo(0, 400)")
    expect(page.locator("main")).to_be_visible()
    after = head.bounding_box()
    assert before
    assert after
    assert page.locator(".body").first.evaluate("(body) => body.scrollTop") > 200
    assert after["y"] == pytest.approx(before["y"], abs=1)
    on_top = page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('thead')", [after["x"] + 30, after["y"] + 12]
    )
    assert on_top, "something lies over the stage heads"


@pytest.mark.parametrize("path", ["/", "/map", "/explore", "/people", "/sources"])
def test_the_first_screen_is_light(demo: Server, browser: Browser, path: str) -> None:
    context = browser.new_context(base_url=demo.address, locale="pl-PL")
    page = context.new_page()
    Traffic(page)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path)
    settled(page)
    context.close()
    assert len(sizes) > 4
    assert sum(sizes) < BUDGET

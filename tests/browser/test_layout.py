"""Nothing runs off, is cut off or lies on something else, from a phone to a wall, in long languages too."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import probes, screens, shops
from tests.browser.conftest import Open
from tests.browser.watch import Traffic, settled, turned
from tests.servers import Server

MAP = f"/map/{shops.MAP_ID}"
BUDGET = 250_000
"""Bytes over the wire until the first screen stands, with an empty cache."""


def test_long_texts_find_room_and_are_in_the_catalogue(shop: Server, browser: Browser, visit: Open) -> None:
    """In the test language every text of ours is longer and in brackets; what is not is data or was forgotten."""
    page = visit(shop, "/?lang=__test__")
    held = told_by(page)
    found: dict[str, list[str]] = {}
    for place, path in screens.of_shop(browser, shop).items():
        page.set_viewport_size({"width": 1440, "height": 900})
        turned(page, path)
        found[place] = [text for text in forgotten(page) if text not in held]
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            settled(page)
            found[place] += [f"{width} px: {text}" for text in probes.cut_off(page) + probes.overlapping(page)]
            if probes.sideways(page) > 0:
                found[place].append(f"{width} px: the page scrolls sideways")
    left = {place: texts for place, texts in found.items() if texts}
    assert not left, left


@pytest.mark.parametrize("width", [1440, 390])
def test_the_real_map_finds_room_too(demo: Server, visit: Open, width: int) -> None:
    page = visit(demo, "/map/complete-journey", width=width)
    assert probes.cut_off(page) + probes.overlapping(page) == []
    page.goto("/map/complete-journey?lang=__test__")
    settled(page)
    assert probes.cut_off(page) + probes.overlapping(page) == []


NAMES = "|".join(name for step in shops.STEPS for name in step[:2])
HEADER = "|".join(shops.HEADER)
CONDITION = r'(people where )?channel = "telefon"'
DATA = (
    rf"(\d+\. )?({NAMES})( \(\d+\))?|{CONDITION}"
    rf"|p\d+|customer_id.*|{shops.SOURCE}.*|{shops.MAP}|sklepy.*|({HEADER})(:.*)?|Żół.*|„prosz.*"
    r"|.*\(fikcyjni\)|Kupują.*|Ulubiony.*|touchpoint = .*"
)
"""What the workspace holds."""
DATES = r"this minute|\W*\d.*|.*\b(\d+ )?(Jan|Feb|Mar|Apr)\w* \d{4}.*|\w+day"
FORMATS = "EN|PLN|JSON|PDF|SVG|PNG|CSV|Europe/Warsaw|English|Polski|Hrvatski"


def told_by(page: Page) -> set[str]:
    """Texts of templates, which come from the server in the language of the reader, here English."""
    texts = set()
    for template in page.request.get("/api/templates?lang=en").json():
        texts |= {template["name"], template["description"], " → ".join(template["stages"])}
    return texts


def forgotten(page: Page) -> list[str]:
    """Words without brackets that are no data."""
    plain = [text for text in probes.texts(page) if "[" not in text and "]" not in text]
    words = [text for text in plain if re.search(r"[A-Za-z]{3}", text)]
    return [text for text in words if not all(known(part) for part in re.split(r", | · | → | and | \+ ", text))]


def known(part: str) -> bool:
    """Data, or a number, date or name as it is written in every language."""
    bare = part.strip(" ,.–")
    return not bare or bool(re.fullmatch(f"{DATA}|{DATES}|{FORMATS}", bare))


def corner(thing: Locator) -> tuple[float, float]:
    """Where it begins on the screen."""
    box = thing.bounding_box()
    assert box
    return round(box["x"]), round(box["y"])


def test_stage_heads_and_lane_names_stay_in_sight(demo: Server, visit: Open) -> None:
    page = visit(demo, "/map/complete-journey", width=800, height=620)
    sheet = page.locator(".viewport")
    head, lane = page.locator("[role=columnheader][data-id]").nth(1), page.locator("[role=rowheader][data-id]").nth(2)
    (head_x, head_y), (lane_x, lane_y) = corner(head), corner(lane)
    sheet.evaluate("(sheet) => sheet.scrollTo(90, 160)")
    expect(page.locator("main")).to_be_visible()
    assert sheet.evaluate("(sheet) => [sheet.scrollLeft, sheet.scrollTop]") == [90, 160]
    assert corner(head) == (head_x - 90, head_y)
    assert corner(lane) == (lane_x, lane_y - 160)
    on_top = "([x, y]) => document.elementFromPoint(x, y).closest('[role=columnheader], [role=rowheader]').dataset.id"
    assert page.evaluate(on_top, [head_x + 40, head_y + 12]) == head.get_attribute("data-id")
    assert page.evaluate(on_top, [lane_x + 30, lane_y - 148]) == lane.get_attribute("data-id")


@pytest.mark.parametrize("path", ["/", "/map", "/maps", "/library", "/explore", "/people", "/sources"])
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

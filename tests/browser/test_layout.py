"""Nothing runs off, is cut off or lies on something else, from a phone to a wall, in long languages too."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import probes, shops
from tests.browser.conftest import Open
from tests.browser.watch import Traffic, settled
from tests.servers import Server

MAP = f"/map/{shops.MAP_ID}"
BUDGET = 250_000
"""Bytes over the wire until the first screen stands, with an empty cache."""


@pytest.mark.parametrize("width", [1440, 390])
def test_the_real_map_finds_room_too(demo: Server, visit: Open, width: int) -> None:
    page = visit(demo, "/map/complete-journey", width=width)
    assert probes.cut_off(page) + probes.overlapping(page) == []
    page.goto("/map/complete-journey?lang=__test__")
    settled(page)
    assert probes.cut_off(page) + probes.overlapping(page) == []


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

"""axe-core has nothing to say about what opens over the screens; test_screens_*.py ask it about the screens."""

import re

from playwright.sync_api import Page

from tests.browser import probes, screens, shops
from tests.browser.conftest import Open
from tests.browser.watch import settled, turned
from tests.servers import Server

WIDTHS = (390, 1440)


def examine(page: Page, place: str) -> list[str]:
    """All rules at both widths in light; in dark only contrast can differ, and colours are the same at all widths."""
    found = []
    probes.light(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        found += [f"{place}, {width} px, light: {line}" for line in probes.axe(page)]
    probes.dark(page)
    found += [f"{place}, dark: {line}" for line in probes.axe(page, only=["color-contrast"])]
    return found


def test_the_preview_of_an_import_has_no_barrier(empty: Server, visit: Open) -> None:
    page = visit(empty)
    page.goto(screens.uploaded(page.context))
    screens.map_columns(page)
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    found = examine(page, "preview")
    assert not found, "\n".join(found)


def barriers(page: Page, opened: str) -> list[str]:
    """What axe finds in a box that has just opened, in both themes; Escape closes it."""
    box = page.locator("dialog[open], [role=menu], .pop")
    box.first.wait_for()
    part = next(one for one in ("dialog[open]", "[role=menu]", ".pop") if page.locator(one).count())
    probes.light(page)
    found = probes.axe(page, within=part)
    probes.dark(page)
    found += probes.axe(page, only=["color-contrast"], within=part)
    page.keyboard.press("Escape")
    box.first.wait_for(state="hidden")
    return [f"{opened}: {line}" for line in found]


def test_nor_has_anything_that_opens(shop: Server, visit: Open) -> None:
    page = visit(shop, f"/map/{shops.MAP_ID}")
    page.get_by_role("button", name="Filters", exact=True).click()
    found = []
    for name in ("Keys and help", "Language", "Dates", "Channels", "Views", "Lanes", "More"):
        page.get_by_role("button", name=re.compile(f"^{name}")).first.click()
        found += barriers(page, name)
    for panel in ("export", "compare", "suggestions", "freeze", "delete"):
        turned(page, f"/map/{shops.MAP_ID}?panel={panel}")
        found += barriers(page, panel)
    assert not found, "\n".join(found)


def test_a_real_map_and_its_people_have_no_barrier(demo: Server, visit: Open) -> None:
    page = visit(demo, "/map/complete-journey")
    found = examine(page, "map of the demo")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="410 people").first.click()
    page.get_by_role("dialog").get_by_role("listitem").first.wait_for()
    found += examine(page, "people behind a stage")
    assert not found, "\n".join(found)

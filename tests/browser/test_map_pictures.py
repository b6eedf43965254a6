"""The map screen looks as it looked when somebody last looked: three languages, two themes, a phone, a desk, a wall.

`PICTURES=keep pytest tests/browser/test_map_pictures.py` keeps how it looks now; look at it before you commit it.
"""

import os
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Page, Route

from tests.browser import likeness, probes, shops
from tests.browser.conftest import Open
from tests.browser.watch import settled
from tests.servers import Server

FOLDER: Final = Path(__file__).parent / "pictures"
SIZES: Final = ((1440, 1100), (390, 1400), (2560, 1300))
THEMES: Final = {"light": probes.light, "dark": probes.dark}
COUNTED: Final = "2026-03-21T09:30:00Z"
"""When the figures are said to be of: the moment of the test would change every picture."""

ADVICE: Final = """where-*.png marks what is different. If it is to look like that, keep it with
`PICTURES=keep pytest tests/browser/test_map_pictures.py` and commit tests/browser/pictures."""

FRAMES: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def of_one_day(route: Route) -> None:
    """The figures, always counted at the same moment."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "as_of": COUNTED})


def opened(shop: Server, visit: Open, language: str) -> Page:
    page = visit(shop, "/maps")
    page.route("**/measured*", of_one_day)
    page.goto(f"/map/{shops.MAP_ID}?lang={language}")
    settled(page)
    return page


def sized(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    settled(page)


def shot(page: Page, theme: str) -> bytes:
    THEMES[theme](page)
    page.evaluate(FRAMES)
    return page.screenshot()


@pytest.mark.parametrize("language", ["en", "pl", "hr"])
def test_the_map_looks_as_it_did(shop: Server, visit: Open, tmp_path: Path, language: str) -> None:
    page = opened(shop, visit, language)
    found = []
    for width, height in SIZES:
        sized(page, width, height)
        for theme in THEMES:
            name = f"map-{language}-{theme}-{width}.png"
            whole = shot(page, theme)
            now = likeness.small(whole)
            if os.environ.get("PICTURES") == "keep":
                likeness.keep(now, FOLDER / name)
            cells = likeness.differing(now, likeness.kept(FOLDER / name))
            if cells.any():
                (tmp_path / name).write_bytes(whole)
                likeness.marked(now, cells).save(tmp_path / f"where-{name}")
                found.append(f"{name}: {cells.sum()} places, at {likeness.places(cells)}")
    assert not found, "\n".join(found) + f"\nLook at the pictures in {tmp_path}: {ADVICE}"


CHANGES: Final = {
    "a card is gone": (".card.touchpoints", 0, "visibility", "hidden"),
    "a badge is gone": (".card.touchpoints .badge", 1, "visibility", "hidden"),
    "a card stands two cells further": (".card.touchpoints", 1, "margin-left", "16px"),
    "a column begins further right": (".stage", 2, "margin-left", "16px"),
    "a lane begins lower": (".row", 2, "margin-top", "12px"),
    "a lane has another colour": (".row", 2, "background", "var(--lane)"),
    "the path has another colour": (".row .way", 0, "fill", "var(--good)"),
    "of whom nobody knows yet is not said": ("p.leave", 0, "visibility", "hidden"),
}
"""What is done to the page: which one of those that a selector finds, and what of its style is set."""


OTHERWISE: Final = {"-webkit-text-stroke": "0.15px", "translate": "0.5px"}
"""Letters a little bolder, everything half a pixel further."""

RESTYLE: Final = """(thing, styles) => {
  for (const [style, value] of Object.entries(styles)) thing.style.setProperty(style, value);
}"""


def test_what_moves_goes_or_changes_colour_is_seen_and_other_letters_are_not(shop: Server, visit: Open) -> None:
    page = opened(shop, visit, "en")
    sized(page, *SIZES[0])
    before = likeness.small(shot(page, "light"))

    def changed(selector: str, at: int, styles: dict[str, str]) -> bool:
        thing = page.locator(selector).nth(at)
        thing.evaluate(RESTYLE, styles)
        probes.still(page)
        cells = likeness.differing(likeness.small(page.screenshot()), before)
        thing.evaluate(RESTYLE, dict.fromkeys(styles, ""))
        probes.still(page)
        return bool(cells.any())

    assert [change for change, (where, at, *set_to) in CHANGES.items() if not changed(where, at, dict([set_to]))] == []
    assert not changed("#main", 0, OTHERWISE)
    assert not changed("#main", 0, {})


def test_pictures_of_two_sizes_are_not_alike() -> None:
    cells = likeness.differing(Image.new("RGB", (20, 10)), Image.new("RGB", (20, 11)))
    assert cells.shape == (10, 20)
    assert cells.all()

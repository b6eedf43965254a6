"""Screens, seen once in three languages side by side: words, room, barriers.

Each address is opened in a page for each language at the same time, and all that can be told of it there is told.
The files test_screens_*.py share the addresses out, so that two workers look at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from playwright.sync_api import Browser, Page

from tests.browser import probes, screens
from tests.browser.catalogues import forgotten, left_in_english, told_by
from tests.browser.watch import Watch, settled, turn
from tests.servers import Server

TEST: Final = "__test__"
"""The language in which every text of ours is longer and in brackets; what is not is data or was forgotten."""

LANGUAGES: Final = ("pl", "hr")
INSIGHTS: Final = {"discover", "explore", "obstacles"}
ACTING: Final = {"kpis", "opportunities", "plan", "proof", "voice"}
CHECKS: Final = ("forgotten", "english", "room", "sideways", "barriers", "console")
Found = dict[str, dict[str, list[str]]]
"""By check, then by place: what is wrong."""


def root(path: str) -> str:
    """The first part of an address, which names its screen."""
    return path.split("?", maxsplit=1)[0].split("/")[1]


def looked_at(browser: Browser, shop: Server, chosen: Callable[[str], bool]) -> Found:
    """What all checks find on those screens of the shop whose root is chosen."""
    places = {place: path for place, path in screens.of_shop(browser, shop).items() if chosen(root(path))}
    assert places
    watching, wrong = Watch(), defaultdict[str, dict[str, list[str]]](dict)
    contexts = [browser.new_context(base_url=shop.address, reduced_motion="reduce", locale="en-GB",
                                    timezone_id="Europe/Zagreb") for _ in (TEST, *LANGUAGES)]  # fmt: skip
    pages = {}
    for language, context in zip((TEST, *LANGUAGES), contexts, strict=True):
        page = pages[language] = context.new_page()
        watching.over(page)
        page.goto(f"/?lang={language}")
    held = told_by(pages[TEST])
    for place, path in places.items():
        for page in pages.values():
            wide(page)
            turn(page, path)
        for check, texts in seen(pages, held):
            wrong[check].setdefault(place, []).extend(texts)
    wrong["console"] = {"all": watching.unexpected()}
    for context in contexts:
        context.close()
    return wrong


def seen(pages: dict[str, Page], held: set[str]) -> Iterator[tuple[str, list[str]]]:
    """What each check says of the address that the pages have turned to; the page of the test language looks closer."""
    for language in LANGUAGES:
        page = pages[language]
        settled(page)
        yield "english", [f"{language}: {text}" for text in left_in_english(page, language)]
        narrow(page)
        yield "sideways", sideways(page, language)
    page = pages[TEST]
    settled(page)
    yield "forgotten", forgotten(page, held)
    for size in (wide, narrow):
        size(page)
        settled(page)
        yield "room", [f"{size.__name__}: {text}" for text in probes.cut_off(page) + probes.overlapping(page)]
        yield "sideways", sideways(page, TEST)
        yield "barriers", [f"{size.__name__}, light: {line}" for line in probes.axe(page)]
    probes.dark(page)
    yield "barriers", [f"dark: {line}" for line in probes.axe(page, only=["color-contrast"])]
    probes.light(page)
    for width in (2560, 768):
        page.set_viewport_size({"width": width, "height": 900})
        probes.drawn(page)
        yield "sideways", sideways(page, TEST)


def wide(page: Page) -> None:
    """A desk."""
    page.set_viewport_size({"width": 1440, "height": 900})


def narrow(page: Page) -> None:
    """A phone."""
    page.set_viewport_size({"width": 390, "height": 900})
    probes.drawn(page)


def sideways(page: Page, language: str) -> list[str]:
    """Whether the page as a whole scrolls sideways, as wide as it is now."""
    size = page.viewport_size
    return [f"{language}, {size and size['width']} px"] if probes.sideways(page) > 0 else []


def assert_right(found: Found, check: str) -> None:
    """`forgotten`: every text of ours is in the catalogue. `english`: none is left in Polish and Croatian. `room`: none
    is cut off or lies on another, though longer. `sideways`: no page scrolls sideways. `barriers`: axe-core has nothing
    to say, light or dark, wide or narrow. `console`: no page complained."""
    left = {place: texts for place, texts in found[check].items() if texts}
    assert not left, left

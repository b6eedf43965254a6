"""Polish and Croatian to the last word: texts, plural forms, numbers, dates; the choice is remembered."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import probes, screens, shops
from tests.browser.conftest import Open
from tests.browser.watch import Watch, settled, turned
from tests.conftest import ROOT
from tests.servers import Server

CATALOGUES = (ROOT / "web" / "src" / "i18n", ROOT / "src" / "desireline" / "locales")
NAMES = {"pl": "Polski", "hr": "Hrvatski"}
FEW_LETTERS = 4


def sentences(language: str) -> dict[str, list[str]]:
    """All texts of a language by key, every plural form on its own."""
    found: dict[str, list[str]] = {}
    for folder in CATALOGUES:
        for key, text in json.loads((folder / f"{language}.json").read_text(encoding="utf-8")).items():
            found[key] = [text] if isinstance(text, str) else list(text.values())
    return found


def english(language: str) -> Callable[[str], bool]:
    """Whether a text is one of the English ones that are others in the language."""
    theirs = sentences(language)
    known = set(chain.from_iterable(theirs.values()))
    ours = {text for texts in sentences("en").values() for text in texts} - known
    letters = {text: re.sub(r"\{\w+\}|[^A-Za-z]", "", text) for text in ours}
    wanted = {text for text in ours if len(letters[text]) >= FEW_LETTERS}
    filled = [re.escape(text).replace(r"\{n\}", r"[\d.,\s]+") for text in wanted if "{" in text]
    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", ".+?", text)) for text in filled]
    return cache(lambda text: text in wanted or any(pattern.fullmatch(text) for pattern in patterns))


def left_in_english(page: Page, is_english: Callable[[str], bool]) -> list[str]:
    said = probes.texts(page)
    parts = {part for text in said for part in (text, *text.split(" · "))}
    return [part for part in parts if is_english(part)]


def speak(page: Page, language: str) -> None:
    """Changes the language in the menu."""
    page.get_by_role("button", name="Language").click()
    page.get_by_role("menuitemcheckbox", name=NAMES[language]).click()
    expect(page.locator("html")).to_have_attribute("lang", language)


PANELS = (
    "history",
    "comments",
    "suggestions",
    "export",
    "freeze",
    "compare",
    "conformance",
    "views",
    "lanes",
    "delete",
)


def over(page: Page, box: str, name: str) -> Iterator[str]:
    """The name of a box while it is open."""
    page.locator(box).wait_for()
    yield name
    page.keyboard.press("Escape")
    page.locator(box).wait_for(state="hidden")


def openings(page: Page) -> Iterator[str]:
    """What opens over the map, one after another."""
    page.keyboard.press("?")
    yield from over(page, "dialog[open]", "keys")
    page.keyboard.press("Control+k")
    yield from over(page, "dialog[open] input", "palette")
    page.locator(".toolbar button[aria-pressed]").nth(1).click()
    page.locator(".pop-trigger").first.wait_for()
    for trigger, box in ((".pop-trigger", ".pop"), (".menu-trigger", "[role=menu]")):
        shown = page.locator(f"{trigger}:visible")
        for number in range(shown.count()):
            shown.nth(number).click()
            yield from over(page, box, f"{trigger} {number}")
    page.locator(".toolbar button[aria-pressed]").last.click()
    for kind in ("columnheader", "rowheader", "gridcell"):
        page.locator(f"[data-sheet] [role={kind}][data-id]").first.click(position={"x": 30, "y": 16})
        yield f"details of a {kind}"
        page.keyboard.press("Shift+F10")
        yield from over(page, "[role=menu]", f"menu of a {kind}")
    for panel in PANELS:
        turned(page, f"/map/{shops.MAP_ID}?panel={panel}")
        yield panel


WIDTHS = (2560, 768, 390, 1440)


def too_wide(page: Page) -> list[str]:
    """The widths of windows in which the page as a whole scrolls sideways; it ends at 1440."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        if probes.sideways(page) > 0:
            found.append(f"scrolls sideways at {width} px")
    return found


@pytest.mark.parametrize("language", NAMES)
def test_no_english_is_left_and_no_screen_scrolls_sideways(
    shop: Server, browser: Browser, visit: Open, language: str
) -> None:
    is_english = english(language)
    page = visit(shop)
    speak(page, language)
    found: dict[str, list[str]] = {}
    for place, path in screens.of_shop(browser, shop).items():
        turned(page, path)
        found[place] = left_in_english(page, is_english) + too_wide(page)
    turned(page, f"/map/{shops.MAP_ID}")
    for place in openings(page):
        found[place] = left_in_english(page, is_english)
    left = {place: texts for place, texts in found.items() if texts}
    assert not left, left


UNKNOWN = ("/map/nowhere", "/people/nobody")


@pytest.mark.parametrize("language", NAMES)
def test_an_import_and_a_refusal_speak_the_language(empty: Server, visit: Open, language: str, watch: Watch) -> None:
    watch.allow("status of 4")
    is_english = english(language)
    page = visit(empty)
    speak(page, language)
    found = left_in_english(page, is_english)
    for path in ("/map", "/maps", "/library", "/explore", "/people", "/sources", "/sources/rejects", *UNKNOWN):
        turned(page, path)
        found += left_in_english(page, is_english)
    page.goto(screens.uploaded(page.context))
    screens.map_columns(page)
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    found += left_in_english(page, is_english)
    page.locator("main form button[type=submit]").click()
    page.locator("main .actions a").first.wait_for()
    assert found + left_in_english(page, is_english) == []


PLURALS = {
    "en": ["30 people", "22 people", "21 people", "5 people", "2 people", "1 person"],
    "pl": ["30 osób", "22 osoby", "21 osób", "5 osób", "2 osoby", "1 osoba"],
    "hr": ["30 osoba", "22 osobe", "21 osoba", "5 osoba", "2 osobe", "1 osoba"],
}


@pytest.mark.parametrize(("language", "forms"), PLURALS.items())
def test_plural_forms(shop: Server, visit: Open, language: str, forms: list[str]) -> None:
    page = visit(shop, f"/map/{shops.MAP_ID}?lang={language}")
    said = page.locator("[role=columnheader] .figure:has(.strong)").all_inner_texts()
    assert [" ".join(text.split()[:2]) for text in said] == forms


WRITTEN = {
    "en": ("302,268", "1 Jan 2018", "14 Nov 2016", "174 days", "17%"),
    "pl": ("302\xa0268", "1 sty 2018", "14 lis 2016", "174 dni", "17%"),
    "hr": ("302.268", "1. sij 2018.", "14. stu 2016.", "174 dan", "17 %"),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_numbers_dates_and_spans(demo: Server, visit: Open, language: str) -> None:
    page = visit(demo, f"/?lang={language}")
    events, last, first, span, share = WRITTEN[language]
    heading = page.locator("main header")
    expect(heading).to_contain_text(re.compile(re.escape(events)))
    expect(heading).to_contain_text(first)
    expect(heading).to_contain_text(last)
    page.goto(f"/map/complete-journey?lang={language}")
    settled(page)
    sheet = page.get_by_role("grid").inner_text().replace("\xa0", " ").replace("\u202f", " ")
    assert span in sheet
    assert share in sheet


def test_the_language_is_remembered(shop: Server, visit: Open) -> None:
    page = visit(shop, "/people")
    speak(page, "hr")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(sentences("hr")["people.title"][0]))
    page.goto("/sources")
    expect(page.locator("html")).to_have_attribute("lang", "hr")


@pytest.mark.parametrize(("locale", "language"), [("pl-PL", "pl"), ("hr-HR", "hr"), ("de-DE", "en")])
def test_the_first_visit_speaks_the_browser_s_language(shop: Server, visit: Open, locale: str, language: str) -> None:
    expect(visit(shop, locale=locale).locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))

"""Polish and Croatian to the last word: texts, plural forms, numbers, dates; the choice is remembered."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screens, shops
from tests.browser.catalogues import left_in_english, sentences
from tests.browser.conftest import Open
from tests.browser.watch import Watch, settled, turned
from tests.servers import Server

NAMES = {"pl": "Polski", "hr": "Hrvatski"}


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


@pytest.mark.parametrize("language", NAMES)
def test_no_english_is_left_in_what_opens_over_the_map(shop: Server, visit: Open, language: str) -> None:
    page = visit(shop)
    speak(page, language)
    turned(page, f"/map/{shops.MAP_ID}")
    found = {place: left_in_english(page, language) for place in openings(page)}
    left = {place: texts for place, texts in found.items() if texts}
    assert not left, left


UNKNOWN = ("/map/nowhere", "/people/no-such-key")


@pytest.mark.parametrize("language", NAMES)
def test_an_import_and_a_refusal_speak_the_language(empty: Server, visit: Open, language: str, watch: Watch) -> None:
    watch.allow("status of 4")
    page = visit(empty)
    speak(page, language)
    found = left_in_english(page, language)
    for path in ("/map", "/maps", "/library", "/explore", "/people", "/sources", "/sources/rejects", *UNKNOWN):
        turned(page, path)
        found += left_in_english(page, language)
    page.goto(screens.uploaded(page.context))
    screens.map_columns(page)
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    found += left_in_english(page, language)
    page.locator("main form button[type=submit]").click()
    page.locator("main .actions a").first.wait_for()
    assert found + left_in_english(page, language) == []


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

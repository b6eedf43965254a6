"""What is on the screen is in its address: it survives a reload and a copy, and Back leads back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shops
from tests.browser.conftest import Open
from tests.browser.watch import settled
from tests.servers import Server

MAP = f"/map/{shops.MAP_ID}"


def channel(page: Page, name: str) -> None:
    """Chooses a channel in the filter."""
    page.get_by_role("button", name=re.compile("^Channels")).click()
    page.get_by_role("dialog", name="Channels").get_by_label(name, exact=True).check()
    page.keyboard.press("Escape")


def filter_the_map(page: Page) -> None:
    page.get_by_role("button", name="Filters", exact=True).click()
    channel(page, "sklep")
    page.get_by_role("button", name=re.compile("^Dates")).click()
    page.get_by_label("First day").fill("2026-03-02")
    page.get_by_label("Last day").fill("2026-03-12")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("^21 people"))).to_have_count(1)


def filter_the_cards(page: Page) -> None:
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_role("button", name=re.compile("^Channel ")).click()
    page.get_by_role("dialog", name="Channel").get_by_label("telefon", exact=True).check()
    page.keyboard.press("Escape")
    expect(page.locator("[data-sheet] .touchpoint")).to_have_text([re.compile("Serwis"), re.compile("Skarga")])


def open_people(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^21 people")).first.click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(21)


def build_a_funnel(page: Page) -> None:
    for name in ("Wizyta", "Zakup"):
        page.get_by_role("combobox", name=re.compile("First step|Add a step")).fill(name)
        page.keyboard.press("Enter")
    page.get_by_label("All steps within").select_option(label="7 days")
    page.get_by_label("What is counted").select_option(label="Count journeys")
    page.get_by_text("Names, definition, day").click()
    page.get_by_label("Names of steps").select_option(label="by event name")
    expect(page.locator("main")).to_contain_text("21 journeys of 30")


def set_up_a_flow(page: Page) -> None:
    page.get_by_role("combobox", name="Touchpoint").fill("Zakup")
    page.keyboard.press("Enter")
    page.get_by_label("Direction").select_option(label="what came before")
    page.get_by_label("Steps", exact=True).select_option("3")
    page.get_by_label("Count repeats in a row once").check()
    page.get_by_role("radio", name="Table").check()
    expect(page.locator("main")).to_contain_text("21 people entered at Zakup")
    expect(page.get_by_role("table", name=re.compile("Ways as rows"))).to_be_visible()


def list_variants(page: Page) -> None:
    page.get_by_role("radio", name="channels").check()
    page.get_by_label("Show", exact=True).select_option("50")
    page.get_by_label("Count repeats in a row once").check()
    expect(page.get_by_role("table", name="The commonest sequences")).to_contain_text("poczta")


def list_transitions(page: Page) -> None:
    page.get_by_label("Show the commonest").select_option("50")
    expect(page.get_by_role("table")).to_contain_text("Oferta")


def measure_times(page: Page) -> None:
    page.get_by_role("radio", name="stages").check()
    page.get_by_label("From", exact=True).select_option("Wizyta")
    page.get_by_label("To", exact=True).select_option("Zakup")
    page.get_by_label("Break down by").select_option(label="channel")
    expect(page.locator("main")).to_contain_text("21 people of 30 get there: 70%.")


def search(page: Page) -> None:
    page.get_by_label("Search by identifier").fill("p2")
    expect(page.locator("main")).to_contain_text("11 people found")  # p2, p20 to p29


def open_the_raw_event(page: Page) -> None:
    page.get_by_role("button", name="Raw event: Zwrot").click()
    expect(page.get_by_role("dialog", name="Raw event").locator("pre")).to_contain_text("Zwrot")


def narrow_the_rejects(page: Page) -> None:
    page.get_by_label("Reason", exact=True).select_option(label=re.compile("no person"))  # type: ignore[arg-type]


STATES: list[tuple[str, Callable[[Page], None]]] = [
    (MAP, filter_the_map),
    (MAP, filter_the_cards),
    (f"{MAP}?channel=sklep", open_people),
    ("/explore/funnel", build_a_funnel),
    ("/explore/paths", set_up_a_flow),
    ("/explore/variants", list_variants),
    ("/explore/transitions", list_transitions),
    ("/explore/durations", measure_times),
    ("/people", search),
    ("/people/customer_id%3Ap2", open_the_raw_event),
]


def picture(page: Page) -> tuple[str, list[str]]:
    """What the screen shows and what its fields are set to."""
    settled(page)
    page.locator("dialog[open] [aria-busy='true'], dialog[open] .skeleton").first.wait_for(state="detached")
    shown = page.locator("main, dialog[open] .body").all_inner_texts()
    text = re.sub(r"(counted [^,]+), \d\d:\d\d", r"\1", re.sub(r"\s+", " ", " ".join(shown)))
    values = page.locator("main select, main input").evaluate_all(
        "all => all.map((one) => one.type === 'checkbox' || one.type === 'radio' ? String(one.checked) : one.value)"
    )
    return text, values


@pytest.mark.parametrize(("path", "act"), STATES, ids=[act.__name__ for _, act in STATES])
def test_a_state_survives_reload_and_copy(shop: Server, visit: Open, path: str, act: Callable[[Page], None]) -> None:
    page = visit(shop, path)
    act(page)
    before = picture(page)
    page.reload()
    assert picture(page) == before
    copy = visit(shop, page.url.removeprefix(shop.address))
    assert picture(copy) == before


def test_the_stage_on_a_phone_is_in_the_address(shop: Server, visit: Open) -> None:
    page = visit(shop, MAP, width=390, height=844)
    page.get_by_role("button", name="Stage after").click()
    page.get_by_role("button", name="Stage after").click()
    for _ in range(2):
        expect(page.get_by_label("Stage", exact=True).locator("option:checked")).to_have_text("3. Zakup")
        expect(page.locator("main .figures .main")).to_contain_text("21 people")
        expect(page.locator("main .touchpoint")).to_contain_text("Zakup")
        page.reload()


def test_back_goes_where_one_was(shop: Server, visit: Open) -> None:
    page = visit(shop)
    page.get_by_role("link", name="Open the map").click()
    page.get_by_role("button", name=re.compile("^22 people")).first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("link", name=re.compile("^customer_id:p1 ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("customer_id:p1")
    page.go_back()
    expect(drawer.get_by_role("listitem")).to_have_count(22)
    expect(drawer.get_by_role("heading", level=2)).to_have_text("In stage “Oferta”")
    page.go_back()
    expect(drawer).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(shops.MAP)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("30 people")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(shops.MAP)


def test_an_unknown_address_shows_the_overview(shop: Server, visit: Open) -> None:
    expect(visit(shop, "/no/such/place").get_by_role("heading", level=1)).to_contain_text("30 people")

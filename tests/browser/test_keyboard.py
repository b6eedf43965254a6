"""The main path and the funnel builder without a mouse."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser import shops
from tests.browser.conftest import Open
from tests.browser.watch import settled
from tests.servers import Server

FOCUSED = "(element) => element === document.activeElement"
RING = """() => {
  const drawn = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const rings = (e) => e && (drawn(getComputedStyle(e)) || getComputedStyle(e).boxShadow !== 'none');
  const e = document.activeElement;
  return [e, e.closest('label'), e.nextElementSibling, e.parentElement].some(rings);
}"""


def tab_to(page: Page, target: Locator, most: int = 90) -> None:
    """Presses Tab until the element has the focus, and sees that the focus shows."""
    target.wait_for(state="attached")
    for _ in range(most):
        if target.evaluate(FOCUSED):
            assert page.evaluate(RING), f"nothing shows that {target} has the focus"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab do not lead to {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def bring_in(page: Page, folder: Path) -> None:
    """Chooses the file, gives its columns roles by typing, imports."""
    page.on("filechooser", lambda _: None)  # Chromium has to know before the key that choosers are answered here
    press(page, page.locator("main").get_by_role("link", name="Import a file"))
    tab_to(page, page.get_by_label("Choose a file"))
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Enter")
    choosing.value.set_files(shops.write(folder))
    for column, role in (("Kto", "Person"), ("Kiedy", "Time"), ("Co", "Event"), ("Gdzie", "Channel")):
        select = page.get_by_label(f"Role of {column}")
        tab_to(page, select)
        page.keyboard.type(role)
        expect(select.locator("option:checked")).to_have_text(role)
    press(page, page.get_by_label("Name of the source"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")


def draw(page: Page) -> None:
    press(page, page.get_by_role("link", name="Open the map"))
    expect(page.locator("main")).to_contain_text("There is no map yet")
    press(page, page.locator("main").get_by_role("link", name="Begin a map"))
    expect(page.get_by_role("dialog", name="New map").get_by_label("Name")).to_be_focused()
    page.keyboard.type(shops.MAP)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(shops.MAP)


def focused(page: Page) -> str:
    """What the element in focus says."""
    return re.sub(r"\s+", " ", str(page.evaluate("document.activeElement.innerText"))).strip()


def stops(grid: Locator) -> int:
    """How many cells of the grid Tab stops at; the figures of the one in focus come after it."""
    return int(grid.locator("[data-id][tabindex='0']").count())


def walk(page: Page) -> None:
    """The map is one stop of Tab; arrows go through its stages, lanes and cells."""
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("columnheader").filter(has_text="Wizyta").first).to_contain_text("30 people")
    assert stops(grid) == 1
    tab_to(page, grid.locator("[data-id][tabindex='0']"))
    page.keyboard.press("Control+Home")
    assert focused(page).startswith("Wizyta")
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("Oferta")
    page.keyboard.press("ArrowLeft")
    assert focused(page).startswith("Wizyta")
    assert stops(grid) == 1


def drill(page: Page) -> None:
    """From the number to a person's event and back, the focus never lost."""
    page.keyboard.press("Alt+Enter")
    drawer = page.get_by_role("dialog", name="In stage “Wizyta”")
    expect(drawer).to_contain_text("30 people")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    assert focused(page).startswith("Wizyta"), "closing returns the focus to the stage"
    page.keyboard.press("Alt+Enter")
    press(page, drawer.get_by_role("link", name=re.compile("^customer_id:p1 ")))
    expect(page.get_by_role("heading", level=1)).to_have_text("customer_id:p1")
    raw = page.get_by_role("button", name="Raw event: Wizyta")
    press(page, raw)
    expect(page.get_by_role("dialog", name="Raw event").locator("pre")).to_contain_text("Łódź")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert raw.evaluate(FOCUSED), "closing returns the focus to the button"


def test_the_main_path_needs_no_mouse(empty: Server, visit: Open, tmp_path: Path) -> None:
    page = visit(empty)
    bring_in(page, tmp_path)
    draw(page)
    walk(page)
    drill(page)
    expect(page).to_have_url(re.compile(r"/people/customer_id%3Ap1$"))


def steps(page: Page) -> list[str]:
    """The steps in the address."""
    return parse_qs(urlsplit(page.url).query).get("step", [])


def test_steps_of_a_funnel_are_built_and_reordered(shop: Server, visit: Open) -> None:
    page = visit(shop)
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_have_text("Explore")
    press(page, page.get_by_role("link", name=re.compile("^Funnel")))
    for name in ("Zakup", "Wizyta", "Oferta"):
        box = page.get_by_role("combobox", name=re.compile("First step|Add a step"))
        tab_to(page, box)
        page.keyboard.type(name[:4].lower())
        page.keyboard.press("Enter")
        expect(page.get_by_role("listitem").filter(has_text=name).first).to_be_visible()
    assert steps(page) == ["Zakup", "Wizyta", "Oferta"]

    page.keyboard.press("Shift+Tab")
    said = page.locator("[role=status][aria-live=polite]").first
    tab_back = page.get_by_role("button", name="Move Zakup, step 1 of 3")
    while not tab_back.evaluate(FOCUSED):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(said).to_contain_text("Zakup picked up from place 1 of 3")
    page.keyboard.press("End")
    expect(said).to_contain_text("Zakup: place 3 of 3")
    assert steps(page) == ["Zakup", "Wizyta", "Oferta"], "the answer waits until the step is put down"
    page.keyboard.press("Space")
    expect(said).to_contain_text("Zakup put down at place 3 of 3")
    assert steps(page) == ["Wizyta", "Oferta", "Zakup"]
    answer = page.get_by_role("table", name=re.compile("Steps of the funnel"))
    for people in (30, 22, 21):
        expect(answer.get_by_role("button", name=re.compile(rf"^{people}\b"))).to_be_visible()

    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(said).to_contain_text("Zakup put back to place 3")
    page.keyboard.press("Delete")
    expect(said).to_contain_text("Zakup removed")
    assert steps(page) == ["Wizyta", "Oferta"]


def test_the_skip_link_and_the_palette_lead_on(shop: Server, visit: Open) -> None:
    page = visit(shop, "/people")
    press(page, page.get_by_role("link", name="Skip to the content"))
    assert page.locator("main").evaluate(FOCUSED)
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Do anything")
    expect(palette.locator("input")).to_be_focused()
    page.keyboard.type(shops.MAP[:6])
    expect(palette.get_by_role("option", name=shops.MAP)).to_have_attribute("data-selected", "")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(shops.MAP)
    settled(page)

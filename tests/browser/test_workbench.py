"""The frame of Explore: segments, comparison, saved questions, links and files, over thirty people counted by hand."""

import base64
import csv
import io
import math
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser import probes, shops
from tests.browser.conftest import Open
from tests.browser.test_addresses import picture
from tests.browser.test_keyboard import press, tab_to
from tests.browser.watch import settled
from tests.servers import Server, serving

STEPS: Final = urlencode([("step", "Wizyta"), ("step", "Oferta"), ("step", "Zakup")])
FUNNEL: Final = f"/explore/funnel?{STEPS}"
REACHED: Final = {"Wizyta": 30, "Oferta": 22, "Zakup": 21}
PHONED: Final = 'channel = "telefon"'
"""p1 to p5: those of the service call; the complaint is p1's as well."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server of these tests' own, in which they may save."""
    folder = tmp_path_factory.mktemp("bench")
    with serving(shops.workspace(folder / "workspace", folder)) as server:
        yield server


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def lead(page: Page) -> str:
    """The sentence of the answer."""
    settled(page)
    return page.locator(".answer .lead").first.inner_text()


def test_a_segment_is_built_counted_and_saved_without_a_mouse(bench: Server, visit: Open) -> None:
    page = visit(bench, FUNNEL)
    press(page, page.get_by_role("button", name="New segment: Segment"))
    dialog = page.get_by_role("dialog", name="New segment")
    count = dialog.locator("[aria-live=polite]")
    expect(count).to_contain_text("Fill in a row")
    tab_to(page, dialog.get_by_label("Value"))
    page.keyboard.type("telefon")
    expect(count).to_contain_text("5 people")
    expect(count).to_contain_text("17% of all people")

    press(page, dialog.get_by_role("button", name="+ something that happened"))
    step = dialog.get_by_label("touchpoint, stage, goal or event")
    expect(step).to_be_focused()
    page.keyboard.type("Zwrot")
    expect(count).to_contain_text("2 people")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(dialog.get_by_role("button", name="not", exact=True, pressed=True)).to_be_focused()
    expect(count).to_contain_text("3 people")
    expect(dialog).to_contain_text('channel = "telefon" and not did "Zwrot"')

    tab_to(page, dialog.get_by_label("Name of the segment"))
    page.keyboard.type("Served, kept")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert query(page)["segment"] == ["name:Served, kept"]
    assert lead(page) == "3 people of 3 go all the way: 100%."


def test_a_segment_changed_is_a_new_version_until_it_is_deleted(bench: Server, visit: Open) -> None:
    page = visit(bench, "/explore")
    for version, people in (("1", 30), ("2", 21)):
        started = "New segment" if version == "1" else "Edit: Busy"
        page.get_by_role("button", name=started).click()
        dialog = page.get_by_role("dialog")
        if version == "1":
            dialog.get_by_role("button", name="+ something that happened").click()
            dialog.get_by_label("touchpoint, stage, goal or event").fill("Wizyta")
            dialog.get_by_role("button", name="Remove row 1").click()
            dialog.get_by_label("Name of the segment").fill("Busy")
        else:
            dialog.get_by_label("touchpoint, stage, goal or event").fill("Zakup")
        expect(dialog.locator("[aria-live=polite]")).to_contain_text(f"{people} people")
        dialog.get_by_role("button", name="Save segment").click()
        expect(page.get_by_role("listitem").filter(has_text="Busy")).to_contain_text(f"people, version {version}")
    page.get_by_role("link", name="Busy").click()
    expect(page.locator("main")).to_contain_text("Questions asked here are about “Busy”.")
    assert probes.axe(page) == []
    page.get_by_role("link", name=re.compile("^Variants")).click()
    expect(page.locator(".answer")).to_contain_text("Looked at: 21 people")
    page.get_by_role("link", name="All questions").click()
    page.get_by_role("button", name="Delete segment “Busy”").click()
    expect(page.get_by_role("link", name="Busy")).to_have_count(0)


def test_removing_a_row_keeps_the_focus_in_the_form(bench: Server, visit: Open) -> None:
    page = visit(bench, FUNNEL)
    page.get_by_role("button", name="New segment: Segment").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="+ group").click()
    expect(dialog.get_by_role("group", name="any of these holds")).to_be_visible()
    dialog.get_by_role("button", name="Remove row 2").click()
    expect(dialog.get_by_role("button", name="not", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="Remove row 1").click()
    expect(dialog.get_by_role("button", name="+ channel, trait or property")).to_be_focused()


def test_sentences_and_text_say_the_same(bench: Server, visit: Open) -> None:
    page = visit(bench, FUNNEL)
    page.get_by_role("button", name="New segment: Segment").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="As text").check()
    dialog.get_by_label("Condition").fill("channel = telefon")
    expect(dialog.get_by_role("alert")).to_contain_text("character 11")
    expect(dialog.get_by_role("button", name="Use without saving")).to_be_disabled()
    text = 'did "Zakup" within 10d after "Wizyta" and (channel in ("poczta", "www") or trait.city exists)'
    dialog.get_by_label("Condition").fill(text)
    expect(dialog.locator("[aria-live=polite]")).to_contain_text("21 people")
    dialog.get_by_role("radio", name="As sentences").check()
    expect(dialog.get_by_label("touchpoint, stage, goal or event")).to_have_value("Zakup")
    expect(dialog.get_by_label("In which time")).to_have_value("within")
    expect(dialog.get_by_label("after", exact=True)).to_have_value("Wizyta")
    expect(dialog.get_by_role("group", name="any of these holds").get_by_label("Value")).to_have_value("poczta, www")
    expect(dialog.locator("[aria-live=polite]")).to_contain_text("21 people")
    dialog.get_by_role("button", name="Use without saving").click()
    assert query(page)["segment"] == [f"people:{text}"]
    assert lead(page) == "21 people of 21 go all the way: 100%."


def test_the_people_behind_a_number_become_a_segment(bench: Server, visit: Open) -> None:
    page = visit(bench, FUNNEL)
    page.get_by_role("table", name=re.compile("^Steps")).get_by_role(
        "button", name=re.compile("^8 people go no")
    ).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Make this a segment").click()
    name = drawer.get_by_label("Name of the segment")
    expect(name).to_be_focused()
    name.fill("Only looked")
    page.keyboard.press("Enter")
    drawer.get_by_role("link", name="Ask about them").click()
    page.get_by_role("link", name=re.compile("^Variants")).click()
    expect(page.locator(".answer")).to_contain_text("Looked at: 8 people with 8 events.")
    expect(page.get_by_label("Segment", exact=True)).to_have_value("Only looked")


def test_a_saved_question_is_answered_on_the_overview(bench: Server, visit: Open) -> None:
    page = visit(bench, f"{FUNNEL}&within=30d&channel=www&channel=sklep&channel=poczta")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Save this question")
    dialog.get_by_label("Name").fill("To the purchase")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    answer = picture(page)
    page.goto("/")
    page.reload()
    settled(page)
    question = page.get_by_role("listitem").filter(has_text="To the purchase")
    expect(question).to_contain_text("21 people of 30 go all the way within 30 days: 70%.")
    question.get_by_role("link").click()
    assert picture(page) == answer

    page.goto("/explore")
    page.get_by_label("on the overview").uncheck()
    page.goto("/")
    settled(page)
    expect(page.get_by_text("To the purchase")).to_have_count(0)
    page.goto("/explore")
    page.get_by_role("button", name="Delete “To the purchase”").click()
    expect(page.get_by_text("Nothing saved yet.")).to_be_visible()


def test_a_copied_link_shows_the_same(bench: Server, visit: Open) -> None:
    segment = urlencode({"segment": f"people:{PHONED}", "today": "2026-03-15"})
    page = visit(bench, f"{FUNNEL}&step=Skarga&{segment}", permissions=["clipboard-read", "clipboard-write"])
    assert lead(page).startswith("0 people of 5"), "the complaint comes later than that day"
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The link is copied.").first).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    other = visit(bench, link.removeprefix(bench.address))
    assert picture(other) == picture(page)


def test_each_question_is_found_again_as_it_was_left(bench: Server, visit: Open) -> None:
    page = visit(bench, f"{FUNNEL}&grain=journey")
    press(page, page.get_by_role("button", name="Funnel"))
    tab_to(page, page.get_by_role("link", name="Channel switches"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Channel switches")
    assert query(page) == {"grain": ["journey"]}, "what is counted stays, the steps go"
    page.get_by_role("link", name="All questions").click()
    page.get_by_role("link", name=re.compile("^Funnel")).click()
    assert query(page) == {"step": ["Wizyta", "Oferta", "Zakup"], "grain": ["journey"]}


def wilson(n: int, of: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """The bounds of a share, as Wilson (1927) gives them."""
    middle = (n / of + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(n / of * (1 - n / of) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def newcombe(a: int, a_of: int, b: int, b_of: int) -> tuple[float, float]:
    """The bounds of the difference of two shares, by method 10 of Newcombe (1998)."""
    (low_a, high_a), (low_b, high_b) = wilson(a, a_of), wilson(b, b_of)
    p, q = a / a_of, b / b_of
    return p - q - math.hypot(p - low_a, high_b - q), p - q + math.hypot(high_a - p, q - low_b)


def points(share: float) -> str:
    """As the screen writes percentage points: one decimal below ten, none above."""
    value = abs(share) * 100
    text = f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"
    return text if text == "0" else ("+" if share > 0 else "−") + text


def test_two_segments_stand_side_by_side_with_intervals(bench: Server, visit: Open) -> None:
    sides = urlencode({"segment": f"people:{PHONED}", "versus": 'people:not did "Serwis"'})
    page = visit(bench, f"{FUNNEL}&{sides}")
    answer = page.locator(".answer")
    expect(answer).to_contain_text("5 people")
    expect(answer).to_contain_text("25 people")
    row = page.get_by_role("table", name="Shares in both segments").get_by_role("row").filter(has_text="Oferta")
    cells = [" ".join(text.replace(", Oferta", "").split()) for text in row.get_by_role("cell").all_inner_texts()]
    low, high = newcombe(5, 5, 17, 25)
    assert cells[1:3] == ["100% 5 of 5", "68% 17 of 25"]
    assert cells[-1] == f"+32 pp {points(low)} to {points(high)}"
    row.get_by_role("button", name=re.compile("^68%")).click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(17)
    page.keyboard.press("Escape")

    with page.expect_download() as download:
        page.get_by_role("button", name="Differences as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    oferta = next(row for row in rows if row["label"] == "Oferta")
    assert (oferta["a"], oferta["a_of"], oferta["b"], oferta["b_of"]) == ("5", "5", "17", "25")
    assert float(oferta["low"]) == pytest.approx(low, abs=1e-9)
    assert float(oferta["high"]) == pytest.approx(high, abs=1e-9)

    page.get_by_role("radio", name="B alone").check()
    assert lead(page) == "16 people of 25 go all the way: 64%."
    page.reload()
    assert lead(page) == "16 people of 25 go all the way: 64%."


def exported(page: Page, item: str, folder: Path) -> Path:
    page.get_by_role("button", name="Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=item).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_tables_are_files_with_the_figures_of_the_screen(bench: Server, visit: Open, tmp_path: Path) -> None:
    page = visit(bench, FUNNEL)
    settled(page)
    file = exported(page, "Table as CSV", tmp_path)
    assert re.fullmatch(r"funnel-\d{4}-\d\d-\d\d\.csv", file.name)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert {row["name"]: int(row["people"]) for row in rows} == REACHED
    assert [float(row["share_of_first"]) for row in rows] == pytest.approx([1, 22 / 30, 21 / 30])
    workbook = CalamineWorkbook.from_path(str(exported(page, "Table as Excel", tmp_path)))
    sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
    table = next(sheet for sheet in sheets if sheet and "people" in sheet[0])
    at = [table[0].index("name"), table[0].index("people")]
    assert {row[at[0]]: row[at[1]] for row in table[1:]} == REACHED


COLOURS = """async ([bytes]) => {
  const blob = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type: "image/png" });
  const image = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const count = {};
  for (let i = 0; i < data.length; i += 4) {
    const colour = [data[i], data[i + 1], data[i + 2]].join();
    count[colour] = (count[colour] ?? 0) + 1;
  }
  return count;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_stand_on_their_own(bench: Server, visit: Open, tmp_path: Path, scheme: str) -> None:
    """Vector and pixels say title, sentence, figures and n, need nothing from outside, and are light on any screen."""
    page = visit(bench, FUNNEL, color_scheme=scheme)
    settled(page)
    file = exported(page, "Picture as SVG", tmp_path)
    source = file.read_text("utf-8")
    svg = ET.fromstring(source)  # noqa: S314
    said = " ".join("".join(node.itertext()) for node in svg.iter("{http://www.w3.org/2000/svg}text"))
    for wanted in ("Funnel", "21 people of 30 go all the way: 70%.", "Oferta", "Zakup", "22", "Looked at: 30 people"):
        assert wanted in said
    assert "data:font/woff2;base64," in source
    assert set(re.findall(r"https?://[^\"'\s)]+", source)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/XML/1998/namespace",
    }
    assert "var(--" not in source

    png = exported(page, "Picture as PNG", tmp_path).read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (2 * int(svg.attrib["width"]), 2 * int(svg.attrib["height"]))
    colours = page.evaluate(COLOURS, [base64.b64encode(png).decode()])
    assert max(colours, key=colours.get) == "251,250,247", "the ground is paper"
    assert colours.get("75,150,130", 0) > width * height / 100, "the stream is drawn"
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_the_same_answer_elsewhere(bench: Server, visit: Open) -> None:
    page = visit(bench, FUNNEL, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Export", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("Python")).click()
    dialog = page.get_by_role("dialog", name="The same answer elsewhere")
    expect(dialog.get_by_role("group", name="Python")).to_contain_text("'steps': ['Wizyta', 'Oferta', 'Zakup']")
    expect(dialog.get_by_role("group", name="SQL")).to_contain_text("SELECT")
    dialog.get_by_role("button", name="Copy Command line").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("desireline ")


def test_an_older_definition_stands_beneath_the_newer(bench: Server, visit: Open) -> None:
    page = visit(bench, "/explore/variants?against=1&by=stage")
    expect(page.get_by_role("heading", name=re.compile("Under “main”, version 1"))).to_have_count(2)
    page.get_by_text("Names, definition, day").scroll_into_view_if_needed()
    expect(page.get_by_label("Show another beside it")).to_have_value("1")


def test_the_builder_has_no_barrier(bench: Server, visit: Open) -> None:
    page = visit(bench, FUNNEL)
    page.get_by_role("button", name="New segment: Segment").click()
    dialog = page.get_by_role("dialog")
    for what in ("+ something that happened", "+ group"):
        dialog.get_by_role("button", name=what).first.click()
    dialog.get_by_role("button", name="+ details of the event").click()
    found = []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        probes.light(page)
        found += probes.axe(page)
        probes.dark(page)
        found += probes.axe(page, only=["color-contrast"])
        assert probes.cut_off(page) == []
        inside = dialog.evaluate(
            "(box) => box.querySelector('.body').scrollWidth - box.querySelector('.body').clientWidth"
        )
        assert inside <= 0, f"the form scrolls sideways by {inside} px at {width} px"
    assert not found, "\n".join(found)


def test_a_phone_folds_the_question_up(bench: Server, visit: Open) -> None:
    page = visit(bench, FUNNEL, width=390, height=844)
    fold = page.get_by_role("button", name=re.compile("^The question and who is counted"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_label("What is counted")).to_have_count(0)
    press(page, fold)
    expect(page.get_by_label("What is counted")).to_be_visible()
    fresh = visit(bench, "/explore/funnel", width=390, height=844)
    box = fresh.get_by_role("combobox", name=re.compile("First step|Add a step"))
    for name in ("Wizyta", "Zakup"):
        box.fill(name)
        fresh.keyboard.press("Enter")
    expect(box).to_be_visible()
    assert lead(fresh) == "21 people of 30 go all the way: 70%."

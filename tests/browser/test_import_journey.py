"""From a file on the disk to one person's event, by mouse, on a workspace with nothing in it."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import probes, shops
from tests.browser.conftest import Open
from tests.servers import Server


def choose(page: Page, column: str, role: str) -> None:
    page.get_by_label(f"Role of {column}").select_option(label=role)


def total(page: Page) -> int:
    """What the server has written so far."""
    return int(page.request.get("/api/status").json()["events"])


def upload(page: Page, folder: Path) -> None:
    """From the overview to the mapping of the uploaded file."""
    expect(page.locator("main")).to_contain_text("Nothing is connected yet")
    page.get_by_role("link", name="Import a file").click()
    page.get_by_label("Choose a file").set_input_files(shops.write(folder))
    expect(page.get_by_role("heading", level=1)).to_have_text("How to read sklepy_2026-03.csv")


def map_columns(page: Page) -> None:
    """Roles for a header that nobody knows."""
    expect(page.locator("main")).to_contain_text("No preset knows this header")
    expect(page.get_by_label("Still missing").locator("li")).to_have_count(3)
    for column, role in (
        ("Kto", "Person"), ("Kiedy", "Time"), ("Co", "Event"), ("Gdzie", "Channel"), ("Ile", "Value"),
        ("Uwagi", "Free text"),
    ):  # fmt: skip
        choose(page, column, role)
    expect(page.get_by_label("Still missing")).to_have_count(0)
    page.get_by_text("Time, event name, channel and numbers").click()
    value = page.get_by_role("group", name="Value")
    value.get_by_label("Decimals after a").select_option(label="comma, 1 234,50")
    value.get_by_label("Currency", exact=True).last.fill("pln")


def rows_of(table: Locator) -> list[list[str]]:
    return [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in table.locator("tbody tr").all()]


def test_a_file_becomes_a_map_and_leads_to_an_event(empty: Server, visit: Open, tmp_path: Path) -> None:
    page = visit(empty)
    upload(page, tmp_path)
    facts = page.locator("main > .page > p.muted").first
    expect(facts).to_contain_text(re.compile("1250"))
    expect(facts).to_contain_text("separated by semicolons · 7 columns · 83 rows")
    map_columns(page)

    preview = page.get_by_role("table", name="The first rows as they will be understood")
    expect(preview.get_by_text("1 Mar 2026, 08:01")).to_be_visible()
    expect(preview.get_by_text("1,201.50")).to_be_visible()
    first = rows_of(preview)[0]
    assert first[:4] == ["1 Mar 2026, 08:01", "customer number p1", "Wizyta", "www"]
    assert first[-1] == shops.NOTE
    assert rows_of(preview)[2][2:5] == ["Zakup", "sklep", "zł\xa01,201.50"]
    check_rejects(page)
    assert total(page) == 0, "nothing may be written before the import"

    page.get_by_label("Name of the source").fill(shops.SOURCE)
    page.get_by_role("button", name="Import", exact=True).click()
    check_summary(page)
    assert total(page) == shops.GOOD
    draw(page)
    check_map(page)
    drill_to_the_event(page)


def check_rejects(page: Page) -> None:
    """Two rows, each with its line and reason."""
    expect(page.get_by_role("heading", name="2 of 83 rows looked at would be rejected")).to_be_visible()
    page.locator("summary", has_text="Examples").click()
    found = rows_of(page.get_by_role("table", name="Examples"))
    assert [(row[0], row[1], row[2]) for row in found] == [
        (str(shops.BROKEN_LINES[0]), "no person", ""),
        (str(shops.BROKEN_LINES[1]), "time cannot be read", "31.02.2026 09:00"),
    ]


def check_summary(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    expect(page.locator("main")).to_contain_text("83 rows of sklepy_2026-03.csv read in")
    said = dict(zip(*(page.locator(f"main dl {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True))
    assert said["New"] == str(shops.GOOD)
    assert said["Rejected"] == str(shops.BROKEN)
    assert said["no person"] == said["time cannot be read"] == "1"
    expect(page.locator("main")).to_contain_text("30 people · 1 Mar 2026, 08:01 – 20 Mar 2026, 08:01")


def draw(page: Page) -> None:
    """As the overview's next steps say."""
    page.get_by_role("navigation", name="Screens").first.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"30 people\s*81 events\s*1 source"))
    page.get_by_role("link", name="Let stages be proposed").click()
    dialog = page.get_by_role("dialog", name="New map")
    dialog.get_by_label("Name").fill(shops.MAP)
    dialog.get_by_role("button", name="Propose stages and draw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(shops.MAP)


def check_map(page: Page) -> None:
    """Each touchpoint has as many people as were written for it, and each stage those of its largest."""
    grid = page.get_by_role("grid")
    for name, _, _, people in shops.STEPS:
        card = grid.locator("[data-id]:has(> .body > .touchpoint)").filter(has_text=name)
        expect(card.locator(".figure").first).to_have_text(re.compile(rf"^{people}\b"))
    first = grid.get_by_role("columnheader").filter(has_text="Wizyta").first
    expect(first).to_contain_text("30 people")
    expect(first).to_contain_text("73% go on")  # 22 of 30 come back on a later day


def drill_to_the_event(page: Page) -> None:
    """From a stage's number to the people, to one of them, to what was in the file."""
    page.get_by_role("button", name=re.compile("^30 people")).first.click()
    drawer = page.get_by_role("dialog", name="In stage “Wizyta”")
    expect(drawer).to_contain_text("30 people")
    expect(drawer.get_by_role("listitem")).to_have_count(30)
    drawer.get_by_role("link", name=re.compile("^customer_id:p1 ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("customer_id:p1")
    newest_first = [name for name, *_ in reversed(shops.STEPS)]
    expect(page.get_by_label("What happened").locator("li b")).to_have_text(newest_first)
    page.get_by_role("button", name="Raw event: Wizyta").click()
    raw = json.loads(page.get_by_role("dialog", name="Raw event").locator("pre").inner_text())
    assert raw["properties"]["Miasto"] == "Łódź"
    assert raw["text"] == shops.NOTE
    assert raw["time"].startswith("2026-03-01T08:01:00")


def survey(folder: Path) -> Path:
    """40 people's answers: `Ocena` from 0 to 10 with 11 for blank, `Trud` from 1 to 5 with one 9, words, no person."""
    lines = ["Kiedy;Ocena;Trud;Uwagi"]
    lines += [
        f"2026-03-01 10:{n:02};{n % 12};{9 if n == 7 else n % 5 + 1};{'<b>Dobrze</b>' * (n == 3)}" for n in range(40)
    ]
    file = folder / "ankieta.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_answers_of_a_survey_are_mapped_without_code(empty: Server, visit: Open, tmp_path: Path) -> None:
    page = visit(empty, "/sources/import")
    page.get_by_label("Choose a file").set_input_files(survey(tmp_path))
    for column, role in (("Kiedy", "Time"), ("Ocena", "Answer to a question"), ("Trud", "Answer to a question")):
        choose(page, column, role)
    page.get_by_text("Time, event name, channel and numbers").click()
    page.get_by_label("Rows that name nobody").select_option(label="count each as somebody of its own")
    page.get_by_role("group", name="Event name").get_by_label("Taken").select_option(label="the same for every row")
    page.get_by_label("Name of every event").fill("Wizyta")
    grade, effort = page.get_by_role("group", name="Ocena"), page.get_by_role("group", name="Trud")
    grade.get_by_label("Scale").select_option(label="NPS: recommendation, 0–10")
    grade.get_by_label("Codes that mean no answer").fill("11")
    grade.get_by_label("Column with the words to it").select_option(label="Uwagi")
    effort.get_by_label("Scale").select_option(label="CES: effort, 1–5, 1 is the least")
    expect(page.get_by_label("Role of Uwagi")).to_have_value("beside")
    expect(page.get_by_role("heading", name="76 answers would come from 40 rows looked at")).to_be_visible()
    told = rows_of(page.get_by_role("table", name="76 answers would come from 40 rows looked at"))
    assert [row[0] for row in told] == ["Ocena", "Trud"]
    assert [row[2:] for row in told] == [["37", "1", "0 – 10"], ["39", "0", "1 – 5"]]
    expect(page.get_by_role("heading", name="1 answer or row would be rejected")).to_be_visible()
    expect(page.get_by_text("1 answer not on the scale")).to_be_visible()
    assert probes.axe(page) == []
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    counts = page.request.get("/api/feedback/counts").json()
    assert {c["scale"]: c["n"] for c in counts["counts"]} == {"nps": 37, "ces1_5": 39}
    assert counts["with_text"] == 1


def test_a_preset_with_answers_stays_whole_in_the_form(empty: Server, visit: Open, tmp_path: Path) -> None:
    lines = ["Sygnatura czasowa,Adres e-mail,Czy nas polecisz?,Co poprawić?",
             '2026/05/01 10:00:00 AM GMT+2,a@x.pl,9,"Kolejki, ceny"', "2026/05/02 10:00:00 AM GMT+2,,11,"]  # fmt: skip
    (tmp_path / "formularz.csv").write_text("\n".join(lines), encoding="utf-8")
    page = visit(empty, "/sources/import")
    page.get_by_label("Choose a file").set_input_files(tmp_path / "formularz.csv")
    expect(page.get_by_label("Role of Co poprawić?")).to_have_value("answer")
    expect(page.get_by_label("Rows that name nobody")).to_have_value("case")
    asked = page.get_by_role("group", name="Czy nas polecisz?")
    asked.get_by_label("Scale").select_option(label="NPS: recommendation, 0–10")
    asked.get_by_label("Codes that mean no answer").fill("11")
    expect(page.get_by_role("heading", name="2 answers would come from 2 rows looked at")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    items = page.request.get("/api/feedback").json()["items"]
    found = {(item["person"], item["question_text"], item["score"], item["text"]) for item in items}
    assert found == {
        ("email:a@x.pl", "Czy nas polecisz?", 9, None), ("email:a@x.pl", "Co poprawić?", None, "Kolejki, ceny"),
    }  # fmt: skip

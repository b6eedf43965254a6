"""Around the map: comments, history, files, the way to a new map, and the portfolio of all maps."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import probes, shops
from tests.browser.conftest import Open
from tests.browser.watch import settled
from tests.servers import Server, serving

BEGINNINGS: Final = {
    "pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "svg": b"<svg", "pptx": b"PK\x03\x04", "html": b"<!doctype html",
    "xlsx": b"PK\x03\x04", "csv": b"", "md": b"#", "mermaid": b"%%", "cjml": b"<?xml", "theydo": b"PK\x03\x04",
    "json": b"{", "yaml": b"PK\x03\x04",
}  # fmt: skip
GRID: Final = (
    ("", "Dolazak", "", "Kupnja"),
    ("", "Vidi oglas", "Traži", "Plaća"),
    ("Što radi", "Vidim oglas", "Tražim dar", "Plaćam karticom"),
    ("", "", "", ""),
    ("Muke", "", "Previše pogodaka", "Kartica odbijena"),
    ("Interno", "x", "y", "z"),
)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server of these tests' own, in which they may write."""
    folder = tmp_path_factory.mktemp("team")
    with serving(shops.workspace(folder / "workspace", folder)) as server:
        yield server


def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    """What the server answers."""
    answer = page.request.fetch(f"/api{path}", method=method, data=body)
    assert answer.ok, answer.text()
    return answer.json() if answer.body() else None


def make(page: Page, name: str) -> str:
    """The id of a new map from a template."""
    return str(call(page, "POST", "/maps", {"name": name, "template": "ecommerce", "language": "en"})["id"])


def do(page: Page, map_id: str, *commands: dict[str, Any]) -> int:
    """Does commands on the newest version; the version after them."""
    base = call(page, "GET", f"/maps/{map_id}")["version"]
    sent = {"id": f"test-{map_id}-{base}", "base": base, "commands": list(commands)}
    return int(call(page, "POST", f"/maps/{map_id}/commands", sent)["version"])


def notes(page: Page) -> Locator:
    """The short notes at the edge of the screen."""
    return page.get_by_role("complementary", name="Notes")


def test_a_comment_is_answered_and_resolved(team: Server, visit: Open) -> None:
    page = visit(team, "/maps")
    map_id = make(page, "Commented")
    page.goto(f"/map/{map_id}")
    other = page.context.new_page()
    other.goto(f"/map/{map_id}")
    page.bring_to_front()
    card = page.locator("[data-id].card").first
    text = card.get_attribute("aria-label") or ""
    page.get_by_role("button", name=re.compile("^Comment mode")).click()
    card.get_by_role("button", name="Comment on this").click()
    panel = page.get_by_role("dialog", name="Comments")
    field = panel.get_by_label("New comment here")
    expect(field).to_be_focused()
    field.fill("Is this still true?")
    page.keyboard.press("Control+Enter")
    expect(panel.get_by_role("listitem")).to_contain_text("Is this still true?")
    expect(other.locator("[data-id].card").first.get_by_role("button", name="1 open comment")).to_be_visible(
        timeout=3000
    )
    other.close()

    panel.get_by_role("button", name="Reply").click()
    panel.get_by_label("Your reply").fill("No longer, since March.")
    panel.locator("li").get_by_role("button", name="Comment", exact=True).click()
    expect(panel.locator("article")).to_have_text([re.compile("Is this still true"), re.compile("since March")])
    panel.get_by_role("button", name="Resolve", exact=True).click()
    expect(panel).to_contain_text("No open comments")
    panel.get_by_role("radio", name=re.compile("Resolved")).check()
    expect(panel.locator("article")).to_have_count(2)
    panel.get_by_role("button", name="Comments on the whole map").click()
    expect(panel.get_by_role("button", name=text, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="Comment on this")).to_be_visible()
    assert [c["resolved"] for c in call(page, "GET", f"/maps/{map_id}/comments")] == [True, False]


def test_an_old_version_comes_back(team: Server, visit: Open) -> None:
    page = visit(team, "/maps")
    map_id = make(page, "Restored")
    stage = call(page, "GET", f"/maps/{map_id}")["stages"][0]
    do(page, map_id, {"do": "stage.set", "id": stage["id"], "set": {"name": "Spoilt"}})
    page.goto(f"/map/{map_id}?panel=history")
    panel = page.get_by_role("dialog", name="History")
    label = panel.get_by_label("Keep this version as")
    label.fill("Before the meeting")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("listitem").first).to_contain_text("Before the meeting")
    do(page, map_id, {"do": "stage.set", "id": stage["id"], "set": {"name": "Worse"}})
    expect(panel.get_by_role("listitem")).to_have_count(2)
    panel.get_by_role("button", name=re.compile("^Changes since version")).click()
    expect(panel.locator("li", has_text="Name: “Spoilt” → “Worse”")).to_be_visible()
    panel.get_by_role("button", name="Back to the history").click()

    panel.get_by_role("button", name=re.compile("^Look at version")).click()
    expect(panel).to_be_hidden()
    head = page.get_by_role("columnheader").filter(has_text="Spoilt")
    expect(head).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="You are looking at the map")).to_be_visible()
    page.get_by_role("button", name="Go back to it").click()
    expect(notes(page)).to_contain_text("What it was before is kept in the history")
    expect(head).to_be_visible()
    assert call(page, "GET", f"/maps/{map_id}")["stages"][0]["name"] == "Spoilt"
    page.goto(f"/map/{map_id}?panel=history")
    panel.get_by_label("Kept versions").check()
    expect(panel.get_by_role("listitem").first).to_contain_text("Safety copy before going back to version")


def test_every_format_is_downloaded(team: Server, visit: Open, tmp_path: Path) -> None:
    page = visit(team, "/maps")
    map_id = make(page, "Exported")
    suffixes = {one["format"]: one["suffix"] for one in call(page, "GET", "/maps/formats")}
    assert set(suffixes) == set(BEGINNINGS)
    page.goto(f"/map/{map_id}?panel=export")
    dialog = page.get_by_role("dialog", name="Export")
    for name, beginning in BEGINNINGS.items():
        dialog.locator(f"input[value={name}]").check()
        with page.expect_download() as coming:
            dialog.get_by_role("link", name="Download").click()
        file = tmp_path / coming.value.suggested_filename
        coming.value.save_as(file)
        assert file.name == f"Exported{suffixes[name]}"
        content = file.read_bytes()
        assert len(content) > 200, name
        assert content.removeprefix(b"\xef\xbb\xbf").lower().startswith(beginning.lower()), (name, content[:40])
    dialog.locator("input[value=csv]").check()
    lanes = dialog.get_by_role("group", name="Lanes").get_by_role("checkbox")
    for box in lanes.all()[1:]:
        box.uncheck()
    with page.expect_download() as coming:
        dialog.get_by_role("link", name="Download").click()
    rows = list(csv.reader(io.StringIO(coming.value.path().read_text("utf-8-sig"))))
    kept = call(page, "GET", f"/maps/{map_id}")["lanes"]
    said = {cell for row in rows for cell in row}
    others = {card["text"] for lane in kept[1:] for cards in lane["cells"].values() for card in cards if card["text"]}
    assert others
    assert not said & others


def test_a_spreadsheet_becomes_a_map(team: Server, visit: Open) -> None:
    page = visit(team, "/maps?new=file")
    dialog = page.get_by_role("dialog", name="New map")
    content = "\r\n".join(";".join(row) for row in GRID).encode("utf-8")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "put kupca.csv", "mimeType": "text/csv", "buffer": content}
    )
    dialog.get_by_label("Stages").select_option(label="Row 1: Dolazak, Kupnja")
    dialog.get_by_label("Steps").select_option(label="Row 2: Vidi oglas, Traži, Plaća")
    for lane, kind in (("Što radi", "Actions"), ("Muke", "Pain points"), ("Interno", "Leave out")):
        dialog.get_by_label(f"Kind of “{lane}”").select_option(label=kind)
    grid = dialog.get_by_role("table")
    expect(grid.locator("thead tr").first.get_by_role("columnheader")).to_have_text(["Dolazak", "Kupnja"])
    expect(grid.get_by_role("rowheader")).to_have_count(2)
    expect(dialog.get_by_label("Name of the map")).to_have_value("put kupca")
    dialog.get_by_role("button", name="Import as a map").click()
    expect(page).to_have_url(re.compile("/map/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("put kupca")
    made = call(page, "GET", f"/maps/{urlsplit(page.url).path.rsplit('/', 1)[1]}")
    assert [(s["name"], [step["name"] for step in s["steps"]]) for s in made["stages"]] == [
        ("Dolazak", ["Vidi oglas", "Traži"]),
        ("Kupnja", ["Plaća"]),
    ]
    assert [lane["kind"] for lane in made["lanes"]] == ["actions", "pain_points"]
    steps = [step["id"] for s in made["stages"] for step in s["steps"]]
    texts = [[[c["text"] for c in lane["cells"].get(step, [])] for step in steps] for lane in made["lanes"]]
    assert texts == [
        [["Vidim oglas"], ["Tražim dar"], ["Plaćam karticom"]],
        [[], ["Previše pogodaka"], ["Kartica odbijena"]],
    ]


def test_maps_are_changed_together(team: Server, visit: Open) -> None:
    page = visit(team, "/maps")
    ids = [make(page, f"Bulk {n}") for n in (1, 2, 3)]
    page.goto("/maps?q=bulk&sort=name")
    for n in (1, 3):
        page.get_by_label(f"Select “Bulk {n}”").check()
    page.get_by_role("button", name="Change …").click()
    dialog = page.get_by_role("dialog", name="Change 2 maps")
    dialog.get_by_label("Owner").fill("Ana Horvat")
    dialog.get_by_label("Review").fill("2026-01-05")
    dialog.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="Ana Horvat")).to_have_count(2)
    expect(page.get_by_role("row", name=re.compile("Bulk 1"))).to_contain_text("overdue")
    found = {m["id"]: m["owner"] for m in call(page, "GET", "/maps")}
    assert [found[i] for i in ids] == ["Ana Horvat", None, "Ana Horvat"]
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("dialog", name="Delete 2 maps?").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("row")).to_have_count(2)
    assert {m["id"] for m in call(page, "GET", "/maps")} & set(ids) == {ids[1]}


def test_a_map_moves_on_the_board_by_keyboard(team: Server, visit: Open) -> None:
    page = visit(team, "/maps")
    map_id = make(page, "Carried")
    page.goto("/maps?view=board&by=status&q=carried")
    grip = page.get_by_role("button", name="Move “Carried”", exact=True)
    grip.focus()
    said = page.locator("[role=status][aria-live=polite]").first
    for key, words in (
        (" ", "picked up"),
        ("ArrowRight", "“In review”"),
        ("ArrowRight", "“Approved”"),
        (" ", "put down"),
    ):
        page.keyboard.press(key)
        expect(said).to_contain_text(words)
        settled(page)
    expect(grip).to_be_focused()
    expect(page.get_by_role("region", name="Approved").get_by_role("link", name="Carried")).to_be_visible()
    assert call(page, "GET", f"/maps/{map_id}")["status"] == "approved"
    page.keyboard.press(" ")
    page.keyboard.press("ArrowLeft")
    settled(page)
    page.keyboard.press("Escape")
    settled(page)
    assert call(page, "GET", f"/maps/{map_id}")["status"] == "approved", "Escape puts it back"


def test_nothing_around_the_map_is_a_barrier(team: Server, visit: Open) -> None:
    page = visit(team, "/maps")
    map_id = make(page, "Examined")
    call(page, "POST", f"/maps/{map_id}/comments", {"id": "first", "on": None, "text": "Look here", "reply_to": None})
    call(
        page, "POST", "/maps/bulk", {"maps": [map_id], "review": "2026-01-05", "owner": "Ivo", "life_cycle": "purchase"}
    )
    examined = {
        "/maps": None, "/maps?view=board": ".board", "/maps?view=tree": ".tree", "/maps?new=template": "dialog",
        "/library": "main",
    }  # fmt: skip
    examined |= {f"/map/{map_id}?panel={panel}": "dialog" for panel in ("history", "comments", "suggestions", "export")}
    examined |= {f"/map/{map_id}": ".toolbar"}
    found = []
    for place, part in examined.items():
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(place)
        settled(page)
        found += [f"{place}: {line}" for line in probes.axe(page, within=part)]
        if place.endswith(("maps", "template", "comments", "history")):
            probes.dark(page)
            found += [f"{place}, dark: {line}" for line in probes.axe(page, only=["color-contrast"], within=part)]
        page.set_viewport_size({"width": 390, "height": 844})
        if probes.sideways(page):
            found.append(f"{place} is wider than a phone")
    assert not found, "\n".join(found)

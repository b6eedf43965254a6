"""Voice: the stream, themes and quotes say what the API says; a form is made and a correction kept by keyboard."""

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from desireline.collect.mapping_file import read_mapping
from desireline.service.workspace import Workspace
from tests.browser import probes
from tests.browser.conftest import Open
from tests.browser.test_keyboard import press
from tests.forms import ANY_TIME
from tests.servers import Server, serving
from tests.waiting import until

MAPPING = read_mapping("""
person: [{column: who, type: customer_id}]
time: {column: at}
event: {constant: Survey}
channel: {columns: [channel]}
feedback:
  survey: Spring
  language_column: lang
  answers:
    - {column: nps, scale: nps, event: Shop, text_column: why}
    - {column: ease, scale: csat_5, event: Checkout}
""")
SUBJECTS = ("parcel courier delivery", "password login account", "refund invoice money")
DETAILS = (
    "late",
    "lost",
    "wrong",
    "again",
    "twice",
    "never",
    "broken",
    "missing",
    "slow",
    "closed",
    "empty",
    "strange",
)


def rows() -> Iterator[dict[str, object]]:
    """72 comments about three subjects, with scores from 0 to 10 in turn."""
    for n, (subject, (one, other)) in enumerate(
        itertools.product(SUBJECTS, itertools.islice(itertools.combinations(DETAILS, 2), 24))
    ):
        yield {
            "who": f"c{n}", "at": f"2026-05-{1 + n % 28:02}", "channel": ("web", "phone")[n % 2], "lang": "en",
            "nps": n % 11, "why": f"The {subject} was {one} and {other}", "ease": 1 + n % 5,
        }  # fmt: skip


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server over the comments, where anybody may be invited."""
    folder = tmp_path_factory.mktemp("voice")
    write(folder / "comments.csv")
    made = Workspace(folder / "workspace")
    made.import_files([folder / "comments.csv"], "survey", mapping=MAPPING)
    with serving(folder / "workspace") as server:
        call(server, "PATCH", "/forms/rule", {"fields": ANY_TIME})
        yield server


def write(file: Path) -> None:
    """The comments as CSV."""
    listed = list(rows())
    with file.open("w", newline="") as out:
        table = csv.DictWriter(out, list(listed[0]))
        table.writeheader()
        table.writerows(listed)


def call(server: Server, method: str, path: str, body: Any = None) -> Any:
    """What the server answers."""
    answer = httpx.request(method, f"{server.address}/api{path}", json=body, timeout=60)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def test_what_people_say_is_what_the_server_counts(heard: Server, visit: Open) -> None:
    page = visit(heard, "/voice")
    counts = call(heard, "GET", "/feedback/counts")
    expect(page.locator(".lead")).to_have_text(
        f"{counts['n']} answers and comments from {counts['people']} people, {counts['with_text']} of them in their "
        "own words."
    )
    nps = next(one for one in counts["counts"] if one["scale"] == "nps")
    buckets = nps["buckets"]
    assert nps["value"] == pytest.approx(100 * (buckets["promoters"] - buckets["detractors"]) / nps["n"])
    row = page.locator("#voice-counts ~ ul li", has_text="recommendation")
    expect(row).to_contain_text(f"NPS −{abs(nps['value']):.0f}")
    expect(row).to_contain_text(" · ".join(f"{n} {name}" for name, n in buckets.items()))

    row.get_by_role("link").click()
    expect(page).to_have_url(f"{heard.address}/voice?touchpoint=Shop&scale=nps")
    first = page.locator("article").first
    newest = call(heard, "GET", "/feedback?touchpoint=Shop&scale=nps&limit=1")["items"][0]
    expect(first.locator("blockquote")).to_have_text(f"“{newest['text']}”")
    expect(first).to_contain_text(f"{newest['score']:.0f} of 10")
    expect(first.get_by_role("link", name=newest["person"])).to_be_visible()

    first.get_by_role("button", name="Correct").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitemcheckbox", name="neutral").press("Enter")
    expect(first).to_contain_text("corrected by hand")
    expect(page.get_by_role("region", name="How texts were judged")).to_contain_text("1 corrected by hand")
    assert [(one["text"], one["label"]) for one in call(heard, "GET", "/sentiment/corrections")] == [
        (newest["text"], "neutral")
    ]
    assert probes.axe(page) == []

    page.get_by_role("link", name="What they say").click()
    page.get_by_role("button", name="Judged by").click()
    page.get_by_label("a correction by hand").check()
    expect(page.locator(".lead")).to_have_text("1 answer or comment from 1 person, 1 of them in their own words.")
    expect(page.locator("article")).to_have_count(1)
    expect(first.locator("blockquote")).to_have_text(f"“{newest['text']}”")
    expect(first).to_contain_text("corrected by hand")


def test_filters_fold_on_a_phone(heard: Server, visit: Open) -> None:
    page = visit(heard, "/voice?scale=nps&band=bad&band=good", width=390, height=844)
    pill, words = page.get_by_role("button", name="Filters 2 chosen"), page.get_by_label("Words in the text")
    expect(pill).to_have_attribute("aria-expanded", "false")
    expect(words).to_be_hidden()
    press(page, pill)
    expect(words).to_be_visible()
    expect(page.get_by_role("button", name="Scale recommendation")).to_be_visible()


def test_topics_are_merged_by_keyboard_and_remembered(heard: Server, visit: Open) -> None:
    page = visit(heard, "/voice/themes")
    before = call(heard, "GET", "/topics")["topics"]
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(len(before))
    sizes = sorted((one["size"] for one in before), reverse=True)
    expect(page.locator("article .size .strong")).to_have_text([f"{size} texts" for size in sizes])
    for box in (boxes.nth(0), boxes.nth(1)):
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Merge", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("Name").fill("All the same")
    page.keyboard.press("Enter")
    merged = page.get_by_role("article", name="All the same")
    expect(merged).to_contain_text(f"{sizes[0] + sizes[1]} texts")
    page.reload()
    expect(merged).to_be_visible()
    assert len(call(heard, "GET", "/topics")["topics"]) == len(before) - 1
    page.get_by_text("1 change by hand").click()
    page.get_by_role("button", name="Take back").click()
    expect(boxes).to_have_count(len(before))


HOSTILE = {
    "script": "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">",
    "emoji": "😡😡😡",
    "runes": "ᚠᚢᚦᚨᚱᚲ ᚷᚹ",
    "rant": "Skandal! " * 5_500 + "Koniec.",
}


def test_texts_of_any_kind_are_shown_as_they_are(heard: Server, visit: Open) -> None:
    rows = [f'{who},2020-06-0{n},web,,{n},"{text.replace(chr(34), chr(34) * 2)}",' for n, (who, text) in
            enumerate(HOSTILE.items(), 1)]  # fmt: skip
    file = {"file": ("hostile.csv", "\n".join(["who,at,channel,lang,nps,why,ease", *rows]).encode())}
    upload = httpx.post(f"{heard.address}/api/uploads", files=file, timeout=60).json()["upload"]
    order = {"upload": upload, "source": "hostile", "mapping": MAPPING.model_dump(mode="json")}
    job = call(heard, "POST", "/imports", order)["job"]
    until(lambda: call(heard, "GET", f"/jobs/{job}")["state"] == "done")
    page = visit(heard, "/voice?until=2020-12-31")
    expect(page.locator("article blockquote")).to_have_count(4)
    for who in ("script", "emoji", "runes"):
        expect(page.locator("article", has_text=f"customer_id:{who}").locator("blockquote")).to_contain_text(
            HOSTILE[who]
        )
    assert page.locator("article blockquote img").count() == 0
    assert page.title() != "owned"
    rant = page.locator("article", has_text="customer_id:rant")
    expect(rant.locator("blockquote")).not_to_contain_text("Koniec.")
    rant.get_by_role("button", name="Show all of it").click()
    expect(rant.locator("blockquote")).to_contain_text("Koniec.")


def test_a_form_is_made_and_people_are_invited(heard: Server, visit: Open) -> None:
    page = visit(heard, "/voice/forms/new")
    page.get_by_label("Name").fill("After the order")
    page.get_by_label("Touchpoint").fill("Shop")
    page.get_by_role("radio", name="Hrvatski").check(force=True)
    expect(page.get_by_label("Preview")).to_contain_text("Koliko ste zadovoljni?")
    expect(page.get_by_label("Preview")).to_contain_text("Pošalji")
    press(page, page.get_by_role("button", name="Make the form"))
    line = page.get_by_label("Line for your own page")
    expect(line).to_be_visible()
    (made,) = call(heard, "GET", "/forms")
    expect(line).to_have_value(made["embed"])
    page.get_by_label("E-mail addresses").fill("ana@example.org\nivo@example.org\nana@example.org")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Make their links").click()
        page.get_by_role("link", name="Download the links (CSV)").click()
    table = list(csv.DictReader(io.StringIO(loading.value.path().read_text("utf-8-sig"))))
    assert [bool(row["link"]) for row in table] == [True, True, False]
    expect(page.locator("dl")).to_contain_text("Invited2")
    assert call(heard, "GET", f"/forms/{made['form']['id']}/counts")["invited"] == 2
    page.get_by_role("button", name="Delete the invitations of ivo@example.org").click()
    asked = page.get_by_role("dialog", name="Delete the invitations of ivo@example.org")
    expect(asked).to_contain_text("Events and answers that are already in the data stay.")
    asked.get_by_role("button", name="Delete").click()
    expect(page.locator("dl")).to_contain_text("Invited1")
    expect(page.get_by_role("table", name="Invitations, newest first")).not_to_contain_text("ivo@example.org")
    study = {"name": "Talks", "method": "interview", "date": "2026-05-02", "participants": 3, "quotes": [
        {"id": "q", "text": "Where is my parcel?", "touchpoint": "Shop"}]}  # fmt: skip
    call(heard, "POST", "/studies", study)
    page.goto(f"{heard.address}/voice/quotes")
    card = page.locator("figure", has_text="Where is my parcel?")
    expect(card).to_contain_text("Interview · Talks")

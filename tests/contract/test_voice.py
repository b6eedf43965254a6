"""Sentiment and topics of a file and of a workspace: the command line's documents, edits, corrections, people."""

import csv
import itertools
from collections import Counter

import pytest

from desireline.service.workspace import Workspace
from tests.commands import series

TOPICS = {
    "delivery": (["parcel", "courier", "shipping", "driver", "doorstep"], ["late", "lost"]),
    "login": (["password", "username", "reset link", "two factor code", "login page"], ["wrong", "locked"]),
}
MAPPING = {
    "time": {"column": "time"}, "person": [{"type": "customer_id", "column": "customer"}],
    "event": {"column": "event"}, "channel": {"columns": ["channel"]}, "text": "text", "score": {"column": "score"},
}  # fmt: skip


def rows():
    for topic, (things, states) in TOPICS.items():
        said = itertools.product(things, things, states, ("Again the", "Once more the"))
        for n, (a, b, state, start) in enumerate(said):
            yield topic, n, f"{start} {a} and the {b} were {state}"


@pytest.fixture(scope="module")
def feedback(tmp_path_factory):
    file = tmp_path_factory.mktemp("voice") / "feedback.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["customer", "time", "event", "channel", "text", "score", "scale"])
        for topic, n, text in rows():
            day = f"2026-0{1 + n % 3}-1{n % 9}"
            name, channel, score = ("Parcel", "mail", 5) if topic == "delivery" else ("Sign in", "web", 1)
            writer.writerow([f"{topic}{n % 40}", day, name, channel, text, score, "stars_5"])
    return file


def opened(feedback, folder):
    from desireline.model.mapping import Mapping

    ws = Workspace(folder)
    ws.import_files([feedback], "feedback", mapping=Mapping.model_validate(MAPPING))
    return ws


@pytest.fixture(scope="module")
def workspace(feedback, tmp_path_factory):
    return opened(feedback, tmp_path_factory.mktemp("ws"))


def test_topics_of_the_workspace_say_where_when_who_and_how(workspace):
    found = workspace.topics.find({"k": 2})
    assert found.language == "en"
    assert sorted(topic.size for topic in found.topics) == [100, 100]
    by_channel = {topic.channels[0].name: topic for topic in found.topics}
    assert set(by_channel) == {"mail", "web"}
    assert found.judged is not None
    assert (found.judged.model, found.judged.texts, found.judged.quality.held_out) == ("own", 200, True)
    mail = by_channel["mail"]
    assert (mail.channels[0].n, mail.channels[0].of, mail.channels[0].elsewhere) == (100, 100, 0)
    assert mail.channels[0].low > 0.9
    assert mail.people == 40
    assert [(str(point.start), point.n, point.of) for point in mail.trend] == [
        ("2026-01-01", 34, 68), ("2026-02-01", 33, 66), ("2026-03-01", 33, 66)]  # fmt: skip
    assert mail.change is not None
    assert (mail.change.direction, mail.change.before, mail.change.before_of) == ("unclear", 34, 68)
    assert (mail.touchpoint.name, mail.touchpoint.n, mail.channel.name) == ("Parcel", 100, "mail")
    assert (mail.sentiment.positive, by_channel["web"].sentiment.negative) == (100, 100)
    assert (mail.scores[0].scale, mail.scores[0].mean, mail.scores[0].n) == ("stars_5", 5, 100)
    people = workspace.topics.people(mail.id, {"k": 2}, limit=100)
    assert people.total == 40
    assert all("delivery" in person.identifiers[0].value for person in people.people)


def test_a_name_given_by_hand_is_kept_in_a_workspace_opened_anew(workspace):
    topic = workspace.topics.find({"k": 2}).topics[0]
    edit = workspace.topics.edit({"asked": {"k": 2}, "kind": "rename", "topics": [topic.id], "title": "Signing in"})
    again = Workspace.open(workspace.places.root).topics.find({"k": 2})
    assert (again.topics[0].name, again.topics[0].named, again.edits_applied) == ("Signing in", True, 1)
    workspace.topics.undo(edit.id)
    assert not any(one.named for one in workspace.topics.find({"k": 2}).topics)


def test_a_correction_becomes_the_label(feedback, tmp_path):
    workspace = opened(feedback, tmp_path)
    page = workspace.sentiment.texts(label="positive", limit=1)
    same = workspace.sentiment.texts(events={page.texts[0].event}).texts
    assert same == page.texts
    assert page.total == 100
    workspace.sentiment.correct({"text": page.texts[0].text.upper(), "label": "neutral"})
    after = workspace.sentiment.texts(label="neutral")
    assert [(one.text, one.judged_by) for one in after.texts] == [(page.texts[0].text, "correction")]
    assert workspace.sentiment.told().labels.positive == 99


def test_the_command_line_writes_a_row_for_each_text_of_the_workspace(workspace, tmp_path):
    moods, about = tmp_path / "moods.csv", tmp_path / "about.csv"
    ran = series(
        ("sentiment", "--out", moods), ("topics", "--topics", "2", "--out", about), workspace=workspace.places.root
    )
    assert [one.code for one in ran] == [0, 0]
    judged = list(csv.DictReader(moods.read_text("utf-8-sig").splitlines()))
    assert {row["text"] for row in judged} == {text for _, _, text in rows()}
    grouped = [row["topic"] for row in csv.DictReader(about.read_text("utf-8-sig").splitlines())]
    assert sorted(Counter(grouped).values()) == [100, 100]


BAD = {
    "emoji.csv": ("text\n👍\n🎉🎉\n", 0, 2, 0),
    "markup.csv": ("text\n<script>alert(1)</script>\n<p>bardzo <b>dobrze</b></p>\n", 1, 1, 0),
    "rant.csv": ("text\n" + "bardzo dobra obsługa " * 2_500 + "\n", 1, 0, 1),
    "dutch.csv": ("text\nDe bezorging was te laat\n", 1, 0, 0),
}


def test_files_that_hold_little_are_told_as_they_are(tmp_path):
    """`BAD`: by file, its content, how many texts there are, how many without a word, how many that are cut."""
    for name, (content, *_) in BAD.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    asked = [(what, tmp_path / name, "--text", "text", "--json") for name in BAD for what in ("sentiment", "topics")]
    ran = [one.json for one in series(*asked, workspace=tmp_path / "none")]
    for (_, texts, empty, cut), judged, grouped in zip(BAD.values(), ran[::2], ran[1::2], strict=True):
        assert [judged[key] for key in ("texts", "empty", "cut", "model")] == [texts, empty, cut, "ratings_only"]
        assert judged["labels"] == {"negative": 0, "neutral": 0, "positive": 0, "unsure": texts}
        assert [grouped[key] for key in ("texts", "empty", "cut", "refused")] == [texts, empty, cut, "too_few_texts"]
    assert ran[-2]["languages"][0]["language"] == "other"


def test_files_that_hold_nothing_to_judge_are_refused_in_a_sentence(tmp_path):
    (tmp_path / "none.csv").write_text("text\n", encoding="utf-8")
    (tmp_path / "one.csv").write_text("text,said\nMiła obsługa,perhaps\n", encoding="utf-8")
    one = (tmp_path / "one.csv", "--text", "text")
    ran = series(
        *((what, tmp_path / "none.csv", "--text", "text", "--json") for what in ("sentiment", "topics")),
        *((what, tmp_path / "one.csv", "--text", "texts", "--json") for what in ("sentiment", "topics")),
        *((what, *one, "--language", "polish", "--json") for what in ("sentiment", "topics")),
        ("sentiment", *one, "--label", "said", "--json"), workspace=tmp_path / "none",
    )  # fmt: skip
    codes = ["empty_file"] * 2 + ["missing_column"] * 2 + ["bad_question"] * 2 + ["bad_cell"]
    assert [(one.code, one.json["error"]["code"]) for one in ran] == [(1, code) for code in codes]
    assert all("Traceback" not in one.err and one.json["error"]["message"] in one.err for one in ran)


def test_the_command_line_reads_a_file(feedback, tmp_path):
    folder, out = tmp_path / "none", tmp_path / "rows.csv"
    columns = (feedback, "--text", "text")
    told, grouped = series(
        ("sentiment", *columns, "--label", "score", "--language", "en", "--json"),
        ("topics", *columns, "--topics", "2", "--out", out, "--json"), workspace=folder,
    )  # fmt: skip
    document, listed = told.json, grouped.json
    assert (document["texts"], document["model"], document["quality"]["held_out"]) == (200, "own", True)
    assert document["quality"]["macro_f1"] > 0.95
    assert document["labels"] == {"negative": 100, "neutral": 0, "positive": 100, "unsure": 0}
    assert [(topic["size"], topic["share"], len(topic["quotes"])) for topic in listed["topics"]] == [(100, 0.5, 3)] * 2
    assert len(out.read_text("utf-8-sig").splitlines()) == 201

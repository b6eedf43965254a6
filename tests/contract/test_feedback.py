"""Feedback, topics and sentiment over HTTP and on the command line: both say the same, and refuse in sentences."""

import csv
import io
import itertools
from pathlib import Path
from typing import Any

import pytest

from desireline.http.app import create_app
from desireline.service.workspace import Workspace
from tests.asgi import Client
from tests.commands import Ran, series
from tests.contract.test_voice import MAPPING, TOPICS

SCOPE = ("--channel", "mail")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 texts about parcels by mail with five stars, 40 about signing in on the web with one; one is a formula."""
    folder = tmp_path_factory.mktemp("feedback")
    lines = [["customer", "time", "event", "channel", "text", "score", "scale"]]
    for topic, (things, states) in TOPICS.items():
        said = itertools.product(things, things[:4], states)
        for n, (a, b, state) in enumerate(said):
            name, channel, score = ("Parcel", "mail", "5") if topic == "delivery" else ("Sign in", "web", "1")
            text = f"=HYPERLINK(1) the {a} and the {b} were {state}" if n == 0 else f"The {a} and the {b} were {state}"
            lines.append([f"{topic}{n}", f"2026-01-{n % 28 + 1:02} 10:00", name, channel, text, score, "stars_5"])
    file = folder / "said.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(lines)
    from desireline.model.mapping import Mapping

    Workspace(folder / "ws").import_files([file], "said", mapping=Mapping.model_validate(MAPPING))
    return folder / "ws"


@pytest.fixture(scope="module")
def client(workspace: Path) -> Client:
    return Client(create_app(workspace))


@pytest.fixture(scope="module")
def said(workspace: Path) -> dict[str, Ran]:
    """What the command line says."""
    asked: dict[str, tuple[object, ...]] = {
        "feedback": ("feedback", "--touchpoint", "Parcel", "--limit", "3", "--json"),
        "told": ("feedback", "--touchpoint", "Parcel", "--limit", "3"),
        "csv": ("feedback", "--band", "bad", "--csv"),
        "topics": ("topics", "--topics", "2", "--json"),
        "sentiment": ("sentiment", *SCOPE, "--json"),
        "scale": ("feedback", "--scale", "stars"), "day": ("feedback", "--since", "yesterday"),
        "edit": ("topics", "--edit", "rename"),
        "gone": ("--language", "pl", "topics", "--edit", '{"kind": "hide", "topics": ["t-none"]}'),
        "column": ("sentiment", "said.csv"),
    }  # fmt: skip
    return dict(zip(asked, series(*asked.values(), workspace=workspace), strict=True))


def test_both_surfaces_show_the_same_feedback(client: Client, said: dict[str, Ran]) -> None:
    query = {"touchpoint": "Parcel", "limit": 3}
    over_http = client.get("/api/feedback", params=query).json()
    document = said["feedback"].json
    assert {name: document[name] for name in over_http} == over_http
    assert document["counts"] == client.get("/api/feedback/counts", params={"touchpoint": "Parcel"}).json()
    assert (over_http["total"], len(over_http["items"])) == (40, 3)
    (stars,) = document["counts"]["counts"]
    assert (stars["n"], stars["people"], stars["scale"], stars["value"]) == (40, 40, "stars_5", 1.0)
    assert all(item["text"] in said["told"].out for item in over_http["items"])


def test_both_surfaces_find_the_same_topics_and_sentiment(client: Client, said: dict[str, Ran]) -> None:
    topics = client.get("/api/topics", params={"k": 2}).json()
    assert said["topics"].json == topics
    assert [(topic["size"], topic["channels"][0]["of"]) for topic in topics["topics"]] == [(40, 40), (40, 40)]
    sentiment = client.get("/api/sentiment", params={"channel": "mail"}).json()
    assert said["sentiment"].json == sentiment
    assert (sentiment["texts"], sentiment["labels"]["positive"], sentiment["model"]) == (40, 40, "lexicon")


def test_formulas_are_disarmed_in_both_files(client: Client, said: dict[str, Ran]) -> None:
    answer = client.get("/api/feedback/export", params={"band": "bad"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.decode("utf-8-sig") == said["csv"].out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(said["csv"].out.removeprefix("\ufeff"))))
    assert len(rows) == 40
    formulas = [row["text"] for row in rows if "HYPERLINK" in row["text"]]
    assert [text[:12] for text in formulas] == ["'=HYPERLINK("]


def test_quotes_are_of_one_touchpoint(client: Client) -> None:
    found = client.get("/api/feedback/quotes", params={"of": "Parcel", "count": 2}).json()
    assert (found["n"], len(found["typical"]), len(found["recent"]), found["studies"]) == (40, 2, 2, [])
    assert {item["touchpoint"] for item in found["typical"] + found["recent"]} == {"Parcel"}


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/api/feedback", {"scale": "stars"}, 422, "bad_request"),
        ("/api/feedback", {"since": "yesterday"}, 422, "bad_request"),
        ("/api/feedback", {"segment": "None such"}, 404, "unknown_segment"),
        ("/api/feedback/quotes", {}, 422, "bad_request"),
        ("/api/topics", {"k": 1}, 422, "bad_request"),
        ("/api/topics/t-none/texts", {}, 404, "unknown_document"),
        ("/api/sentiment/texts", {"label": "angry"}, 422, "bad_request"),
    ],
)
def test_http_refuses_in_sentences(client: Client, path: str, query: dict[str, Any], status: int, code: str) -> None:
    refused = client.get(path, params=query)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code), refused.text
    assert refused.json()["error"]["message"].endswith(".")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("scale", "error[bad_question]: "), ("day", "error[bad_question]: "), ("edit", "error[bad_question]: "),
        ("gone", "error[unknown_document]: "), ("column", "error[bad_usage]: "),
    ],
)  # fmt: skip
def test_the_command_line_refuses_in_sentences(said: dict[str, Ran], what: str, sentence: str) -> None:
    refused = said[what]
    assert refused.code in {1, 2}
    assert refused.out == ""
    assert refused.err.startswith(sentence), refused.err

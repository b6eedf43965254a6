"""Answers of a survey's rows as events: scales, blanks, reversed scales, words, refusals, duplicates."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from desireline.collect.mapping import read_events
from desireline.collect.mapping_file import read_mapping
from desireline.collect.table import RawBatch
from desireline.errors import BadMapping
from desireline.service.workspace import Workspace

BASE: dict[str, Any] = {
    "person": [{"column": "who", "type": "customer_id"}],
    "time": {"column": "at"},
    "event": {"constant": "Survey"},
}


def read(
    answers: list[dict[str, Any]], /, section: dict[str, Any] | None = None, **cells: list[str]
) -> tuple[Any, Any]:
    n = len(next(iter(cells.values())))
    rows = {"who": [f"p{i}" for i in range(n)], "at": ["2026-05-01"] * n, **cells}
    mapping = read_mapping({**BASE, "feedback": {"answers": answers, **(section or {})}})
    table = pa.table({name: pa.array(column, pa.string()) for name, column in rows.items()})
    events, rejects = read_events(RawBatch(table, np.arange(2, n + 2)), mapping)
    return events.to_pylist(), rejects.to_pylist()


@pytest.mark.parametrize(
    ("scale", "scores"),
    [
        ("nps", {"0": 0, "10": 10, "11": None, "-1": None, "7.5": None, "ten": None}),
        ("csat_5", {"5": 5, "0": None, "6": None, "5 - Very satisfied": 5, "1-2": None}),
        ("csat_7", {"7": 7}), ("csat_10", {"10": 10, "4/5": None}), ("ces2_7", {"7": 7, "8": None}),
        ("ces1_5", {"1": 5, "5": 1}), ("stars_5", {"4.5": 4.5, "4,5": 4.5, "5 stars": 5, "4,500": None, "５": None}),
        ("thumbs", {"Good": 1, "👎": 0, "maybe": None}), ("number", {"-3.25": -3.25, "1.234,5": 1234.5}),
    ],
)  # fmt: skip
def test_scores_are_on_their_scale_or_refused(scale: str, scores: dict[str, float | None]) -> None:
    events, rejects = read([{"column": "q", "scale": scale}], q=[*scores])
    found = {json.loads(e["properties"])["answer"]: e["score"] for e in events}
    assert found == {answer: score for answer, score in scores.items() if score is not None}
    assert {(r["reason"], r["detail"]) for r in rejects} == {
        ("out_of_scale", answer) for answer, score in scores.items() if score is None
    }


def test_a_row_gives_an_event_for_each_answer_that_is_not_blank() -> None:
    answers = [
        {"column": "nps", "scale": "nps", "blank": ["11"], "text_column": "why"},
        {"column": "food", "scale": "csat_5", "blank": ["0", "Blank"], "event": "Restaurant"},
        {"column": "colour", "scale": "choice"},
        {"column": "more"},
    ]
    events, rejects = read(
        answers, nps=["9", "11", "11"], why=["fast", "", ""], food=["2", "blank", "0"], colour=["red", "", ""],
        more=["<script>alert(1)</script>", "😀😀", ""],
    )  # fmt: skip
    assert [(e["line"], e["name"], e["score"], e["text"]) for e in events] == [
        (2, "Survey", 9, "fast"), (2, "Restaurant", 2, None), (2, "Survey", None, None),
        (2, "Survey", None, "<script>alert(1)</script>"), (3, "Survey", None, "😀😀"),
    ]  # fmt: skip
    assert [(r["line"], r["reason"]) for r in rejects] == [(4, "no_answer")]
    assert json.loads(events[1]["properties"]) == {"question": "food", "scale": "csat_5", "answer": "2"}


def test_a_reversed_scale_is_turned_round_and_ces_unless_told_otherwise() -> None:
    turned, _ = read([{"column": "q", "scale": "csat_7", "reversed": True}], q=["1", "7", "3"])
    assert [e["score"] for e in turned] == [7, 1, 5]
    kept, _ = read([{"column": "q", "scale": "ces1_5", "reversed": False}], q=["1", "5"])
    assert [e["score"] for e in kept] == [1, 5]


def test_a_long_table_has_its_question_and_its_scale_by_row() -> None:
    answers = [{"column": "a", "question_column": "q", "scales": {"nps": "nps", "ease": "ces2_7"}}]
    events, rejects = read(answers, q=["nps", "ease", "ease", "why"], a=["9", "7", "9", "slow"])
    found = [(json.loads(e["properties"])["question"], e["score"], e["text"]) for e in events]
    assert found == [("nps", 9, None), ("ease", 7, None), ("why", None, "slow")]
    assert [(r["line"], r["reason"], r["detail"]) for r in rejects] == [(4, "out_of_scale", "9")]


def test_people_who_were_asked_and_did_not_answer_are_events() -> None:
    invitation = {"column": "ticket", "status_column": "state", "invited": ["Offered", "Good"]}
    events, rejects = read(
        [{"column": "state", "scale": "thumbs", "blank": ["Offered", "Unoffered"]}], {"invitation": invitation},
        ticket=["1", "2", "3"], state=["Good", "offered", "Unoffered"],
    )  # fmt: skip
    assert [(e["name"], e["score"], json.loads(e["properties"]).get("invitation")) for e in events] == [
        ("Survey", 1, "1"), ("Invited to survey", None, "2"),
    ]  # fmt: skip
    assert [(r["line"], r["reason"]) for r in rejects] == [(4, "no_answer")]


def test_a_column_named_like_a_property_of_answers_keeps_another_name() -> None:
    events, _ = read([{"column": "q", "scale": "nps"}], q=["3"], scale=["big"])
    assert json.loads(events[0]["properties"]) == {
        "question": "q",
        "scale": "nps",
        "answer": "3",
        "scale_column": "big",
    }


def test_answers_of_two_scales_in_one_column_are_told_apart_by_their_question_or_refused() -> None:
    rows = {"a": ["9", "4", "6", "2"], "q": ["nps", "stars", "stars", "odd"]}
    mixed, refused = read(
        [{"column": "a", "question_column": "q", "scales": {"nps": "nps", "stars": "stars_5"}}], **rows
    )
    assert [(e["score"], e["text"]) for e in mixed] == [(9, None), (4, None), (None, "2")], (
        "what is unknown is no score"
    )
    assert [(r["line"], r["detail"]) for r in refused] == [(4, "6")]
    one, refused = read([{"column": "a", "scale": "stars_5"}], a=rows["a"])
    assert [e["score"] for e in one] == [4, 2]
    assert [(r["reason"], json.loads(r["raw"])["a"]) for r in refused] == [("out_of_scale", "9"), ("out_of_scale", "6")]


def test_words_beside_a_score_that_is_not_on_its_scale_are_kept_with_the_reject() -> None:
    rant = "Skandal! 😡 " * 5_000
    events, rejects = read([{"column": "q", "scale": "nps", "text_column": "why"}], q=["99"], why=[rant])
    assert events == []
    assert json.loads(rejects[0]["raw"])["why"] == rant


def test_fifty_thousand_characters_are_kept_whole() -> None:
    events, _ = read([{"column": "q"}], q=["ż" * 50_000])
    assert events[0]["text"] == "ż" * 50_000


@pytest.mark.parametrize(
    "wrong",
    [
        [{"column": "a", "question": "x"}, {"column": "b", "question": "x"}],
        [{"column": "a", "scale": "nsp"}],
        [{"column": "a", "scales": {"x": "nps"}}],
        [],
    ],
)
def test_mappings_that_make_no_sense_are_refused(wrong: list[dict[str, Any]]) -> None:
    with pytest.raises(BadMapping):
        read(wrong, a=["1"], b=["1"])


def test_an_import_counts_answers_once_and_a_new_reading_replaces_the_old_one(tmp_path: Path) -> None:
    file, ws = tmp_path / "s.csv", Workspace(tmp_path / "ws")
    file.write_text("who,at,nps,food\na,2026-05-01,9,11\nb,2026-05-01,3,4\nb,2026-05-02,,5\n")
    answers = [{"column": "nps", "scale": "nps"}, {"column": "food", "scale": "csat_5"}]
    first = read_mapping({**BASE, "event_id": "who", "feedback": {"answers": answers}})
    done = ws.import_files([file], "s", mapping=first)
    assert (done.new, done.rejected) == (3, {"out_of_scale": 1})  # b answered `food` twice
    assert ws.import_files([file], "s", mapping=first).new == 0

    answers = [answers[0] | {"blank": ["3"]}, answers[1] | {"blank": ["11"]}]
    blank = read_mapping({**BASE, "event_id": "who", "feedback": {"answers": answers}})
    again = ws.import_files([file], "s", mapping=blank)
    assert (again.new, again.replaced, again.withdrawn, again.rejected) == (0, 2, 1, {})
    assert ws.status().events == 2
    assert ws.rejects().total == 0


def test_replaying_the_refusals_of_one_row_does_not_double_its_answers(tmp_path: Path) -> None:
    file, ws = tmp_path / "s.csv", Workspace(tmp_path / "ws")
    file.write_text("who,at,a,b,c\np,2026-05-01,9,99,99\nq,nonsense,8,7,6\n")
    answers = [{"column": c, "scale": "nps"} for c in "abc"]
    ws.import_files([file], "s", mapping=read_mapping({**BASE, "feedback": {"answers": answers}}))
    assert ws.status().events == 1
    assert ws.rejects().total == 3
    wider = [{"column": c, "scale": "number"} for c in "abc"]
    ws.replay_rejects("s", mapping=read_mapping({**BASE, "feedback": {"answers": wider}}))
    assert ws.status().events == 3
    assert ws.rejects().total == 1
    fixed = read_mapping({**BASE, "time": {"template": "2026-05-02"}, "feedback": {"answers": wider}})
    ws.replay_rejects("s", mapping=fixed)
    assert ws.status().events == 6
    assert ws.rejects().total == 0

"""`desireline scorecard`: its document, its table in three languages, and what it refuses."""

import json

import pytest

from desireline import scorecard
from desireline.cli.main import run

KEYS = {
    "method", "difficulty", "people", "seeds", "measure", "value", "low", "high", "bar", "meets", "baseline",
    "baseline_value",
}  # fmt: skip


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(scorecard, "QUICK", scorecard.Grid(("easy",), (300,), 1))


def test_the_document(capsys):
    assert run(["scorecard", "--quick", "--only", "drift", "--json"]) == 0
    told = capsys.readouterr()
    rows = json.loads(told.out)["rows"]
    assert all(set(row) >= KEYS for row in rows)
    assert {row["measure"] for row in rows} == {"found", "days_off", "null_runs"}
    assert told.err.splitlines()[-1] == "4/4 drift"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["mean position", "bars are met"]), ("pl", ["średnia pozycja", "Spełnione progi"]),
     ("hr", ["prosječni položaj", "Ispunjeni pragovi"])],
)  # fmt: skip
def test_the_table(capsys, language, words):
    assert run(["--language", language, "scorecard", "--quick", "--only", "stages"]) == 0
    shown = capsys.readouterr().out
    assert all(word.split()[0] in shown for word in words)


def test_a_method_that_is_none_is_refused(capsys):
    assert run(["scorecard", "--only", "astrology"]) == 2
    assert "micro_conversions" in capsys.readouterr().err

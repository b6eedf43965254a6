"""Maps as Mermaid journeys: written by the grammar that Mermaid publishes, read leniently."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desireline.errors import MapUnreadable
from desireline.maps import into
from desireline.maps.out import Request
from desireline.maps.out import mermaid as mermaid_out
from desireline.model.measured import Sheet
from tests.unit.maps.sheets import sheet
from tests.unit.maps.strategies import readable_maps
from tests.unit.maps.test_tables import drawn, stages

# The tokens of Mermaid's `journey.jison` in their order; the first that matches is taken, letters' case aside.
TOKENS = [
    ("skip", r"%%(?!\{)[^\n]*|[^\}]%%[^\n]*"),
    ("newline", r"\n+"),
    ("skip", r"\s+|#[^\n]*"),
    ("journey", r"journey\b"),
    ("title", r"title\s[^#\n;]+"),
    ("acc", r"accTitle\s*:\s*[^\n]*|accDescr\s*:\s*[^\n]*"),
    ("section", r"section\s[^#:\n;]+"),
    ("name", r"[^#:\n;]+"),
    ("data", r":[^#\n;]+"),
]
GRAMMAR = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in TOKENS]


def parse(text: str) -> tuple[str, list[tuple[str, str, float, list[str]]]]:
    """Title and (section, task, score, actors) as Mermaid reads them; fails where Mermaid would."""
    text = re.sub(r"^\s*%%(?!\{)[^\n]+\n?", "", text, flags=re.MULTILINE).lstrip()  # what Mermaid does before it parses
    tokens, at = [], 0
    while at < len(text):
        kind, match = next((kind, m) for kind, pattern in GRAMMAR if (m := pattern.match(text, at)))
        if kind not in {"skip", "newline", "acc"}:
            tokens.append((kind, match.group()))
        at = match.end()
    assert tokens.pop(0)[0] == "journey"
    title, section, tasks = "", "", []
    while tokens:
        kind, told = tokens.pop(0)
        if kind == "title":
            title = told[6:].strip()
        elif kind == "section":
            section = told[8:].strip()
        else:
            assert (kind, tokens[0][0]) == ("name", "data"), told
            score, *actors = tokens.pop(0)[1][1:].split(":")
            names = actors[0].split(",") if actors else []
            tasks.append((section, told.strip(), float(score), [name.strip() for name in names]))
    return title, tasks


def written(told: Sheet, language: str = "en", **more) -> str:
    return mermaid_out.write(Request(told, language, **more)).decode()


def read(text: str, name: str = "x.mmd"):
    return into.read(name, text.encode())


def small(names: list[str], feelings: dict[str, float] | None = None) -> Sheet:
    steps = [{"id": f"p{k}", "name": name} for k, name in enumerate(names)]
    cells = {step: [{"id": f"c-{step}", "value": value}] for step, value in (feelings or {}).items()}
    lanes = [{"id": "l", "kind": "emotion", "cells": cells}]
    stages = [{"id": "s", "name": names[0], "steps": steps}]
    return Sheet.model_validate({"id": "m", "name": names[0] or "n", "stages": stages, "lanes": lanes, "version": 0})


class TestWriting:
    def test_scores_are_rounded_emotions(self):
        title, tasks = parse(written(sheet()))
        assert title == "First purchase (fictitious figures)"
        # +0.6 +0.9 +0.4, -1.5 by hand where nothing is measured, -0.2 -1.1 +1.4; rounded, plus 3
        assert [task[2] for task in tasks] == [4, 4, 3, 1, 3, 2, 4]
        assert tasks[2] == ("Rozważanie", "Compares", 3, ["web", "sklep"])
        assert tasks[0][3] == ["Customer"]
        assert parse(written(sheet(), "hr"))[1][0][3] == ["Kupac"]

    @given(st.lists(st.floats(-2, 2), min_size=1, max_size=5))
    def test_any_emotion_is_a_score_of_1_to_5(self, values):
        told = written(small(["a"] * len(values), {f"p{k}": value for k, value in enumerate(values)}))
        assert [task[2] for task in parse(told)[1]] == [max(1, min(5, round(value) + 3)) for value in values]

    @example(["Title page", "section 5", "Journey planning", "accTitle: x"])
    @example(["a: b; c # d", "50%% off", "%% no", "x\ny", ": ; #"])
    @given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
    def test_no_name_breaks_the_grammar(self, names):
        _, tasks = parse(written(small(names)))
        assert len(tasks) == len(names)

    def test_a_gap_is_told(self):
        told = written(small(["a", "b", "c"], {"p0": 2.0, "p2": -2.0}))
        assert [task[2] for task in parse(told)[1]] == [5, 3, 1]
        lines = [line.strip() for line in told.splitlines()]
        assert lines[lines.index("b: 3: Customer") - 1] == mermaid_out.GAP
        assert told.count(mermaid_out.GAP) == 1

    def test_one_diagram_per_curve(self):
        body = sheet().model_dump(mode="json", by_alias=True)
        curve = body["measured"]["emotion"][0]
        other = {
            **curve,
            "segment": "Gift: buyers",
            "points": [{**p, "value": -2 if p["value"] is not None else None} for p in curve["points"]],
        }
        body["measured"]["emotion"].append(other)
        found = mermaid_out.diagrams(Request(Sheet.model_validate(body), "en"))
        assert list(found) == ["", "Gift: buyers"]
        title, tasks = parse(found["Gift: buyers"])
        assert title.endswith("Gift – buyers")
        assert {task[2] for task in tasks} == {1}

    def test_it_says_where_it_comes_from(self):
        first = written(sheet()).splitlines()[0]
        assert first.startswith("%% first-purchase · Current state")
        assert ":" not in first.replace("%%", "")

    def test_small_cells_are_hidden_from_outsiders(self):
        shown, hidden = (parse(written(sheet(), threshold=limit))[1] for limit in (None, 50))
        assert (shown[4][2], hidden[4][2]) == (3, 3)
        assert written(sheet(), threshold=50).count(mermaid_out.GAP) == written(sheet()).count(mermaid_out.GAP) + 1


class TestReading:
    @given(readable_maps())
    def test_stages_steps_and_rounded_emotions_come_back(self, told):
        text = written(told)
        found = read(text).map
        wanted = [
            (stage.name, ["" if step.name == stage.name else step.name for step in stage.steps])
            for stage in told.stages
        ]
        assert stages(found) == wanted
        scores = [task[2] - 3 for task in parse(text)[1]]
        lane = next(lane for lane in found.lanes if lane.kind == "emotion")
        for score, step in zip(scores, found.steps(), strict=True):
            assert [card.value for card in lane.cells.get(step.id, [])] in ([score], [])

    def test_a_second_writing_is_the_first(self):
        once = read(written(sheet()))
        assert parse(written(Sheet(**once.map.model_dump(), version=0)))[1][0][:3] == parse(written(sheet()))[1][0][:3]

    def test_the_grammar_in_full(self):
        text = """---
title: "From the front matter"
---
%%{init: {"theme":
  "dark"}}%%
%% a comment
JOURNEY
  accTitle: for screen readers
  accDescr {
    of several
    lines
  }
  Section Rano
    Kawa: 5: Ja, Kot, Pies # pyszna
    Praca: 1.5 : Klient
  section Wieczór
    Dom  :4
""".replace("\n", "\r\n")
        found = read(text)
        assert found.map.name == "From the front matter"
        assert found.map.goal.text == "of several lines"
        assert stages(found.map) == [("Rano", ["Kawa", "Praca"]), ("Wieczór", ["Dom"])]
        assert [c.value for c in found.map.cards() if c.value is not None] == [2, -1.5, 1]
        assert drawn(found.map)["Actors"] == [["Kot", "Pies"], [], []]
        assert [(note.code, note.values) for note in found.notes] == [("actors", {"n": 2})]

    def test_a_title_of_its_own_wins_over_the_front_matter(self):
        assert read("---\ntitle: A\n---\njourney\n title B\n x: 3\n").map.name == "B"

    def test_scores_are_not_trusted(self):
        found = read(
            "journey\n a: 7: Me\n b: -3: Me\n c: high: Me\n d: NaN: Me\n e: 0x3: Me\n f: Infinity: Me\n g: 5e-1\n h\n"
        )
        assert [c.value for c in found.map.cards()] == [2, -2, -2]
        assert {note.code: note.values["n"] for note in found.notes} == {"scores_cut": 3, "scores_unread": 5}

    def test_a_diagram_in_a_markdown_text(self):
        text = "# Notes\n\n```mermaid\nflowchart LR\n```\n"
        assert into.recognise("x.md", text.encode()) == "markdown"
        text = "# Notes\n\n```mermaid\njourney\n  title T\n  section S\n    a: 3: Me\n```\n- more\n"
        assert into.recognise("x.md", text.encode()) == "mermaid"
        assert stages(read(text, "x.md").map) == [("S", ["a"])]

    def test_without_a_task_it_is_no_map(self):
        with pytest.raises(MapUnreadable):
            read("journey\n  title Nothing\n")

    def test_hostile_lengths_are_read_in_time_that_grows_with_them(self):
        for text in (
            "journey\n" + "%%{" * 300_000,
            "journey\n" + "accDescr {\n" * 100_000,
            "\n" * 1_000_000 + "journey\n",
        ):
            with pytest.raises(MapUnreadable):
                read(text)

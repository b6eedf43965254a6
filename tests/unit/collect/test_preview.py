"""What the preview shows is what the import does."""

import json
from pathlib import Path

import pytest

from desireline.collect.mapping_file import read_mapping
from desireline.collect.presets import preset, presets, recognise
from desireline.collect.preview import preview
from desireline.errors import MissingColumn, UnknownPreset
from tests.unit.collect.files import HEADER, ROW, taken, write


def test_a_recognised_file(tmp_path: Path) -> None:
    text = f"{HEADER},value,note\n{ROW},12.50,a\n7,nonsense,visit,1,b\nNA,2017-03-01,visit,1,c\n"
    seen = preview(write(tmp_path, "a.csv", text))
    assert (seen.format, seen.encoding, seen.delimiter, seen.preset, seen.guessed) == (
        "csv",
        "utf-8",
        ",",
        "generic",
        False,
    )
    assert (seen.read, seen.complete) == (3, True)
    assert [(c.name, c.type) for c in seen.columns] == [
        ("person_id", "integer"), ("timestamp", "text"), ("event", "text"), ("value", "number"), ("note", "text"),
    ]  # fmt: skip
    assert seen.columns[4].samples == ["a", "b", "c"]
    assert [(r.name, r.value, r.properties, r.time.isoformat()) for r in seen.rows] == [
        ("visit", 12.5, {"note": "a"}, "2017-03-01T10:00:00+00:00")
    ]
    assert {r.reason: r.count for r in seen.rejected} == {"unparseable_time": 1, "no_person": 1}
    assert [(r.line, r.detail) for r in seen.reject_samples] == [(3, "nonsense"), (4, None)]
    assert seen.mapping is not None
    assert (seen.mapping.case, seen.mapping.channel.columns) == (None, [])
    assert seen.mapping.value is not None


def test_the_shown_mapping_imports_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", f"{HEADER},value\n{ROW},1\n{ROW},x\n")
    shown = preview(path).mapping
    assert shown is not None
    assert taken(path, mapping=shown) == taken(path)


@pytest.mark.parametrize(("rows", "complete"), [(10_000, True), (10_001, False)])
def test_the_first_ten_thousand_rows(tmp_path: Path, rows: int, complete: bool) -> None:
    seen = preview(write(tmp_path, "a.csv", "\n".join([HEADER, *[ROW] * rows])), rows=5)
    assert (seen.read, seen.complete, len(seen.rows)) == (10_000, complete, 5)


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Customer ID;Order Date;Status;Channel;Total", "1;01.03.2017;paid;web;12,50",
         {"person": "Customer ID", "time": "Order Date", "event": "Status", "channel": "Channel",
          "value": ("Total", ",")}),
        ("id_klienta;data_zdarzenia;typ;kanał;kwota", "1;2017-03-01;zakup;sklep;3,20",
         {"person": "id_klienta", "time": "data_zdarzenia", "event": "typ", "channel": "kanał",
          "value": ("kwota", ",")}),
        ("ID kupca;Vrijeme;Događaj;Kanal;Iznos", "1;1. 3. 2017. 10:00;kupnja;web;4.2",
         {"person": "ID kupca", "time": "Vrijeme", "event": "Događaj", "channel": "Kanal", "value": ("Iznos", ".")}),
        ("contact,created", "ana@example.hr,2017-03-01 10:00",
         {"person": "contact", "time": "created", "event": "file", "channel": None, "value": None}),
    ],
)  # fmt: skip
def test_a_guess_for_other_headers(tmp_path: Path, header: str, row: str, expected: dict[str, object]) -> None:
    seen = preview(write(tmp_path, "file.csv", f"{header}\n{row}\n"))
    assert (seen.preset, seen.guessed) == (None, True)
    m = seen.mapping
    assert m is not None
    assert {
        "person": m.person[0].column,
        "time": m.time.column,
        "event": m.event.column or m.event.constant,
        "channel": (m.channel.columns or [None])[0],
        "value": (m.value.column, m.value.decimal) if m.value else None,
    } == expected
    assert len(seen.rows) == 1


def test_nothing_to_guess_from(tmp_path: Path) -> None:
    seen = preview(write(tmp_path, "a.csv", "a,b\nx,y\n"))
    assert (seen.preset, seen.mapping, seen.guessed, seen.rows, seen.rejected) == (None, None, False, [], [])
    assert [c.name for c in seen.columns] == ["a", "b"]


def test_types_that_the_preview_knows(tmp_path: Path) -> None:
    values = {"i": "-12", "n": "1.234,5", "b": "true", "d": "01.03.2017", "t": "2017-03-01T10:00Z", "m": "a@b.hr",
              "p": "+385 91 123 4567", "x": "hello", "e": ""}  # fmt: skip
    seen = preview(write(tmp_path, "a.csv", ";".join(values) + "\n" + ";".join(values.values()) + "\n"))
    expected = ["integer", "number", "boolean", "date", "time", "email", "phone", "text", "empty"]
    assert [c.type for c in seen.columns] == expected


def test_a_mapping_that_names_another_column(tmp_path: Path) -> None:
    mapping = read_mapping({"person": [{"column": "id"}], "time": {"column": "t"}, "event": {"constant": "x"}})
    with pytest.raises(MissingColumn):
        preview(write(tmp_path, "a.csv", f"{HEADER}\n{ROW}\n"), mapping=mapping)


def test_presets() -> None:
    assert {"completejourney", "generic", "xes"} <= set(presets())
    assert all(p.recognises and p.title for p in presets().values())
    found = recognise(["x", "event", "timestamp", "person_id"])
    assert found is not None
    assert found.name == "generic"
    assert recognise(["event", "timestamp"]) is None
    with pytest.raises(UnknownPreset) as caught:
        preset("shopify")
    assert caught.value.available == list(presets())


def test_json_columns_are_typed(tmp_path: Path) -> None:
    row = {"person_id": 1, "timestamp": "2017-03-01", "event": "x", "n": 1.5, "ok": True, "who": {"mail": "a@b.hr"}}
    seen = preview(write(tmp_path, "a.jsonl", json.dumps(row) + "\n"))
    types = {c.name: c.type for c in seen.columns}
    assert (types["n"], types["ok"], types["who.mail"], types["person_id"]) == ("number", "boolean", "email", "integer")
    assert seen.rows[0].properties == {"n": 1.5, "ok": True, "who.mail": "a@b.hr"}


def test_the_answers_of_a_survey_are_counted_by_question(tmp_path: Path) -> None:
    mapping = read_mapping("""
person: []
anonymous: case
time: {column: at}
event: {constant: Shop}
feedback:
  answers:
    - {column: nps, scale: nps, blank: ["11"], text_column: why}
    - {column: ease, scale: ces1_5}
    - {column: more}
""")
    rows = ["9,fast,1,", "11,slow,5,", "12,,2,x", "0,,,", ",,,"]
    text = "at,nps,why,ease,more\n" + "\n".join(f"2026-05-0{day},{row}" for day, row in enumerate(rows, 1))
    seen = preview(write(tmp_path, "s.csv", text), mapping=mapping)
    told = [(a.question, a.scale, a.answers, a.texts, a.low, a.high) for a in seen.answers]
    assert told == [("nps", "nps", 2, 1, 0, 9), ("ease", "ces1_5", 3, 0, 1, 5), ("nps", None, 1, 1, None, None),
                    ("more", None, 1, 1, None, None)]  # fmt: skip
    assert {r.reason: r.count for r in seen.rejected} == {"out_of_scale": 1, "no_answer": 1}

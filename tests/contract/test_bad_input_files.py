"""Files as they really come: damaged, mislabelled, hostile. Nothing is lost, nothing silently misread."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from desireline.collect.exporting import csv_text
from desireline.collect.mapping_file import read_mapping
from desireline.errors import (
    BadMapping,
    BrokenFile,
    DesirelineError,
    FileMissing,
    MissingColumn,
    NoMapping,
    UnknownFormat,
)
from tests.unit.collect.files import HEADER, ROW, taken, write

MAPPING = {"person": [{"column": "id"}], "time": {"column": "t"}, "event": {"column": "e"}}


def reasons(rejects: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(r["line"], r["reason"]) for r in rejects]


# --- delimiters, headers, columns ----------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(tmp_path: Path, sign: str) -> None:
    text = sign.join(["person_id", "timestamp", "event"]) + "\n" + sign.join(["7", "2017-03-01", '"a,b;c|d\te"']) + "\n"
    events, rejects = taken(write(tmp_path, "a.csv", text))
    assert [e["name"] for e in events] == ["a,b;c|d\te"]
    assert rejects == []


def test_wrong_delimiter_says_which_columns_there_are(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;t;e\n1;2017-03-01;x\n")
    with pytest.raises(MissingColumn) as caught:
        taken(path, mapping=read_mapping({**MAPPING, "delimiter": ","}))
    assert caught.value.details == {"column": "id", "available": ["id;t;e"], "file": "a.csv"}


def test_missing_column_says_which_exist(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,t,e\n1,2017-03-01,x\n")
    with pytest.raises(MissingColumn) as caught:
        taken(path, mapping=read_mapping({**MAPPING, "value": {"column": "price"}}))
    assert (caught.value.column, caught.value.available) == ("price", ["id", "t", "e"])
    assert "price" in str(caught.value)
    assert "'id', 't', 'e'" in str(caught.value)


def test_missing_column_in_json_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"id": 1, "t": "2017-03-01"}\n')
    with pytest.raises(MissingColumn) as caught:
        taken(path, mapping=read_mapping(MAPPING))
    assert caught.value.column == "e"


def test_a_header_that_nothing_recognises(tmp_path: Path) -> None:
    with pytest.raises(NoMapping) as caught:
        taken(write(tmp_path, "a.csv", "who,when,what\n1,2,3\n"))
    assert caught.value.columns == ["who", "when", "what"]
    assert set(caught.value.presets) >= {"generic", "xes", "completejourney"}


def test_duplicate_headers_are_told_apart(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", f"{HEADER},note,note,,note_2\n{ROW},a,b,c,d\n")
    events, _ = taken(path)
    assert json.loads(events[0]["properties"]) == {"note": "a", "note_3": "b", "column_6": "c", "note_2": "d"}


def test_headers_that_differ_in_case_only(tmp_path: Path) -> None:
    events, _ = taken(write(tmp_path, "a.csv", f"{HEADER},Note,note\n{ROW},a,b\n"))
    assert json.loads(events[0]["properties"]) == {"Note": "a", "note": "b"}


def test_a_header_cannot_break_out_of_the_query(tmp_path: Path) -> None:
    evil = "x'); DROP TABLE batch; --"
    events, _ = taken(write(tmp_path, "a.csv", f"{HEADER},{evil}\n{ROW},1\n"))
    assert json.loads(events[0]["properties"]) == {evil: "1"}


def test_wrong_number_of_cells_costs_that_row(tmp_path: Path) -> None:
    events, rejects = taken(write(tmp_path, "a.csv", f"{HEADER}\n{ROW}\n1,2\n\n{ROW},extra\n{ROW}\n"))
    assert [e["line"] for e in events] == [2, 6]
    assert reasons(rejects) == [(3, "broken_row"), (5, "broken_row")]
    assert json.loads(rejects[0]["raw"]) == {"_raw": "1,2"}


def test_what_was_no_row_is_kept_as_it_stood(tmp_path: Path) -> None:
    _, rejects = taken(write(tmp_path, "a.csv", f'{HEADER}\n{ROW}\n"1","two\nlines"\n'))
    assert [(r["line"], r["detail"], json.loads(r["raw"])) for r in rejects] == [
        (3, "2 ≠ 3", {"_raw": '"1","two\nlines"'})
    ]


def test_an_unclosed_quote_costs_that_line(tmp_path: Path) -> None:
    events, rejects = taken(write(tmp_path, "a.csv", f'{HEADER}\n{ROW}\n8,2017-03-01,"open\n{ROW}\n{ROW}\n'))
    assert [e["line"] for e in events] == [2, 4, 5]
    assert reasons(rejects) == [(3, "broken_row")]


def test_lines_are_true_with_quoted_newlines(tmp_path: Path) -> None:
    text = f'{HEADER},note\r\n{ROW},"one\r\ntwo\n\nfour"\r\n{ROW},x\r\n,,,\r\n'
    events, rejects = taken(write(tmp_path, "a.csv", text))
    assert [e["line"] for e in events] == [2, 6]
    assert json.loads(events[0]["properties"]) == {"note": "one\r\ntwo\n\nfour"}
    assert reasons(rejects) == [(7, "no_time")]


# --- times and people ----------------------------------------------------------------------------------------


def test_mixed_time_formats_and_impossible_days(tmp_path: Path) -> None:
    times = [
        "2017-03-01T10:00:00+01:00",
        "01.03.2017 09:00",
        "1488358800",
        "31.02.2017",
        "1970-01-01",
        "2262-04-11",
        "",
    ]
    rows = "\n".join(f"7,{t},visit" for t in times)
    events, rejects = taken(write(tmp_path, "a.csv", f"{HEADER}\n{rows}\n"))
    nine = 1_488_358_800_000_000
    assert [e["time"] for e in events] == [nine, nine, nine, 0, 9_223_286_400_000_000]
    assert [(r["line"], r["reason"], r["detail"]) for r in rejects] == [
        (5, "unparseable_time", "31.02.2017"),
        (8, "no_time", ""),
    ]
    assert json.loads(rejects[0]["raw"]) == {"person_id": "7", "timestamp": "31.02.2017", "event": "visit"}


@pytest.mark.parametrize("value", ["NA", "null", "undefined", "", '"null"'])
def test_placeholders_are_nobody(tmp_path: Path, value: str) -> None:
    cell = value.replace('"', '""')
    events, rejects = taken(write(tmp_path, "a.csv", f'{HEADER}\n"{cell}",2017-03-01,visit\n'))
    assert events == []
    assert reasons(rejects) == [(2, "no_person")]


def test_the_other_identifier_remains(tmp_path: Path) -> None:
    mapping = read_mapping({**MAPPING, "person": [{"column": "id"}, {"column": "mail", "type": "email"}]})
    path = write(tmp_path, "a.csv", "id,mail,t,e\nNA,A@b.hr,2017-03-01,x\n9,a@B.hr,2017-03-01,x\n")
    events, _ = taken(path, mapping=mapping)
    assert [[(i["type"], i["value"]) for i in e["identifiers"]] for e in events] == [
        [("email", "a@b.hr")],
        [("customer_id", "9"), ("email", "a@b.hr")],
    ]


def test_an_event_without_a_name(tmp_path: Path) -> None:
    events, rejects = taken(write(tmp_path, "a.csv", f"{HEADER}\n7,2017-03-01,  \n"))
    assert events == []
    assert reasons(rejects) == [(2, "no_name")]


# --- formats -------------------------------------------------------------------------------------------------


def test_json_lines_that_are_no_rows(tmp_path: Path) -> None:
    row = '{"person_id": 1, "timestamp": "2017-03-01", "event": "x"}'
    events, rejects = taken(write(tmp_path, "a.jsonl", f'{row}\n{{"broken\n[1]\n\n{{}}\n{row}\n'))
    assert [e["line"] for e in events] == [1, 6]
    assert reasons(rejects) == [(2, "broken_row"), (3, "broken_row"), (5, "no_time")]


DAMAGED: dict[str, Callable[[Path], bytes]] = {
    "a.json": lambda _: b'[{"person_id": 1',
    "b.json": lambda _: b'"only text"',
    "a.xes": lambda _: b'<?xml version="1.0"?><log><trace><event><string key="concept:name" value="x"/>',
    "bomb.xes": lambda _: b'<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><log><trace/>&b;</log>',
    "a.parquet": lambda _: b"PAR1 and then nothing",
    "a.xlsx": lambda _: b"PK\x03\x04 and then nothing",
    "b.csv": lambda _: b"",
}


@pytest.mark.parametrize("name", [n for n in DAMAGED if n != "b.csv"])
def test_damaged_files_are_refused_whole(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        taken(write(tmp_path, name, DAMAGED[name](tmp_path)), preset="generic")
    assert caught.value.file == name
    assert caught.value.why


def test_a_half_parquet(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"person_id": list(range(10_000))}), buffer)
    with pytest.raises(BrokenFile):
        taken(write(tmp_path, "a.parquet", buffer.getvalue()[:5000]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.csv", b"\x89PNG\r\n\x1a\n"),
        ("a.zip", b"PK\x03\x04xxxx"),
        ("a.html", b"<!doctype html><html></html>"),
        ("a.parquet", b"person_id,timestamp,event\n"),
    ],
)
def test_other_formats_are_named_as_such(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(UnknownFormat) as caught:
        taken(write(tmp_path, name, content))
    assert "parquet" in str(caught.value)


@pytest.mark.parametrize("what", ["nothing.csv", "empty", "*.csv"])
def test_nothing_to_read(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileMissing):
        taken(tmp_path / what)


def test_a_workbook_with_odd_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        [],
        ["person_id", "timestamp", "event", "n"],
        [7.0, "2017-03-01", "x", 1.5],
        [],
        [None, "2017-03-01", "x"],
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    events, rejects = taken(tmp_path / "a.xlsx")
    assert [(e["line"], e["identifiers"][0]["value"], json.loads(e["properties"])) for e in events] == [
        (3, "7", {"n": 1.5})
    ]
    assert reasons(rejects) == [(5, "no_person")]


# --- mappings and exports ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "part"),
    [
        ("person: [", "expected"),
        ("just text", "person, time and event"),
        ("- a\n- b", "person, time and event"),
        ("person: []\ntime: {column: t}\nevent: {column: e}", "person"),
        ("person: [{column: id}]\ntime: {column: t}\nevent: {column: e, constant: x}", "exactly one"),
        ("person: [{column: id}]\ntime: {column: t}\nevent: {column: e}\nsql: SELECT 1", "sql"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nperson: *b", "aliases"),
        ("!!python/object/apply:os.system ['true']", "could not determine a constructor"),
        ("x" * 300_000, "KiB"),
        ("[" * 5000, ""),
    ],
)
def test_mappings_that_cannot_be_read(document: str, part: str) -> None:
    with pytest.raises(BadMapping) as caught:
        read_mapping(document)
    assert part in caught.value.why


@pytest.mark.parametrize(
    "change",
    [
        {"time": {"column": "t", "zone": "Mars/Olympus"}},
        {"time": {"column": "t", "zone": "../../etc/passwd"}},
        {"time": {"column": "t", "format": "%Q"}},
        {"time": {"column": "t", "format": []}},
    ],
)
def test_mappings_that_make_no_sense(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(BadMapping):
        taken(write(tmp_path, "a.csv", "id,t,e\n1,2017-03-01,x\n"), mapping=read_mapping({**MAPPING, **change}))


def test_no_error_of_a_file_leaves_the_tree(tmp_path: Path) -> None:
    for name, content in DAMAGED.items():
        with pytest.raises(DesirelineError):
            taken(write(tmp_path, name, content(tmp_path)))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("-12.5", "-12.5"),
        ("+385", "+385"),
        ("-1,5", '"-1,5"'),
        ("plain", "plain"),
        (-4, "-4"),
        (None, ""),
    ],
)
def test_formulas_are_disarmed_on_export(cell: object, written: str) -> None:
    line = csv_text(["a", "b"], [[cell, "z"]]).splitlines()[1]
    assert line == f"{written},z"

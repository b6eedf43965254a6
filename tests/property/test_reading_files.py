"""Whatever stands in the cells comes back as it was, and how the file is cut into batches changes nothing."""

import contextlib
import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desireline.collect.table import Limits
from desireline.errors import DesirelineError
from tests.unit.collect.files import taken

SLOW = settings(suppress_health_check=[HealthCheck.too_slow])
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ODD = st.one_of(
    TEXT, st.sampled_from(['"', '""', ",", ";", "\n", "\r\n", "\r", "a\nb", "'", "=1", " x ", "NA", "{}", "\\"])
)
TIMES = st.sampled_from(["2017-03-01T10:00:00Z", "01.03.2017", "31.02.2017", "", "1488358800"])
ROWS = st.lists(
    st.tuples(st.sampled_from(["7", "8", "", "NA"]), TIMES, st.sampled_from(["a", "b", ""]), ODD), min_size=1
)
HEADER = ["person_id", "timestamp", "event", "note"]


def imported(
    name: str, content: bytes, batch_rows: int, **how: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return taken(path, limits=Limits(batch_rows=batch_rows), **how)


def as_csv(rows: list[tuple[str, ...]], delimiter: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue().encode()


@SLOW
@given(notes=st.lists(ODD, min_size=1, max_size=20), delimiter=st.sampled_from(",;\t|"))
def test_odd_cells_come_back(notes: list[str], delimiter: str) -> None:
    rows = [("7", "2017-03-01", "a", note) for note in notes]
    events, rejects = imported("a.csv", as_csv(rows, delimiter), 1000)
    assert rejects == []
    assert [json.loads(e["properties"]).get("note", "") for e in events] == notes


@SLOW
@given(rows=ROWS, size=st.integers(1, 7))
def test_batches_change_nothing_in_csv(rows: list[tuple[str, ...]], size: int) -> None:
    content = as_csv(rows, ",")
    once = imported("a.csv", content, 100_000)
    assert imported("a.csv", content, size) == once
    assert len(once[0]) + len(once[1]) == len(rows)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), TEXT, st.lists(st.integers(), max_size=3),
    st.dictionaries(st.sampled_from("pq"), st.integers() | st.none(), max_size=2),
)  # fmt: skip
OBJECTS = st.lists(st.dictionaries(st.sampled_from(["a", "B", "é", "d.e"]), VALUES), min_size=1, max_size=12)


@SLOW
@given(objects=OBJECTS, size=st.integers(1, 5))
def test_batches_change_nothing_in_json_lines(objects: list[dict[str, Any]], size: int) -> None:
    rows = [{"person_id": i % 3, "timestamp": "2017-03-01", "event": "x", **o} for i, o in enumerate(objects)]
    content = "\n".join(json.dumps(r) for r in rows).encode()
    once = imported("a.jsonl", content, 100_000)
    assert imported("a.jsonl", content, size) == once
    assert len(once[0]) + len(once[1]) == len(rows)


@SLOW
@given(texts=st.lists(TEXT, min_size=1, max_size=8))
def test_the_same_rows_are_the_same_in_every_table_format(texts: list[str]) -> None:
    rows = [(str(i + 1), "2017-03-01T10:00:00Z", "x", t) for i, t in enumerate(texts)]
    parquet = io.BytesIO()
    pq.write_table(pa.table(dict(zip(HEADER, map(list, zip(*rows, strict=True)), strict=True))), parquet)
    lines = "\n".join(json.dumps(dict(zip(HEADER, r, strict=True))) for r in rows)
    read = [
        imported(name, content, 1000)[0]
        for name, content in (
            ("a.csv", as_csv(rows, ",")),
            ("a.parquet", parquet.getvalue()),
            ("a.jsonl", lines.encode()),
            ("a.json", json.dumps({"data": [dict(zip(HEADER, r, strict=True)) for r in rows]}).encode()),
        )
    ]
    without_lines = [[{k: v for k, v in e.items() if k != "line"} for e in events] for events in read]
    assert all(events == without_lines[0] for events in without_lines)
    assert len(without_lines[0]) == len(rows)


@SLOW
@given(ids=st.lists(st.integers(1, 2**50), min_size=1, max_size=5))
def test_numbers_of_people_are_the_same_from_any_type(ids: list[int]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER[:3])
    for i in ids:
        sheet.append([i, "2017-03-01", "x"])
    xlsx, floats = io.BytesIO(), io.BytesIO()
    book.save(xlsx)
    table = pa.table(
        {"person_id": pa.array(ids, pa.float64()), "timestamp": ["2017-03-01"] * len(ids), "event": ["x"] * len(ids)}
    )
    pq.write_table(table, floats)
    for name, content in (("a.xlsx", xlsx.getvalue()), ("a.parquet", floats.getvalue())):
        events, _ = imported(name, content, 1000)
        assert [e["identifiers"][0]["value"] for e in events] == [str(i) for i in ids]


NAMES = st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.xes", "a.parquet", "a.xlsx", "a.csv.gz", "a"])
ROW = b'{"person_id": 1, "timestamp": "2017-03-01", "event": "x"}'
PIECES = st.sampled_from(
    [b"person_id,timestamp,event\n", ROW, ROW.replace(b"x", b"\\ud83d"),
     b"[", b"{", b"]", b'"', b",", b"\r", b"\n", b"PAR1",
     b"PK\x03\x04", b"\x1f\x8b\x08", b"<log><trace><event>", b'<string key="concept:name"/>', b"</event></trace></log>",
     b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0", b"\xc5", b"\x90", b"1,2017-03-01,x\n", b"1e999", b"null"]
)  # fmt: skip


@SLOW
@given(
    name=NAMES,
    parts=st.lists(PIECES | st.binary(max_size=8), max_size=8),
    preset=st.sampled_from(["generic", "xes", None]),
)
def test_no_bytes_leave_the_tree_of_errors(name: str, parts: list[bytes], preset: str | None) -> None:
    with contextlib.suppress(DesirelineError):
        events, rejects = imported(name, b"".join(parts), 3, preset=preset)
        assert events or rejects

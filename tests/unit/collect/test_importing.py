"""Imports as a whole: several files, identity of rows, replays, progress."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.collect.importing import parse, parse_rows
from desireline.collect.mapping import mapping_hash
from desireline.collect.mapping_file import dump_mapping, load_mapping, read_mapping
from desireline.collect.table import Limits, unique_names
from desireline.model.event import PARSED_EVENT, REJECT
from desireline.model.mapping import Mapping
from tests.unit.collect.files import HEADER, ROW, taken, write

MAPPING = {"person": [{"column": "id"}], "time": {"column": "t"}, "event": {"column": "e"}}


def test_the_schemas_hold(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", f"{HEADER}\n{ROW}\nNA,x,y\n")
    for parsed in parse([path], source="s"):
        assert parsed.events.schema.equals(PARSED_EVENT)
        assert parsed.rejects.schema.names == [n for n in REJECT.names if n not in {"source", "file"}]
        assert len(parsed.mapping_hash) == 16


def test_folders_and_globs_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.csv", "a.csv", "sub/c.csv", "notes.md", ".hidden.csv"):
        write(tmp_path, name, f"{HEADER}\n{ROW.replace('visit', name)}\n")
    files = [p.file for p in parse([tmp_path], source="s")]
    assert files == ["a.csv", "b.csv", "c.csv"]
    assert [p.file for p in parse([f"{tmp_path}/*.csv", tmp_path / "a.csv"], source="s")] == ["a.csv", "b.csv"]
    assert [p.file for p in parse([tmp_path / "notes.md"], source="s")] == ["notes.md"]


def test_the_order_of_day_and_month_is_decided_per_file(tmp_path: Path) -> None:
    american = write(tmp_path, "a.csv", f"{HEADER}\n1,03/04/2017,x\n1,03/25/2017,x\n")
    european = write(tmp_path, "b.csv", f"{HEADER}\n1,03/04/2017,x\n1,25/03/2017,x\n")
    march_4, april_3, march_25 = 1_488_585_600_000_000, 1_491_177_600_000_000, 1_490_400_000_000_000
    assert [e["time"] for e in taken(american, european)[0]] == [march_4, march_25, april_3, march_25]


def test_generic_with_everything(tmp_path: Path) -> None:
    header = "person_id,timestamp,event,channel,value,case_id,event_id,colour"
    events, _ = taken(write(tmp_path, "a.csv", f"{header}\n1,2017-03-01,x,shop,2.5,c1,e1,red\n2,2017-03-01,y,,,,,\n"))
    shown = [(e["channel"], e["value"], e["case_id"], e["event_id"], e["properties"]) for e in events]
    assert shown == [("shop", 2.5, "c1", "e1", '{"colour":"red"}'), ("unknown", None, None, None, "{}")]


def test_template_score_text_currency(tmp_path: Path) -> None:
    mapping = read_mapping(
        {
            **MAPPING,
            "event": {"template": "{e}: {state}"},
            "value": {"column": "v", "decimal": ",", "currency": "EUR", "currency_column": "cur"},
            "score": {"column": "nps"},
            "text": "said",
            "properties": ["state"],
        }
    )
    rows = ["1;2017-03-01;order;paid;1.234,50;PLN;9;fine", "1;2017-03-01;;;5;;;", "1;2017-03-01;a;;5;;;"]
    text = "\n".join(["id;t;e;state;v;cur;nps;said", *rows])
    events, rejects = taken(write(tmp_path, "a.csv", text), mapping=mapping)
    shown = [(e["name"], e["value"], e["currency"], e["score"], e["text"], e["properties"]) for e in events]
    assert shown == [
        ("order: paid", 1234.5, "PLN", 9.0, "fine", '{"state":"paid"}'),
        ("a:", 5.0, "EUR", None, None, "{}"),
    ]
    assert [r["reason"] for r in rejects] == ["no_name"]


def test_traits_are_dated_by_their_import(tmp_path: Path) -> None:
    mapping = read_mapping({"kind": "traits", "person": [{"column": "id"}], "time": {}, "event": {"constant": "CRM"}})
    path = write(tmp_path, "a.csv", "id,city\n1,Split\n")
    first = taken(path, mapping=mapping, imported_at=5)[0][0]
    again = taken(path, mapping=mapping, imported_at=9)[0][0]
    assert (first["kind"], first["time"], first["properties"], first["name"]) == (
        "traits",
        5,
        '{"city":"Split"}',
        "CRM",
    )
    assert (again["time"], again["content"]) == (9, first["content"])


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=5)


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=2, max_size=8))
def test_content_tells_rows_apart_and_nothing_else(rows: list[tuple[str, str]], tmp_path_factory: Any) -> None:
    lines = [json.dumps({"person_id": 1, "timestamp": "2017-03-01", "event": "x", "a": a, "ab": b}) for a, b in rows]
    events, _ = taken(write(tmp_path_factory.mktemp("c"), "a.jsonl", "\n".join(lines)))
    by_content = [e["content"] for e in events]
    for i, one in enumerate(rows):
        for k, other in enumerate(rows):
            assert (by_content[i] == by_content[k]) == (one == other)


def test_rejects_read_again(tmp_path: Path) -> None:
    text = "id;t;e;v;empty\n1;1 Mar 2017;x;3;\n2;nonsense;x;4;\nNA;1 Mar 2017;x;5;\n"
    path = write(tmp_path, "a.csv", text)
    _, rejects = taken(path, mapping=read_mapping(MAPPING))
    assert [r["reason"] for r in rejects] == ["unparseable_time", "unparseable_time", "unparseable_time"]
    better = read_mapping({**MAPPING, "time": {"column": "t", "format": "%d %b %Y"}})
    again = list(parse_rows("a.csv", rejects, source="src", mapping=better))
    events = pa.concat_tables([p.events for p in again]).to_pylist()
    assert events == taken(path, mapping=better)[0]
    left = pa.concat_tables([p.rejects for p in again]).to_pylist()
    assert [(r["line"], r["reason"]) for r in left] == [(3, "unparseable_time"), (4, "no_person")]
    assert [r["content"] for r in left] == [r["content"] for r in rejects[1:]]


def test_typed_rejects_read_again(tmp_path: Path) -> None:
    rows = [
        {"person_id": i, "timestamp": "?", "event": "x", "n": n}
        for i, n in enumerate([1.0, 2, True, [1, {"k": 2}], "t"], 1)
    ]
    path = write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    _, rejects = taken(path)
    left = pa.concat_tables([p.rejects for p in parse_rows("a.jsonl", rejects, source="src")]).to_pylist()
    assert [(r["content"], r["raw"]) for r in left] == [(r["content"], r["raw"]) for r in rejects]


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "\n".join([HEADER, *[ROW] * 25]))
    told: list[tuple[str, int, float]] = []
    list(parse([path], source="s", limits=Limits(batch_rows=10), progress=lambda *p: told.append(p)))
    assert [(f, n) for f, n, _ in told] == [("a.csv", 10), ("a.csv", 20), ("a.csv", 25)]
    assert told[-1][2] == 1.0


def test_mappings_on_disk(tmp_path: Path) -> None:
    mapping = read_mapping({**MAPPING, "value": {"column": "v", "decimal": ","}})
    path = write(tmp_path, "m.yaml", "\ufeff" + dump_mapping(mapping))
    assert load_mapping(path) == mapping
    assert mapping_hash(load_mapping(path)) == mapping_hash(mapping)
    assert mapping_hash(mapping) != mapping_hash(Mapping.model_validate(MAPPING))


@given(st.lists(st.sampled_from(["a", " a", "a_2", "", "column_1", "A"]), max_size=8))
def test_column_names_are_unique(header: list[str]) -> None:
    names = unique_names(header)
    assert len(set(names)) == len(names) == len(header)
    assert all(names)


@pytest.mark.parametrize("kind", ["UTC", None])
def test_native_times_of_parquet(tmp_path: Path, kind: str | None) -> None:
    import datetime as dt

    import pyarrow.parquet as pq

    zone = dt.UTC if kind else None
    moments = [dt.datetime(2017, 7, 1, 12, tzinfo=zone), dt.datetime(2017, 7, 1, 12, 0, 0, 5, tzinfo=zone)]
    times = pa.array(moments, pa.timestamp("ns", kind))
    pq.write_table(pa.table({"person_id": [1, 2], "timestamp": times, "event": ["x", "y"]}), tmp_path / "a.parquet")
    events, _ = taken(tmp_path / "a.parquet", zone="Europe/Zagreb")
    noon = 1_498_910_400_000_000 - (0 if kind else 7_200_000_000)
    expected = [(noon, "s", kind or "Europe/Zagreb"), (noon + 5, "us", kind or "Europe/Zagreb")]
    assert [(e["time"], e["precision"], e["zone"]) for e in events] == expected

"""What counts once, what is replaced, and what a reject becomes."""

import errno
from pathlib import Path

import pytest

from desireline.errors import DiskFull
from desireline.store import ingest, lake
from desireline.store.ingest import Committed
from desireline.store.paths import Paths
from tests.staging import event, reject, stage, stage_rejects


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "ws")


def commit(paths: Paths, rows: list[dict], rejects: list[dict] | None = None, batch: str = "b") -> Committed:
    folder = paths.root / "staged"
    events = stage(folder, rows)
    refused = stage_rejects(folder, rejects) if rejects else None
    with paths.writing():
        return ingest.commit(paths, events, refused, batch)


def held(paths: Paths, columns: str = "*") -> list[dict]:
    return lake.query(f"SELECT {columns} FROM {lake.events(paths.events).sql()} ORDER BY arrival").to_pylist()


def test_the_same_file_twice_adds_nothing(paths: Paths) -> None:
    rows = [event("a", 1), event("b", 2), event("a", 3)]
    assert commit(paths, rows) == Committed(new=3, known=0, replaced=0, rejected=0)
    assert commit(paths, rows) == Committed(new=0, known=3, replaced=0, rejected=0)
    assert [(r["arrival"], r["name"]) for r in held(paths)] == [(0, "a"), (1, "b"), (2, "a")]


def test_equal_rows_of_one_file_are_separate_events_and_match_by_ordinal_in_another(paths: Paths) -> None:
    assert commit(paths, [event("a", 1), event("a", 1)]).new == 2
    longer = [event("a", 1, file="b.csv") for _ in range(3)]
    assert commit(paths, longer) == Committed(new=1, known=2, replaced=0, rejected=0)
    two_files = [event("z", 1, file="b.csv"), event("z", 1, file="c.csv")]
    assert commit(paths, two_files) == Committed(new=1, known=1, replaced=0, rejected=0)


def test_the_same_source_and_event_id_count_once_and_the_first_arrival_counts(paths: Paths) -> None:
    rows = [event("a", 1, event_id="e1"), event("b", 2, event_id="e1"), event("c", 3, event_id="e1", source="t")]
    assert commit(paths, rows) == Committed(new=2, known=1, replaced=0, rejected=0)
    assert [(r["source"], r["name"]) for r in held(paths)] == [("s", "a"), ("t", "c")]


def test_another_mapping_replaces_the_reading_and_keeps_the_arrival(paths: Paths) -> None:
    first = [event("a", 1), event("b", 1)]
    commit(paths, first)
    again = [{**r, "name": r["name"].upper(), "mapping": "m2"} for r in reversed(first)]
    assert commit(paths, again) == Committed(new=0, known=0, replaced=2, rejected=0)
    assert [(r["arrival"], r["name"], r["mapping"]) for r in held(paths)] == [(0, "A", "m2"), (1, "B", "m2")]


def test_a_mapping_that_learns_of_ids_still_meets_the_rows_read_without(paths: Paths) -> None:
    plain = event("a", 1)
    commit(paths, [plain])
    assert commit(paths, [{**plain, "event_id": "e1", "mapping": "m2"}]).replaced == 1
    assert [(r["arrival"], r["event_id"]) for r in held(paths)] == [(0, "e1")]


def test_a_reject_that_becomes_an_event_is_a_reject_no_longer_and_back(paths: Paths) -> None:
    row = event("a", 1)
    bad = reject(row["content"])
    rejects = lake.rejects(paths.rejects)
    assert commit(paths, [event("x", 1)], [bad, bad]).rejected == 2
    assert commit(paths, [event("x", 1)], [bad, bad]).rejected == 2
    assert len(lake.query(f"SELECT 1 FROM {rejects.sql()}")) == 2, "two equal rows, kept once each"
    assert commit(paths, [{**row, "mapping": "m2"}]).new == 1
    assert len(lake.query(f"SELECT 1 FROM {rejects.sql()}")) == 1
    commit(paths, [event("x", 1)], [{**bad, "mapping": "m3"}])
    assert [r["name"] for r in held(paths)] == ["x"], "a row that the newest mapping refuses is an event no longer"


def test_keys_are_the_documented_hash(paths: Paths) -> None:
    """The key outlives versions of DuckDB, so it is held against hashlib: the last 8 bytes of the MD5, offset."""
    import hashlib

    row = event("a", 1, who=["customer_id:7", "email:a@example.org"], case_id="c9", event_id="e1")
    commit(paths, [row])
    [stored] = held(paths)

    def expected(text: str) -> int:
        return int.from_bytes(hashlib.md5(text.encode()).digest()[8:], "little") - 2**63  # noqa: S324

    assert stored["key"] == expected("s\x1fid\x1fe1")
    assert stored["row_hash"] == row["content"] ^ expected("s")
    assert stored["id_links"] == [expected("customer_id\x1f7"), expected("email\x1fa@example.org")]
    assert stored["case_key"] == expected("s\x1fc9")


def test_a_full_disk_keeps_nothing_and_says_so(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(paths, [event("a", 1)])

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(lake, "write_deltalake", full)
    with pytest.raises(DiskFull):
        commit(paths, [event("b", 2)])
    assert [r["name"] for r in held(paths)] == ["a"]

"""Bytes as they really come: encodings, damage, archives that unpack without end, lines without end."""

import gzip
import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from desireline.collect.mapping_file import read_mapping
from desireline.collect.table import Limits
from desireline.errors import (
    BadMapping,
    BrokenFile,
    EmptyFile,
    FileTooLarge,
)
from tests.unit.collect.files import HEADER, ROW, taken, write

MAPPING = {"person": [{"column": "id"}], "time": {"column": "t"}, "event": {"column": "e"}}


def reasons(rejects: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(r["line"], r["reason"]) for r in rejects]


POLISH = f"{HEADER}\n7,2017-03-01,Zażółć gęślą jaźń\n8,2017-03-01,čćžšđ\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250"])
def test_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    text = ("\ufeff" if encoding in {"utf-16-be"} else "") + POLISH
    events, rejects = taken(write(tmp_path, "a.csv", text.encode(encoding)))
    assert [e["name"] for e in events] == ["Zażółć gęślą jaźń", "čćžšđ"]
    assert rejects == []


def test_an_encoding_that_the_mapping_names(tmp_path: Path) -> None:
    mapping = read_mapping({**MAPPING, "encoding": "iso-8859-2"})
    events, _ = taken(write(tmp_path, "a.csv", "id,t,e\n1,2017-03-01,šalter\n".encode("iso-8859-2")), mapping=mapping)
    assert events[0]["name"] == "šalter"
    with pytest.raises(BadMapping, match="klingon"):
        taken(tmp_path / "a.csv", mapping=read_mapping({**MAPPING, "encoding": "klingon"}))


def test_bytes_that_are_no_text_cost_that_row(tmp_path: Path) -> None:
    lines = POLISH.encode().splitlines(keepends=True)
    path = write(tmp_path, "a.csv", b"".join([lines[0], lines[1], b"9,2017-03-01,bad \xff\xfe byte\n", lines[2]]))
    events, rejects = taken(path)
    assert [e["line"] for e in events] == [2, 4]
    assert reasons(rejects) == [(3, "bad_encoding")]
    assert json.loads(rejects[0]["raw"]) == {"_raw": "9,2017-03-01,bad \\xff\\xfe byte"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_half_characters_of_utf_16(tmp_path: Path, encoding: str) -> None:
    text = f"{HEADER}\n{ROW}\n{ROW}\ud83d!\n{ROW}\n{ROW}"
    events, rejects = taken(write(tmp_path, "a.csv", ("\ufeff" + text).encode(encoding, "surrogatepass")[:-1]))
    assert [e["line"] for e in events] == [2, 4]
    assert reasons(rejects) == [(3, "bad_encoding"), (5, "bad_encoding")]
    assert json.loads(rejects[0]["raw"]) == {"_raw": f"{ROW}\\ud83d!"}


def test_a_file_without_line_feeds(tmp_path: Path) -> None:
    events, _ = taken(write(tmp_path, "a.csv", f"{HEADER}\r{ROW}\r{ROW}\r"))
    assert [e["line"] for e in events] == [2, 3]


@pytest.mark.parametrize("content", [b"", b"\n \n\n", b"\xef\xbb\xbf", HEADER.encode(), HEADER.encode() + b"\n\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptyFile):
        taken(write(tmp_path, "a.csv", content))


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.xes", "a.parquet", "a.xlsx", "a.csv.gz"])
def test_an_empty_file_of_any_name(tmp_path: Path, name: str) -> None:
    content = gzip.compress(b"") if name.endswith(".gz") else b""
    with pytest.raises(EmptyFile):
        taken(write(tmp_path, name, content))


def test_a_truncated_gzip(tmp_path: Path) -> None:
    packed = gzip.compress("\n".join([HEADER, *[f"{i},2017-03-01,e{i * 7919 % 1000}" for i in range(5000)]]).encode())
    for cut in (len(packed) // 2, len(packed) - 4):
        with pytest.raises(BrokenFile, match="gzip"):
            taken(write(tmp_path, "a.csv.gz", packed[:cut]))


def test_a_damaged_gzip(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress("\n".join([HEADER, *[f"{i},2017-03-01,e" for i in range(5000)]]).encode()))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(BrokenFile):
        taken(write(tmp_path, "a.csv.gz", bytes(packed)))


def test_a_gzip_bomb_stops_early(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(f"{HEADER}\n".encode())
        for _ in range(300):
            file.write(f"{ROW}\n".encode() * 40_000)
    limits = Limits(ratio_from=8 << 20)
    tracemalloc.start()
    with pytest.raises(FileTooLarge):
        taken(path, limits=limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200 << 20


def test_more_unpacked_bytes_than_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "\n".join([HEADER] + [ROW] * 100_000))
    with pytest.raises(FileTooLarge) as caught:
        taken(path, limits=Limits(unpacked_bytes=1 << 20))
    assert caught.value.limit_mb == 1


def test_a_zip_bomb_named_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (4 << 20))
    with pytest.raises(FileTooLarge):
        taken(path, limits=Limits(document_bytes=1 << 20))


@pytest.mark.parametrize("where", ["first", "middle", "last"])
def test_a_line_over_the_limit_costs_that_line(tmp_path: Path, where: str) -> None:
    long = f"7,2017-03-01,{'x' * (1 << 20)}"
    lines = {"first": [long, ROW, ROW], "middle": [ROW, long, ROW], "last": [ROW, ROW, long]}[where]
    events, rejects = taken(write(tmp_path, "a.csv", "\n".join([HEADER, *lines])))
    assert reasons(rejects) == [(lines.index(long) + 2, "too_large")]
    assert [e["line"] for e in events] == [i + 2 for i, line in enumerate(lines) if line != long]


def test_a_long_line_of_json(tmp_path: Path) -> None:
    row = {"person_id": 1, "timestamp": "2017-03-01", "event": "x"}
    lines = [json.dumps(row), json.dumps({**row, "note": "x" * (1 << 20)}), json.dumps(row)]
    events, rejects = taken(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [e["line"] for e in events] == [1, 3]
    assert reasons(rejects) == [(2, "too_large")]

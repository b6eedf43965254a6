"""Which format a file has: by its first bytes, then by its name."""

import json
from pathlib import Path
from typing import Final

from desireline.collect.table import Limits
from desireline.collect.unpack import GZIP, head
from desireline.errors import EmptyFile, UnknownFormat

FORMATS: Final = ("csv", "tsv", "xlsx", "json", "jsonl", "parquet", "xes")
_BY_ENDING: Final = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv", ".psv": "csv", ".xlsx": "xlsx", ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet", ".xes": "xes",
}  # fmt: skip
_HEAD: Final = 65_536
_BINARY: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
)


def detect_format(path: Path, limits: Limits) -> str:
    """`csv` (any delimiter), `xlsx`, `json`, `jsonl`, `parquet` or `xes`; gzip is looked through.

    Raises:
        EmptyFile: no bytes, or only blanks.
        UnknownFormat: none of ours.
        BrokenFile: damaged gzip.
    """
    start = head(path, _HEAD, limits)
    body = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise EmptyFile(path.name)
    by_name = format_by_name(path)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        if by_name == "xlsx" or b"xl/" in start or b"[Content_Types]" in start:
            return "xlsx"
        raise UnknownFormat(path.name, FORMATS)
    if start.startswith((*_BINARY, GZIP)):
        raise UnknownFormat(path.name, FORMATS)
    return _textual(path, body, by_name)


def _textual(path: Path, body: bytes, by_name: str | None) -> str:
    if body.startswith(b"<"):
        if b"<log" in body or by_name == "xes":
            return "xes"
        raise UnknownFormat(path.name, FORMATS)
    if by_name in {"json", "jsonl"} or (by_name is None and body[:1] in b"{["):
        return _json_kind(body)
    if by_name in {"xlsx", "parquet", "xes"}:
        raise UnknownFormat(path.name, FORMATS)
    return "csv"


def _json_kind(body: bytes) -> str:
    """Whether the first line is an object by itself and more follows."""
    first, _, rest = body.partition(b"\n")
    if first.startswith(b"{") and rest.strip():
        try:
            json.loads(first)
        except ValueError:
            return "jsonl" if rest.lstrip().startswith(b"{") else "json"
        return "jsonl"
    return "json"


def format_by_name(path: Path) -> str | None:
    """The format that a file's ending speaks for, `.gz` aside; None if none."""
    name = path.name.lower()
    for packed in (".gz", ".gzip"):
        name = name.removesuffix(packed)
    return _BY_ENDING.get(Path(name).suffix)

"""What a reader hands on: a table of raw rows in batches, with their lines and what was no row at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from desireline.errors import EmptyFile

SAMPLE_ROWS: Final = 10_000
"""How many first rows decide what a column is: its order of day and month, its type in the preview."""

MIXED: Final = pa.struct([("text", pa.string()), ("json", pa.string())])
"""A column whose values differ in type: each as text, and as a JSON literal if it is more than text."""


@dataclass(frozen=True)
class Limits:
    """What a file may cost.

    Attributes:
        line_bytes: a longer line or record is rejected as `too_large`, and reading goes on.
        unpacked_bytes: of one file, after unpacking.
        ratio: of unpacked to packed bytes, once more than `ratio_from` bytes are unpacked.
        document_bytes: of a file that must be held as a whole (JSON document, XLSX after unpacking).
        batch_rows: rows handed on at once; has no influence on what is read.
    """

    line_bytes: int = 1 << 20
    unpacked_bytes: int = 64 << 30
    ratio: int = 250
    ratio_from: int = 64 << 20
    document_bytes: int = 1 << 30
    batch_rows: int = 100_000


@dataclass(frozen=True)
class Problem:
    """Something in the file that is no row. `raw` is escaped and cut at `RAW_LIMIT` characters."""

    line: int
    reason: str
    detail: str
    raw: str


@dataclass(frozen=True)
class RawBatch:
    """Rows as read.

    Attributes:
        columns: string, bool, int64, float64, timestamp[us], timestamp[us, UTC], date32 or `MIXED` columns.
        lines: int64, the 1-based line (text, XML) or row (other formats) where each row starts.
        problems: what was met between these rows.
        share: of the file read so far, 0..1.
    """

    columns: pa.Table
    lines: npt.NDArray[np.int64]
    problems: list[Problem] = field(default_factory=list)
    share: float = 0.0

    def slice(self, start: int, length: int) -> "RawBatch":
        """Some of the rows, without problems."""
        return RawBatch(self.columns.slice(start, length), self.lines[start : start + length], [], self.share)

    def head(self, rows: int) -> "RawBatch":
        """The first rows and the problems met before the first row left out."""
        if self.columns.num_rows <= rows:
            return self
        end = int(self.lines[rows])
        problems = [p for p in self.problems if p.line < end]
        return RawBatch(self.columns.slice(0, rows), self.lines[:rows], problems, self.share)


@dataclass
class Table:
    """A file opened as a table.

    Attributes:
        columns: the header; where `open_ended`, all keys met in the first `SAMPLE_ROWS` rows.
        open_ended: rows may bring further columns (JSON, XES).
        batches: the rows, once.
        sample: the first `SAMPLE_ROWS` rows, with the problems met among them.
        complete: the sample is the whole file.
        questions: what was asked, by column, where a survey's file says it in further header rows.
    """

    file: str
    format: str
    columns: list[str]
    batches: Iterator[RawBatch]
    open_ended: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    sample: list[RawBatch] = field(default_factory=list)
    complete: bool = False
    questions: dict[str, str] = field(default_factory=dict)

    def sample_column(self, name: str | None) -> list[pa.Array]:
        """The values of one column in the first `SAMPLE_ROWS` rows, as chunks."""
        return [c for b in self.sample if name in b.columns.column_names for c in b.columns.column(name).chunks]


def with_sample(table: Table) -> Table:
    """Reads ahead until `SAMPLE_ROWS` rows are seen, and puts what was read back in front.

    Raises:
        EmptyFile: no row, and nothing that was to be one.
    """
    ahead: list[RawBatch] = []
    rows = 0
    for batch in table.batches:
        ahead.append(batch)
        table.sample.append(batch.head(SAMPLE_ROWS - rows))
        rows += batch.columns.num_rows
        if rows > SAMPLE_ROWS:
            break
    table.complete = rows <= SAMPLE_ROWS
    if not rows and not any(batch.problems for batch in ahead):
        raise EmptyFile(table.file)
    if table.open_ended:
        known = dict.fromkeys(table.columns)
        for part in table.sample:
            known.update(dict.fromkeys(_filled(part.columns)))
        table.columns = list(known)
    table.batches = _chained(ahead, table.batches)
    return table


def _filled(columns: pa.Table) -> list[str]:
    return [n for n in columns.column_names if columns.column(n).null_count < columns.num_rows]


def _chained(ahead: list[RawBatch], rest: Iterator[RawBatch]) -> Iterator[RawBatch]:
    while ahead:
        yield ahead.pop(0)
    yield from rest


def cut_rows(batch: RawBatch, rows: int) -> Iterator[RawBatch]:
    """The same rows in batches of at most `rows`; problems travel with the first."""
    if batch.columns.num_rows <= rows:
        yield batch
        return
    for start in range(0, batch.columns.num_rows, rows):
        part = batch.slice(start, rows)
        yield RawBatch(part.columns, part.lines, batch.problems if start == 0 else [], batch.share)


RAW_LIMIT: Final = 65_536


def shown_raw(text: str) -> str:
    """Raw content for a reject: undecodable bytes as backslash, x and two hex digits; cut at `RAW_LIMIT`."""
    return printable(text[:RAW_LIMIT].rstrip("\r\n"))


def printable(text: str) -> str:
    """The text with bytes that are none, and halves of characters, as backslash escapes."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # lone surrogates of UTF-16 stand for no byte
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def unique_names(header: list[str]) -> list[str]:
    """Column names without blanks at the ends, none twice: `a, a, ` becomes `a, a_2, column_3`.

    >>> unique_names(["a", " a ", "", "a_2"])
    ['a', 'a_3', 'column_3', 'a_2']
    """
    cleaned = [printable(h).replace("\0", "").strip() or f"column_{i + 1}" for i, h in enumerate(header)]
    taken = set(cleaned)
    seen: set[str] = set()
    names = []
    for name in cleaned:
        unique = name
        k = 2
        while unique in seen or (unique != name and unique in taken):
            unique = f"{name}_{k}"
            k += 1
        seen.add(unique)
        names.append(unique)
    return names

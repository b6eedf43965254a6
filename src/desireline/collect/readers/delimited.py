"""CSV and TSV: delimiter sniffing, quoted newlines, true line numbers; a damaged row costs that row only."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from desireline.collect.table import Limits, Problem, RawBatch, Table, shown_raw, unique_names
from desireline.collect.text import Lines, detect_encoding, is_damaged, known_encoding
from desireline.collect.unpack import Bytes
from desireline.errors import EmptyFile

DELIMITERS: Final = ",;\t|"
_SNIFFED_LINES: Final = 50


def open_csv(path: Path, limits: Limits, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Opens a delimited text file; what is not given is found out.

    Raises:
        EmptyFile: no line with content.
        BadMapping: an encoding that does not exist.
    """
    encoding = known_encoding(encoding) if encoding else detect_encoding(path, limits)
    lines = Lines(Bytes(path, limits), encoding)
    csv.field_size_limit(max(csv.field_size_limit(), limits.line_bytes + 1))
    physical = iter(lines)
    first = [(lines.number, line) for line in islice(physical, _SNIFFED_LINES)]
    delimiter = delimiter or sniff_delimiter([line for _, line in first])
    records = _Records(lines, first, physical, delimiter)
    header = next(records.rows(), None)
    if header is None:
        raise EmptyFile(path.name)
    names = unique_names([str(h) for h in header[1]])
    shown = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    return Table(path.name, "csv", names, _batches(records, names), encoding=shown, delimiter=delimiter)


def sniff_delimiter(lines: list[str]) -> str:
    r"""The sign that splits the header and most often splits the other lines into as many cells.

    Signs within quotes do not count; a comma wins where nothing speaks for any.

    >>> sniff_delimiter(["a;b;c\n", "1,5;2,5;3\n"])
    ';'
    """
    bare = [re.sub(r'"(?:[^"]|"")*("|$)', "", line) for line in lines if line.strip()]
    if not bare:
        return ","

    def fit(sign: str) -> tuple[int, int]:
        wanted = bare[0].count(sign)
        return (sum(line.count(sign) == wanted for line in bare), wanted) if wanted else (0, 0)

    return max(DELIMITERS, key=lambda sign: (fit(sign), -DELIMITERS.index(sign)))


class _Unclosed(Exception):
    """A quote that is not closed within the limit, or not at all."""


class _Records:
    """Rows of cells with the line where each starts; what is no row goes to `problems`."""

    def __init__(self, lines: Lines, first: list[tuple[int, str]], rest: Iterator[str], delimiter: str) -> None:
        self.lines = lines
        self.delimiter = delimiter
        self.problems: list[Problem] = []
        self._queue = deque(first)
        self._rest = rest
        self._pulled: list[tuple[int, str]] = []
        self._size = 0

    def _feed(self) -> Iterator[str]:
        """Physical lines for the csv module, remembered until their record is complete."""
        pulled, queue, lines = self._pulled, self._queue, self.lines
        limit = lines.source.limits.line_bytes
        while True:
            if queue:
                number, line = queue.popleft()
            else:
                text = next(self._rest, None)
                if text is None:
                    break
                number, line = lines.number, text
            self._size = self._size + len(line) if pulled else len(line)
            pulled.append((number, line))
            if self._size > limit and len(pulled) > 1:
                raise _Unclosed
            yield line
        if pulled:
            raise _Unclosed

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Line, cells and raw text."""
        while True:
            reader = csv.reader(self._feed(), delimiter=self.delimiter, strict=False)
            try:
                yield from self._complete(reader)
            except _Unclosed:
                self._reject_first("quote not closed")
                continue
            except csv.Error as error:
                self._reject_first(str(error))
                continue
            return

    def _complete(self, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str], str]]:
        pulled = self._pulled
        for cells in reader:
            number, raw = pulled[0]
            if len(pulled) > 1:
                raw = "".join(text for _, text in pulled)
            pulled.clear()
            if cells:
                yield number, cells, raw

    def _reject_first(self, why: str) -> None:
        """Only the first physical line is given up; those after it are read again."""
        (number, line), *others = self._pulled
        self.problems.append(Problem(number, "broken_row", why, shown_raw(line)))
        self._queue.extendleft(reversed(others))
        self._pulled.clear()


def _batches(records: _Records, names: list[str]) -> Iterator[RawBatch]:
    width = len(names)
    source = records.lines.source
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, cells, raw in records.rows():
        if records.lines.damaged and is_damaged(raw):
            records.problems.append(Problem(number, "bad_encoding", records.lines.encoding, shown_raw(raw)))
        elif len(cells) != width:
            records.problems.append(Problem(number, "broken_row", f"{len(cells)} ≠ {width}", shown_raw(raw)))
        else:
            rows.append(cells)
            numbers.append(number)
            if len(rows) >= source.limits.batch_rows:
                yield _batch(records, names, rows, numbers, source.share)
                rows, numbers = [], []
    yield _batch(records, names, rows, numbers, 1.0)


def _batch(records: _Records, names: list[str], rows: list[list[str]], numbers: list[int], share: float) -> RawBatch:
    problems = sorted(records.problems + records.lines.problems, key=lambda p: p.line)
    records.problems.clear()
    records.lines.problems.clear()
    cells = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    table = pa.table([pa.array(c, pa.string()) for c in cells], names=names)
    return RawBatch(table, np.array(numbers, np.int64), problems, share)

"""JSON documents and JSON lines: one row per object, nested objects flattened as `outer.inner`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from desireline.collect.columns import columns_of, flattened
from desireline.collect.table import Limits, Problem, RawBatch, Table, printable, shown_raw
from desireline.collect.text import Lines, detect_encoding, is_damaged, known_encoding
from desireline.collect.unpack import Bytes, whole
from desireline.errors import BrokenFile, EmptyFile


def open_jsonl(path: Path, limits: Limits, encoding: str | None = None) -> Table:
    """Opens a file with one JSON object per line."""
    encoding = known_encoding(encoding) if encoding else detect_encoding(path, limits)
    return Table(path.name, "jsonl", [], _line_batches(path, limits, encoding), open_ended=True, encoding=encoding)


def open_json(path: Path, limits: Limits, encoding: str | None = None) -> Table:
    """Opens a JSON document: a list of objects, or an object that holds exactly one such list.

    Raises:
        BrokenFile: not JSON, or no list of objects in it.
        EmptyFile: an empty list.
        FileTooLarge: over `limits.document_bytes`.
    """
    encoding = known_encoding(encoding) if encoding else detect_encoding(path, limits)
    try:
        document = loaded(whole(Bytes(path, limits)).decode(encoding))
    except (ValueError, RecursionError) as error:
        raise BrokenFile(path.name, f"JSON: {error}") from error
    rows = _list_of_objects(document)
    if rows is None:
        raise BrokenFile(path.name, "JSON: no list of objects in it")
    if not rows:
        raise EmptyFile(path.name)
    return Table(path.name, "json", [], _row_batches(rows, limits), open_ended=True, encoding=encoding)


def loaded(text: str) -> object:
    """JSON; halves of characters, which only escapes can write, stay escaped.

    Raises:
        ValueError: no JSON.
    """
    value = json.loads(text)
    return _mended(value) if "\\ud" in text or "\\uD" in text else value


def _mended(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_mended(v) for v in value]
    return {printable(k): _mended(v) for k, v in value.items()} if isinstance(value, dict) else value


def _list_of_objects(document: object) -> list[object] | None:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        lists = [v for v in document.values() if isinstance(v, list) and any(isinstance(x, dict) for x in v)]
        if len(lists) == 1:
            return lists[0]
        return [document] if not lists and document else None
    return None


def _row_batches(rows: list[object], limits: Limits) -> Iterator[RawBatch]:
    for start in range(0, len(rows), limits.batch_rows):
        part = _Part()
        for i, row in enumerate(rows[start : start + limits.batch_rows], start + 1):
            part.add(i, row, lambda row=row: json.dumps(row, ensure_ascii=False))  # type: ignore[misc]
        yield part.batch(min(1.0, (start + limits.batch_rows) / len(rows)))


def _line_batches(path: Path, limits: Limits, encoding: str) -> Iterator[RawBatch]:
    lines = Lines(Bytes(path, limits), encoding)
    part = _Part()
    any_row = False
    for line in lines:
        if not line.strip():
            continue
        any_row = True
        if lines.damaged and is_damaged(line):
            part.problems.append(Problem(lines.number, "bad_encoding", encoding, shown_raw(line)))
            continue
        try:
            part.add(lines.number, loaded(line), line.__str__)
        except (ValueError, RecursionError) as error:
            part.problems.append(Problem(lines.number, "broken_row", str(error)[:200], shown_raw(line)))
        if len(part.rows) >= limits.batch_rows:
            yield part.batch(lines.source.share, lines)
            part = _Part()
    if not any_row and not lines.problems:
        raise EmptyFile(path.name)
    yield part.batch(1.0, lines)


class _Part:
    """Rows of one batch."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []
        self.numbers: list[int] = []
        self.problems: list[Problem] = []

    def add(self, number: int, row: object, raw: Callable[[], str]) -> None:
        """A row, or a problem if it is no object."""
        if isinstance(row, dict):
            self.rows.append(flattened(row))
            self.numbers.append(number)
        else:
            self.problems.append(Problem(number, "broken_row", type(row).__name__, shown_raw(raw())))

    def batch(self, share: float, lines: Lines | None = None) -> RawBatch:
        problems = self.problems
        if lines is not None:
            problems = sorted(problems + lines.problems, key=lambda p: p.line)
            lines.problems.clear()
        return RawBatch(columns_of(self.rows), np.array(self.numbers, np.int64), problems, share)

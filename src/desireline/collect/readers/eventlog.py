"""XES event logs, streamed with expat: one row per event, the trace's attributes in columns `case:<key>`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from desireline.collect.columns import column
from desireline.collect.table import Limits, RawBatch, Table, cut_rows
from desireline.collect.unpack import Bytes
from desireline.errors import BrokenFile, EmptyFile

_TYPED: Final = {"int", "float", "boolean"}
_PLAIN: Final = frozenset({"string", "date"})
_ATTRIBUTES: Final = {"id", *_PLAIN, *_TYPED}
_TRACE, _EVENT = 2, 3  # depths of their elements
_PIECE: Final = 1 << 16


def open_xes(path: Path, limits: Limits) -> Table:
    """Opens an XES file, packed or not.

    All lifecycle events are rows. Nested attributes become `outer.inner`.

    Raises:
        BrokenFile: not well-formed, or it ends early.
        EmptyFile: a log without an event.
    """
    return Table(path.name, "xes", [], _batches(path, limits), open_ended=True, encoding="xml")


def _batches(path: Path, limits: Limits) -> Iterator[RawBatch]:
    source = Bytes(path, limits)
    log = _Log()
    found = False
    try:
        for chunk in source:
            for start in range(0, len(chunk), _PIECE):
                log.feed(chunk[start : start + _PIECE], False)
                if log.closed_rows >= limits.batch_rows:
                    found = True
                    yield from cut_rows(log.take(source.share), limits.batch_rows)
        log.feed(b"", True)
    except expat.ExpatError as error:
        raise BrokenFile(path.name, f"XML: {error}") from error
    last = log.take(1.0)
    if not found and not last.columns.num_rows:
        raise EmptyFile(path.name)
    yield from cut_rows(last, limits.batch_rows)


class _Log:
    """The rows met so far. A trace's rows are handed on when the trace ends: attributes may follow events."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []
        self.lines: list[int] = []
        self.traces: list[dict[str, object]] = []
        self.ends: list[int] = []  # the number of rows when each trace ended
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._handlers(parser)
        parser.EntityDeclHandler = _refuse_entities
        self.feed = parser.Parse

    @property
    def closed_rows(self) -> int:
        """Rows of the traces that have ended."""
        return self.ends[-1] if self.ends else 0

    def _handlers(self, parser: Any) -> tuple[Any, Any]:
        """Closures over locals: they run a million times, so each look-up counts."""
        plain, add_row, add_line = _PLAIN, self.rows.append, self.lines.append
        trace: dict[str, object] = {}
        target: dict[str, object] = {}
        depth = 0
        wanted = 0  # the depth whose elements are attributes of `target`; 0 is none
        outer = ""

        def start(name: str, attributes: list[str]) -> None:
            nonlocal depth, wanted, target, trace, outer
            depth += 1
            if depth == wanted:
                if name in plain and attributes[0] == "key" and len(attributes) == 4:
                    outer = attributes[1]
                    target[outer] = attributes[3]
                elif name == "event" and depth == _EVENT:
                    target = {}
                    wanted = _EVENT + 1
                    add_row(target)
                    add_line(parser.CurrentLineNumber)
                else:
                    outer = _other(target, name, attributes) or outer
            elif depth > wanted > 0:
                _nested(target, outer, name, attributes)
            elif name == "trace" and depth == _TRACE:
                target = trace = {}
                wanted = _TRACE + 1

        def end(name: str) -> None:
            nonlocal depth, wanted, target
            if depth == _EVENT and name == "event":
                target = trace
                wanted = _EVENT
            elif depth == _TRACE and name == "trace":
                wanted = 0
                self.traces.append(trace)
                self.ends.append(len(self.rows))
            depth -= 1

        return start, end

    def take(self, share: float) -> RawBatch:
        """The rows of the traces that ended since the last call."""
        n = self.closed_rows
        rows, lines, traces = self.rows[:n], self.lines[:n], self.traces[:]
        trace_of = np.repeat(np.arange(len(traces)), np.diff([0, *self.ends]))
        for part, length in ((self.rows, n), (self.lines, n), (self.traces, len(traces)), (self.ends, len(traces))):
            del part[:length]
        names, case = _keys(rows), _keys(traces)
        if not names and not case:
            names = ["-"]  # events without attributes are rows all the same
        arrays = [column([r.get(k) for r in rows]) for k in names]
        arrays += [column([t.get(k) for t in traces]).take(trace_of) for k in case]
        table = pa.table(arrays, names=[*names, *(f"case:{k}" for k in case)])
        return RawBatch(_distinct(table), np.array(lines, np.int64), [], share)


def _keys(rows: list[dict[str, object]]) -> list[str]:
    met: dict[str, object] = {}
    for row in rows:
        met.update(row)
    return list(met)


def _distinct(table: pa.Table) -> pa.Table:
    """An event attribute `case:x` beside a trace attribute `x`: the trace's stays."""
    last = {name: i for i, name in enumerate(table.column_names)}
    return table.select(list(last.values())) if len(last) < table.num_columns else table


def _other(target: dict[str, object], name: str, attributes: list[str]) -> str | None:
    """An attribute that is no plain string with key first."""
    pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
    key = pairs.get("key")
    if key is not None and name in _ATTRIBUTES:
        target[key] = _value(name, pairs.get("value", ""))
    return key


def _nested(target: dict[str, object], outer: str, name: str, attributes: list[str]) -> None:
    pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
    if name in _ATTRIBUTES and "key" in pairs:
        target[f"{outer}.{pairs['key']}"] = _value(name, pairs.get("value", ""))


def _value(kind: str, text: str) -> object:
    try:
        if kind == "int":
            return int(text)
        if kind == "float":
            return float(text)
    except ValueError:
        return text
    if kind == "boolean" and text.lower() in {"true", "false", "1", "0"}:
        return text.lower() in {"true", "1"}
    return text


def _refuse_entities(*_: object) -> None:
    raise expat.ExpatError("entity declarations are not read")

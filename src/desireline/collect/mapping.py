"""A mapping applied to raw rows: `PARSED_EVENT` and `REJECT` tables, computed column-wise in SQL."""

import hashlib
import json
import time

import pyarrow as pa
import pyarrow.compute as pc

from desireline.collect import answers
from desireline.collect.fields import (
    channel_of,
    check_columns,
    identifiers_of,
    name_of,
    number_of,
    properties_of,
    written_time,
)
from desireline.collect.sql import Column, columns_of, digest_of, object_of, positional, quoted, run
from desireline.collect.table import Problem, RawBatch, Table
from desireline.collect.times import TimeReader
from desireline.collect.timetext import day_order
from desireline.model.event import PARSED_EVENT, REJECT
from desireline.model.mapping import Mapping
from desireline.store.sql import connect

_REJECT: pa.Schema = pa.schema([f for f in REJECT if f.name not in {"source", "file"}])


def mapping_hash(mapping: Mapping) -> str:
    """16 hex digits that change with the mapping's meaning, not with its spelling."""
    return hashlib.sha256(mapping.model_dump_json().encode()).hexdigest()[:16]


class Reader:
    """Reads the batches of one file with one mapping.

    Args:
        mapping: how the columns are read.
        table: the opened file; its sample decides the order of day and month.
        source: what case ids are scoped to.
        zone: IANA name for times without offset where the mapping names none.
        lenient: columns that the file lacks are empty instead of an error (shipped presets).
        imported_at: µs UTC; dates traits without a time column. None means now.

    Raises:
        MissingColumn: the mapping names a column that the file does not have.
        BadMapping: a zone or time format that does not exist.
    """

    def __init__(
        self,
        mapping: Mapping,
        table: Table,
        *,
        source: str,
        zone: str = "UTC",
        lenient: bool = False,
        imported_at: int | None = None,
    ) -> None:
        self.mapping = mapping
        self.source = source
        self._con = connect(files=False)
        self._imported_at = time.time_ns() // 1000 if imported_at is None else imported_at
        check_columns(mapping, table, lenient)
        order = day_order(self._con, table.sample_column(mapping.time.column))
        self._times = TimeReader(mapping.time, mapping.time.zone or zone, order)

    def read(self, batch: RawBatch) -> tuple[pa.Table, pa.Table]:
        """Events and rejects of a batch, each in the file's order."""
        columns = columns_of(batch.columns)
        raw = positional(batch.columns)
        both = raw.append_column("line", pa.array(batch.lines)).append_column("place", pa.array(range(raw.num_rows)))
        for name, values in zip(
            ("t", "t_precision", "t_zone", "t_reason", "t_detail"), self._time(raw, columns), strict=True
        ):
            both = both.append_column(name, values)
        tables = {"batch": both}
        if self.mapping.feedback is not None:
            tables["given"] = answers.given(self._con, self.mapping.feedback, columns, both)
        mapped = run(self._con, _query(self.mapping, self.source, columns), **tables)
        good = pc.is_null(mapped["reason"])
        events = mapped.filter(good).select(PARSED_EVENT.names).cast(PARSED_EVENT)
        refused = self._rejects(mapped, raw, columns, pc.invert(good))
        return events, pa.concat_tables([refused, problems_table(batch.problems)]).sort_by("line")

    def _time(self, raw: pa.Table, columns: dict[str, Column]) -> list[pa.ChunkedArray]:
        column = self.mapping.time.column
        n = raw.num_rows
        written = written_time(self.mapping.time, columns)
        if written is not None:
            made = positional(run(self._con, f"SELECT CAST({written} AS VARCHAR) AS time FROM batch", batch=raw))
            return list(self._times.read(self._con, made, Column("time", "c0", pa.string())).columns)
        if column in columns:
            return list(self._times.read(self._con, raw, columns[column]).columns)
        if column is None:
            now = self._imported_at
            return [pa.chunked_array([pa.repeat(v, n)]) for v in (pa.scalar(now, pa.int64()), "s", "UTC")] + _nulls(
                n, 2
            )
        return [*(_nulls(n, 1, pa.int64())), *_nulls(n, 2), pa.chunked_array([pa.repeat("no_time", n)]), *_nulls(n, 1)]

    def _rejects(self, mapped: pa.Table, raw: pa.Table, columns: dict[str, Column], bad: pa.ChunkedArray) -> pa.Table:
        part = mapped.filter(bad)
        if not part.num_rows:
            return _REJECT.empty_table()
        shown = run(
            self._con,
            f"SELECT {object_of([columns[n] for n in sorted(columns)], blanks=True)} AS raw FROM bad",
            bad=raw.take(part["place"]),
        )
        return part.append_column("raw", shown["raw"]).select(_REJECT.names).cast(_REJECT)


def read_events(
    batch: RawBatch, mapping: Mapping, default_zone: str = "UTC", source: str = ""
) -> tuple[pa.Table, pa.Table]:
    """Events and rejects of rows in memory; the batch itself is the sample. See `Reader`."""
    table = Table("", "rows", list(batch.columns.column_names), iter(()), sample=[batch])
    return Reader(mapping, table, source=source, zone=default_zone).read(batch)


def problems_table(problems: list[Problem]) -> pa.Table:
    """What was no row, in the shape of rejects."""
    rows = [
        {
            "line": p.line,
            "reason": p.reason,
            "detail": p.detail[:200],
            "raw": json.dumps({"_raw": p.raw}, ensure_ascii=False),
            "content": hashlib.md5(p.raw.encode(), usedforsecurity=False).hexdigest(),
        }
        for p in problems
    ]
    return pa.Table.from_pylist(rows, schema=_REJECT)


def _nulls(n: int, times: int, kind: pa.DataType | None = None) -> list[pa.ChunkedArray]:
    return [pa.chunked_array([pa.nulls(n, kind or pa.string())]) for _ in range(times)]


def _query(mapping: Mapping, source: str, columns: dict[str, Column]) -> str:
    """One pass: every field, then the first reason why the row is none."""
    value, value_text = number_of(mapping.value, columns)
    score, score_text = number_of(mapping.score, columns)
    fields = {
        "event_id": _word(mapping.event_id, columns),
        "name": name_of(mapping.event, columns),
        "case_id": _word(mapping.case, columns),
        "value": value,
        "value_text": value_text,
        "currency": _currency(mapping, columns),
        "text": _word(mapping.text, columns),
        "score": score,
        "score_text": score_text,
        "identifiers": _identifiers(mapping, columns, source),
        "properties": object_of(properties_of(mapping, columns)),
        "content": digest_of(list(columns.values())),
    }
    listed = ", ".join(f"{sql} AS f_{name}" for name, sql in fields.items())
    rows = f"SELECT *, {listed} FROM batch"
    made = {name: f"f_{name}" for name in fields if not name.endswith("_text")}
    reason, detail = _refusal("f_name"), _DETAIL
    if mapping.feedback is not None:
        rows = answers.exploded(rows, _refusal("''"))
        made |= {"name": answers.name(mapping.feedback), "text": "a_text", "score": "a_score"}
        made |= {"event_id": answers.event_id(), "content": answers.content()}
        made["properties"] = answers.properties(mapping.feedback, columns)
        reason = answers.reason(mapping.feedback, columns, _refusal(made["name"]))
        detail = f"coalesce({_DETAIL}, a_answer)"
    result = ", ".join(f"{sql} AS {name}" for name, sql in made.items())
    caveat = quoted(mapping.caveat) if mapping.caveat else "CAST(NULL AS VARCHAR)"
    return (
        f"SELECT t AS time, t_precision AS precision, t_zone AS zone, {quoted(mapping.kind)} AS kind, "
        f"{channel_of(mapping.channel, columns)} AS channel, {caveat} AS caveat, line, place, {result}, "
        f"{reason} AS reason, left({detail}, 200) AS detail FROM ({rows})"
    )


_BAD_VALUE = "f_value IS NULL AND f_value_text IS NOT NULL"
_BAD_SCORE = "f_score IS NULL AND f_score_text IS NOT NULL"
_DETAIL = (
    "CASE WHEN t_reason IS NOT NULL THEN t_detail WHEN len(f_identifiers) = 0 THEN NULL "
    f"WHEN {_BAD_VALUE} THEN f_value_text WHEN {_BAD_SCORE} THEN f_score_text END"
)


def _refusal(name: str) -> str:
    """SQL of the first reason why a row is none."""
    return (
        "CASE WHEN t_reason IS NOT NULL THEN t_reason WHEN len(f_identifiers) = 0 THEN 'no_person' "
        f"WHEN {name} IS NULL THEN 'no_name' WHEN ({_BAD_VALUE}) OR ({_BAD_SCORE}) THEN 'bad_value' END"
    )


def _identifiers(mapping: Mapping, columns: dict[str, Column], source: str) -> str:
    """Who it was; a row that names nobody may be a case of its own, by the digest by which equal rows count once."""
    known = identifiers_of(mapping.person, columns, source)
    if mapping.anonymous == "reject":
        return known
    own = f"[{{'type': 'case', 'value': {quoted(source + ':')} || {digest_of(list(columns.values()))}}}]"
    return f"CASE WHEN len({known}) = 0 THEN {own} ELSE {known} END"


def _word(name: str | None, columns: dict[str, Column]) -> str:
    return columns[name].word if name in columns else "CAST(NULL AS VARCHAR)"


def _currency(mapping: Mapping, columns: dict[str, Column]) -> str:
    if mapping.value is None:
        return "CAST(NULL AS VARCHAR)"
    constant = quoted(mapping.value.currency) if mapping.value.currency else "CAST(NULL AS VARCHAR)"
    return f"coalesce({_word(mapping.value.currency_column, columns)}, {constant})"

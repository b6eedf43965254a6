"""What an import would make of a file: columns, mapping, first events, and what would be rejected."""

import datetime as dt
import json
import os
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa

from desireline.collect import presets as shipped
from desireline.collect.detecting import first_values, has_decimal_comma, native_type, text_type
from desireline.collect.guessing import guess
from desireline.collect.importing import chosen
from desireline.collect.mapping import Reader
from desireline.collect.reading import open_table
from desireline.collect.sql import run
from desireline.collect.table import Limits, Table
from desireline.collect.timetext import day_order
from desireline.errors import NoMapping
from desireline.model.mapping import Mapping
from desireline.model.preview import (
    AnswerCount,
    ColumnType,
    Preview,
    PreviewColumn,
    PreviewRow,
    ReasonCount,
    RejectSample,
)
from desireline.store.sql import connect

_SAMPLES = 3
_REJECTS = 20
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def preview(
    path: str | os.PathLike[str],
    *,
    source: str = "preview",
    preset: str | None = None,
    mapping: Mapping | None = None,
    workspace_zone: str = "UTC",
    rows: int = 20,
    limits: Limits | None = None,
) -> Preview:
    """Reads the first 10,000 rows of a file and writes nothing.

    Args:
        path: one file.
        source: the name that it would be imported under.
        preset: None: the one that recognises the header, if any.
        mapping: wins over `preset`. Neither given nor recognised: a guess, marked as such.
        workspace_zone: IANA name for times without offset.
        rows: how many events to show.
        limits: what a file may cost.

    Raises:
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: of the file.
        UnknownPreset, MissingColumn, BadMapping: of how it is to be read.
    """
    encoding, delimiter = (mapping.encoding, mapping.delimiter) if mapping else (None, None)
    table = open_table(Path(path), encoding=encoding, delimiter=delimiter, limits=limits)
    columns = _columns(table)
    found = _preset(table, preset) if mapping is None else None
    used = mapping or (found.fitted(table) if found else None)
    guessed = used is None
    if used is None:
        commas = [c.name for c in columns if has_decimal_comma(first_values(table.sample, c.name))]
        used = guess([(c.name, c.type) for c in columns], _stem(table.file), commas)
    made = Preview(
        file=table.file,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        columns=columns,
        preset=found.name if found else None,
        mapping=used,
        guessed=guessed and used is not None,
        read=sum(b.columns.num_rows + len(b.problems) for b in table.sample),
        complete=table.complete,
    )
    if used is not None:
        reader = Reader(used, table, source=source, zone=workspace_zone, lenient=found is not None)
        _read(made, reader, table, rows)
    return made


def _preset(table: Table, name: str | None) -> shipped.Preset | None:
    if name is None:
        return shipped.recognise(table.columns)
    named = chosen(table, name)
    if named.roles:
        raise NoMapping(table.file, table.columns, [p.name for p in shipped.presets().values() if not p.roles])
    return named


def _read(made: Preview, reader: Reader, table: Table, rows: int) -> None:
    counted: Counter[str] = Counter()
    understood = []
    for batch in table.sample:
        events, rejects = reader.read(batch)
        understood.append(events)
        made.rows += [_row(e) for e in events.slice(0, max(0, rows - len(made.rows))).to_pylist()]
        counted.update(rejects["reason"].to_pylist())
        shown = rejects.slice(0, max(0, _REJECTS - len(made.reject_samples))).to_pylist()
        made.reject_samples += [RejectSample(**{k: r[k] for k in ("line", "reason", "detail", "raw")}) for r in shown]
    made.rejected = [ReasonCount(reason=r, count=n) for r, n in counted.most_common()]
    if reader.mapping.feedback is not None and understood:
        made.answers = _answers(pa.concat_tables(understood))


def _answers(events: pa.Table) -> list[AnswerCount]:
    """Events without a question are of people who were asked and did not answer."""
    asked = events.append_column("place", pa.array(range(events.num_rows)))
    found = run(
        connect(files=False),
        "SELECT properties ->> '$.question' AS question, properties ->> '$.scale' AS scale, count(*) AS answers, "
        "count(text) AS texts, min(score) AS low, max(score) AS high FROM asked "
        "WHERE question IS NOT NULL GROUP BY 1, 2 ORDER BY min(place)",
        asked=asked,
    )
    return [AnswerCount.model_validate(row) for row in found.to_pylist()]


def _row(event: dict[str, object]) -> PreviewRow:
    time = event.pop("time")
    moment = _EPOCH + dt.timedelta(microseconds=time if isinstance(time, int) else 0)
    properties = json.loads(str(event.pop("properties")))
    return PreviewRow.model_validate({**event, "time": moment, "properties": properties})


def _columns(table: Table) -> list[PreviewColumn]:
    con = connect(files=False)
    return [
        PreviewColumn(name=name, type=_type(con, table, name), samples=_samples(table, name)) for name in table.columns
    ]


def _type(con: duckdb.DuckDBPyConnection, table: Table, name: str) -> ColumnType:
    chunks = [c for c in table.sample_column(name) if c.null_count < len(c)]
    known = native_type({c.type for c in chunks})
    return known or text_type(con, first_values(table.sample, name), day_order(con, chunks))


def _samples(table: Table, name: str) -> list[str]:
    return list(dict.fromkeys(v[:200] for v in first_values(table.sample, name).to_pylist()))[:_SAMPLES]


def _stem(file: str) -> str:
    return file.split(".", maxsplit=1)[0] or "event"

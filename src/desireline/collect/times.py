"""The time column of a batch: text, numbers or timestamps to µs UTC, with what the source knew beside them."""

from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.collect.sql import BLANKS, Column, quoted, run
from desireline.collect.timetext import OFFSET, DayOrder, automatic, of_epoch, reading
from desireline.collect.zones import check_zone, to_utc
from desireline.errors import BadMapping
from desireline.model.mapping import TimeMapping
from desireline.store.sql import connect

EARLIEST: Final = -2_208_988_800_000_000  # 1900-01-01T00:00:00Z
LATEST: Final = 9_223_372_036_854_775  # 2262-04-11T23:47:16.854775Z: the last µs that 64-bit nanoseconds can hold
DAY: Final = 86_400_000_000

_EPOCHS: Final = {"epoch_s": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1}


@dataclass(frozen=True)
class TimeReader:
    """How one column of one file is read. `order` is decided once per file, see `day_order`."""

    mapping: TimeMapping
    zone: str
    order: DayOrder = "day_first"

    def read(self, con: duckdb.DuckDBPyConnection, batch: pa.Table, column: Column) -> pa.Table:
        """Columns time, precision, zone, reason, detail of each row of the batch.

        `batch` has positional names (`c0`, …).

        Raises:
            BadMapping: a zone or format that does not exist.
        """
        check_zone(self.zone)
        cells = f"SELECT *, {column.text} AS detail, {column.word} AS s FROM batch"
        offsets = f"SELECT *, regexp_extract(s, {quoted(OFFSET)}) AS o FROM ({cells})"
        query = f"SELECT detail, r.* FROM (SELECT detail, {self._reading(column)} AS r FROM ({offsets}))"
        return self._placed(run(con, query, batch=batch))

    def _reading(self, column: Column) -> str:
        """SQL for a struct: stamp (µs, UTC if `absolute`, else wall clock), absolute, precision, zone."""
        if pa.types.is_timestamp(column.kind):
            return _of_timestamp(column)
        if pa.types.is_date(column.kind):
            return reading(f"epoch_us(CAST({column.ref} AS TIMESTAMP))", "false", "'day'", "'UTC'")
        wanted = self.mapping.format
        if wanted == "auto":
            return automatic("s", "o", self.order)
        if isinstance(wanted, str) and wanted in _EPOCHS:
            return of_epoch("s", str(_EPOCHS[wanted]))
        return _of_formats("s", "o", [wanted] if isinstance(wanted, str) else wanted)

    def _placed(self, parsed: pa.Table) -> pa.Table:
        """Wall-clock times to UTC, dates to the start or end of their day, reasons where there is no time."""
        stamp = parsed["stamp"].combine_chunks()
        missing = np.asarray(pc.is_null(stamp))
        local = np.asarray(pc.fill_null(stamp, 0))
        is_day = np.asarray(pc.fill_null(pc.equal(parsed["precision"], "day"), False))
        absolute = np.asarray(pc.fill_null(parsed["absolute"], True))
        at_end = is_day & (self.mapping.date_only == "end")
        safe = np.clip(local, EARLIEST - 2 * DAY, LATEST)
        utc = np.where(absolute, local, to_utc(safe + np.where(at_end, DAY, 0), self.zone) - at_end)
        outside = ~missing & ((utc < EARLIEST) | (utc > LATEST) | (local != safe))
        empty = np.asarray(pc.equal(pc.utf8_trim(pc.fill_null(parsed["detail"], ""), BLANKS), ""))
        reason = np.where(outside, "time_out_of_range", np.where(empty, "no_time", "unparseable_time"))
        bad = missing | outside
        return pa.table({
            "time": pa.array(utc, pa.int64(), mask=bad),
            "precision": parsed["precision"],
            "zone": pc.if_else(pa.array(absolute), parsed["zone"], self.zone),
            "reason": pa.array(reason.astype(object), pa.string(), mask=~bad),
            "detail": pc.utf8_slice_codeunits(parsed["detail"], 0, 200),
        })  # fmt: skip


def _of_timestamp(column: Column) -> str:
    zoned = column.kind.tz is not None
    stamp = f"epoch_us({column.ref})"
    precision = f"CASE WHEN {stamp} % 1000000 = 0 THEN 's' ELSE 'us' END"
    return reading(stamp, str(zoned).lower(), precision, "'UTC'")


def _of_formats(text: str, offset: str, formats: list[str]) -> str:
    """Strptime formats in order; each decides by its own directives whether it knows the zone and the hour."""
    _check_formats(formats)
    fits = [f"try_strptime({text}, {quoted(f)})" for f in formats]
    zoned = ["%z" in f or "%Z" in f for f in formats]
    dates = [not any(d in f for d in ("%H", "%-H", "%I", "%-I", "%c", "%X", "%s")) for f in formats]
    fine = [any(d in f for d in ("%f", "%g", "%n")) for f in formats]

    def choose(values: list[str]) -> str:
        return "CASE " + " ".join(f"WHEN {t} IS NOT NULL THEN {v}" for t, v in zip(fits, values, strict=True)) + " END"

    precision = ["'day'" if d else "'us'" if u else "'s'" for d, u in zip(dates, fine, strict=True)]
    zone = f"coalesce(nullif(nullif({offset}, 'Z'), ''), 'UTC')"
    stamps = choose([f"epoch_us({t})" for t in fits])
    return reading(stamps, choose([str(z).lower() for z in zoned]), choose(precision), zone)


def _check_formats(formats: list[str]) -> None:
    if not formats:
        raise BadMapping("time.format: the list is empty")
    con = connect(files=False)
    for f in formats:
        try:
            con.execute("SELECT try_strptime('x', ?)", [f])
        except duckdb.Error as error:
            raise BadMapping(f"time.format: '{f}' is no strptime format ({str(error).splitlines()[0]})") from error

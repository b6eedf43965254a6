"""Times in text, as people and programs write them, to SQL.

Tried in order: ISO 8601; digits (`YYYYMMDD`, `YYYYMMDDHHMMSS`, epoch seconds, ms or µs by their number of digits);
year first or day first with `-`, `/` or `.`, with a clock time, `am`/`pm` and an offset as far as written.
"""

from typing import Final, Literal

import duckdb
import pyarrow as pa

from desireline.collect.sql import BLANKS, quoted, run

DayOrder = Literal["day_first", "month_first"]

OFFSET: Final = r"(Z|[+-]\d\d(:?\d\d)?)$"
_ISO: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?"
_ANY_DATE: Final = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}([-/]|\.\s?)\d{1,2}([-/]|\.\s?)\d{4}"
_NAMED: Final = {
    "EST": "-05", "EDT": "-04", "CST": "-06", "CDT": "-05", "MST": "-07", "MDT": "-06", "PST": "-08", "PDT": "-07",
    "WET": "+00", "WEST": "+01", "CET": "+01", "CEST": "+02", "EET": "+02", "EEST": "+03",
}  # fmt: skip
"""Zones that exports name: the American ones as RFC 5322 (4.3) fixes them, and the European ones."""
_ZONED: Final = rf"(Z|z|(?:UTC|GMT)(?:[+-]\d{{1,2}}(?::?\d\d)?)?|{'|'.join(_NAMED)}|[+-]\d\d(?::?\d\d)?)$"
_CLOCKED: Final = r"((?::\d\d|T\d{4}|T\d{6})(?:[.,]\d+)?(?:\s?[AaPp][Mm])?)\s*" + _ZONED
_CLOCKS: Final = ("%H:%M:%S.%f", "%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p")


def reading(stamp: str, absolute: str, precision: str, zone: str) -> str:
    """The struct that every way of reading a time yields."""
    return f"{{'stamp': {stamp}, 'absolute': {absolute}, 'precision': {precision}, 'zone': {zone}}}"


def automatic(text: str, offset: str, order: DayOrder) -> str:
    """SQL for the struct of `reading` out of any text; its stamp is NULL where nothing fits.

    `offset` is SQL for what `OFFSET` finds at the end of the text.
    """
    return (
        f"CASE WHEN regexp_full_match({text}, {quoted(_ISO)}) THEN {_iso(text, offset)} "
        f"WHEN regexp_full_match({text}, '\\d{{8,17}}(\\.\\d+)?') THEN {_digits(text)} "
        f"ELSE {_spelled(text, order)} END"
    )


def _iso(text: str, offset: str) -> str:
    precision = f"CASE WHEN contains({text}, '.') THEN 'us' ELSE 's' END"
    zone = f"CASE {offset} WHEN 'Z' THEN 'UTC' ELSE {offset} END"
    # A leap second is the first second after it, as POSIX clocks count.
    stamp = (
        f"epoch_us(TRY_CAST(replace({text}, ':59:60', ':59:59') AS TIMESTAMPTZ)) "
        f"+ CASE WHEN contains({text}, ':59:60') THEN 1000000 ELSE 0 END"
    )
    return reading(stamp, f"{offset} <> ''", precision, zone)


def _digits(text: str) -> str:
    """Fewer than eight digits are no time: a year or a count must not pass for 1970."""
    day, second = f"try_strptime({text}, '%Y%m%d')", f"try_strptime({text}, '%Y%m%d%H%M%S')"
    digits = f"strlen(split_part({text}, '.', 1))"
    factor = f"CASE WHEN {digits} < 9 THEN NULL WHEN {digits} < 12 THEN 1000000 WHEN {digits} < 15 THEN 1000 ELSE 1 END"
    return (
        f"CASE WHEN {_plausible(text, 8)} AND {day} IS NOT NULL "
        f"THEN {reading(f'epoch_us({day})', 'false', quoted('day'), quoted(''))} "
        f"WHEN {_plausible(text, 14)} AND {second} IS NOT NULL "
        f"THEN {reading(f'epoch_us({second})', 'false', quoted('s'), quoted(''))} "
        f"ELSE {of_epoch(text, f'({factor})')} END"
    )


def of_epoch(text: str, factor: str) -> str:
    """SQL for the struct of `reading` out of a decimal number of units of `factor` µs since 1970."""
    number = f"floor(TRY_CAST({text} AS DECIMAL(38, 9)) * {factor})"
    held = f"CAST(least(greatest({number}, -9000000000000000000), 9000000000000000000) AS BIGINT)"
    stamp = f"CASE WHEN {number} IS NOT NULL THEN {held} END"
    precision = f"CASE WHEN {stamp} % 1000000 = 0 THEN 's' ELSE 'us' END"
    return reading(stamp, "true", precision, "'UTC'")


def _plausible(text: str, length: int) -> str:
    return f"(strlen({text}) = {length} AND left({text}, 4) BETWEEN '1900' AND '2262')"


def _spelled(text: str, order: DayOrder) -> str:
    """Dates and times of other spellings, brought to one and then read by format."""
    offset = f"regexp_extract({text}, {quoted(_CLOCKED)}, 2)"
    for pattern, replacement in ((r"^(?:UTC|GMT)([+-])", r"\1"), (r"^([+-])(\d)(:?\d\d)?$", r"\10\2\3")):
        offset = f"regexp_replace({offset}, {quoted(pattern)}, {quoted(replacement)})"
    named = ", ".join(f"{quoted(name)}: {quoted(hours)}" for name, hours in _NAMED.items())
    offset = f"coalesce(MAP {{{named}}}[regexp_extract({text}, '[A-Z]{{3,4}}$')], {offset})"
    body = f"regexp_replace({text}, {quoted(_CLOCKED)}, '\\1')"
    for pattern, replacement in (
        (r"(:\d\d)[.,](\d{1,6})\d*", r"\1.\2"),  # a comma before the fraction; no more than µs
        (r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?", r"\1.\2.\3"),  # 1. 2. 2017.
        (r"^(\d[-/.\d]*\d)(?:,?\s+|T)(\d)", r"\1 \2"),
        (r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", r"\1-\2-\3"),
        (r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4})", r"\1/\2/\3"),
    ):
        body = f"regexp_replace({body}, {quoted(pattern)}, {quoted(replacement)})"
    date = "%m/%d/%Y" if order == "month_first" else "%d/%m/%Y"
    days = ("%Y-%m-%d", "%d.%m.%Y", date)
    formats = [*days, *(f"{d} {c}" for d in days for c in _CLOCKS), "%Y%m%d %H%M%S", "%Y%m%d %H%M"]
    shape = f"^(({_ANY_DATE})([ T,.].*)?|\\d{{8}}T\\d{{4,6}}.*)$"
    parsed = f"try_strptime({body}, [{', '.join(map(quoted, formats))}])"
    wall = f"CASE WHEN regexp_matches({text}, {quoted(shape)}) THEN {parsed} END"
    utc = f"{offset} IN ('Z', 'z', 'UTC', 'GMT')"
    instant = f"TRY_CAST(CAST({wall} AS VARCHAR) || CASE WHEN {utc} THEN 'Z' ELSE {offset} END AS TIMESTAMPTZ)"
    no_clock = f"NOT contains({text}, ':') AND NOT contains({text}, 'T')"
    fine = f"regexp_matches({text}, ':\\d\\d[.,]\\d')"
    precision = f"CASE WHEN {no_clock} THEN 'day' WHEN {fine} THEN 'us' ELSE 's' END"
    zone = f"CASE WHEN {utc} THEN 'UTC' ELSE {offset} END"
    return reading(f"epoch_us({instant})", f"{offset} <> ''", precision, zone)


def day_order(con: duckdb.DuckDBPyConnection, sample: list[pa.Array]) -> DayOrder:
    """Whether `01/02/2017` in this column is 1 February (usual) or January 2nd.

    Month first only if the sample proves it: a value whose second number is over 12 while no value's first is.
    """
    texts = [chunk for chunk in sample if pa.types.is_string(chunk.type)]
    if not texts:
        return "day_first"
    pattern = quoted(r"^(\d{1,2})[-/](\d{1,2})[-/]\d{4}")
    trimmed = f"trim(t, {quoted(BLANKS)})"
    query = (
        f"SELECT coalesce(max(TRY_CAST(regexp_extract({trimmed}, {pattern}, 1) AS INT)), 0) AS first, "
        f"coalesce(max(TRY_CAST(regexp_extract({trimmed}, {pattern}, 2) AS INT)), 0) AS second FROM sample"
    )
    row = run(con, query, sample=pa.table({"t": pa.chunked_array(texts, pa.string())})).to_pylist()[0]
    return "month_first" if row["second"] > 12 and row["first"] <= 12 else "day_first"

"""Reads contracts with their beginning and end, or how many of a cohort are left after each period."""

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Final

from desireline.collect.customer_table import day_in, number_in, rows_of
from desireline.collect.reading import open_table
from desireline.collect.table import Table
from desireline.errors import BadCounts, BadCustomerRow, EmptyFile, NoCustomerTable

ACTIVE: Final = ("active", "customers", "survivors", "left", "n")
START: Final = ("start", "start_date", "begin", "from", "signed", "subscribed")
END: Final = ("end", "end_date", "until", "cancelled", "canceled", "churned", "ended")
"""Names that columns have, in small letters."""

Stays = tuple[list[int], list[int]]
"""How many left at the end of each period; and how many were last seen after 0, 1, 2, … periods."""


def read_contracts(path: Path, named: dict[str, str], known: dt.date | None, length: float) -> Stays:
    """Reads either table: what has a column of starts is one of contracts.

    Args:
        path: a file of any of our formats.
        named: `date` names the column of starts, `value` that of customers left, where their names say nothing.
        known: the last day of the observation; the last day in the file if None.
        length: of a period, in days.

    Raises:
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
        NoCustomerTable: a column is missing.
        BadCustomerRow: a row that cannot be understood, or cannot be.
        BadCounts: the cohort grows.
    """
    table = open_table(path)
    columns = {name.strip().casefold(): name for name in table.columns}
    start = _named(columns, named.get("date"), START)
    if start is not None:
        end = _named(columns, None, END)
        if end is None:
            raise NoCustomerTable(file=table.file, column="end", available=table.columns)
        return _contracts(table, start, end, known, length)
    active = _named(columns, named.get("value"), ACTIVE)
    if active is None:
        raise NoCustomerTable(file=table.file, column=named.get("value") or "active", available=table.columns)
    return _cohort(table, active)


def _named(columns: dict[str, str], given: str | None, names: tuple[str, ...]) -> str | None:
    wanted = names if given is None else (given.strip().casefold(),)
    return next((columns[name] for name in wanted if name in columns), None)


def _cohort(table: Table, column: str) -> Stays:
    left = [int(_whole(table, line, column, cells[0])) for line, cells in rows_of(table, [column])]
    if len(left) < 3:
        raise BadCounts("sbg", column, ", ".join(map(str, left)) or "–", "missing", (column,))
    for before, now in pairwise(left):
        if now > before:
            raise BadCounts("sbg", column, f"{now} > {before}", "more_than_all", (column,))
    return [a - b for a, b in pairwise(left)], [0] * (len(left) - 1) + [left[-1]]


def _whole(table: Table, line: int, column: str, cell: object) -> float:
    value = number_in(table, line, column, cell)
    if value != int(value):
        raise BadCustomerRow(table.file, line, column, f"{value:g}", "0, 1, 2, …")
    return value


def _contracts(table: Table, start: str, end: str, known: dt.date | None, length: float) -> Stays:
    """A contract that ended has left after its days in periods, rounded; one that runs was seen for whole ones."""
    spans: list[tuple[int, int | None]] = []
    for line, (begun, over) in rows_of(table, [start, end]):
        first = day_in(table, line, start, begun, "UTC")
        last = None if over is None or not str(over).strip() else day_in(table, line, end, over, "UTC")
        if last is not None and last < first:
            raise BadCustomerRow(table.file, line, end, str(over)[:100], f"≥ {begun} ({start})")
        spans.append((first, last))
    if not spans:
        raise EmptyFile(file=table.file)
    seen = known.toordinal() if known else max(max(first, last or first) for first, last in spans)
    gone = [max(1, round((last - first) / length)) for first, last in spans if last is not None and last <= seen]
    there = [int((seen - first) / length) for first, last in spans if first <= seen and (last is None or last > seen)]
    periods = max([*gone, *there], default=0)
    return [gone.count(t) for t in range(1, periods + 1)], [there.count(t) for t in range(periods + 1)]

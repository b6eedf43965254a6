"""Reads a table of purchases, or of customers with how often and how recently they bought."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from desireline.act.lifetime.customers import F64, I64, Customers
from desireline.collect.reading import open_table
from desireline.collect.table import Table
from desireline.errors import BadCustomerRow, EmptyFile, NoCustomerTable

SUMMARY: Final = {
    "frequency": ("frequency", "x"), "recency": ("recency", "t_x", "tx"), "T": ("t", "age"),
    "value": ("value", "monetary_value", "zbar", "mean_value"),
}  # fmt: skip
PURCHASES: Final = {
    "customer": ("customer", "customer_id", "customerid", "masterid", "user_id", "client_id", "id"),
    "date": ("date", "day", "time", "timestamp", "order_date", "created_at"),
    "value": ("value", "amount", "sales", "revenue", "price", "total"),
}
IDS: Final = ("id", "customer", "customer_id")
"""Names that columns have elsewhere, in small letters."""

EXPECTED: Final = {"date": "2026-03-29, 20260329, 2026-03-29T14:05:00+02:00", "customer": "c-1", "value": "12.5"}


@dataclass(frozen=True, eq=False)
class Purchases:
    """Rows of purchases.

    Attributes:
        ids: distinct customers.
        customer: int64[rows], index into them.
        day: int64[rows], the local day as Python counts days.
        amount: float64[rows], negative for refunds; 1 where amounts are unknown.
        priced: whether they are known.
    """

    ids: list[str]
    customer: I64
    day: I64
    amount: F64
    priced: bool


def read_customers(path: Path, zone: str, named: dict[str, str]) -> Customers | Purchases:
    """Reads either table: what has a column of frequencies is one of customers.

    Args:
        path: a file of any of our formats.
        zone: IANA zone of the days of times that carry an offset.
        named: columns by what they are, where their names say nothing: customer, date, value.

    Raises:
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
        NoCustomerTable: a column is missing.
        BadCustomerRow: a row that cannot be understood, or cannot be.
    """
    table = open_table(path)
    columns = {name.strip().casefold(): name for name in table.columns}
    if not named and any(name in columns for name in SUMMARY["frequency"]) and _t_of(columns):
        return _customers(table, columns)
    return _purchases(table, columns, zone, named)


def _t_of(columns: dict[str, str]) -> bool:
    return all(any(name in columns for name in SUMMARY[needed]) for needed in ("recency", "T"))


def _found(table: Table, columns: dict[str, str], wanted: str, names: tuple[str, ...], given: str | None) -> str:
    if given is not None and given.strip().casefold() in columns:
        return columns[given.strip().casefold()]
    known = next((columns[name] for name in names if name in columns), None) if given is None else None
    if known is None:
        raise NoCustomerTable(file=table.file, column=given or wanted, available=table.columns)
    return known


def rows_of(table: Table, columns: list[str]) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Line and cells of every row."""
    for batch in table.batches:
        for problem in batch.problems:
            raise BadCustomerRow(table.file, problem.line, problem.reason, problem.raw[:100], ",".join(table.columns))
        cells = zip(*(batch.columns[name].to_pylist() for name in columns), strict=True)
        yield from zip(batch.lines.tolist(), cells, strict=True)


def number_in(table: Table, line: int, column: str, cell: object, least: float = 0.0) -> float:
    """A cell as a number.

    Raises:
        BadCustomerRow: it is none, or below `least`.
    """
    try:
        value = float(str(cell).strip())
    except ValueError:
        value = float("nan")
    if not (least <= value < float("inf")):
        told = "" if cell is None else str(cell)[:100]
        raise BadCustomerRow(table.file, line, column, told, "12.5" if least < 0 else "≥ 0")
    return value


def _customers(table: Table, columns: dict[str, str]) -> Customers:
    names = [_found(table, columns, wanted, SUMMARY[wanted], None) for wanted in ("frequency", "recency", "T")]
    value = next((columns[name] for name in SUMMARY["value"] if name in columns), None)
    by = next((columns[name] for name in IDS if name in columns), None)
    read = [*names, *([value] if value else []), *([by] if by else [])]
    ids: list[str] = []
    numbers: list[list[float]] = []
    for line, cells in rows_of(table, read):
        row = [number_in(table, line, name, cell) for name, cell in zip(read[: 3 + bool(value)], cells, strict=False)]
        _check(table, line, names, row)
        numbers.append(row)
        ids.append(str(cells[-1]) if by else str(len(ids) + 1))
    if not numbers:
        raise EmptyFile(file=table.file)
    held = np.array(numbers, np.float64).T
    return Customers(ids, held[0], held[1], held[2], held[3] if value else None)


def _check(table: Table, line: int, names: list[str], row: list[float]) -> None:
    frequency, recency, age = row[:3]
    if frequency != int(frequency):
        raise BadCustomerRow(table.file, line, names[0], f"{frequency:g}", "0, 1, 2, …")
    if recency > age:
        raise BadCustomerRow(table.file, line, names[1], f"{recency:g}", f"≤ {age:g} ({names[2]})")
    if not frequency and recency:
        raise BadCustomerRow(table.file, line, names[1], f"{recency:g}", f"0 ({names[0]} = 0)")


def _purchases(table: Table, columns: dict[str, str], zone: str, named: dict[str, str]) -> Purchases:
    read = [_found(table, columns, what, PURCHASES[what], named.get(what)) for what in ("customer", "date")]
    known = [name for name in PURCHASES["value"] if name in columns]
    priced = "value" in named or bool(known)
    if priced:
        read.append(_found(table, columns, "value", PURCHASES["value"], named.get("value")))
    index: dict[str, int] = {}
    customer, days, amounts = [], [], []
    for line, cells in rows_of(table, read):
        name = "" if cells[0] is None else str(cells[0]).strip()
        if not name:
            raise BadCustomerRow(table.file, line, read[0], "", EXPECTED["customer"])
        customer.append(index.setdefault(name, len(index)))
        days.append(day_in(table, line, read[1], cells[1], zone))
        amounts.append(number_in(table, line, read[2], cells[2], float("-inf")) if priced else 1.0)
    if not customer:
        raise EmptyFile(file=table.file)
    return Purchases(list(index), np.array(customer, np.int64), np.array(days, np.int64), np.array(amounts), priced)


def day_in(table: Table, line: int, column: str, cell: object, zone: str) -> int:
    """A cell as a local day, as Python counts days.

    Raises:
        BadCustomerRow: it is none.
    """
    try:
        read = cell if isinstance(cell, dt.date) else dt.datetime.fromisoformat(str(cell).strip())
    except ValueError:
        told = "" if cell is None else str(cell)[:100]
        raise BadCustomerRow(table.file, line, column, told, EXPECTED["date"]) from None
    if isinstance(read, dt.datetime) and read.tzinfo is not None:
        read = read.astimezone(ZoneInfo(zone))
    return read.toordinal()

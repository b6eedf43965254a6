"""CSV for spreadsheets: a cell that one would run as a formula is disarmed."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d+)?|[.,]\d+)([eE][+-]?\d+)?%?")


def disarmed(value: object) -> object:
    """Text that begins like a formula with an apostrophe before it; plain numbers stay numbers.

    >>> disarmed("=cmd"), disarmed("-12.5"), disarmed("-1+1"), disarmed(-3)
    ("'=cmd", '-12.5', "'-1+1", -3)
    """
    if not isinstance(value, str) or not value.startswith(_STARTS) or _NUMBER.fullmatch(value):
        return value
    return "'" + value


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """CSV (RFC 4180: comma, CRLF) line by line, the header first; None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in chain([columns], rows):
        writer.writerow([disarmed(cell) for cell in row])
        yield _taken(buffer)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole CSV as one text, see `csv_lines`."""
    return "".join(csv_lines(columns, rows))


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text

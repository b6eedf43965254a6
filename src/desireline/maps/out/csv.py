"""The map as CSV in the shape of its grid; no cell can be taken for a formula."""

from desireline.collect.exporting import csv_text
from desireline.maps.out import Request
from desireline.maps.out.table import LOSES, table

__all__ = ["LOSES", "write"]


def write(request: Request) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheets need; comma and CRLF (RFC 4180)."""
    first, *rest = table(request).rows()
    return csv_text(first, rest).encode("utf-8-sig")

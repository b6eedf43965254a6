"""Rows that give several events, read again under another mapping: what the new reading no longer makes of them.

A row that is one event is replaced or withdrawn by its own hash. Of a row with several answers the new reading may
make fewer or others: those left over, and refusals of answers that are blank by now, are found by the row and the
questions that were ever asked.
"""

import hashlib
from typing import Final

import duckdb

from desireline.store import lake

PART_DIGITS: Final = 16


def part_number(question: str) -> int:
    """What a question adds to the hash of its row: the first 8 bytes of its MD5, signed."""
    return int.from_bytes(hashlib.md5(question.encode(), usedforsecurity=False).digest()[:8], "big", signed=True)


def withdraw(con: duckdb.DuckDBPyConnection, events: lake.Table, rejects: lake.Table) -> int:
    """Remove the events and refusals of rows of this import that their new reading does not make.

    Args:
        con: sees `read`: source, mapping, whole (the row's hash), part, row_hash, key and whether it is `good`.
        events: after the import's own rows were written.
        rejects: likewise.

    Returns:
        How many events were removed.
    """
    parts = {p for (p,) in con.execute("SELECT DISTINCT part FROM read WHERE part <> 0").fetchall()}
    parts |= _parts_before(con, events)
    if not parts:
        return 0
    con.execute("CREATE TABLE parts AS SELECT unnest(?::BIGINT[]) AS part", [[0, *sorted(parts)]])
    con.execute(
        "CREATE TABLE possible AS SELECT DISTINCT xor(w.whole, p.part) AS hash, w.mapping "
        "FROM (SELECT DISTINCT whole, mapping FROM read) w, parts p"
    )
    stale = con.execute(
        f"SELECT h.arrival FROM {events.sql()} h JOIN possible p ON p.hash = h.row_hash WHERE h.mapping <> p.mapping "
        "AND h.row_hash NOT IN (SELECT row_hash FROM read WHERE good) "
        "AND h.key NOT IN (SELECT key FROM read WHERE good)"
    ).fetchall()
    events.delete("arrival", [a for (a,) in stale])
    if rejects.files():
        mended = con.execute(
            f"SELECT r.key FROM {rejects.sql()} r JOIN possible p ON p.hash = r.key WHERE r.mapping <> p.mapping "
            "AND r.key NOT IN (SELECT row_hash FROM read WHERE NOT good)"
        ).fetchall()
        rejects.delete("key", [k for (k,) in mended])
    return len(stale)


def _parts_before(con: duckdb.DuckDBPyConnection, events: lake.Table) -> set[int]:
    """Of the questions whose answers other mappings of these sources made; statistics tell where there are none."""
    asked = con.execute(
        f"SELECT DISTINCT json_extract_string(properties, '/question') FROM {events.sql()} "
        "WHERE source IN (SELECT DISTINCT source FROM read) AND mapping NOT IN (SELECT DISTINCT mapping FROM read) "
        """AND contains(properties, '"question":')"""
    ).fetchall()
    return {part_number(q) for (q,) in asked if q is not None}

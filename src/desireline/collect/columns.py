"""Python values to Arrow columns of the few types that a mapping understands."""

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow as pa

from desireline.collect.table import MIXED

_INT64: Final = range(-(2**63), 2**63)
_ONE_KIND: Final = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    dt.datetime: pa.timestamp("us"),
    dt.date: pa.date32(),
}
"""Times of day with a zone do not come here: no reader makes them."""


def column(values: Sequence[object]) -> pa.Array:
    """One column: its own type if all values share it, else `MIXED`. Other objects become JSON."""
    kinds = set(map(type, values)) - {type(None)} or {str}
    target = _ONE_KIND.get(kinds.pop()) if len(kinds) == 1 else None
    if target is not None and (target != pa.int64() or all(v is None or v in _INT64 for v in values)):
        return pa.array(values, target)
    return pa.array(
        [None if _is_nothing(v) else dict(zip(("text", "json"), both(v), strict=True)) for v in values], MIXED
    )


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def both(value: object) -> tuple[str, str | None]:
    """A value as text, and as a JSON literal if it is more than text."""
    if isinstance(value, str):
        return value, None
    if isinstance(value, dt.datetime):
        text = value.isoformat(" ")
        return text.rstrip("0") if "." in text else text, None  # as SQL writes it
    if isinstance(value, dt.date):
        return value.isoformat(), None
    if isinstance(value, float) and not math.isfinite(value):
        return str(value), None
    literal = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return literal, literal


def columns_of(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Rows as a table, columns in order of first appearance.

    Rows without any key still count: they become rows of one empty column.
    """
    met: dict[str, object] = {}
    for row in rows:
        met.update(row)
    listed = list(met) or ["-"]
    return pa.table([column([r.get(n) for r in rows]) for n in listed], names=listed)


def flattened(row: Mapping[str, object]) -> dict[str, object]:
    """Nested objects as `outer.inner`; lists stay, nulls go.

    >>> flattened({"a": {"b": 1, "c": None}, "d": [1, 2]})
    {'a.b': 1, 'd': [1, 2]}
    """
    flat: dict[str, object] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat.update((f"{key}.{k}", v) for k, v in flattened(value).items())
        elif value is not None:
            flat[key] = value
    return flat

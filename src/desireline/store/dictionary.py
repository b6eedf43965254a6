"""The event dictionary: one code for each distinct combination of what touchpoint rules can see."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from desireline.kernels.recode import recode
from desireline.store.rows import WRITTEN_IN, Rows

I32 = npt.NDArray[np.int32]


def coded(rows: Rows) -> tuple[I32, pa.Table]:
    """int32[events] codes of the written columns, and the dictionary, sorted by these columns."""
    code, dictionary = np.zeros(len(rows), np.int32), pa.table({"": pa.nulls(min(len(rows), 1))})
    for name in WRITTEN_IN:
        values, index = rows.texts(name)
        code, dictionary = recoded(code, dictionary, name, values, index)
    return code, dictionary.drop([""])


def recoded(code: I32, dictionary: pa.Table, name: str, values: Sequence[str], index: I32) -> tuple[I32, pa.Table]:
    """Codes that tell one more column apart, and their dictionary with it, sorted by old code and value.

    Args:
        code: int32[events].
        dictionary: a row for each code.
        name: of the new column, or of one that tells more values apart than before.
        values: its distinct values.
        index: int32[events], -1 for none.
    """
    dictionary = dictionary.drop([name]) if name in dictionary.column_names else dictionary
    width = len(values) + 1
    numbered, seen = recode(code, index, len(dictionary), width)
    before, value = seen // width, seen % width
    column = pa.array([None, *values], pa.string()).take(pa.array(value))
    return numbered, dictionary.take(pa.array(before)).append_column(name, column)


def extended(base: pa.Table, more: pa.Table) -> tuple[pa.Table, I32]:
    """A dictionary with the rows of both, those of `base` first, and int32[more], where each row of `more` is in it."""
    names = base.column_names
    known = {row: code for code, row in enumerate(_tuples(base, names))}
    rows = _tuples(more, names)
    place = np.array([known.setdefault(row, len(known)) for row in rows], np.int32)
    added = np.flatnonzero(place >= len(base))
    return pa.concat_tables([base, more.select(names).take(pa.array(added))]), place


def together(*properties: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The values by path that any of these name."""
    found: dict[str, set[str]] = {}
    for path, values in (item for p in properties for item in p.items()):
        found.setdefault(path, set()).update(values)
    return {path: sorted(values) for path, values in sorted(found.items())}


def _tuples(dictionary: pa.Table, names: Sequence[str]) -> list[tuple[str | None, ...]]:
    columns = [dictionary[n].to_pylist() for n in names]
    return list(zip(*columns, strict=True))

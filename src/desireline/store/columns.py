"""Properties of events as columns of a generation: read from the lake's JSON once, then kept beside its arrays.

A column is a folder of the generation: `index.npy` int32[events], -1 where the property is absent, and
`values.parquet`, the distinct values. It is made under another name and renamed when it is whole.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desireline.kernels.gather import gather
from desireline.kernels.placing import placed
from desireline.store import lake
from desireline.store.files import sync
from desireline.store.journeys import Generation
from desireline.store.sql import connect

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

_STEP = re.compile(r'(?:^|\.)(?:"([^"]*)"|([^."\[\]]+))|\[(\d+)\]')
_PATH = b"path"


FEW, PROFILED = 12, 100_000

OF_THE_LAKE = {"@score": "score", "@text": "text"}
"""Paths of the lake's own columns; a property of such a name is reached in quotes: `"@score"`."""

SCALE = "@scale"
"""The scale that answers were given on: the property `scale`, read of those events only that may have one."""


@dataclass(frozen=True, eq=False)
class Column:
    """A property of all events of a generation, as text.

    Attributes:
        index: int32[events], place of each event's value in `texts`, -1 where the property is absent or null.
        texts: the distinct values: strings, numbers and truth values as they are written, the rest as JSON.
    """

    index: I32
    texts: pa.Array

    @cached_property
    def values(self) -> list[str]:
        """The distinct values."""
        found: list[str] = self.texts.to_pylist()
        return found

    def only(self, wanted: Sequence[str]) -> tuple[Sequence[str], I32]:
        """These values, and int32[events], each event's place among them, -1 for all others."""
        rank = np.full(len(self.texts) + 1, -1, np.int32)
        place = pc.index_in(pa.array(wanted, pa.string()), self.texts).to_pylist()
        for i, at in enumerate(place):
            if at is not None:
                rank[at + 1] = i
        return wanted, gather(rank, self.index + np.int32(1))


def column(generation: Generation, events: lake.Table, path: str) -> Column:
    """A property of each event, from the generation's folder if it was asked for before, else from the lake.

    Args:
        generation: the events.
        events: the lake that the generation was built from.
        path: the name of a property, or a way into it: `cart.total`, `items[0].sku`, `"dotted.key".x`; or one of
            `OF_THE_LAKE`.
    """
    found = load(generation.folder, path)
    if found is None:
        found = extract(events.sql(generation.meta.lake_version), path, generation.arrival)
        try:
            save(generation.folder, path, found)
        except FileNotFoundError:
            return found  # the generation was swept while it was asked: there is nobody to keep the column for
    return found


def paths_of_few_values(events: str, most: int, values: int = FEW) -> list[str]:
    """Properties that a segment can be made of, the commonest first: seen with 2 to `values` different texts.

    Args:
        events: what stands after FROM.
        most: so many at most.
        values: see above; judged by about `PROFILED` events.
    """
    with connect() as con:
        (last,) = con.execute(f"SELECT max(arrival) FROM {events}").fetchone() or (0,)
        stride = max(1, ((last or 0) + 1) // PROFILED)
        rows = con.execute(
            f"WITH sampled AS (SELECT properties FROM {events} WHERE arrival % ? = 0 AND properties <> '{{}}'), "
            "names AS (SELECT properties, unnest(json_keys(properties)) AS name FROM sampled) "
            "SELECT name, count(*) AS n, count(DISTINCT json_extract_string(properties, '$.\"' || name || '\"')) AS k "
            "FROM names WHERE NOT contains(name, '\"') GROUP BY name HAVING k BETWEEN 2 AND ? "
            "ORDER BY n DESC, name LIMIT ?",
            [stride, values, most],
        ).fetchall()
    return [f'"{name}"' if _plain(name) != [name] else name for name, _, _ in rows]


def _plain(name: str) -> list[str]:
    return [next(g for g in step.groups() if g is not None) for step in _STEP.finditer(name)]


def extract(events: str, path: str, arrival: I64) -> Column:
    """A property of the events of these arrival numbers.

    Args:
        events: what stands after FROM.
        path: see `column`.
        arrival: int64[n].
    """
    read, known, parameters = _asked(path)
    keys, chunks = [], []
    with connect() as con:
        con.execute("SET preserve_insertion_order = false")
        sql = f"SELECT arrival, {read} AS value FROM {events} WHERE {known}"
        for batch in con.sql(sql, params=parameters).to_arrow_reader(131_072):
            keys.append(batch["arrival"].to_numpy())
            chunks.append(batch["value"].dictionary_encode())
    if not chunks:
        return Column(np.full(len(arrival), -1, np.int32), pa.array([], pa.string()))
    encoded = pa.chunked_array(chunks).unify_dictionaries()
    texts = encoded.chunk(0).dictionary
    order = pc.array_sort_indices(texts)
    rank = np.full(len(texts) + 1, -1, np.int32)
    rank[order.to_numpy().astype(np.int64) + 1] = np.arange(len(texts))
    index = np.concatenate([pc.fill_null(c.indices, -1).to_numpy() for c in encoded.chunks])
    return Column(placed(arrival, np.concatenate(keys), gather(rank, index + 1)), texts.take(order))


def kept(folder: Path) -> Iterator[tuple[str, Column]]:
    """The columns in the folder of a generation, with their paths."""
    for home in sorted((folder / "columns").glob("[!.]*")):
        path = pq.read_schema(home / "values.parquet").metadata[_PATH].decode()
        yield path, _load(home)


def load(folder: Path, path: str) -> Column | None:
    """A column in the folder of a generation, None if it is not there."""
    try:
        return _load(folder / "columns" / _name(path))
    except FileNotFoundError:
        return None


def joined(old: Column, new: Column) -> tuple[pa.Array, I32]:
    """The distinct values of two columns, those of `old` as they were, and int32[new.index] in them."""
    place = pc.index_in(new.texts, old.texts)
    added = new.texts.filter(pc.is_null(place))
    rank = np.full(len(new.texts) + 1, -1, np.int32)
    known = pc.fill_null(place, -1).to_numpy(zero_copy_only=False)
    rank[1:] = np.where(known >= 0, known, len(old.texts) + np.cumsum(known < 0) - 1)
    return pa.concat_arrays([old.texts, added]), gather(rank, new.index + np.int32(1))


def save(folder: Path, path: str, made: Column) -> None:
    """Keep a column in the folder of a generation; another process that does the same at once does no harm.

    Raises:
        FileNotFoundError: the folder is not there any more.
    """
    home = folder / "columns" / _name(path)
    draft = home.with_name(f".{home.name}-{os.urandom(4).hex()}")
    home.parent.mkdir(exist_ok=True)
    draft.mkdir()
    np.save(draft / "index.npy", made.index)
    schema = pa.schema([("value", pa.string())], {_PATH: path.encode()})
    pq.write_table(pa.Table.from_arrays([made.texts], schema=schema), draft / "values.parquet")
    for file in draft.iterdir():
        sync(file)
    try:
        draft.rename(home)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)


def _load(home: Path) -> Column:
    index = np.load(home / "index.npy", mmap_mode="r").view(np.ndarray)
    return Column(index, pq.read_table(home / "values.parquet")["value"].combine_chunks())


def _name(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:32]


def _asked(path: str) -> tuple[str, str, list[Any] | None]:
    """What to select for a path, of which rows, with which parameters."""
    if path in OF_THE_LAKE:
        return f"CAST({OF_THE_LAKE[path]} AS VARCHAR)", f"{OF_THE_LAKE[path]} IS NOT NULL", None
    if path == SCALE:
        return "json_extract_string(properties, '/scale')", """contains(properties, '"scale":')""", None
    pointers, values = _pointers(path), "json_extract_string(properties, ?)"
    if len(pointers) == 1:
        return values, "properties <> '{}'", [pointers[0]]
    return f"list_filter({values}, lambda v: v IS NOT NULL)[1]", "properties <> '{}'", [pointers]


def _pointers(path: str) -> list[str]:
    """The JSON pointers that a path may stand for: first the property of that very name, then the way into it."""
    steps, at = [], 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            return [_pointer([path])]
        steps.append(next(g for g in step.groups() if g is not None))
        at = step.end()
    return list(dict.fromkeys([_pointer([path]), _pointer(steps)])) if steps else [_pointer([path])]


def _pointer(steps: list[str]) -> str:
    return "".join("/" + s.replace("~", "~0").replace("/", "~1") for s in steps)

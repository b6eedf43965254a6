"""Build a generation of the journey store from the lake: read, code, deduplicate, sort, write."""

import datetime as dt
import time as clock
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from desireline.kernels.dedup import first_occurrences
from desireline.kernels.gather import gather
from desireline.kernels.sort import sort_events
from desireline.model.event import IDENTIFIER_TYPES
from desireline.store import lake
from desireline.store.journeys import Generation, JourneyStore, SourceStatus
from desireline.store.paths import Paths

I64 = npt.NDArray[np.int64]
I32 = npt.NDArray[np.int32]
WRITTEN_IN = ("source", "name", "channel", "caveat")  # dictionary-encoded text columns that touchpoint rules see


@dataclass(frozen=True)
class PersonOf:
    """Persons of events (int32[n]), and of identifier hashes (int64[k], int32[k])."""

    event: I32
    hashes: I64
    person: I32


_ENCODED = pa.schema(
    [pa.field(f.name, pa.dictionary(pa.int32(), pa.string())) if f.name in WRITTEN_IN else f for f in lake.EVENT]
)
"""The lake's columns as they are read here, whichever Arrow type each file was written from."""

_FORMAT = ds.ParquetFileFormat(read_options=ds.ParquetReadOptions(dictionary_columns=list(WRITTEN_IN)))

PersonView = Callable[[I64, pa.Table], PersonOf]
"""From the id hash of each event (int64[n]) and the links (a table of `hash`, `linked`) to persons."""


def build(paths: Paths, properties: Sequence[str], person_view: PersonView) -> Generation:
    """Build and publish a generation. The caller holds `paths.writing()`.

    Args:
        paths: the workspace.
        properties: property names that touchpoint rules look at; they become part of the dictionary.
        person_view: how identifiers become persons.
    """
    started = clock.perf_counter()
    table = lake.events(paths.events)
    version, files = paths.newest_commit(), table.files()
    store = JourneyStore(paths.journeys)
    folder = store.draft(f"g{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}")
    rows = _rows(files, table, properties)
    code = _write_dictionary(folder, rows, properties)
    id_hash = _numbers(rows, "id_hash")
    person = person_view(id_hash, _links(table))
    people = int(person.event.max()) + 1 if len(person.event) else 0
    offsets, order = sort_events(person.event, _numbers(rows, "time"), _numbers(rows, "arrival"), people)
    sources = _sources(rows, table)
    columns = {
        "code": code,
        "time": _numbers(rows, "time"),
        "arrival": _numbers(rows, "arrival"),
        "case": _numbers(rows, "case_key"),
        "value": rows["value"].to_numpy(),
    }
    np.save(folder / "offsets.npy", offsets)
    for name, array in columns.items():
        np.save(folder / f"{name}.npy", gather(array, order))
    who = pa.table({"hash": person.hashes, "person": person.person})
    pq.write_table(_people(table, who), folder / "people.parquet")
    pq.write_table(_traits(table, who), folder / "traits.parquet")
    meta = {
        "generation": folder.name,
        "lake_version": version,
        "properties": list(properties),
        "events": len(code),
        "people": people,
        "sources": [asdict(s) for s in sources],
        "seconds": round(clock.perf_counter() - started, 3),
    }
    return store.publish(folder, meta)


def _rows(files: Sequence[str], table: lake.Table, properties: Sequence[str]) -> pa.Table:
    """Every event once, in any order; where a key stands twice the first arrival counts."""
    names = ["arrival", "time", "id_hash", "case_key", "key", "value", *WRITTEN_IN]
    if not files:
        return lake.EVENT.empty_table().select(names)
    if properties:
        picked = ", ".join(f"json_extract_string(properties, ?) AS p{i}" for i in range(len(properties)))
        sql = f"SELECT {', '.join(names)}, {picked} FROM {table.sql()} WHERE kind = 'event'"
        rows = lake.query(sql, ['$."' + p.replace('"', '\\"') + '"' for p in properties])
    else:
        data = ds.dataset(files, schema=_ENCODED, format=_FORMAT)
        rows = data.to_table(columns=names, filter=pc.field("kind") == "event").unify_dictionaries()
    keep = first_occurrences(_numbers(rows, "key"), _numbers(rows, "arrival"))
    return rows if keep.all() else rows.filter(pa.array(keep))


def _numbers(rows: pa.Table, name: str) -> I64:
    column = rows[name]
    filled = column if column.null_count == 0 else pc.fill_null(column, 0)
    array: I64 = filled.to_numpy()
    return array


def _write_dictionary(folder: Path, rows: pa.Table, properties: Sequence[str]) -> I32:
    """Number the distinct combinations of what rules can see, in sorted order, and return each event's number."""
    names = [*WRITTEN_IN, *(f"p{i}" for i in range(len(properties)))]
    combined = np.zeros(len(rows), np.int64)
    values: list[list[str | None]] = []
    for name in names:
        distinct, index = _sorted_dictionary(rows[name])
        if len(distinct) > 1:
            combined *= len(distinct)
            combined += index
        values.append(distinct)
    code, seen = _numbered(combined, int(np.prod([len(v) for v in values], dtype=np.float64)))
    columns: dict[str, list[str | None]] = {}
    rest = seen.copy()
    for name, distinct in zip(reversed(names), reversed(values), strict=True):
        columns[name] = [distinct[i] for i in rest % len(distinct)]
        rest //= len(distinct)
    shown = [*WRITTEN_IN, *properties]
    table = pa.table({s: pa.array(columns[n], pa.string()) for s, n in zip(shown, names, strict=True)})
    pq.write_table(table, folder / "dictionary.parquet")
    return code


def _sorted_dictionary(column: pa.ChunkedArray) -> tuple[list[str | None], I32]:
    """The distinct values in order (None first, if it occurs), and the place of each row's value among them."""
    encoded = (column if pa.types.is_dictionary(column.type) else column.dictionary_encode()).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = pa.array([], pa.dictionary(pa.int32(), pa.string()))
    found = encoded.dictionary.to_pylist()
    order = sorted(range(len(found)), key=found.__getitem__)
    nulls = 1 if encoded.null_count else 0
    rank = np.zeros(len(found) + 1, np.int32)
    rank[np.array(order, np.int64) + 1] = np.arange(len(found)) + nulls
    index = pc.fill_null(encoded.indices.cast(pa.int32()), -1).to_numpy(zero_copy_only=False)
    return [*([None] * nulls), *(found[i] for i in order)], gather(rank, index + 1)


def _numbered(combined: I64, size: int) -> tuple[I32, I64]:
    """Dense numbers of the distinct values, by a look-up table while that is small, and the values in order."""
    if size <= 1 << 24:
        present = np.zeros(size, bool)
        present[combined] = True
        table = (np.cumsum(present) - 1).astype(np.int32)
        return table[combined], np.flatnonzero(present)
    seen, code = np.unique(combined, return_inverse=True)
    return code.astype(np.int32), seen


def _sources(rows: pa.Table, table: lake.Table) -> list[SourceStatus]:
    """Every source, those that only state traits too."""
    events = rows.select(["source", "time"]).group_by("source").aggregate(
        [("time", "count"), ("time", "min"), ("time", "max")]
    )  # fmt: skip
    counted = {r["source"]: r for r in events.to_pylist()}
    stated = lake.query(f"SELECT source, count(*) AS n FROM {table.sql()} WHERE kind = 'traits' GROUP BY source")
    traits = {r["source"]: r["n"] for r in stated.to_pylist()}
    return [
        SourceStatus(
            name=name,
            events=counted[name]["time_count"] if name in counted else 0,
            traits=traits.get(name, 0),
            first=counted[name]["time_min"] if name in counted else None,
            last=counted[name]["time_max"] if name in counted else None,
        )
        for name in sorted(counted.keys() | traits.keys())
    ]


def _links(table: lake.Table) -> pa.Table:
    """The link log as the events tell it: two identifiers on one event are one person (`hash`, `linked`)."""
    return lake.query(
        f"SELECT DISTINCT id_hash AS hash, unnest(id_links) AS linked FROM {table.sql()} WHERE id_links IS NOT NULL"
    )


_TYPE_RANK = "list_position([" + ", ".join(f"'{t}'" for t in IDENTIFIER_TYPES) + "], i.type)"


def _people(table: lake.Table, who: pa.Table) -> pa.Table:
    """Key and identifiers of each person, in the order of their numbers."""
    return lake.query(
        f"""WITH pairs AS (
          SELECT id_hash AS hash, any_value(identifiers[1]) AS i FROM {table.sql()} GROUP BY id_hash
          UNION ALL
          SELECT hash, any_value(i) FROM (
            SELECT unnest(id_links) AS hash, unnest(identifiers) AS i FROM {table.sql()} WHERE id_links IS NOT NULL
          ) GROUP BY hash
        ), named AS (
          SELECT DISTINCT person, i FROM pairs JOIN who USING (hash)
        ), several AS (
          SELECT person FROM named GROUP BY person HAVING count(*) > 1
        )
        SELECT key, identifiers FROM (
          SELECT person, i.type || ':' || i.value AS key, [i] AS identifiers FROM named ANTI JOIN several USING (person)
          UNION ALL
          SELECT person, arg_min(i.type || ':' || i.value, ({_TYPE_RANK}, i.value)),
                 list(i ORDER BY {_TYPE_RANK}, i.value)
          FROM named SEMI JOIN several USING (person) GROUP BY person
        ) ORDER BY person""",
        who=who,
    )


def _traits(table: lake.Table, who: pa.Table) -> pa.Table:
    """The latest statement of each trait of each person."""
    return lake.query(
        f"""WITH stated AS (
          SELECT person, time, arrival, unnest(json_keys(properties)) AS name, properties
          FROM {table.sql()} JOIN who ON who.hash = id_hash WHERE kind = 'traits'
        )
        SELECT person, name, arg_max(properties ->> ('$."' || name || '"'), (time, arrival)) AS value
        FROM stated GROUP BY person, name ORDER BY person, name""",
        who=who,
    )

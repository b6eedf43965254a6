"""The tables behind ad-hoc SQL, made from a scope: one row for each event, person and journey."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.scope import Labels, Scope
from desireline.analyze.units import unit_of_event
from desireline.store.journeys import Generation

MOMENT = pa.timestamp("us", tz="UTC")


def tables(generation: Generation, persons: Scope, journeys: Scope | None) -> dict[str, pa.Table]:
    """`events`, `people` and, with a definition, `journeys`; columns are described in docs/reference/sql.md."""
    keys = generation.people["key"]
    traits = sorted(pc.unique(generation.traits["name"]).to_pylist())
    found = {"events": _events(persons, keys), "people": _people(persons, keys, traits)}
    if journeys is not None:
        found["journeys"] = _units(journeys, keys).append_column("journey", pa.array(np.arange(journeys.units)))
    return found


def _events(scope: Scope, keys: pa.ChunkedArray) -> pa.Table:
    owner = scope.owner[unit_of_event(scope.offsets)]
    named = {
        "event": scope.event_names, "touchpoint": scope.touchpoints, "stage": scope.stages,
        "channel": scope.channels, "source": scope.sources,
    }  # fmt: skip
    return pa.table(
        {
            "person": pa.DictionaryArray.from_arrays(pa.array(owner), keys.combine_chunks()),
            "time": pa.array(scope.time).cast(MOMENT),
            "place": pa.array(np.arange(len(scope.time)) - np.repeat(scope.offsets[:-1], np.diff(scope.offsets))),
            **{name: _labelled(labels, scope.code) for name, labels in named.items()},
            "value": pa.array(scope.value, from_pandas=True),
            "arrival": pa.array(scope.arrival),
        }
    )


def _labelled(labels: Labels, code: npt.NDArray[np.int32]) -> pa.DictionaryArray:
    index = labels.table[code]
    return pa.DictionaryArray.from_arrays(pa.array(index, mask=index < 0), pa.array(labels.names, pa.string()))


def _units(scope: Scope, keys: pa.ChunkedArray) -> pa.Table:
    return pa.table(
        {
            "person": keys.take(pa.array(scope.owner)),
            "events": pa.array(np.diff(scope.offsets)),
            "first": pa.array(scope.time[scope.offsets[:-1]]).cast(MOMENT),
            "last": pa.array(scope.time[scope.offsets[1:] - 1]).cast(MOMENT),
        }
    )


def _people(scope: Scope, keys: pa.ChunkedArray, traits: Sequence[str]) -> pa.Table:
    table = _units(scope, keys)
    for name in traits:
        trait = scope.columns.trait(name)
        index = trait.index[scope.owner]
        column = pa.DictionaryArray.from_arrays(pa.array(index, mask=index < 0), pa.array(trait.values, pa.string()))
        table = table.append_column(name, column) if name not in table.column_names else table
    return table

"""Which properties events have: the names in a few events of each kind, spread over the whole store."""

import numpy as np

from desireline.store import lake
from desireline.store.journeys import Generation

SPREAD = 16
"""So many events of each kind are looked at, at most: one in each part of the store, and so of other people."""


def property_names(generation: Generation, events: lake.Table) -> list[str]:
    """Names of properties, sorted; one that few events of its kind have may be missing.

    Args:
        generation: the events.
        events: the lake that it was built from.
    """
    chosen = np.unique(np.concatenate([_one_of_each(generation, part) for part in range(SPREAD)]))
    if not len(chosen):
        return []
    listed = ", ".join(str(a) for a in generation.arrival[chosen].tolist())
    keys = (
        f"SELECT unnest(json_keys(properties)) AS name FROM {events.sql(generation.meta.lake_version)} "
        f"WHERE arrival IN ({listed}) AND properties <> '{{}}'"
    )
    found: list[str] = lake.query(f"SELECT DISTINCT name FROM ({keys}) ORDER BY name")["name"].to_pylist()
    return found


def _one_of_each(generation: Generation, part: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """int64[≤ codes]: for each event code the last event in a part of the store."""
    total = len(generation.code)
    lo, hi = total * part // SPREAD, total * (part + 1) // SPREAD
    place = np.full(len(generation.dictionary), -1, np.int64)
    place[generation.code[lo:hi]] = np.arange(lo, hi)
    return place[place >= 0]

"""Generations of the journey store for tests, made from short dictionaries instead of files."""

from types import SimpleNamespace

import numpy as np
import pyarrow as pa

from tests.scopes import Column

SEEN = ("source", "name", "channel")


class MadeGeneration:
    """Events and traits as a generation holds them, with columns over properties and the lake.

    Events are dictionaries of person (0, 1, …, none without an event), time (µs), name, channel, source, case (a
    number or None), value, score and text (or None), and `property.PATH`; each gets its place in the list as arrival.
    Traits are dictionaries by person.
    """

    def __init__(self, events, traits):
        rows = sorted(({**e, "arrival": i} for i, e in enumerate(events)), key=lambda e: (e["person"], e["time"]))
        codes = sorted({tuple(e[k] or "" for k in SEEN) for e in rows})
        people = max((e["person"] for e in rows), default=-1) + 1
        self.offsets = np.searchsorted([e["person"] for e in rows], np.arange(people + 1)).astype(np.int64)
        self.time = np.array([e["time"] for e in rows], np.int64)
        self.arrival = np.array([e["arrival"] for e in rows], np.int64)
        self.case = np.array([e["case"] or 0 for e in rows], np.int64)
        self.code = np.array([codes.index(tuple(e[k] or "" for k in SEEN)) for e in rows], np.int32)
        told = {k: pa.array([c[i] or None for c in codes], pa.string()) for i, k in enumerate(SEEN)}
        self.dictionary = pa.table({**told, "caveat": pa.nulls(len(codes), pa.string())})
        stated = [(p, n, v) for p, owned in enumerate(traits) for n, v in owned.items()]
        kinds = (pa.int32(), pa.string(), pa.string())
        columns = list(zip(*stated, strict=True)) or [()] * 3
        named = zip(("person", "name", "value"), columns, kinds, strict=True)
        self.traits = pa.table({n: pa.array(c, k) for n, c, k in named})
        source = SimpleNamespace(last=int(self.time.max(initial=0)))
        self.meta = SimpleNamespace(people=people, events=len(rows), sources=[source], generation="made")
        self.columns = MadeColumns(rows, traits)


class MadeColumns:
    """Properties, traits, values, scores and texts of such a generation."""

    def __init__(self, rows, traits):
        self._rows, self._traits = rows, traits

    def column(self, path):
        field = {"@score": "score", "@text": "text"}.get(path, f"property.{path}")
        return Column([None if e.get(field) is None else str(e[field]) for e in self._rows])

    def trait(self, name):
        return Column([owned.get(name) for owned in self._traits])

    def value(self):
        return np.array([np.nan if e["value"] is None else e["value"] for e in self._rows])

"""Scopes for tests, written as lists of (unit, time, name)."""

import numpy as np
import pyarrow as pa

from desireline.analyze.scope import Labels, Scope
from desireline.model.definition import Definition
from desireline.model.question import Filters


def labels(codes, mapping=None):
    """Names over event codes; `mapping` takes a code's name to its label, None or absent is outside."""
    of = [name if mapping is None else mapping.get(name) for name in codes]
    names = list(dict.fromkeys(x for x in of if x is not None))
    return Labels(names, np.array([-1 if x is None else names.index(x) for x in of], np.int32))


class Column:
    """Texts as the store keeps them: an index, -1 for None, into sorted distinct values."""

    def __init__(self, texts):
        self.values = sorted({t for t in texts if t is not None})
        self.texts = pa.array(self.values, pa.string())
        self.index = np.array([-1 if t is None else self.values.index(t) for t in texts], np.int32)


class Columns:
    """Properties, traits and values that a test gives; `history`: offsets and codes of everything."""

    def __init__(self, texts, values, history=None):
        self._texts, self._values, self._history = texts, values, history

    def column(self, path):
        return Column(self._texts.get(path, [None] * len(self._values)))

    def paths(self, most):
        return [p for p, texts in self._texts.items() if not p.startswith("trait.") and len(set(texts)) < 13][:most]

    def trait(self, name):
        return Column(self._texts[f"trait.{name}"])

    def value(self):
        return self._values

    def history(self):
        return self._history


def make_scope(
    events, touchpoints=None, stages=None, channels=None, grain="person", gap_days=30.0, caveats=(), columns=None,
    values=None, until=None, zone="UTC",
):  # fmt: skip
    """A scope of `events` [(unit, time µs, name)]; rows of equal unit and time keep the order of the list.

    Args:
        events: units may be any sortable values; they are numbered in ascending order.
        touchpoints: event name -> touchpoint; given, the scope has a definition, and names not in it are outside.
        stages: event name -> stage.
        channels: event name -> channel.
        caveats: names of events that are known only with a purchase.
        columns: property path -> values (None: absent) of the events in the order of `events`; "trait.NAME" -> values
            of the units in ascending order.
        values: value of each event in the order of `events`.
        until: end of the observation, µs; the last event for None.
    """
    codes = list(dict.fromkeys(name for _, _, name in events))
    known = sorted({unit for unit, _, _ in events})
    rows = sorted((known.index(unit), time, arrival, codes.index(name))
                  for arrival, (unit, time, name) in enumerate(events))  # fmt: skip
    unit, time, arrival, code = np.array(rows, np.int64).reshape(-1, 4).T
    offsets = np.searchsorted(unit, np.arange(len(known) + 1)).astype(np.int64)
    arrays = [offsets, time.copy(), code.astype(np.int32), arrival.copy(), np.arange(len(known), dtype=np.int32)]
    for array in arrays:
        array.flags.writeable = False
    return Scope(
        *arrays,
        touchpoints=labels(codes, touchpoints),
        stages=labels(codes, stages or {}),
        channels=labels(codes, channels or {}),
        event_names=labels(codes),
        grain=grain,
        filters=Filters(),
        definition=None if touchpoints is None else Definition(version=1),
        generation="test",
        until=(int(time.max()) if len(time) else 0) if until is None else until,
        gap=int(gap_days * 86_400_000_000),
        sources=labels(codes, dict.fromkeys(codes, "shop")),
        caveat=np.isin(codes, caveats),
        columns=Columns(
            _sorted(columns or {}, arrival),
            np.array(values or [np.nan] * len(time), float)[arrival],
            (offsets, code.astype(np.int32)),
        ),
        zone=zone,
    )


def _sorted(columns, arrival):
    """Columns of events come in the order of the list and leave in the order of the scope."""
    return {
        path: texts if path.startswith("trait.") else [texts[i] for i in arrival] for path, texts in columns.items()
    }


def sequences(scope, table):
    """Each unit's events as a list of (label, time), without those outside: what twins and oracles work on."""
    return [
        [(int(table[c]), int(t)) for c, t in zip(scope.code[a:b], scope.time[a:b], strict=True) if table[c] >= 0]
        for a, b in zip(scope.offsets[:-1], scope.offsets[1:], strict=True)
    ]

"""Self-loops: a touchpoint oftener in a row than 95 % of its runs, and at least three times.

A run ends with another touchpoint or a day of silence. One run in twenty may be so long by that rule alone; expected is
the share that a process without memory with the same mean length would have, among people with about as many events, so
that only runs beyond that are trouble.
"""

import numpy as np

from desireline.analyze.detectors.material import I8, MINUTE, NUMBERS, Material, Signs, by_number
from desireline.analyze.detectors.model import Reason
from desireline.analyze.scope import F64, I32, I64

SILENCE = 24 * 60 * MINUTE
SHARE, LEAST = 0.95, 3
LONGEST = 255
"""Runs longer than this are told apart no further."""


def find(material: Material) -> Signs | Reason:
    """Where long runs begin."""
    from desireline.kernels.loops import lengths, longer, runs

    scope, n = material.scope, len(material.labels.names)
    label = np.where(material.final, np.int32(-1), material.labels.table)
    length = runs(scope.offsets, scope.time, scope.code, label, SILENCE)
    limit = np.maximum(_quantile(lengths(scope.offsets, scope.code, label, n, length, LONGEST)), LEAST - 1)
    hit = longer(scope.offsets, scope.code, label, length, limit)
    kind = by_number(np.diff(scope.offsets))
    return Signs(hit, length > 0, _by_chance(material, length, limit, kind), kind=kind)


def _by_chance(material: Material, length: I32, limit: I64, kind: I8) -> F64:
    """float64[kinds, cells]: the share of runs longer than the limit that go on each time with the same chance."""
    from desireline.kernels.hits import by_kind

    label = np.array([label for label, _ in material.cells])
    began = length > 0
    total, started = by_kind(material.events, len(label), began, np.ones_like(began), kind, NUMBERS)
    runs, events = (_by_label(counts, label, len(limit)) for counts in (started, total))
    rate: F64 = ((1 - runs / np.maximum(events, 1)) ** limit)[:, label]
    return rate


def _by_label(counts: I64, label: I64, labels: int) -> I64:
    found = np.zeros((len(counts), labels), np.int64)
    np.add.at(found, (slice(None), label), counts)
    return found


def _quantile(by_length: I64) -> I64:
    """The least length that so many of each label's runs do not exceed."""
    reached = np.cumsum(by_length, axis=1) >= SHARE * by_length.sum(axis=1, keepdims=True)
    found: I64 = reached.argmax(axis=1)
    return found

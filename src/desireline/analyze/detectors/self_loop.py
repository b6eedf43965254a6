"""Self-loops: a touchpoint oftener in a row than 95 % of its runs, and at least three times.

A run ends with another touchpoint or a day of silence. One run in twenty may be so long by that rule alone; expected is
the share that a process without memory with the same mean length would have, so that only runs beyond that are trouble.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Reason
from desireline.analyze.scope import I64

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
    by_length, events = lengths(scope.offsets, scope.code, label, n, length, LONGEST)
    limit = np.maximum(_quantile(by_length), LEAST - 1)
    hit = longer(scope.offsets, scope.code, label, length, limit)
    again = 1 - by_length.sum(axis=1) / np.maximum(events, 1)
    rate = np.array([again[k] ** limit[k] for k, _ in material.cells], np.float64)
    return Signs(hit, length > 0, lambda _: rate)


def _quantile(by_length: I64) -> I64:
    """The least length that so many of each label's runs do not exceed."""
    reached = np.cumsum(by_length, axis=1) >= SHARE * by_length.sum(axis=1, keepdims=True)
    found: I64 = reached.argmax(axis=1)
    return found

"""Self-loops: a touchpoint oftener in a row than 95 % of its runs, or of all runs, and at least three times.

A run ends with another touchpoint or a day of silence. Some runs are so long by that rule alone; expected is the share
that goes on so often if each further time has the chance of the first repeat, among people with about as many runs.
Only more than that is trouble.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, NUMBERS, Material, Signs, by_number
from desireline.analyze.detectors.model import Reason
from desireline.analyze.scope import F64, I64

SILENCE = 24 * 60 * MINUTE
SHARE, LEAST = 0.95, 3
LONGEST = 255
"""Runs longer than this are told apart no further."""


def find(material: Material) -> Signs | Reason:
    """Where long runs begin."""
    from desireline.kernels.hits import by_kind
    from desireline.kernels.loops import lengths, longer, runs
    from desireline.kernels.masks import count_in_units

    scope, n = material.scope, len(material.labels.names)
    label = np.where(material.final, np.int32(-1), material.labels.table)
    length = runs(scope.offsets, scope.time, scope.code, label, SILENCE)
    by_length = lengths(scope.offsets, scope.code, label, n, length, LONGEST)
    usual = np.minimum(_quantile(by_length), _quantile(by_length.sum(axis=0, keepdims=True)))
    limit = np.maximum(usual, LEAST - 1)
    began, hit = length > 0, longer(scope.offsets, scope.code, label, length, limit)
    kind = by_number(count_in_units(scope.offsets, began))
    counts = by_kind(material.events, len(material.cells), length > 1, began, kind, NUMBERS)
    return Signs(hit, began, _going_on(material, counts, limit), kind=kind)


def _going_on(material: Material, counts: I64, limit: I64) -> F64:
    """float64[kinds, cells]: the share of runs longer than the limit, by the chance of a first repeat."""
    label = np.array([label for label, _ in material.cells])
    began, again = (_by_label(n, label, len(limit)) for n in counts)
    rate: F64 = ((again / np.maximum(began, 1)) ** limit)[:, label]
    return rate


def _by_label(counts: I64, label: I64, labels: int) -> I64:
    found = np.zeros((labels, len(counts)), np.int64)
    np.add.at(found, label, counts.T)
    return found.T


def _quantile(by_length: I64) -> I64:
    """The least length that so many of each label's runs do not exceed."""
    reached = np.cumsum(by_length, axis=1) >= SHARE * by_length.sum(axis=1, keepdims=True)
    found: I64 = reached.argmax(axis=1)
    return found

"""First-ever steps where filters hide part of a person's past: which events are really the first."""

import numpy as np

from desireline.analyze.scope import I32, I64, Bools, Scope
from desireline.kernels.touching import first_rows


def first_ever(scope: Scope, wanted: Bools) -> Bools:
    """bool[events]: the events that are their person's first of these codes, whatever the scope leaves out.

    Args:
        scope: events of the question.
        wanted: bool[codes], the codes that a step matches.
    """
    offsets, code = scope.columns.history()
    row = first_rows(offsets, code, wanted)
    position = np.arange(len(scope.code)) if scope.position is None else scope.position
    firsts: Bools = position == np.repeat(row[scope.owner], np.diff(scope.offsets))
    return firsts


def told_apart(scope: Scope, table: I32, labels: list[int]) -> I32:
    """int32[events], codes; an event of a label that is not its person's first of it bears its code + len(table)."""
    later = np.zeros(len(scope.code), np.bool_)
    for label in labels:
        wanted = table == label
        later |= wanted[scope.code] & ~first_ever(scope, wanted)
    return scope.code + later.astype(np.int32) * np.int32(len(table))


def without(mask: I64, table: I32, labels: list[int], ever: int) -> I64:
    """int64[2 · codes], the mask of codes that `told_apart` gives: later events match no first-ever step."""
    later = np.where(np.isin(table, labels), mask & ~np.int64(ever), mask)
    return np.concatenate([mask, later])

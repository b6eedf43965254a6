"""Touchpoints that live in several stages, such as a telephone: what stands next to them tells in which."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.scope import F64, I32, I64, Scope

ELSEWHERE = 0.4
"""The share of a touchpoint's events inside stages other than its own from which on it spans."""

WIDE = 0.5
"""It spans at least so much of all stages, and two, by their effective number."""

SHOWN = 0.05
TOLD = 0.3
"""Cramér's V of a property and the stage from which on it is offered to split by."""

FEW = 20
MOST = 20
ALIKE = 0.85


class Span(NamedTuple):
    """A touchpoint that lives in several stages.

    Attributes:
        touchpoint: its place.
        stages: those that it happens in, as (stage, events, share).
        effective: the number of equally frequent stages that would be as mixed.
        split_by: what it can be split by.
    """

    touchpoint: int
    stages: list[tuple[int, int, float]]
    effective: float
    split_by: list[str]


def surrounded(scope: Scope, table: I32, stage: I64, properties: list[str]) -> list[Span]:
    """Touchpoints that happen inside stages that are not theirs, at least 20 times.

    An event is inside a stage if both touchpoints next to it belong to that. The widest are told first and then left
    out of the neighbourhood of the others, which would seem to span beside them.

    Args:
        scope: the events.
        table: int32[codes], places of touchpoints, -1 for others.
        stage: int64[touchpoints].
        properties: of events, that may say why.
    """
    from desireline.kernels.precedence import surroundings

    stages, found, left = int(stage.max(initial=-1)) + 1, list[Span](), table.copy()
    while len(found) < MOST:
        inside = surroundings(scope.offsets, scope.code, left, stage.astype(np.int32), stages)
        effective = _effective(inside, stage)
        widest = np.flatnonzero((effective > 0) & (effective >= ALIKE * effective.max(initial=0)))
        if not len(widest):
            break
        for at in widest.tolist():
            here, share = inside[at, :stages], inside[at, :stages] / inside[at, :stages].sum()
            kept = [(s, int(here[s]), float(share[s])) for s in range(stages) if share[s] >= SHOWN]
            told = ["stage", *_telling(scope, table, stage, at, properties)]
            found.append(Span(at, kept, float(effective[at]), told))
        left[np.isin(left, widest)] = -1
    return found


def _effective(inside: I64, stage: I64) -> F64:
    """float64[touchpoints]: the effective number of stages, 0 for those that do not span."""
    here, total = inside[:, :-1], inside.sum(axis=1)
    elsewhere = here.sum(axis=1) - here[np.arange(len(stage)), stage]
    share = here / np.maximum(here.sum(axis=1), 1)[:, None]
    effective: F64 = np.exp(-(share * np.log(np.where(share > 0, share, 1))).sum(axis=1))
    spans = (total >= FEW) & (elsewhere >= ELSEWHERE * total) & (effective >= max(2, WIDE * here.shape[1]))
    return np.where(spans, effective, 0)


def _telling(scope: Scope, table: I32, stage: I64, at: int, properties: list[str]) -> list[str]:
    """The properties whose value goes with the stage of the event before."""
    rows = np.flatnonzero(table[scope.code] == at)
    rows = rows[~np.isin(rows, scope.offsets[:-1])]
    before = table[scope.code[rows - 1]]
    known = (before >= 0) & (before != at)
    rows, where = rows[known], stage[before[known]]
    found = []
    for name in properties:
        value = scope.rows(scope.columns.column(name).index)[rows]
        has = value >= 0
        if np.count_nonzero(has) >= FEW and _cramer(value[has], where[has]) >= TOLD:
            found.append(f"property.{name}")
    return found


def _cramer(a: I32, b: I64) -> float:
    """Cramér's V of two groupings (H. Cramér 1946), 0 to 1; 0 if one of them does not differ."""
    _, row = np.unique(a, return_inverse=True)
    _, column = np.unique(b, return_inverse=True)
    counts = np.zeros((row.max() + 1, column.max() + 1))
    np.add.at(counts, (row, column), 1)
    smaller = min(counts.shape) - 1
    if not smaller:
        return 0.0
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return float(np.sqrt(((counts - expected) ** 2 / expected).sum() / counts.sum() / smaller))

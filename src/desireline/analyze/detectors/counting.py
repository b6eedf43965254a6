"""From signs of trouble to figures of each touchpoint and channel."""

from dataclasses import dataclass

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Kind
from desireline.analyze.detectors.rates import Q, false_discovery, scatter, upper_tail, wide_tail
from desireline.analyze.scope import F64
from desireline.kernels.hits import Tally, expected_people, tally
from desireline.model.intervals import Interval, wilson

MONTH = round(30.4375 * 24 * 60) * MINUTE


@dataclass(frozen=True, eq=False)
class Counted:
    """Figures of one kind at one cell; see `model.Obstacle`."""

    kind: Kind
    cell: int
    other: int | None
    count: int
    people: int
    of: int
    monthly: float
    first: int
    last: int
    expected: float | None
    q: float | None

    @property
    def interval(self) -> Interval:
        """Of the share of people."""
        return wilson(self.people, self.of)

    @property
    def above(self) -> tuple[float, float, float]:
        """People above the expected, and the ends of its interval."""
        usual, (low, high) = (self.expected or 0.0) * self.of, self.interval
        return self.people - usual, low * self.of - usual, high * self.of - usual


def tallied(material: Material, signs: Signs) -> Tally:
    """Signs by cell."""
    until = material.scope.until
    found = tally(material.events, len(material.cells), signs.hit, signs.chance, until, MONTH, months(material))
    for cell, codes in signs.wider.items():
        found.exposed[cell] = np.count_nonzero(material.units(codes))
    return found


def months(material: Material) -> int:
    """Whole months of the observation, at least one."""
    span = material.scope.span
    return max(1, (material.scope.until - span[0]) // MONTH) if span else 1


def counted(material: Material, kind: Kind, signs: Signs) -> list[Counted]:
    """The cells with hits; where something is expected, those that stand out of it."""
    found = tallied(material, signs)
    expected: F64 | None = None
    q = np.full(len(found.people), np.nan)
    if signs.rate is not None:
        alike = np.zeros(material.scope.units, np.int8) if signs.kind is None else signs.kind
        expected = expected_people(material.events, signs.chance, signs.rate, alike)
        if not signs.chosen:
            met = found.exposed > 0
            met_by = found.people[met], found.exposed[met], expected[met]
            times = scatter(*met_by) if signs.peers else 1.0
            q[met] = false_discovery(upper_tail(*met_by) if times == 1 else wide_tail(*met_by, times))
    out = found.people > 0
    if expected is not None:
        out &= (found.people > expected) & ~(q > Q)
    others = _others(material, signs)
    return [
        Counted(
            kind, c, others.get(c), int(found.hits[c]), int(found.people[c]), int(found.exposed[c]),
            float(found.monthly[c]) / months(material), int(found.first[c]), int(found.last[c]),
            None if expected is None else float(expected[c] / found.exposed[c]),
            None if np.isnan(q[c]) else float(q[c]),
        )
        for c in np.flatnonzero(out).tolist()
    ]  # fmt: skip


def _others(material: Material, signs: Signs) -> dict[int, int]:
    """The label that most hits of each cell lead to."""
    if signs.other is None:
        return {}
    rows = np.flatnonzero(signs.hit)
    cells, labels = material.events.cell[material.scope.code[rows]], signs.other[rows]
    pairs, n = np.unique(np.stack((cells, labels)), axis=1, return_counts=True)
    order = np.lexsort((pairs[1], -n))[::-1]
    return {int(pairs[0, k]): int(pairs[1, k]) for k in order.tolist()}


def places(found: list[Counted]) -> list[tuple[int, int]]:
    """The first and the last place that each may have in the order of people above the expected.

    Another one is surely before it if its interval lies wholly above, and surely after it if wholly below.
    """
    ends = np.array([one.above[1:] for one in found]).reshape(-1, 2)
    lows, highs = np.sort(ends[:, 0]), np.sort(ends[:, 1])
    before = len(found) - np.searchsorted(lows, ends[:, 1], side="right")
    after = np.searchsorted(highs, ends[:, 0], side="left")
    return [(1 + int(b), len(found) - int(a)) for b, a in zip(before, after, strict=True)]

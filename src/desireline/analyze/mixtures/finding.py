"""Everyone's type: the mixture is fitted to a sample, and all journeys are then assigned to its chains."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from desireline.analyze.mixtures import markov
from desireline.analyze.mixtures.search import LEAST, preferred, search
from desireline.analyze.mixtures.steps import Steps, steps_of
from desireline.analyze.remembering import remembered
from desireline.analyze.scope import F64, I32, I64, Labels, Scope
from desireline.kernels.condensing import Condensed, condense
from desireline.kernels.journey_types import assign

SAMPLE = 10_000
"""Journeys that the mixture is fitted to."""

NAMED = 200
"""Labels that are told apart, the commonest; all others are one."""

OTHER = "@other"
SURE = 0.6

MIXED, NONE = -1, -2
"""Stand for a type where a journey is of none for sure, or where there is no journey."""


class Wanted(NamedTuple):
    """What the answer depends on: the labels' names, the number of types or None, the most, and the seed."""

    by_event_name: bool
    k: int | None
    most: int
    seed: int


class Fit(NamedTuple):
    """How well so many chains fit the sample."""

    k: int
    completed: float
    bic: float
    log_likelihood: float


@dataclass(frozen=True, eq=False)
class Found:
    """Types of all units.

    Attributes:
        names: of the labels; the last is `@other` if some are one.
        journeys: every unit's labels, immediate repeats as one.
        of: int32[units], types by falling number of units, MIXED or NONE.
        k: how many types.
        sample: int64, the units that the mixture was fitted to.
        steps: their steps.
        fits: by number of chains.
        labels: how many labels there were before some were made one.
    """

    names: list[str]
    journeys: Condensed
    of: I32
    k: int
    sample: I64
    steps: Steps
    fits: list[Fit]
    labels: int

    def people(self) -> list[int]:
        """Units of each type."""
        counts: list[int] = np.bincount(self.of[self.of >= 0], minlength=self.k).tolist()
        return counts

    def walk(self, unit: int) -> I32:
        """int32: a unit's labels."""
        lo, hi = self.journeys.starts[unit : unit + 2]
        return self.journeys.tokens[lo + 1 : hi]


def find(scope: Scope, labels: Labels, wanted: Wanted) -> Found:
    """The types of a scope's units; remembered for its drill-downs."""
    return remembered(scope, ("types", wanted), lambda: _find(scope, labels, wanted))


def _find(scope: Scope, labels: Labels, wanted: Wanted) -> Found:
    table, names = _commonest(scope, labels)
    still = np.zeros(scope.units, np.bool_)
    journeys = condense(scope.offsets, scope.code, table, len(names), 0, still)
    walking = np.flatnonzero(np.diff(journeys.starts))
    sample = walking
    if len(walking) > SAMPLE:
        sample = np.sort(np.random.default_rng(wanted.seed).choice(walking, SAMPLE, replace=False))
    steps = steps_of(journeys.starts, journeys.tokens, sample, len(names))
    if not len(sample):
        return Found(names, journeys, np.full(scope.units, NONE, np.int32), 0, sample, steps, [], len(labels.names))
    most = wanted.most if wanted.k is None else wanted.k
    mixtures = search(steps, most, wanted.seed)
    chosen = preferred(steps, mixtures) if wanted.k is None else mixtures[::-1]
    for mixture in chosen:
        of = _assigned(journeys, steps, mixture.belonging)
        if mixture.k == 1 or np.bincount(of[of >= 0], minlength=mixture.k).min() >= LEAST:
            break
    fits = [Fit(m.k, markov.completed(steps, m), markov.bic(steps, m), m.log_likelihood) for m in mixtures]
    return Found(names, journeys, of, mixture.k, sample, steps, fits, len(labels.names))


def _commonest(scope: Scope, labels: Labels) -> tuple[I32, list[str]]:
    """Labels by code, the commonest with a number of their own."""
    if len(labels.names) <= NAMED:
        return labels.table, labels.names
    inside = labels.table >= 0
    events = np.zeros(len(labels.names), np.int64)
    np.add.at(events, labels.table[inside], scope.by_code[inside])
    kept = sorted(range(len(events)), key=lambda k: (-events[k], labels.names[k]))[:NAMED]
    place = np.full(len(events) + 1, NAMED, np.int32)
    place[-1] = -1
    place[kept] = np.arange(NAMED)
    return place[labels.table], [*(labels.names[k] for k in kept), OTHER]


def _assigned(journeys: Condensed, steps: Steps, belonging: F64) -> I32:
    """The type of each unit, the types by falling number of units."""
    chain, probability = assign(journeys.starts, journeys.tokens, *markov.table(steps, belonging))
    sure = probability >= SURE
    people = np.bincount(chain[sure], minlength=belonging.shape[1])
    place = np.empty(len(people) + 1, np.int32)
    place[np.argsort(-people, kind="stable")] = np.arange(len(people))
    of = np.where(sure, place[chain], MIXED).astype(np.int32)
    of[journeys.length == 0] = NONE
    return of

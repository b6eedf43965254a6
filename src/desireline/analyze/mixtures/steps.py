"""Journeys as counts of steps: what a first-order Markov chain can see of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from desireline.analyze.scope import F64, I32, I64


@dataclass(frozen=True, eq=False)
class Steps:
    """How often each journey takes each step that any journey takes.

    Attributes:
        counts: int32 indices, float64[journeys, steps].
        source, target: int32[steps], labels; `labels` before the first and after the last touchpoint.
        labels: how many labels there are.
    """

    counts: sparse.csr_array
    source: I32
    target: I32
    labels: int

    @property
    def journeys(self) -> int:
        """How many journeys."""
        return int(self.counts.shape[0])

    @cached_property
    def by_step(self) -> sparse.csr_array:
        """The counts with a row for each step."""
        return self.counts.T.tocsr()

    @cached_property
    def followers(self) -> I64:
        """int64[labels + 1]: how many different steps lead on from each label."""
        return np.bincount(self.source, minlength=self.labels + 1)

    @cached_property
    def directions(self) -> sparse.csr_array:
        """float64[journeys, steps] as TF-IDF of unit length: rare steps weigh more, long journeys do not."""
        n = self.journeys
        told = self.counts.copy()
        known = np.bincount(told.indices, minlength=told.shape[1])
        told.data = told.data * (np.log((1 + n) / (1 + known)) + 1)[told.indices]
        length = np.sqrt(np.asarray(told.multiply(told).sum(axis=1)).ravel())
        told.data = told.data / np.repeat(length, np.diff(told.indptr))
        return told

    def summed(self, per_step: F64) -> F64:
        """float64[labels + 1, …]: sums over the steps that lead on from each label, of float64[steps, …]."""
        total = np.zeros((self.labels + 1, *per_step.shape[1:]))
        np.add.at(total, self.source, per_step)
        return total


def steps_of(starts: I64, tokens: I32, units: I64, labels: int) -> Steps:
    """The steps of some units, each of which has tokens.

    Args:
        starts: int64[all units + 1].
        tokens: int32, as `kernels.condensing` makes them: the first of each unit is `labels`, which also ends it.
        units: int64, rows.
        labels: how many labels there are.
    """
    sizes = starts[units + 1] - starts[units]
    edges = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    places = np.repeat(starts[units] - edges[:-1], sizes) + np.arange(edges[-1])
    source = tokens[places].astype(np.int64)
    target = np.append(source[1:], labels)
    target[edges[1:] - 1] = labels
    found, step = np.unique(source * (labels + 1) + target, return_inverse=True)
    counts = sparse.coo_array(
        (np.ones(len(step)), (np.repeat(np.arange(len(units), dtype=np.int32), sizes), step.astype(np.int32))),
        shape=(len(units), len(found)),
    ).tocsr()
    row, column = np.divmod(found, labels + 1)
    return Steps(counts, row.astype(np.int32), column.astype(np.int32), labels)

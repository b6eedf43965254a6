"""Removal effects in an absorbing Markov chain over touches, by linear algebra and without simulation.

A journey walks from the start over states to a conversion or to nothing. A state of order k is the run of the last k
touches (of fewer near the start). Taking a touch out sends every visit to it to nothing, at any order: all states
whose newest touch it is are left for good, and as no state can hold the touch without having passed one of those, they
are all that is cut. The removal effect is the part of the conversions (or of their value) that is lost
(Anderl et al. 2016, "Mapping the customer journey").

With the fundamental matrix N = (I - Q)^-1 and x = N r, the worth still to come from each state, a touch whose states
are A loses N[0, A] N[A, A]^-1 x[A]: the worth of what passes A, at its first visit there.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desireline.kernels.attribution import states

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Chain:
    """The states that are visited at all; state 0 is the start.

    Attributes:
        places: int64[n], their numbers in the sums of the kernel.
        newest: int64[n], the newest touch of each, -1 for the start.
        after: int64[n, touches], which of them comes after each touch; n where that never happens.
    """

    places: I64
    newest: I64
    after: I64

    @classmethod
    def over(cls, steps: F64, touches: int, order: int) -> "Chain":
        """The chain of the transitions float64[states, touches + 2]."""
        bases = [states(touches, k - 1) if k else 0 for k in range(order + 1)]
        place = np.arange(states(touches, order))
        length = np.searchsorted(bases, place, side="right") - 1
        run = place - np.array(bases)[length]
        kept_run = np.where(length < order, run, run % touches ** (order - 1)) if touches else run
        next_base = np.array([*bases[1:], bases[-1]])[length]
        after = next_base[:, None] + kept_run[:, None] * touches + np.arange(touches)
        places = np.flatnonzero((steps.sum(axis=1) > 0) | (place == 0))
        index = np.full(len(place), len(places))
        index[places] = np.arange(len(places))
        newest = np.where(place > 0, run % max(touches, 1), -1)
        return cls(places, newest[places], index[after[places]])

    @cached_property
    def of_touch(self) -> list[I64]:
        """The states whose newest touch is each touch."""
        return [np.flatnonzero(self.newest == touch) for touch in range(self.after.shape[1])]


@dataclass(frozen=True, eq=False)
class Solved:
    """A chain with its probabilities, or several at once along the first axis.

    Attributes:
        leaving: float64[draws, n], how often each state is left.
        visits: float64[draws, n, n], the fundamental matrix.
        worth: float64[draws, n], what is still to come from each state.
    """

    leaving: F64
    visits: F64
    worth: F64


def solve(chain: Chain, steps: F64, reward: F64) -> Solved:
    """The fundamental matrix of each draw.

    Args:
        chain: its states.
        steps: float64[draws, n, touches + 2], transitions from the states of the chain.
        reward: float64[draws, n], the worth of the conversions after each.
    """
    leaving = steps.sum(axis=2)
    often = np.where(leaving > 0, leaving, 1.0)
    n, touches = chain.after.shape
    matrix = np.zeros((len(steps), n, n + 1))
    matrix[:, np.arange(n)[:, None], chain.after] = -steps[:, :, :touches] / often[:, :, None]
    matrix[:, np.arange(n), np.arange(n)] += 1.0
    visits = np.linalg.inv(matrix[:, :, :n])
    return Solved(leaving, visits, (visits @ (reward / often)[:, :, None])[:, :, 0])


def removal_effects(chain: Chain, solved: Solved) -> F64:
    """float64[draws, touches]: the part of the worth that is lost without each touch; NaN where there is no worth."""
    lost = np.zeros((len(solved.worth), chain.after.shape[1]))
    for touch, mine in enumerate(chain.of_touch):
        if len(mine):
            inside = solved.visits[:, mine[:, None], mine]
            at_first_visit = np.linalg.solve(inside, solved.worth[:, mine, None])[:, :, 0]
            lost[:, touch] = (solved.visits[:, 0, mine] * at_first_visit).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return lost / solved.worth[:, :1]


def influence(chain: Chain, solved: Solved, steps: F64, reward: F64) -> F64:
    """How fast each removal effect changes with the weight of each group: its first-order expansion.

    Args:
        chain: its states.
        solved: the chain of all groups together, one draw.
        steps: float64[groups, n, touches + 2], transitions by group.
        reward: float64[groups, n].

    Returns:
        float64[groups, touches].
    """
    visits, worth, leaving = solved.visits[0], solved.worth[0], solved.leaving[0]
    often = np.where(leaving > 0, leaving, 1.0)
    seen, left = [visits[0] / often], [worth]
    for mine in chain.of_touch:
        inside = visits[mine[:, None], mine]
        passing = np.linalg.solve(inside, np.c_[visits[mine], worth[mine]])
        seen.append((visits[0] - visits[0, mine] @ passing[:, :-1]) / often)
        left.append(worth - visits[:, mine] @ passing[:, -1])
    whole, *without = _slopes(chain, np.array(seen), np.array(left), steps, reward)
    return np.array(
        [(x[0] / worth[0] * whole - slope) / worth[0] for x, slope in zip(left[1:], without, strict=True)]
    ).T


def _slopes(chain: Chain, seen: F64, worth: F64, steps: F64, reward: F64) -> F64:
    """float64[cases, groups]: the change of each worth[case, 0] with the weight of each group.

    A step is worth what is still to come where it leads, less what was to come where it starts.
    """
    cases, touches = len(worth), chain.after.shape[1]
    gains = np.repeat(-worth[:, :, None], touches + 2, axis=2)
    gains[:, :, :touches] += np.c_[worth, np.zeros(cases)][:, chain.after]
    gains *= seen[:, :, None]
    change: F64 = gains.reshape(cases, -1) @ steps.reshape(len(steps), -1).T + seen @ reward.T
    return change

"""From the sums over paths to the credit of every model, with intervals.

Rules and Shapley add up path by path, so the sums of the kernel are their answer. A set of touches is worth the
conversions of the paths that hold no other touch; the Shapley value of that game gives an equal part of each conversion
to each distinct touch of its path (Zhao et al. 2018, "Shapley value methods for attribution modeling in online
advertising"): exact for any number of touches, so nothing is sampled. The Markov chain is solved in `markov`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from pydantic import Field

from desireline.analyze import markov
from desireline.analyze.breakdown import OTHER
from desireline.analyze.resampling import draws, middle, mixed
from desireline.kernels import attribution as kernel
from desireline.model.definition import Strict

F64 = npt.NDArray[np.float64]

Model = Literal["first", "last", "last_non_direct", "linear", "time_decay", "position", "markov", "shapley"]
MODELS: tuple[Model, ...] = get_args(Model)
RULES: dict[Model, int] = {
    "first": kernel.FIRST, "last": kernel.LAST, "last_non_direct": kernel.LAST_NON_DIRECT, "linear": kernel.LINEAR,
    "time_decay": kernel.TIME_DECAY, "position": kernel.POSITION, "shapley": kernel.SHAPLEY,
}  # fmt: skip

MOST_TOUCHES = {1: 200, 2: 40, 3: 12}
"""By the order of the chain; of more touches the rarest are one, `@other`."""

SOLVED_STATES = 32
"""A chain with more states is not solved for every draw but expanded to the first order around the whole."""

AT_ONCE = 200
"""Draws whose chains are solved together."""


class Crediting(Strict):
    """How credit is shared out.

    Attributes:
        models: which; all for None.
        credit: what a conversion is worth: 1, or the value of its event.
        half_life: in time decay a touch so much older than the last one has half its weight.
        order: how many of the last touches the Markov chain remembers.
        direct: touches that `last_non_direct` passes over if there is another, in any case of letters.
        intervals: whether to give 95 % intervals.
    """

    models: list[Model] | None = Field(default=None, min_length=1)
    credit: Literal["conversions", "value"] = "conversions"
    half_life: str = "7d"
    order: int = Field(default=1, ge=1, le=3)
    direct: list[str] = Field(default_factory=lambda: ["direct"])
    intervals: bool = True

    @property
    def asked(self) -> Sequence[Model]:
        """The models in their usual order."""
        return [m for m in MODELS if self.models is None or m in self.models]


@dataclass(frozen=True)
class Credits:
    """What the models say of T touches, in the order of the touches.

    Attributes:
        models: float64[T] each, in conversions or value.
        intervals: the 95 % interval of each model's shares, (low, high) in the same unit; empty without.
        removal: float64[T], the removal effects of the Markov model; None if it was not asked for.
        totals: float64[kernel.TOTALS].
        people: int64[T + 1], see `kernel.Sums`.
    """

    models: dict[Model, F64]
    intervals: dict[Model, tuple[F64, F64]] = field(repr=False)
    removal: F64 | None
    totals: F64
    people: npt.NDArray[np.int64]


def ranked(names: Sequence[str], events: F64, most: int) -> tuple[list[str], int, npt.NDArray[np.int32]]:
    """The touches that happen, the commonest first; beyond `most` the rarest are one, `@other`.

    Args:
        names: all touches.
        events: float64[names], how often each happens.
        most: how many names there may be.

    Returns:
        The names, how many there were before some became one, and int32[names], the new place of each name.
    """
    order = sorted(np.flatnonzero(events).tolist(), key=lambda k: (-events[k], names[k]))
    kept = order if len(order) <= most else order[: most - 1]
    place = np.full(len(names), kernel.NO_TOUCH, np.int32)
    place[order] = len(kept)
    place[kept] = np.arange(len(kept))
    return [names[k] for k in kept] + [OTHER] * (len(kept) < len(order)), len(order), place


def credits_of(walks: kernel.Walks, asked: kernel.Asked, groups: int, how: Crediting) -> Credits:
    """Walk along the paths and share the credit out.

    Args:
        walks: the events; `group` fits `groups`.
        asked: what is a touch and what a goal.
        groups: how many groups of persons; intervals need at least 2.
        how: which models, and whether with intervals.
    """
    sums = kernel.path_sums(walks, asked, groups)
    worth = float(sums.credit[:, kernel.FIRST].sum())
    chain = _Sampled.of(sums, asked) if "markov" in how.asked else None
    removal = chain.effects(np.ones((1, groups)))[0] if chain else np.zeros(0)
    models = {m: sums.credit[:, RULES[m]].sum(axis=0) if m in RULES else _markov(removal, worth) for m in how.asked}
    intervals: dict[Model, tuple[F64, F64]] = {}
    if how.intervals and groups > 1 and worth and asked.touches:
        drawn = draws(groups)
        ruled = mixed(drawn, sums.credit.reshape(groups, -1)).reshape(len(drawn), kernel.RULES, -1)
        for model in how.asked:
            credit = ruled[:, RULES[model]] if model in RULES else _effects(chain, removal, drawn)
            if (ends := middle(_parts(credit))) is not None:
                intervals[model] = (ends[0] * worth, ends[1] * worth)
    return Credits(models, intervals, removal if chain else None, sums.totals.sum(axis=0), sums.people)


def _parts(credit: F64) -> F64:
    """Each row's parts of its sum; NaN where that is zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        parts: F64 = credit / credit.sum(axis=-1, keepdims=True)
    return parts


def _markov(removal: F64, worth: float) -> F64:
    return np.nan_to_num(_parts(removal)) * worth


def _effects(chain: "_Sampled | None", removal: F64, drawn: F64) -> F64:
    """float64[draws, T]: the removal effects of every draw, expanded around the whole where the chain is large."""
    if chain is None:
        return np.zeros((len(drawn), 0))
    if len(chain.chain.places) <= SOLVED_STATES:
        return chain.effects(drawn)
    return np.clip(removal + (drawn - 1.0) @ chain.influence(), 0.0, 1.0)


@dataclass(frozen=True, eq=False)
class _Sampled:
    """The chain with its transitions float64[groups, n, T + 2] and rewards float64[groups, n]."""

    chain: markov.Chain
    steps: F64
    reward: F64

    @classmethod
    def of(cls, sums: kernel.Sums, asked: kernel.Asked) -> "_Sampled":
        chain = markov.Chain.over(sums.steps.sum(axis=0), asked.touches, asked.order)
        return cls(chain, sums.steps[:, chain.places], sums.reward[:, chain.places])

    def effects(self, drawn: F64) -> F64:
        """float64[draws, T]: removal effects with the groups so often each."""
        found = []
        for some in np.array_split(drawn, -(-len(drawn) // AT_ONCE)):
            steps = mixed(some, self.steps.reshape(len(self.steps), -1)).reshape(len(some), *self.steps.shape[1:])
            solved = markov.solve(self.chain, steps, mixed(some, self.reward))
            found.append(markov.removal_effects(self.chain, solved))
        return np.concatenate(found)

    def influence(self) -> F64:
        """float64[groups, T]: how fast the removal effects change with the weight of each group."""
        solved = markov.solve(self.chain, self.steps.sum(axis=0)[None], self.reward.sum(axis=0)[None])
        return markov.influence(self.chain, solved, self.steps, self.reward)

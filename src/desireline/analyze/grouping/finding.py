"""Find the groups of a scope: a sample shows whether there are any, then everyone is assigned."""

from dataclasses import dataclass
from importlib import import_module
from threading import Lock
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from desireline.analyze.grouping.documents import PersonasRequest, Reason
from desireline.analyze.grouping.features import Norms, enough, features, norms
from desireline.analyze.grouping.measuring import Measured, measured
from desireline.analyze.grouping.mixture import Parts, Search, Start, every_start, search
from desireline.analyze.grouping.space import Space, placed, plainly, space_of
from desireline.analyze.grouping.stability import Stability, stability
from desireline.analyze.grouping.valleys import LEAST
from desireline.analyze.scope import F64, I64, Scope

SAMPLE: Final = 20_000
"""So many people are looked at to find groups."""

FEWEST: Final = 200
"""Of fewer people it is not asked whether there are groups."""

SURE: Final = 0.6
"""Who is of no group with at least this probability is mixed."""

MIXED: Final = -1

BLOCK: Final = 65_536
"""People assigned at once."""

I8 = npt.NDArray[np.int8]


class Looked(NamedTuple):
    """What was looked at: people, where the least BIC was before anything was put together, parts, resamples."""

    people: int
    start: Start | None = None
    parts: int = 0
    stability: Stability | None = None


@dataclass(frozen=True, eq=False)
class Stable:
    """Stable groups.

    Attributes:
        parts: of the population; `order`: the part that each group is.
        stability: of the parts.
        norms, space: what features are held against, and where groups were looked for.
        rows: the units looked at; `points` float64[rows, dimensions], where they lie.
    """

    parts: Parts
    order: list[int]
    stability: Stability
    norms: Norms
    space: Space
    rows: I64
    points: F64


@dataclass(frozen=True, eq=False)
class Groups:
    """What was found.

    Attributes:
        measured: habits of all units.
        of: int8[units], the group of each, `MIXED` for the others; all `MIXED` without stable groups.
        looked: what the verdict stands on.
        reason: why there are no stable groups.
        stable: None without any.
        behaviours: keys of the features by which groups were looked for.
    """

    measured: Measured
    of: I8
    looked: Looked
    reason: Reason | None
    stable: Stable | None = None
    behaviours: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.stable.order) if self.stable else 0


_KEPT: "WeakKeyDictionary[Scope, dict[tuple[bool, int], Groups]]" = WeakKeyDictionary()
_LOCK = Lock()


def groups(scope: Scope, request: PersonasRequest) -> Groups:
    """The groups, found once for a scope: drilling down asks again."""
    key = (request.by_event_name, request.seed)
    with _LOCK:
        kept = _KEPT.setdefault(scope, {})
        if key not in kept:
            kept[key] = _found(scope, request)
        return kept[key]


def _found(scope: Scope, request: PersonasRequest) -> Groups:
    found = measured(scope, request)
    fit = enough(found)
    candidates = np.flatnonzero(fit)
    none = np.full(scope.units, MIXED, np.int8)
    if len(candidates) < FEWEST:
        reason: Reason = "too_few_people" if scope.units < FEWEST else "too_few_events"
        return Groups(found, none, Looked(len(candidates)), reason)
    rng = np.random.default_rng(request.seed)
    rows = candidates if len(candidates) <= SAMPLE else np.sort(rng.choice(candidates, SAMPLE, replace=False))
    learned = norms(found, fit, scope.until)
    told = features(found, learned, rng)
    space, points = space_of(told, rows, rng)
    keys = tuple(space.samples)
    searched, steady = _searched((points, plainly({key: told[key] for key in keys}, rows)), request.seed)
    if searched.best is None:
        return Groups(found, none, Looked(len(rows), searched.start, 1), "one_population", behaviours=keys)
    looked = Looked(len(rows), searched.start, len(searched.best.weight), steady)
    if steady is None or not steady.enough:
        return Groups(found, none, looked, "unstable", behaviours=keys)
    of, order = _assigned(space, told, searched.best, rng)
    if len(order) < 2:
        return Groups(found, none, looked, "unstable", behaviours=keys)
    stable = Stable(searched.best, order, steady, learned, space, rows, points)
    return Groups(found, of, looked, None, stable, keys)


def _searched(spaces: tuple[F64, F64], seed: int) -> tuple[Search, Stability | None]:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    import_module("sklearn.mixture")  # before the limit: it binds only the libraries that are loaded
    with threadpool_limits(1):
        searched = search(spaces, every_start(), seed)
        return searched, None if searched.best is None else stability(spaces, searched.best, seed)


def _assigned(space: Space, told: dict[str, F64], parts: Parts, rng: np.random.Generator) -> tuple[I8, list[int]]:
    """The group of everyone, groups by falling size; parts with too few people are no groups."""
    units = len(next(iter(told.values())))
    of = np.full(units, MIXED, np.int8)
    for lo in range(0, units, BLOCK):
        block = {key: told[key][lo : lo + BLOCK] for key in space.samples}
        chance = parts.posterior(placed(space, block, rng))
        of[lo : lo + BLOCK] = np.where(chance.max(axis=1) >= SURE, chance.argmax(axis=1), MIXED)
    sizes = np.bincount(of[of >= 0], minlength=len(parts.weight))
    order = [int(part) for part in np.argsort(-sizes, kind="stable") if sizes[part] >= LEAST]
    place = np.full(len(parts.weight) + 1, MIXED, np.int8)
    place[order] = np.arange(len(order))
    return place[of], order

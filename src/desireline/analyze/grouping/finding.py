"""Find the groups of a scope: a sample shows whether there are any, then everyone is assigned."""

from dataclasses import dataclass
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from desireline.analyze.grouping.documents import PersonasRequest, Reason
from desireline.analyze.grouping.features import Norms, enough, features, norms
from desireline.analyze.grouping.measuring import Measured, measured
from desireline.analyze.grouping.mixture import Parts, Start, every_start, search
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

I8 = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Groups:
    """What was found.

    Attributes:
        of: int8[units], the group of each, `MIXED` for the others; all `MIXED` without stable groups.
        stability, start, parts: of the search; None where there were too few people to search.
        rows: the units looked at; `points` float64[rows, dimensions], where they lie.
        seen: units with enough events.
        order: the part that each group is.
    """

    measured: Measured
    of: I8
    count: int
    reason: Reason | None
    start: Start | None
    parts: Parts | None
    stability: Stability | None
    norms: Norms | None
    space: Space | None
    rows: I64
    points: F64
    seen: int
    order: list[int]


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
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    rng = np.random.default_rng(request.seed)
    found = measured(scope, request)
    fit = enough(found)
    candidates = np.flatnonzero(fit)
    if len(candidates) < FEWEST:
        return _nothing(found, "too_few_people" if scope.units < FEWEST else "too_few_events", len(candidates))
    rows = candidates if len(candidates) <= SAMPLE else np.sort(rng.choice(candidates, SAMPLE, replace=False))
    learned = norms(found, fit, scope.until)
    told = features(found, learned, rng)
    space, points = space_of(told, rows, rng)
    spaces = (points, plainly({key: told[key] for key in space.samples}, rows))
    with threadpool_limits(1):
        searched = search(spaces, every_start(), request.seed)
        steady = None if searched.best is None else stability(spaces, searched.best, request.seed)
        of, order = _assigned(space, told, searched.best, rng) if steady and steady.enough else (None, [])
    steady_enough = of is not None and len(order) > 1
    reason: Reason | None = None if steady_enough else "one_population" if searched.best is None else "unstable"
    none = np.full(scope.units, MIXED, np.int8)
    return Groups(
        found, of if steady_enough and of is not None else none, len(order) if steady_enough else 0, reason,
        searched.start, searched.best, steady, learned, space, rows, points, len(candidates), order,
    )  # fmt: skip


def _nothing(found: Measured, reason: Reason, seen: int) -> Groups:
    of = np.full(len(found.habits.last), MIXED, np.int8)
    return Groups(found, of, 0, reason, None, None, None, None, None, np.zeros(0, np.int64), np.zeros((0, 0)), seen, [])


def _assigned(
    space: Space, told: dict[str, F64], parts: Parts | None, rng: np.random.Generator
) -> tuple[I8 | None, list[int]]:
    """The group of everyone, groups by falling size; parts with too few people are no groups."""
    if parts is None:
        return None, []
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


BLOCK: Final = 65_536
"""People assigned at once."""

"""Find the groups of a scope: a sample shows whether there are any, then everyone is assigned."""

from dataclasses import dataclass
from importlib import import_module
from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.grouping.assigning import I8, MIXED, assigned, learned
from desireline.analyze.grouping.documents import PersonasRequest, Reason
from desireline.analyze.grouping.features import Norms, enough, features, norms
from desireline.analyze.grouping.measuring import Measured, measured
from desireline.analyze.grouping.mixture import Parts, Start, every_start, search
from desireline.analyze.grouping.space import Space, plainly, space_of
from desireline.analyze.grouping.stability import Stability, stability
from desireline.analyze.grouping.valleys import LEAST
from desireline.analyze.remembering import remembered
from desireline.analyze.scope import F64, I64, Scope

SAMPLE: Final = 20_000
"""So many people are looked at to find groups."""

FEWEST: Final = 200
"""Of fewer people it is not asked whether there are groups."""


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


def groups(scope: Scope, request: PersonasRequest) -> Groups:
    """The groups, found once for a scope: drilling down asks again."""
    key = ("personas", request.by_event_name, request.seed)
    return remembered(scope, key, lambda: _found(scope, request))


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
    sample = found.rows(rows)
    held = norms(sample, scope.until)
    told = features(sample, held, rng)
    space, points = space_of(told, rng)
    keys = tuple(space.samples)
    start, parts, steady = _searched((points, plainly({key: told[key] for key in keys})), request.seed)
    if parts is None or steady is None:
        return Groups(found, none, Looked(len(rows), start, 1), "one_population", behaviours=keys)
    looked = Looked(len(rows), start, len(parts.weight), steady)
    if not steady.enough:
        return Groups(found, none, looked, "unstable", behaviours=keys)
    doing = learned(sample, parts.posterior(points), held, space, rng)
    of, order = _ordered(assigned(found, doing, held, space, rng), len(parts.weight))
    if len(order) < 2:
        return Groups(found, none, looked, "unstable", behaviours=keys)
    stable = Stable(parts, order, steady, held, space, rows, points)
    return Groups(found, of, looked, None, stable, keys)


def _searched(spaces: tuple[F64, F64], seed: int) -> tuple[Start, Parts | None, Stability | None]:
    """The parts with the least BIC that are valid, else those that are stable, else any; None for one population."""
    from threadpoolctl import threadpool_limits

    import_module("sklearn.mixture")  # before the limit: it binds only the libraries that are loaded
    with threadpool_limits(1):
        found, start = search(spaces, every_start(), seed)
        tried: list[tuple[Parts, Stability]] = []
        for parts in found:
            tried.append((parts, stability(spaces, parts, seed)))
            if tried[-1][1].valid:
                return start, *tried[-1]
    stable = [pair for pair in tried if pair[1].enough] or tried
    return start, *(stable[0] if stable else (None, None))


def _ordered(of: I8, parts: int) -> tuple[I8, list[int]]:
    """Groups by falling size; parts with too few people are no groups, and their people are mixed."""
    sizes = np.bincount(of[of >= 0], minlength=parts)
    order = [int(part) for part in np.argsort(-sizes, kind="stable") if sizes[part] >= LEAST]
    place = np.full(parts + 1, MIXED, np.int8)
    place[order] = np.arange(len(order))
    return place[of], order

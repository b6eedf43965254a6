"""Whether groups grow or shrink: found again in each half of the time, matched, and held against resampling."""

from statistics import NormalDist
from typing import Any, Final, NamedTuple

import numpy as np

from desireline.analyze.grouping.documents import PersonasRequest
from desireline.analyze.grouping.features import OF_THE_WINDOW, Norms, enough, features
from desireline.analyze.grouping.finding import FEWEST, Groups, Stable
from desireline.analyze.grouping.measuring import measured
from desireline.analyze.grouping.mixture import Parts, Start, fitted
from desireline.analyze.grouping.space import Space, placed, space_of
from desireline.analyze.scope import F64, I64, Scope
from desireline.model.clock import moment
from desireline.model.intervals import Z

SAMPLE: Final = 10_000
"""So many people of a half are looked at."""

RESAMPLES: Final = 50
LEAST_MOVE: Final = 0.02
"""A share that moved by less is no alarm, however sure."""


class Half(NamedTuple):
    """One half of the time: the units looked at, where they lie, how many had enough events, and the groups there."""

    rows: I64
    points: F64
    people: int
    parts: Parts


def drift(scope: Scope, request: PersonasRequest, found: Groups, names: list[str]) -> dict[str, Any] | None:
    """The fields of `documents.PersonaDrift`; None where a half has too few people with enough events."""
    from threadpoolctl import threadpool_limits

    stable = found.stable
    if scope.span is None or stable is None:
        return None
    first, last = scope.span
    split = first + (last - first) // 2
    rng = np.random.default_rng(request.seed)
    with threadpool_limits(1):
        base, space = _base(found, stable, rng)
        windows = (first, split), (split, last + 1)
        halves = [_half(scope, request, stable.norms, window, base, space, rng) for window in windows]
        before, after = halves
        if before is None or after is None:
            return None
        moved = np.array([_moved(_again(before, rng), _again(after, rng), base) for _ in range(RESAMPLES)])
    return {
        "split": moment(split), "people_before": before.people, "people_after": after.people,
        "stayed": _stayed(before, after, base),
        **_moves(names, _shares(before.parts, base), _shares(after.parts, base), moved.std(axis=0, ddof=1)),
    }  # fmt: skip


def _moves(names: list[str], start: F64, end: F64, spread: F64) -> dict[str, Any]:
    """`spread`: the standard deviation of each share's change over resamples."""
    by = end - start
    sure = NormalDist().inv_cdf(1 - 0.025 / len(names))
    alarms = (np.abs(by) > sure * spread) & (np.abs(by) >= LEAST_MOVE)
    moves = [
        {
            "name": name, "share_before": float(start[k]), "share_after": float(end[k]),
            "low": float(by[k] - Z * spread[k]), "high": float(by[k] + Z * spread[k]), "alarm": bool(alarms[k]),
        }
        for k, name in enumerate(names)
    ]  # fmt: skip
    return {"moves": moves, "alarm": bool(alarms.any())}


def _base(found: Groups, stable: Stable, rng: np.random.Generator) -> tuple[Parts, Space]:
    """The groups of the whole time in the space of what does not depend on how long people are watched."""
    told = features(found.measured.rows(stable.rows), stable.norms, rng)
    told = {key: told[key] for key in stable.space.samples if key not in OF_THE_WINDOW}
    space, points = space_of(told, rng)
    of = found.of[stable.rows]
    return fitted(points, [np.flatnonzero(of == k) for k in range(found.count)], Start("tied", found.count)), space


def _half(
    scope: Scope, request: PersonasRequest, norms: Norms, window: tuple[int, int], base: Parts, space: Space,
    rng: np.random.Generator,
) -> Half | None:  # fmt: skip
    seen = measured(scope, request, window)
    candidates = np.flatnonzero(enough(seen))
    if len(candidates) < FEWEST:
        return None
    rows = candidates if len(candidates) <= SAMPLE else np.sort(rng.choice(candidates, SAMPLE, replace=False))
    points = placed(space, features(seen.rows(rows), norms, rng), rng)
    return Half(rows, points, len(candidates), _fit(points, base))


def _fit(points: F64, near: Parts) -> Parts:
    """Groups of these points, begun at those of other points."""
    mine = near.posterior(points).argmax(axis=1)
    return fitted(points, [np.flatnonzero(mine == k) for k in range(len(near.weight))], near.start)


def _again(half: Half, rng: np.random.Generator) -> Parts:
    return _fit(half.points[rng.integers(0, len(half.points), len(half.points))], half.parts)


def _order(parts: Parts, base: Parts) -> I64:
    """The part that is each group of the base: together they are the least far away (Hungarian method)."""
    from scipy.optimize import linear_sum_assignment

    away = np.stack([base.distance(parts.mean, k) for k in range(len(base.weight))])
    found: I64 = linear_sum_assignment(away)[1]
    return found


def _shares(parts: Parts, base: Parts) -> F64:
    found: F64 = parts.weight[_order(parts, base)]
    return found


def _moved(before: Parts, after: Parts, base: Parts) -> F64:
    found: F64 = _shares(after, base) - _shares(before, base)
    return found


def _stayed(before: Half, after: Half, base: Parts) -> float | None:
    """Of those looked at in both halves, the share in the same group."""
    _, here, there = np.intersect1d(before.rows, after.rows, assume_unique=True, return_indices=True)
    if not len(here):
        return None
    was, now = (
        np.argsort(_order(half.parts, base))[half.parts.posterior(half.points[rows]).argmax(axis=1)]
        for half, rows in ((before, here), (after, there))
    )
    return float((was == now).mean())

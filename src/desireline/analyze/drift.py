"""Which transitions changed, since when, and how surely."""

import itertools
from typing import NamedTuple

import numpy as np

from desireline.analyze.scanning.distances import distances
from desireline.analyze.scanning.drifts import Change, DriftReason, DriftRequest, DriftResult, DriftWindow
from desireline.analyze.scanning.extremes import benjamini_hochberg, p_of
from desireline.analyze.scanning.histories import Histories, histories
from desireline.analyze.scanning.shifts import NEAR, Shift, cuts, dated, shifts
from desireline.analyze.scanning.splits import Row, best_split, gains, row_of
from desireline.analyze.scope import F64, I32, I64, Bools, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.clock import moment
from desireline.model.intervals import newcombe
from desireline.model.question import Cut, Proportion

__all__ = ["Change", "DriftRequest", "DriftResult", "DriftWindow", "answer", "members", "proportions"]

LEVEL = 0.05
BACK = 28


class Found(NamedTuple):
    """A change with its days: [lo, at) before and [at, hi) after; `early` to `late` is where it may have begun."""

    shift: Shift
    q: float
    lo: int
    at: int
    hi: int
    early: int
    late: int


def answer(scope: Scope, request: DriftRequest) -> DriftResult:
    """Compare rows of transitions before and after every date."""
    labels = scope.labels(request)
    seen = histories(scope, labels)
    reason = seen.why_not()
    fields = _fields(scope, request, seen, reason)
    if reason is not None:
        return DriftResult.model_validate(fields)
    null = seen.exchanged(request)
    rows = _rows(seen, null)
    p, found = _overall(rows), _found(seen, rows)
    fields |= {"p": p, "rows_tested": len(rows), "series": _series(seen, null)}
    kept = found if p <= LEVEL else []
    return DriftResult.model_validate({**fields, "changes": [_change(seen, labels.names, one) for one in kept]})


def members(scope: Scope, request: DriftRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    kind, *place = cell.split(":")
    if kind != "change" or len(place) != 2 or not place[0].isdecimal() or place[1] not in {"before", "after"}:
        raise BadDrilldown(given=cell[:40])
    seen = histories(scope, scope.labels(request))
    if seen.why_not() is None:
        rows = _rows(seen, seen.exchanged(request))
        found = _found(seen, rows) if _overall(rows) <= LEVEL else []
        if int(place[0]) < len(found):
            one = found[int(place[0])]
            ends = (one.lo, one.at) if place[1] == "before" else (one.at, one.hi)
            return np.flatnonzero(_people(seen, one.shift.pair, *ends))
    raise BadDrilldown(given=cell[:40])


def proportions(result: DriftResult) -> list[Proportion]:  # noqa: ARG001 - what changed for one side is no share
    """None: changes of two segments are two lists."""
    return []


def _fields(scope: Scope, request: DriftRequest, seen: Histories, reason: DriftReason | None) -> dict[str, object]:
    pairs = len(seen.source)
    cut = [Cut(what="transitions", kept=pairs, total=seen.total)] if pairs < seen.total else []
    return {
        **about(scope, request, "drift", scope.labels(request), cut),
        "enough": reason is None, "reason": reason, "p": None, "window_days": seen.window_days,
        "silence_seconds": seen.silence / 1e6, "follow_seconds": seen.follow / 1e6,
        "transitions": len(seen.used.day), "rows_tested": 0, "changes": [], "series": [],
    }  # fmt: skip


def _rows(seen: Histories, null: I32) -> list[Row]:
    edges = np.flatnonzero(np.diff(seen.source, prepend=-1, append=-1))
    pairs = (np.arange(a, b) for a, b in itertools.pairwise(edges.tolist()))
    made = (row_of(some, seen.by_window, null) for some in pairs)
    return [row for row in made if row is not None]


def _overall(rows: list[Row]) -> float:
    """How sure it is that anything changed: the date with the greatest divergence of all rows together."""
    if not rows:
        return 1.0
    both = sum(gains(row.seen) for row in rows), sum(gains(row.exchanged) for row in rows)
    whole, null = (np.asarray(part) for part in both)
    return p_of(float(whole.max()), null.max(axis=1))


def _found(seen: Histories, rows: list[Row]) -> list[Found]:
    """What changed, the surest first."""
    windows = len(seen.first_days)
    firsts = [best_split(row, 0, windows) for row in rows]
    q = benjamini_hochberg(np.array([split.p for split in firsts]))
    found = []
    for row, split, q_row in zip(rows, firsts, q.tolist(), strict=True):
        if q_row <= LEVEL:
            for lo, at, hi, p in cuts(row, split, LEVEL / len(rows)):
                scale = q_row / split.p if split.p > 0 else 1.0
                found += [_dated(seen, one, min(1.0, max(q_row, one.p * scale))) for one in shifts(row, lo, at, hi, p)]
    return sorted(_lasting(seen, found), key=lambda one: (one.q, one.at, one.shift.pair))


def _lasting(seen: Histories, found: list[Found]) -> list[Found]:
    """Without changes that went back within four weeks (or a sixth of the span): those are troubles."""
    soon = min(BACK, len(seen.days.days) // 6)
    left: list[Found] = []
    for one in sorted(found, key=lambda one: (one.shift.pair, one.at)):
        last = left[-1] if left else None
        if last is not None and last.shift.pair == one.shift.pair and one.at - last.at <= soon:
            to, of = _daily(seen, one.shift.pair)
            was, then, now = (
                to[a:b].sum() / max(1, of[a:b].sum())
                for a, b in ((last.lo, last.at), (last.at, one.at), (one.at, one.hi))
            )
            if abs(now - was) < abs(then - was) / 2:
                left.pop()
                continue
        left.append(one)
    return left


def _dated(seen: Histories, shift: Shift, q: float) -> Found:
    ends = np.append(seen.first_days, len(seen.days.days))
    lo, at, hi = (int(ends[k]) for k in (shift.lo, shift.at, shift.hi))
    to, of = _daily(seen, shift.pair)
    since, early, late = dated(to, of, lo, at, hi, NEAR * seen.window_days)
    return Found(shift, q, lo, since, hi, early, late)


def _daily(seen: Histories, pair: int) -> tuple[I64, I64]:
    """int64[days] twice: transitions of a pair, and of its row."""
    return seen.by_day[:, pair], seen.by_day[:, seen.source == seen.source[pair]].sum(axis=1)


def _change(seen: Histories, names: list[str], one: Found) -> dict[str, object]:
    to, of = _daily(seen, one.shift.pair)
    (a, a_of), (b, b_of) = (
        (int(to[lo:hi].sum()), int(of[lo:hi].sum())) for lo, hi in ((one.lo, one.at), (one.at, one.hi))
    )
    low, high = _interval(a, a_of, b, b_of, one.shift.design)
    pair = one.shift.pair
    since, early, late = (moment(int(seen.days.starts[d])) for d in (one.at, one.early, one.late))
    return {
        "from": names[seen.source[pair]], "to": names[seen.target[pair]],
        "since": since, "since_low": early, "since_high": late,
        "share_before": a / max(1, a_of), "share_after": b / max(1, b_of), "low": low, "high": high, "q": one.q,
        "people": int(_people(seen, pair, one.at, one.hi).sum()),
        "people_before": int(_people(seen, pair, one.lo, one.at).sum()),
        "count_before": a, "of_before": a_of, "count_after": b, "of_after": b_of,
    }  # fmt: skip


def _interval(a: int, a_of: int, b: int, b_of: int, design: float) -> tuple[float, float]:
    """Of the share after less the share before, as if of so many fewer independent events."""
    fewer = [round(n / design) for n in (b, b_of, a, a_of)]
    return newcombe(*fewer)


def _people(seen: Histories, pair: int, lo: int, hi: int) -> Bools:
    from desireline.kernels.episodes import units_with

    keep: Bools = (seen.used.day >= lo) & (seen.used.day < hi)
    return units_with(seen.used.unit, seen.used.edges, seen.used.pair, pair, keep, seen.scope.units)


def _series(seen: Histories, null: I32) -> list[DriftWindow]:
    distance = distances(seen.by_window, seen.source)
    simulated: F64 = np.stack([distances(one, seen.source) for one in null])
    size = seen.by_window.sum(axis=1).tolist()
    known = np.isfinite(simulated).any(axis=0)
    expected, high = np.full(len(size), np.nan), np.full(len(size), np.nan)
    expected[known] = np.nanmean(simulated[:, known], axis=0)
    high[known] = np.nanquantile(simulated[:, known], 0.95, axis=0)
    return [
        DriftWindow(start=moment(int(seen.days.starts[day])), transitions=n, distance=d, expected=e, high=h)
        for day, n, d, e, h in zip(
            seen.first_days.tolist(), size, _known(distance), _known(expected), _known(high), strict=True
        )
    ]


def _known(values: F64) -> list[float | None]:
    return [None if np.isnan(x) else float(x) for x in values]

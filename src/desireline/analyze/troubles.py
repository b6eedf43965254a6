"""Troubles that began and ended, or are running: where people went in circles, or fewer went on than usual."""

from typing import TYPE_CHECKING

import numpy as np

from desireline.analyze.calendars import horizon
from desireline.analyze.remembering import remembered
from desireline.analyze.scanning.dimensions import dimensions
from desireline.analyze.scanning.outages import Trouble, TroublesReason, TroublesRequest, TroublesResult
from desireline.analyze.scanning.seasons import bins_of
from desireline.analyze.scanning.stretches import Looking, Stretch, chosen_of, stretches
from desireline.analyze.scanning.watching import watched
from desireline.analyze.scope import I32, I64, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.clock import moment
from desireline.model.intervals import wilson
from desireline.model.question import Proportion

if TYPE_CHECKING:
    from desireline.kernels.visits import U8

__all__ = ["Trouble", "TroublesRequest", "TroublesResult", "answer", "members", "proportions"]

BINS = 8
"""In fewer bins nothing can begin and end."""


def answer(scope: Scope, request: TroublesRequest) -> TroublesResult:
    """Look for stretches of time in which visits went otherwise than before and after.

    Raises:
        UnknownStep: there is no such goal.
        BadQuestion: `within` is no length of time, or `by` names nothing to make segments of.
    """
    looking = _looking(scope, request)
    n, o = looking.counts([])
    series = len(chosen_of(n, looking.grid.values))
    reason: TroublesReason | None = None
    if len(looking.bins.starts) - 1 < BINS:
        reason = "short_span"
    elif not series:
        reason = "few_events"
    found = _found(looking, request, n, o) if reason is None else []
    return TroublesResult.model_validate({
        **about(scope, request, "troubles", scope.labels(request)),
        "enough": reason is None, "reason": reason, "running": sum(one.running for one in found),
        "bin_seconds": 86_400 / looking.bins.per_day, "dimensions": looking.dimensions.names, "series": series,
        "troubles": [_trouble(looking, scope.labels(request).names, one) for one in found],
    })  # fmt: skip


def members(scope: Scope, request: TroublesRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    kind, *place = cell.split(":")
    if kind != "trouble" or not place or not place[0].isdecimal() or place[1:] not in ([], ["hit"]):
        raise BadDrilldown(given=cell[:40])
    looking = _looking(scope, request)
    found = _found(looking, request, *looking.counts([]))
    if int(place[0]) >= len(found):
        raise BadDrilldown(given=cell[:40])
    one = found[int(place[0])]
    marks = _marks(looking, one)
    return np.flatnonzero(marks & _hit(one) if place[1:] else marks)


def proportions(result: TroublesResult) -> list[Proportion]:  # noqa: ARG001 - troubles of two segments are two lists
    """None: troubles of two segments are two lists."""
    return []


def _looking(scope: Scope, request: TroublesRequest) -> Looking:
    from desireline.kernels.periods import periods_from
    from desireline.kernels.visits import KINDS, Grid, visits

    labels = scope.labels(request)
    found, bins, cut = watched(scope, request, labels), bins_of(scope), dimensions(scope, request.by)
    rows = [(kind, int(x)) for kind in range(KINDS) for x in np.flatnonzero(found.watch.target[kind] >= 0)]
    table = np.full((KINDS, len(labels.names)), -1, np.int32)
    for row, place in enumerate(rows):
        table[place] = row
    grid = Grid(table, cut.number, len(cut.values), periods_from(bins.starts))
    seen = visits(scope.offsets, scope.time, scope.code, found.watch, horizon(scope))
    return Looking(scope, found, cut, bins, seen, grid, rows)


def _found(looking: Looking, request: TroublesRequest, n: I32, o: I32) -> list[Stretch]:
    """The latest first, those that run before all others."""
    key = ("troubles", request.model_dump_json())
    found = remembered(looking.scope, key, lambda: list(stretches(looking, request, n, o)))
    return sorted(found, key=lambda one: (not one.running, -one.last, -one.first, one.p))


def _hit(one: Stretch) -> int:
    """The mark of those whom the trouble hit: who looped, or who did not go on."""
    return 2 if one.kind == 0 else 1


def _marks(looking: Looking, one: Stretch) -> "U8":
    from desireline.kernels.visits import marked

    scope, starts = looking.scope, looking.bins.starts
    where = (scope.time >= starts[one.first]) & (scope.time < starts[one.last])
    if one.value:
        where &= (looking.dimensions.number == one.value).any(axis=0)
    return marked(
        scope.offsets, scope.code, looking.found, looking.watched.watch.label, one.kind, one.label, where
    )  # fmt: skip


def _trouble(looking: Looking, names: list[str], one: Stretch) -> Trouble:
    marks, starts = _marks(looking, one), looking.bins.starts
    end = horizon(looking.scope) if one.running else int(starts[one.last])
    low, high = wilson(one.o, one.n)
    return Trouble(
        kind="loop" if one.kind == 0 else "conversion", touchpoint=names[one.label],
        onward=looking.watched.onward[one.kind][one.label],
        within_seconds=float(looking.watched.watch.within[one.kind, one.label]) / 1e6,
        segment=looking.dimensions.values[one.value], from_=moment(int(starts[one.first])), to=moment(end),
        running=one.running, people=int((marks > 0).sum()), hit=int(((marks & _hit(one)) > 0).sum()), visits=one.n,
        observed=one.o, expected=one.expected, share_during=one.o / one.n, share_usual=one.expected / one.n,
        low=low, high=high, p=one.p,
    )  # fmt: skip

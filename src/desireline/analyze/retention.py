"""Who comes back: cohorts by when or how people start, and how many of each return in later days, weeks or months."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import BaseModel

from desireline.analyze.breakdown import Breakdown, breakdown
from desireline.analyze.calendars import Calendar, calendar
from desireline.analyze.cells import parsed
from desireline.analyze.scope import I64, Bools, Labels, Scope, about, index_of
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.calendar import Period
from desireline.model.intervals import wilson
from desireline.model.question import Asked, Cut, Proportion, Result

if TYPE_CHECKING:
    from desireline.kernels.retention import Columns, Comings

BRACKETS = [1, 3, 7, 14, 30]
MOST = 400
"""So many columns at most."""


class RetentionRequest(Asked):
    """Start with `start` and come back with `returning`, any touchpoint for None.

    `start_kind`: `first`, a unit starts once, with its first start event in scope; `any`, in every period that has one.
    `mode`: `classic`, comes back in the Nth period after the one it started in (0 is the start period itself, from the
    start event on), for N from 0 to `periods`; `rolling`, in the Nth or any later one; `bracketed`, in one of the
    periods up to the next of `brackets` (with [1, 3, 7]: in 0, 1–2, 3–6).
    `cohort`: `calendar`, by the start period; or by what the start event has (channel, source, stage, touchpoint,
    event, `property.PATH`, `trait.NAME`), the `top` commonest by name.
    """

    period: Period = "week"
    periods: int = 12
    start: str | None = None
    start_kind: Literal["first", "any"] = "first"
    returning: str | None = None
    mode: Literal["classic", "rolling", "bracketed"] = "classic"
    brackets: list[int] | None = None
    cohort: str = "calendar"
    top: int = 10


class Cohort(BaseModel):
    """Units that start together.

    Attributes:
        start: first day of the start period; None where cohorts go by something else.
        name: what their start events have in common, None if nothing, or where cohorts go by the calendar.
        people: how many; with start_kind `any` once for each period they start in.
        old_enough: of these, the ones for whom each column's time is over.
        returned: of those, the ones that came back; None where nobody is old enough.
    """

    start: dt.date | None
    name: str | None
    people: int
    old_enough: list[int]
    returned: list[int | None]


class Return(BaseModel):
    """One column over all cohorts: of `people`, for whom its time is over, `returned` came back.

    `period` counts from the start period, 0; a bracket has a `label` such as "3–6" and the number of its first period.
    The share has a 95 % Wilson interval; None where nobody is old enough.
    """

    period: int
    label: str | None
    people: int
    returned: int
    share: float | None
    low: float | None
    high: float | None


class RetentionResult(Result):
    """Cohorts by date, those in between without anyone included; other cohorts by falling size, then by name.

    A period is over when it ended before the end of the observation; what is not over is None, not a low number.
    Cells: `cohort:K`, `returned:[K,N]` (column N of cohort K), `old_enough:N`, `overall:N`.
    """

    table: ClassVar = "cohorts"

    period: Period
    cohorts: list[Cohort]
    overall: list[Return]


@dataclass(frozen=True, eq=False)
class _Found:
    """Counts by group (0 for none), start period and column, and the place of each listed cohort in them.

    mature: bool[periods, columns]; spans: first and last period of each column.
    """

    comings: "Comings"
    columns: "Columns"
    people: I64
    returned: I64
    mature: Bools
    spans: list[tuple[int, int]]
    cohorts: list[tuple[dt.date | None, str | None, tuple[slice, slice]]]


def answer(scope: Scope, request: RetentionRequest) -> RetentionResult:
    """Follow every cohort from period to period.

    Raises:
        BadQuestion: numbers that make no sense, or an unknown `cohort`.
        UnknownStep: `start` or `returning` does not exist.
    """
    labels = scope.labels(request)
    groups = _groups(scope, request)
    found = _measure(scope, request, labels, groups)
    cut = []
    if groups is not None and groups.found > request.top:
        cut = [Cut(what="cohorts", kept=request.top, total=groups.found)]
    return RetentionResult.model_validate({
        **about(scope, request, "retention", labels, cut),
        "period": request.period,
        "cohorts": [_cohort(found, k) for k in range(len(found.cohorts))],
        "overall": _overall(found, bracketed=request.mode == "bracketed"),
    })  # fmt: skip


def members(scope: Scope, request: RetentionRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending, each once.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels.retention import units_returning

    found = _measure(scope, request, scope.labels(request), _groups(scope, request))
    kind, value = parsed(cell)
    given = {"cohort": [value, None], "returned": value, "old_enough": [None, value], "overall": [None, value]}.get(
        kind
    )
    limits = (len(found.cohorts), len(found.spans))
    if not isinstance(given, list) or len(given) != 2 or not all(map(_fits, given, limits)):
        raise BadDrilldown(given=cell[:40])
    which, column = given
    if (which is None) == (kind in {"cohort", "returned"}) or (column is None) == (kind != "cohort"):
        raise BadDrilldown(given=cell[:40])
    if kind == "returned" and _cohort(found, which).returned[column] is None:
        raise BadDrilldown(given=cell[:40])
    rows = np.zeros(found.people.shape, bool)
    rows[found.cohorts[which][2] if kind in {"cohort", "returned"} else ...] = True
    if column is not None:
        rows &= found.mature[:, column]
    wanted = None if kind in {"cohort", "old_enough"} else column
    return np.flatnonzero(units_returning(found.comings, found.columns, rows, wanted))


def _fits(value: object, limit: int) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < limit)


def proportions(result: RetentionResult) -> list[Proportion]:
    """Every column over all cohorts."""
    return [
        Proportion(f"overall:{n}", f"{result.period} {r.label or r.period}", r.returned, r.people)
        for n, r in enumerate(result.overall)
    ]


def _groups(scope: Scope, request: RetentionRequest) -> Breakdown | None:
    if request.top < 1:
        raise BadQuestion(parameter="top", given=str(request.top), expected="≥ 1")
    return None if request.cohort == "calendar" else breakdown(scope, request.cohort, request.top)


def _spans(request: RetentionRequest) -> list[tuple[int, int]]:
    """First and last period of each column; a rolling one is over with its first."""
    if not 0 <= request.periods < MOST:
        raise BadQuestion(parameter="periods", given=str(request.periods), expected=f"0 – {MOST - 1}")
    if request.mode != "bracketed":
        if request.brackets is not None:
            raise BadQuestion(parameter="mode", given=request.mode, expected="bracketed")
        return [(n, n) for n in range(request.periods + 1)]
    edges = [0, *(BRACKETS if request.brackets is None else request.brackets)]
    spans = list(zip(edges, (e - 1 for e in edges[1:]), strict=False))
    if not 1 <= len(spans) <= MOST or edges[-1] > 100_000 or any(first > last for first, last in spans):
        raise BadQuestion(parameter="brackets", given=str(request.brackets)[:100], expected="1, 3, 7, 14, 30")
    return spans


def _measure(scope: Scope, request: RetentionRequest, labels: Labels, groups: Breakdown | None) -> _Found:
    from desireline.kernels.retention import RETURNS, STARTS, Columns, Comings, count_returns

    spans, when = _spans(request), calendar(scope, request.period)
    role = np.zeros(len(labels.table), np.uint8)
    for bit, name in ((STARTS, request.start), (RETURNS, request.returning)):
        role[labels.table >= 0 if name is None else labels.table == index_of(labels, name)] |= bit
    group = np.empty(0, np.int32) if groups is None else groups.index + np.int32(1)
    comings = Comings(
        scope.offsets, scope.time, scope.code, role, group, when.periods, again=request.start_kind == "any"
    )
    since = np.arange(len(when.days))
    of = np.searchsorted([last + 1 for _, last in spans], since, "right").astype(np.int32)
    rolling = request.mode == "rolling"
    columns = Columns(np.minimum(of, len(spans) - 1) if rolling else of, len(spans), rolling)
    people, returned = count_returns(comings, columns, 1 if groups is None else len(groups.names) + 1)
    if rolling:
        returned = returned[:, :, ::-1].cumsum(axis=2)[:, :, ::-1]
    mature = since[:, None] + np.array([last for _, last in spans]) < when.over
    return _Found(comings, columns, people, returned, mature, spans, _cohorts(people, when, groups))


def _cohorts(
    people: I64, when: Calendar, groups: Breakdown | None
) -> list[tuple[dt.date | None, str | None, tuple[slice, slice]]]:
    """Start day or name of each cohort, and its groups and periods."""
    every = slice(None)
    if groups is None:
        happen = np.flatnonzero(people.sum(axis=0))
        listed = range(happen[0], happen[-1] + 1) if len(happen) else ()
        return [(when.days[k], None, (every, slice(k, k + 1))) for k in listed]
    names, by_group = [None, *groups.names], people.sum(axis=1)
    order = sorted(np.flatnonzero(by_group).tolist(), key=lambda g: (-by_group[g], names[g] or ""))
    return [(None, names[g], (slice(g, g + 1), every)) for g in order]


def _cohort(found: _Found, which: int) -> Cohort:
    start, name, where = found.cohorts[which]
    people, mature = found.people[where].sum(axis=0), found.mature[where[1]]
    old_enough = people @ mature
    returned = (found.returned[where].sum(axis=0) * mature).sum(axis=0)
    over = mature[0] if start else old_enough > 0
    return Cohort(
        start=start, name=name, people=int(people.sum()), old_enough=old_enough.tolist(),
        returned=[n if known else None for n, known in zip(returned.tolist(), over.tolist(), strict=True)],
    )  # fmt: skip


def _overall(found: _Found, *, bracketed: bool) -> list[Return]:
    of = found.people.sum(axis=0) @ found.mature
    returned = (found.returned.sum(axis=0) * found.mature).sum(axis=0)
    listed = []
    for (first, last), people, n in zip(found.spans, of.tolist(), returned.tolist(), strict=True):
        interval = wilson(n, people)._asdict() if people else {"low": None, "high": None}
        label = (str(first) if first == last else f"{first}–{last}") if bracketed else None
        share = n / people if people else None
        listed.append(Return(period=first, label=label, people=people, returned=n, share=share, **interval))
    return listed

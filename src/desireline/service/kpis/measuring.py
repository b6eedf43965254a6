"""A KPI measured: a figure, its series, and what it is held against."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from desireline.act.kpis.comparing import Difference, difference, distance
from desireline.act.kpis.kinds import KINDS, kind_of
from desireline.errors import BadQuestion
from desireline.model.calendar import Period, first_day, next_day
from desireline.model.expression import told
from desireline.model.kpi import (
    Direction,
    FromEvents,
    FromReadings,
    Kpi,
    KpiAsked,
    KpiComparison,
    KpiPoint,
    KpiSeries,
    KpiSplit,
    KpiValue,
)
from desireline.model.segment import Segment
from desireline.service.kpis.counting import Counter, Scopes, counter
from desireline.service.kpis.targets import held, held_on, is_past

if TYPE_CHECKING:
    from desireline.act.kpis.kind import Counts

Window = tuple[dt.date, dt.date]
"""The first day, and the day after the last."""

USUAL: dict[Period, int] = {"day": 30, "week": 12, "month": 12}
"""Periods of a series where no window was said."""

MOST = 2_000
"""Periods of a series."""


def direction_of(kpi: Kpi) -> Direction:
    """Which way is better."""
    return kpi.direction or kind_of(kpi.kind).direction


def measured(scopes: Scopes, kpi: Kpi, asked: KpiAsked) -> KpiSeries:
    """The KPI's figure and series, and how it compares.

    Raises:
        BadQuestion: the window has too many periods, or the segment cannot be told apart in this source.
        UnknownStep: what is counted is not in the workspace.
    """
    found = counter(scopes, kpi, asked.segment, asked)
    window = _window(found, asked)
    listed = _periods(window, asked.by)
    points = [
        KpiPoint(
            since=a, until=b - dt.timedelta(days=1), figure=with_people(figure(kpi, counts), who),
            over=_is_whole(kpi, (a, b), asked.by, counts) and found.over(b),
        )
        for (a, b), counts, who in zip(listed, found.counts(listed), found.people(listed), strict=True)
    ]  # fmt: skip
    now = _of(kpi, found, window)
    young = now.counts.get("not_yet_mature")
    segment = asked.segment
    targets = held(kpi, found.zone)
    target = held_on(targets, kpi.target, window[1] - dt.timedelta(days=1))
    return KpiSeries(
        kpi=kpi.id, name=kpi.name, kind=kpi.kind, direction=direction_of(kpi), currency=kpi.currency,
        since=window[0], until=window[1] - dt.timedelta(days=1), by=asked.by, zone=found.zone,
        segment=told(segment) if isinstance(segment, Segment) else segment, figure=now, points=points,
        comparisons=_comparisons(scopes, kpi.model_copy(update={"target": target}), asked, found, window, now),
        not_yet_mature=None if young is None else int(young),
        target_past=is_past(target, found.zone, dt.datetime.now(dt.UTC)),
        targets=targets,
        split=_split(kpi, asked.split, found, window),
    )  # fmt: skip


def figure(kpi: Kpi, counts: "Counts") -> KpiValue:
    """The figure of a KPI's counts; no readings at all count nothing."""
    kind = KINDS[kpi.kind]
    whole = {**{name: 0.0 for name in kind.counts if name not in kind.optional and not name.endswith("@")}, **counts}
    return kind.compute(whole)


def with_people(found: KpiValue, people: int | None) -> KpiValue:
    """The figure of so many people."""
    return found if people is None else found.model_copy(update={"people": people})


def _of(kpi: Kpi, found: Counter, window: Window) -> KpiValue:
    return with_people(figure(kpi, found.counts([window])[0]), found.people([window])[0])


def _split(kpi: Kpi, by: str | None, found: Counter, window: Window) -> KpiSplit | None:
    if by is None:
        return None
    from desireline.service.kpis.splitting import split

    return split(by, found.pieces(by, window), partial(figure, kpi))


def _window(found: Counter, asked: KpiAsked) -> Window:
    last = asked.until or found.known_until
    if asked.since is not None:
        first = asked.since
    else:
        first = first_day(last, asked.by)
        for _ in range((asked.last or USUAL[asked.by]) - 1):
            first = first_day(first - dt.timedelta(days=1), asked.by)
    if first > last:
        raise BadQuestion(parameter="since", given=str(first), expected=f"≤ {last}")
    return first, last + dt.timedelta(days=1)


def _periods(window: Window, by: Period) -> list[Window]:
    cuts = [window[0]]
    following = next_day(first_day(window[0], by), by)
    while following < window[1]:
        cuts.append(following)
        following = next_day(following, by)
        if len(cuts) > MOST:
            raise BadQuestion(parameter="by", given=by, expected=f"≤ {MOST}: week, month, since")
    return list(zip(cuts, [*cuts[1:], window[1]], strict=True))


def _is_whole(kpi: Kpi, period: Window, by: Period, counts: "Counts") -> bool:
    if isinstance(kpi.source, FromReadings):
        return True  # who reads a week writes it on its first day or its last
    start = first_day(period[0], by)
    return period == (start, next_day(start, by)) and not counts.get("not_yet_mature")


def _comparisons(
    scopes: Scopes, kpi: Kpi, asked: KpiAsked, found: Counter, window: Window, now: KpiValue
) -> list[KpiComparison]:
    way, listed = direction_of(kpi), []
    if asked.previous:
        before = _of(kpi, found, (window[0] - (window[1] - window[0]), window[0]))
        listed.append(_compared("previous", before, difference(now, before), way))
    if kpi.target is not None:
        gap = distance(now, kpi.target.value)
        listed.append(KpiComparison(
            against="target", other=kpi.target, difference=gap.value, low=gap.low, high=gap.high,
            changed=gap.changed, better=gap.better(way),
        ))  # fmt: skip
    if asked.versus is not None:
        others = counter(scopes, kpi, asked.versus, asked)
        other = _of(kpi, others, window)
        one = _compared("segment", other, difference(now, other), way)
        shared = None
        if isinstance(kpi.source, FromEvents):
            both = (found.persons(window, None), others.persons(window, None))
            shared = len(np.intersect1d(*both, assume_unique=True))
        listed.append(one.model_copy(update={"shared": shared}))
    return listed


def _compared(against: str, other: KpiValue, found: Difference, way: Direction) -> KpiComparison:
    return KpiComparison.model_validate({
        "against": against, "other": other, "difference": found.value, "low": found.low, "high": found.high,
        "changed": found.changed, "better": found.better(way),
    })  # fmt: skip

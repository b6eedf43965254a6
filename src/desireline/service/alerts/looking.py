"""Whether what an alert is about holds now."""

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from desireline.act.kpis.comparing import difference, distance
from desireline.errors import DesirelineError
from desireline.model.alert import Alert, OnAnomaly, OnChange, OnThreshold
from desireline.model.calendar import first_day
from desireline.model.kpi import Kpi, KpiAsked, KpiPoint, KpiValue
from desireline.service.kpis.counting import counter
from desireline.service.kpis.measuring import direction_of, measured
from desireline.service.kpis.targets import held, held_on

if TYPE_CHECKING:
    from desireline.service.kpis.counting import Scopes

PER_YEAR = 365

LOOKED_BACK = (3, 10, 60)
"""Periods: more of them only where what is newer is too young."""


class Seen(NamedTuple):
    """What was looked at: the figure of its last day's period, what it was held against, and whether it holds.

    `holds` None: that cannot be said, for the `reason`.
    """

    holds: bool | None
    day: dt.date | None = None
    figure: KpiValue | None = None
    bound: float | None = None
    reason: str | None = None


def look(scopes: "Scopes", alert: Alert, kpi: Kpi) -> Seen:
    """Look at the last whole period."""
    try:
        if isinstance(alert.rule, OnAnomaly):
            return _anomaly(scopes, alert, alert.rule, kpi)
        return _periods(alert, kpi, *_points(scopes, alert, kpi))
    except DesirelineError as error:
        return Seen(None, reason=error.code)


def _periods(alert: Alert, kpi: Kpi, points: list[KpiPoint], zone: str) -> Seen:
    if not points:
        return Seen(None, reason="no_whole_period")
    last = points[-1]
    if last.figure.value is None:
        return Seen(None, last.until, last.figure, reason=last.figure.refused)
    if isinstance(alert.rule, OnThreshold):
        return _threshold(alert.rule, last)
    return _change(alert.rule, kpi, points) if isinstance(alert.rule, OnChange) else _target(kpi, last, zone)


def _points(scopes: "Scopes", alert: Alert, kpi: Kpi) -> tuple[list[KpiPoint], str]:
    """The last whole periods, at least two where there are so many, and the zone of their days.

    A period is whole when its last day is over and nothing in it is too young to be judged.
    """
    known = counter(scopes, kpi, alert.segment, KpiAsked()).known_until
    whole: list[KpiPoint] = []
    zone = "UTC"
    for back in LOOKED_BACK:
        since = first_day(known, alert.by)
        for _ in range(back):
            since = first_day(since - dt.timedelta(days=1), alert.by)
        asked = KpiAsked(by=alert.by, since=since, until=known, segment=alert.segment, previous=False)
        series = measured(scopes, kpi, asked)
        whole, zone = [point for point in series.points if _is_whole(point, alert)], series.zone
        if len(whole) > 1 or not series.not_yet_mature:
            break
    return whole, zone


def _is_whole(point: KpiPoint, alert: Alert) -> bool:
    ends = first_day(point.until + dt.timedelta(days=1), alert.by) > point.until
    return point.over and ends and not point.figure.counts.get("not_yet_mature")


def _threshold(rule: OnThreshold, last: KpiPoint) -> Seen:
    figure, value = last.figure, last.figure.value or 0.0
    if rule.above is not None:
        low = figure.low if rule.sure else value
        return Seen(None if low is None else low > rule.above, last.until, figure, rule.above, _unsure(low))
    high, bound = figure.high if rule.sure else value, rule.below or 0.0
    return Seen(None if high is None else high < bound, last.until, figure, bound, _unsure(high))


def _unsure(end: float | None) -> str | None:
    return "no_interval" if end is None else None


def _target(kpi: Kpi, last: KpiPoint, zone: str) -> Seen:
    target = held_on(held(kpi, zone), kpi.target, last.until)
    if target is None:
        return Seen(None, last.until, last.figure, reason="no_target")
    bound = target.value
    if target.by is not None and last.until < target.by:
        return Seen(False, last.until, last.figure, bound)
    gap = distance(last.figure, bound)
    if gap.changed is None:
        worse = (last.figure.value or 0.0) < bound if direction_of(kpi) == "up" else (last.figure.value or 0.0) > bound
        return Seen(worse, last.until, last.figure, bound)
    return Seen(gap.better(direction_of(kpi)) is False, last.until, last.figure, bound)


def _change(rule: OnChange, kpi: Kpi, points: list[KpiPoint]) -> Seen:
    last = points[-1]
    if len(points) < 2 or points[-2].figure.value is None:
        return Seen(None, last.until, last.figure, reason="no_period_before")
    before = points[-2].figure
    found = difference(last.figure, before)
    if found.changed is None:
        return Seen(None, last.until, last.figure, before.value, "no_interval")
    return Seen(found.changed and _that_way(rule.way, found.better(direction_of(kpi))), last.until, last.figure,
                before.value)  # fmt: skip


def _that_way(way: str, better: bool | None) -> bool:
    return way == "any" or (way == "better") == bool(better)


def _anomaly(scopes: "Scopes", alert: Alert, rule: OnAnomaly, kpi: Kpi) -> Seen:
    from desireline.service.anomalies import daily, judged_days

    series = daily(scopes, kpi, (None, None), alert.segment)
    if not series.days:
        return Seen(None, reason="no_whole_period")
    day, figure, rate = series.days[-1], series.figures[-1], rule.per_year / PER_YEAR
    result = judged_days(series, day, rate)
    if result is None or not len(result.day):
        return Seen(None, day, figure, reason="too_few_days")
    expected = float(result.expected[-1])
    better = ((figure.value or 0.0) > expected) == (direction_of(kpi) == "up")
    return Seen(float(result.p[-1]) <= rate and _that_way(rule.way, better), day, figure, expected)

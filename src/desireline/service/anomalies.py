"""Anomalies of KPIs: their daily figures held against what weekday and season let expect."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from desireline.errors import BadQuestion
from desireline.model.anomaly import FALSE_ALARMS, Anomalies, Anomaly, Unjudged
from desireline.model.kpi import FromQuestion, Kpi, KpiAsked, KpiValue
from desireline.service.shelf import valid

if TYPE_CHECKING:
    from desireline.act.anomalies.judging import Judged
    from desireline.service.kpis.counting import Scopes
    from desireline.service.workspace import Workspace

LOOKED: Final = 14
"""Days that are looked at where nothing else is said."""

_SEASONS: Final = 3 * 366
_FIRST: Final = dt.date(1970, 1, 1)
_Z: Final = 1.959964


class Series(NamedTuple):
    """Daily figures of a KPI that were whole and counted anything."""

    kpi: Kpi
    days: tuple[dt.date, ...]
    figures: tuple[KpiValue, ...]


class AnomaliesDoor:
    """Days that are not as expected, at a stated rate of false alarms.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> [(one.name, one.day, one.value, one.expected) for one in ws.anomalies.look().found]  # doctest: +SKIP
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def look(
        self, kpis: Sequence[str] | None = None, *, since: dt.date | None = None, until: dt.date | None = None,
        false_alarms: float = FALSE_ALARMS, segment: Any = None,
    ) -> Anomalies:  # fmt: skip
        """Look at days of KPIs, the last two weeks of all if nothing is said.

        Args:
            kpis: ids or names.
            since: the first local day.
            until: the last one, included.
            false_alarms: the chance of any false alarm in this look, between 0.0001 and 0.5.
            segment: who counts.

        Raises:
            UnknownDocument: there is no such KPI.
            BadQuestion: a field makes no sense.
        """
        from desireline.service.kpis.counting import Scopes

        if not 0.0001 <= false_alarms <= 0.5:
            raise BadQuestion(parameter="false_alarms", given=str(false_alarms), expected="0.0001 – 0.5")
        valid(KpiAsked, {"since": since, "until": until})
        door = self._workspace.kpis
        chosen = door.all() if kpis is None else [door.get(name) for name in kpis]
        if not chosen:
            return Anomalies(false_alarms=false_alarms, rate=false_alarms, looked=0, found=[], unjudged=[])
        return looked(Scopes(self._workspace), chosen, (since, until), false_alarms, segment)


def looked(
    scopes: "Scopes", kpis: Sequence[Kpi], span: tuple[dt.date | None, dt.date | None], false_alarms: float,
    segment: Any = None,
) -> Anomalies:  # fmt: skip
    """What one look at days of several KPIs finds."""
    told = [one for one in kpis if not isinstance(one.source, FromQuestion)]
    series = [daily(scopes, one, span, segment) for one in told]
    starts = [span[0] or (one.days[-1] - dt.timedelta(days=LOOKED - 1) if one.days else _FIRST) for one in series]
    looks = [sum(day >= start for day in one.days) for one, start in zip(series, starts, strict=True)]
    rate = false_alarms / max(1, sum(looks))
    unjudged = [_unjudged(one, "not_counted", 0) for one in kpis if isinstance(one.source, FromQuestion)]
    found: list[Anomaly] = []
    for one, start, n in zip(series, starts, looks, strict=True):
        result = judged_days(one, start, rate) if n else None
        if result is None or not len(result.day):
            behind = len(one.days) - n
            unjudged.append(_unjudged(one.kpi, "too_few_days" if behind < 56 else "never_varies", behind))
        else:
            found += _odd(one, result, rate)
    found.sort(key=lambda one: (-one.day.toordinal(), one.p))
    return Anomalies(false_alarms=false_alarms, rate=rate, looked=sum(looks), found=found, unjudged=unjudged)


def daily(scopes: "Scopes", kpi: Kpi, span: tuple[dt.date | None, dt.date | None], segment: Any = None) -> Series:
    """The figures of all whole days that say anything, up to three years of them."""
    from desireline.service.kpis.counting import counter
    from desireline.service.kpis.measuring import with_people

    found = counter(scopes, kpi, segment, KpiAsked(by="day"))
    last = min(span[1] or found.known_until, found.known_until)
    first = (span[0] or last - dt.timedelta(days=LOOKED - 1)) - dt.timedelta(days=_SEASONS)
    one = dt.timedelta(days=1)
    windows = [(first + k * one, first + (k + 1) * one) for k in range((last - first).days + 1)]
    windows = [window for window in windows if found.over(window[1])]
    if not windows:
        return Series(kpi, (), ())
    counts = tuple(tuple(sorted(each.items())) for each in found.counts(windows))
    figures = _figures(kpi.kind, counts)
    heads = found.people(windows)
    begun = next((place for place, each in enumerate(figures) if each.n > 0), len(figures))
    kept = [
        (window[0], with_people(each, who))
        for window, each, who in list(zip(windows, figures, heads, strict=True))[begun:] if each.value is not None
    ]  # fmt: skip
    return Series(kpi, tuple(day for day, _ in kept), tuple(each for _, each in kept))


@lru_cache(maxsize=128)
def _figures(kind_name: str, counts: tuple[tuple[tuple[str, float], ...], ...]) -> tuple[KpiValue, ...]:
    """Figures of days; what was computed for a dashboard is not computed again for the next one."""
    from desireline.act.kpis.kinds import KINDS

    kind = KINDS[kind_name]
    none = {name: 0.0 for name in kind.counts if name not in kind.optional and not name.endswith("@")}
    empty = kind.compute(none)
    return tuple(kind.compute({**none, **dict(each)}) if any(n for _, n in each) else empty for each in counts)


@lru_cache(maxsize=512)
def _judged(
    family: Literal["count", "share", "value"], numbers: tuple[bytes, bytes, bytes], since: int, rate: float
) -> "Judged":
    import numpy as np

    from desireline.act.anomalies.daily import Daily
    from desireline.act.anomalies.judging import judged

    day, value, size = numbers
    return judged(Daily(family, np.frombuffer(day, np.int64), np.frombuffer(value), np.frombuffer(size)), since, rate)


def judged_days(series: Series, since: dt.date, rate: float) -> "Judged | None":
    """Every day from then on; None where there are none."""
    import numpy as np

    if not series.days:
        return None
    family, value, size = _numbers(series.figures)
    day = np.array([(one - _FIRST).days for one in series.days], np.int64)
    packed = (day.tobytes(), np.array(value, float).tobytes(), np.array(size, float).tobytes())
    return _judged(family, packed, (since - _FIRST).days, rate)


def _numbers(figures: Sequence[KpiValue]) -> tuple[Literal["count", "share", "value"], list[float], list[float]]:
    values = [one.value or 0.0 for one in figures]
    if figures[0].unit == "count" and all(value == round(value) for value in values):
        return "count", values, [1.0] * len(values)
    if figures[0].unit == "share" and all(
        abs((one.value or 0.0) * one.n - round((one.value or 0.0) * one.n)) < 1e-6 * max(1, one.n) for one in figures
    ):
        return "share", values, [float(one.n) for one in figures]
    widths = [one.high - one.low if one.low is not None and one.high is not None else None for one in figures]
    if any(width is None or width <= 0 for width in widths):
        return "value", values, [1.0] * len(values)
    return "value", values, [((width or 0.0) / 2 / _Z) ** 2 for width in widths]


def _odd(series: Series, result: "Judged", rate: float) -> list[Anomaly]:
    from desireline.service.kpis.measuring import direction_of

    figure_of = dict(zip(series.days, series.figures, strict=True))
    way, found = direction_of(series.kpi), []
    for k in range(len(result.day)):
        day = _FIRST + dt.timedelta(days=int(result.day[k]))
        figure = figure_of[day]
        if result.p[k] > rate or figure.value is None:
            continue
        found.append(Anomaly(
            kpi=series.kpi.id, name=series.kpi.name, day=day, unit=figure.unit, value=figure.value, n=figure.n,
            people=figure.people, expected=float(result.expected[k]), low=float(result.low[k]),
            high=float(result.high[k]), p=float(result.p[k]),
            better=(figure.value > result.expected[k]) == (way == "up"), days=int(result.behind[k]),
        ))  # fmt: skip
    return found


def _unjudged(kpi: Kpi, reason: Literal["too_few_days", "never_varies", "not_counted"], days: int) -> Unjudged:
    return Unjudged(kpi=kpi.id, name=kpi.name, reason=reason, days=days)

"""What an alert says, in the language that it is sent in."""

from typing import TYPE_CHECKING, Any

from desireline.i18n import date, translate
from desireline.model.alert import Alert, OnThreshold
from desireline.model.kpi import Kpi
from desireline.service.kpis.telling import is_small, told, written

if TYPE_CHECKING:
    from desireline.service.alerts.looking import Seen


def subject(alert: Alert, kpi: Kpi, *, firing: bool) -> str:
    """In one line."""
    return translate(alert.language, f"alert.subject.{'fires' if firing else 'over'}", name=alert.name, kpi=kpi.name)


def text(alert: Alert, kpi: Kpi, seen: "Seen", *, firing: bool) -> str:
    """What happened, with the figure, its interval, its n and its day; figures of few people are not said."""
    language, figure = alert.language, seen.figure
    key = f"alert.told.{_rule(alert)}" if firing else "alert.told.over"
    lines = [translate(language, key, kpi=kpi.name, bound=_bound(alert, kpi, seen))]
    if figure is not None and seen.day is not None:
        value = told(language, figure, kpi.currency)
        lines.append(translate(language, f"alert.figure.{alert.by}", day=date(language, seen.day), value=value))
        lines.append(translate(language, f"kpi.formula.{figure.formula}"))
    return "\n\n".join(lines)


def facts(alert: Alert, kpi: Kpi, seen: "Seen", *, firing: bool) -> dict[str, Any]:
    """The same for a webhook; a figure of few people is left out there too."""
    figure = seen.figure
    hidden = figure is None or is_small(figure)
    return {
        "alert": {"id": alert.id, "name": alert.name, "rule": alert.rule.model_dump(mode="json")},
        "kpi": {"id": kpi.id, "name": kpi.name, "kind": kpi.kind}, "state": "firing" if firing else "calm",
        "by": alert.by, "day": seen.day and seen.day.isoformat(), "bound": None if hidden else seen.bound,
        "figure": None if figure is None or hidden else figure.model_dump(mode="json", exclude={"counts"}),
    }  # fmt: skip


def _rule(alert: Alert) -> str:
    rule = alert.rule
    if isinstance(rule, OnThreshold):
        return "above" if rule.above is not None else "below"
    return rule.on


def _bound(alert: Alert, kpi: Kpi, seen: "Seen") -> str:
    if seen.figure is None or seen.bound is None or (is_small(seen.figure) and alert.rule.on in {"change", "anomaly"}):
        return "–"
    return written(alert.language, seen.bound, seen.figure.unit, kpi.currency)

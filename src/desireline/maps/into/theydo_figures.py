"""The newest figure of a TheyDo metric, computed from its counts as TheyDo defines each score.

CSAT is the mean of the answers 1..5, CES the positive answers in 100, NPS the promoters less the detractors in 100,
RATIO the numerator in 100 of the denominator. Counts of one day (channels, segments) add up before a score is taken.
"""

from dataclasses import dataclass
from typing import Any, Final

_CSAT: Final = ("veryUnsatisfied", "unsatisfied", "neutral", "satisfied", "verySatisfied")

Json = dict[str, Any]


@dataclass(frozen=True)
class Latest:
    """A figure with its unit. `older`: there are data points of earlier days."""

    value: float
    unit: str
    older: bool


def latest(metric: Json) -> Latest | None:
    """The figure of the newest day; None if it has no data that makes one."""
    points = [p for p in metric.get("dataPoints") or [] if isinstance(p, dict) and p.get("dateOfMeasurement")]
    if not points:
        return None
    day = max(str(p["dateOfMeasurement"]) for p in points)
    newest = [p for p in points if str(p["dateOfMeasurement"]) == day]
    found = _figure(metric, newest)
    if found is None:
        return None
    value, unit = found
    return Latest(value, unit, len(newest) < len(points))


def _figure(metric: Json, points: list[Json]) -> tuple[float, str] | None:
    own = str(metric.get("unit") or "")
    match metric.get("type"):
        case "CSAT":
            counts = [_sum(points, name) for name in _CSAT]
            told = _divided(sum(k * n for k, n in enumerate(counts, 1)), sum(counts), 1)
            unit = "1–5"
        case "CES":
            told, unit = _divided(_sum(points, "score"), _sum(points, "respondents"), 100), "%"
        case "NPS":
            up, down = _sum(points, "promoters"), _sum(points, "detractors")
            told, unit = _divided(up - down, up + down + _sum(points, "passives"), 100), "NPS"
        case "RATIO":
            told, unit = _divided(_sum(points, "numerator"), _sum(points, "denominator"), 100), "%"
        case _:
            values = [float(p["value"]) for p in points if isinstance(p.get("value"), int | float)]
            n = 1 if metric.get("aggregationMethod") == "SUM" else len(values)
            told, unit = (sum(values) / n if values else None), own
    return None if told is None else (told, unit)


def _sum(points: list[Json], name: str) -> float:
    return float(sum(p[name] for p in points if isinstance(p.get(name), int | float)))


def _divided(part: float, whole: float, times: int) -> float | None:
    return times * part / whole if whole else None

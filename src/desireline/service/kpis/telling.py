"""A KPI's figure in the reader's language, as it is sent to others: small groups stay private in it."""

from typing import Final

from desireline.i18n import number, percent, translate
from desireline.model.kpi import KpiValue, Unit

EXPORT_THRESHOLD: Final = 50
"""People that a figure needs outside; answers or the like where nobody knows whose they are."""


def is_small(figure: KpiValue) -> bool:
    """Whether it tells of so few that it stays inside; a zero does not: nobody can be found in it."""
    return 0 < few(figure.n, figure.people) < EXPORT_THRESHOLD


def few(n: int, people: int | None) -> int:
    """How many people something rests on: many answers may be those of few.

    >>> few(50, 2), few(50, None)
    (2, 50)
    """
    return n if people is None else min(n, people)


def told(language: str, figure: KpiValue, currency: str | None = None) -> str:
    """The figure with its interval and n; or why there is none.

    >>> told("en", KpiValue(kind="nps", value=39.84, low=37.18, high=42.41, n=2746, formula="nps", unit="score",
    ...     counts={}))
    '39.84 (37.18 – 42.41), n = 2,746'
    """
    if is_small(figure):
        return translate(language, "kpi.small", n=EXPORT_THRESHOLD)
    if figure.value is None:
        return translate(language, f"kpi.refused.{figure.refused}")
    value = written(language, figure.value, figure.unit, currency)
    return ", ".join(filter(None, (f"{value} {interval(language, figure, currency)}".strip(), n_of(language, figure))))


def interval(language: str, figure: KpiValue, currency: str | None = None) -> str:
    """The ends of the interval in brackets; nothing where there is none."""
    if figure.low is None and figure.high is None:
        return ""
    ends = ["…" if end is None else written(language, end, figure.unit, currency) for end in (figure.low, figure.high)]
    return f"({ends[0]} – {ends[1]})"


def n_of(language: str, figure: KpiValue) -> str:
    """What it rests on."""
    return f"n = {number(language, figure.n)}"


def written(language: str, value: float, unit: Unit, currency: str | None = None) -> str:
    """A value as its unit is written."""
    if unit == "share":
        return percent(language, value, 2)
    if unit in {"seconds", "days"}:
        return _span(language, value * (86_400 if unit == "days" else 1))
    if unit == "money":
        return f"{number(language, value, 2)}\xa0{currency or ''}".strip()
    return number(language, value, 0 if unit == "count" and value == round(value) else 2)


def difference(language: str, value: float, unit: Unit, currency: str | None = None) -> str:
    """A difference with its sign; of shares in percentage points."""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    if unit == "share":
        return f"{sign}{number(language, abs(value) * 100, 2)}\xa0{translate(language, 'kpi.points')}"
    return sign + written(language, abs(value), unit, currency)


_SPANS: Final = (("second", 1, 90), ("minute", 60, 5400), ("hour", 3600, 172_800), ("day", 86_400, float("inf")))


def _span(language: str, seconds: float) -> str:
    unit, size, _ = next(one for one in _SPANS if abs(seconds) < one[2])
    return f"{number(language, seconds / size, 1)}\xa0{translate(language, f'cli.unit.{unit}')}"

"""How far a figure can be trusted, and what would measure what is only assumed."""

import datetime as dt

from desireline.model.journey_map import LaneKind
from desireline.model.measured import CardNeed, Coverage, Proof
from desireline.model.measurements import Grade, Measurements

MEASURED_FROM = 20
"""People (or answers) from which a figure counts as measured."""

FRESH_FOR = dt.timedelta(days=90)
"""How far the last event behind a figure may lie before the end of the observation for it to be fresh.

Judged against the data, not the clock: a map of last year's export is as true as on the day it was drawn, and measuring
it again gives the same badges. What ages is what has fallen silent while the rest of the data went on.
"""

NEEDS: dict[LaneKind, CardNeed] = {
    "actions": "binding", "touchpoints": "touchpoint", "thoughts": "interviews", "emotion": "scores",
    "pain_points": "complaints_or_friction", "opportunities": "library_kpi", "metrics": "binding",
    "backstage": "binding", "systems": "binding", "departments": "handoff_events", "hand_offs": "handoff_events",
    "self_service": "help_contacts",
}  # fmt: skip
"""What would measure an unbound card; cards of lanes that are not here state nothing that could be measured."""


def proof(n: int, last: dt.datetime | None, measurements: Measurements) -> Proof:
    """The proof of a figure that n people (or answers) are behind, the last on a day."""
    until = measurements.until
    age = until - last if n and last is not None and until is not None else None
    grade: Grade = "assumed"
    if n:
        grade = "measured" if n >= MEASURED_FROM and age is not None and age <= FRESH_FOR else "some"
    return Proof(
        grade=grade,
        n=n,
        since=measurements.first.date() if measurements.first else None,
        until=measurements.last.date() if measurements.last else None,
        last_true=last.date() if n and last is not None else None,
        freshness=0.0
        if age is None or until is None or last is None
        else _freshness((until.date() - last.date()).days),
    )


def _freshness(days: int) -> float:
    """1 on the day itself, half after 90 days."""
    return float(0.5 ** (max(0, days) / FRESH_FOR.days))


def coverage(grades: list[Grade]) -> Coverage:
    """How many of the things that can carry evidence have it."""
    return Coverage(measured=grades.count("measured"), some=grades.count("some"), assumed=grades.count("assumed"))

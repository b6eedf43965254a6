"""A day of a KPI that is not as its weekday and season let expect."""

import datetime as dt
from typing import Literal

from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kpi import Unit

FALSE_ALARMS = 0.05
"""The chance that one look over any number of KPIs and days holds a false alarm, if nothing else is said."""


class Anomaly(Strict):
    """One day.

    Attributes:
        value: of the day; `n` what it rests on, `people` how many people that is where n does not count them.
        expected: of the same weekday and season, given the days before.
        low, high: the interval that a day lies outside of with the chance `rate`, if nothing is the matter.
        p: the chance of a day as far from what is expected, if nothing is the matter.
        better: whether it is off in the right direction.
        days: of the past that the expectation rests on.
    """

    kpi: Id
    name: str
    day: dt.date
    unit: Unit
    value: float
    n: int
    people: int | None = None
    expected: float
    low: float
    high: float
    p: float
    better: bool
    days: int


class Unjudged(Strict):
    """A KPI that no day of can be judged, and why."""

    kpi: Id
    name: str
    reason: Literal["too_few_days", "never_varies", "not_counted"]
    days: int


class Anomalies(Strict):
    """What one look found.

    Attributes:
        false_alarms: the chance that any of `found` is a false alarm.
        rate: of each single day of each KPI: `false_alarms` shared out among all that were looked at.
        looked: KPIs × days that were looked at.
        unjudged: KPIs of which nothing can be said yet.
    """

    false_alarms: float
    rate: float
    looked: int
    found: list[Anomaly]
    unjudged: list[Unjudged]

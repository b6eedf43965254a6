"""What the question of personas asks and answers."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from desireline.model.question import Asked, Result

Reason = Literal["too_few_people", "too_few_events", "one_population", "unstable"]
"""Why there are no stable groups: too few people or events to tell, no valley between any two parts of the
population, or parts that another sample of the same people would not show again."""

Badge = Literal["stable", "valid", "very_stable"]
"""Of a group's mean Jaccard index over resamples: at least .60, .75, .85 (Hennig 2007)."""

Behaviour = Literal[
    "touchpoint", "channel", "activity", "pace", "repeats", "visit_length", "journeys", "recency", "value", "weekend",
    "evening",
]  # fmt: skip
"""What is told of a person: the part of their events at a touchpoint or on a channel; events; the geometric mean of
gaps in seconds; the part of events with the touchpoint of the one before; events per visit (30 minutes of silence end
it); journeys; days since the last event; the sum of values; the parts of events on Saturdays and Sundays, and from 18
o'clock on."""


class PersonasRequest(Asked):
    """Find groups of people who behave alike.

    Attributes:
        goal: a goal of the definition, else a touchpoint, else an event name: its rate is told for each group. It
            takes no part in finding the groups.
        seed: of all that is drawn at random; the same question gives the same answer.
    """

    goal: str | None = None
    seed: int = Field(default=0, ge=0, lt=2**32)


class Mean(BaseModel):
    """A mean per person with its 95 % interval (Student's t); None for fewer than two people."""

    mean: float
    low: float | None
    high: float | None


class Trait(BaseModel):
    """One behaviour of a group beside everyone's.

    Attributes:
        behaviour: what is measured; see `Behaviour`.
        name: of the touchpoint or channel; None for other behaviours.
        mean: of the group, with its 95 % interval; `everyone`: of all people.
        log2_ratio: of the two; None where one of them is 0.
        q: of the difference to all others (Welch), Benjamini-Hochberg over all groups and behaviours.
        names_it: whether the group is named after it.
    """

    behaviour: Behaviour
    name: str | None
    mean: float
    low: float | None
    high: float | None
    everyone: float
    log2_ratio: float | None
    q: float
    names_it: bool


class Part(BaseModel):
    """A touchpoint's or channel's part of a group's events, beside its part of everyone's."""

    name: str
    share: float
    everyone: float


class GoalRate(BaseModel):
    """`n` of the group's people reach the goal; `rate` with Wilson's 95 % interval."""

    n: int
    rate: float
    low: float
    high: float


class MonthSize(BaseModel):
    """People of the group with an event in a month, and their share of all who have one; `over`: the month is."""

    start: dt.date
    people: int
    share: float
    over: bool


class Persona(BaseModel):
    """One group.

    Attributes:
        name: after what sets it apart, in English; `names`: in every language that we speak, by its code.
        people: of all in scope; `share` with Wilson's 95 % interval `low` to `high`.
        stability: mean Jaccard index over resamples; `badge` says it in a word.
        value: the sum of its events' values; None where events have no values.
        pace_seconds: the median time between two events of one person; None without gaps.
        channels, touchpoints: the most used first.
        goal: None where none is asked for.
        journey: the touchpoints of the person in the middle of the group, repeats in a row as one, at most 40.
        traits: what sets it apart most first, then what sets the other groups apart.
        trend: month by month.
    """

    name: str
    names: dict[str, str]
    people: int
    share: float
    low: float
    high: float
    stability: float
    badge: Badge
    value: Mean | None
    pace_seconds: float | None
    channels: list[Part]
    touchpoints: list[Part]
    goal: GoalRate | None
    journey: list[str]
    traits: list[Trait]
    trend: list[MonthSize]


class Move(BaseModel):
    """A group's share before and after; `low` to `high` is the 95 % interval of the difference over resamples."""

    name: str
    share_before: float
    share_after: float
    low: float
    high: float
    alarm: bool


class PersonaDrift(BaseModel):
    """The groups found again in the first and in the last half of the time, each on its own.

    Attributes:
        split: where the halves meet, UTC.
        people_before, people_after: people with enough events in a half.
        stayed: of the people with enough events in both halves, the share in the group they were in.
        moves: one for each group, matched by the least distance of their centres (Hungarian method).
        alarm: whether a share moved by more than resampling explains, all groups looked at together.
    """

    split: dt.datetime
    people_before: int
    people_after: int
    stayed: float | None
    moves: list[Move]
    alarm: bool


class Evidence(BaseModel):
    """What the verdict stands on.

    Attributes:
        people: so many were looked at to find groups: of those with enough events, at most a sample.
        components: Gaussian components with the least BIC; `covariance`: their form.
        parts: parts of the population with a valley between any two; each is a group if they are stable.
        ari: mean adjusted Rand index between the parts and those found in each of `resamples`; None for one part.
        jaccard: mean Jaccard index of each part over the resamples.
        needed_ari, needed_jaccard: what is asked of them.
    """

    people: int
    components: int
    covariance: Literal["diag", "tied"] | None
    parts: int
    ari: float | None
    jaccard: list[float]
    resamples: int
    needed_ari: float
    needed_jaccard: float


class PersonasResult(Result):
    """Stable groups, the largest first, or why there are none.

    Everyone is of the most probable group; those for whom none is at least 60 % probable are `mixed`. `behaviours` are
    those by which groups were looked for.

    Cells: `persona:I`, by place from 0, and `mixed`.
    """

    table: ClassVar = "groups"

    goal: str | None
    stable: bool
    reason: Reason | None
    groups: list[Persona]
    mixed: int
    evidence: Evidence
    behaviours: list[str]
    drift: PersonaDrift | None

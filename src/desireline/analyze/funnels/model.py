"""What a funnel is asked with, and what it answers."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from desireline.model.calendar import Period
from desireline.model.definition import Strict
from desireline.model.question import Asked, Result


class StepAsked(Strict):
    """A step with conditions of its own.

    Attributes:
        name: touchpoint (event name without a definition).
        optional: a chain may leave it out; the first step cannot be optional.
        within: longest time since the step before it in the chain, such as 1d; not where order is any.
        first_ever: only the person's first event of that name counts, of all that the workspace knows of them.
    """

    name: str
    optional: bool = False
    within: str | None = None
    first_ever: bool = False


class ExclusionAsked(Strict):
    """An event that may not lie between two events of a chain.

    Attributes:
        name: touchpoint (event name without a definition).
        after, before: numbers of steps (from 1): it matters only between neighbours of a chain whose steps lie in this
            range. None: from the first step, to the last one.
    """

    name: str
    after: int | None = None
    before: int | None = None


class FunnelRequest(Asked):
    """Which chains count, and how the answer is split.

    Attributes:
        steps: 1 to 32, a name alone or with conditions.
        within: longest time from a chain's first event to its last, such as 7d, 30m or 2h.
        order: ordered lets other events come between the steps; strict lets none that has a touchpoint (or, asked by
            event name, none at all); any takes the steps in any order.
        exclude: events that break a chain.
        by: channel, source, stage, touchpoint, event, property.PATH or trait.NAME.
        attribution: which event of a chain says its group: the first or last that has one, that of step:K, or all,
            that is, chains whose events are all in one group.
        top: how many groups keep their name.
        trend: also count by day, week or month of entry.
    """

    steps: list[str | StepAsked]
    within: str | None = None
    order: Literal["ordered", "strict", "any"] = "ordered"
    exclude: list[str | ExclusionAsked] = Field(default_factory=list)
    by: str | None = None
    attribution: str = "first"
    top: int = 10
    trend: Period | None = None


class FunnelStep(BaseModel):
    """One step.

    Attributes:
        people: units that reached it.
        share_of_first: of those that reached the first step; `low` and `high` are its 95 % interval.
        share_of_previous: of those that reached the step before that is not optional; of all in scope (in a group: of
            the group) for the first step.
        median_seconds_from_first, p90_seconds_from_first: from the first event of the chain that counts to its last.
        median_seconds_from_previous, p90_seconds_from_previous: from the last but one event of that chain to its last.
    """

    name: str
    optional: bool
    people: int
    share_of_first: float
    low: float
    high: float
    share_of_previous: float
    median_seconds_from_first: float | None
    p90_seconds_from_first: float | None
    median_seconds_from_previous: float | None
    p90_seconds_from_previous: float | None


class FunnelExcluded(BaseModel):
    """What exclusions did: units that lost at least one chain to them, and units that reach fewer steps for it."""

    people: int
    people_lost: int


class TimeBucket(BaseModel):
    """Units whose time from the first step is at least `from_seconds` and less than `to_seconds`; the last: at most."""

    from_seconds: float
    to_seconds: float
    people: int


class FunnelTimes(BaseModel):
    """How the times from the first step to step number `step` are spread."""

    step: int
    buckets: list[TimeBucket]


class FunnelGroup(BaseModel):
    """The funnel of one group; `people` reached its first step. `name` is None for chains without a group."""

    name: str | None
    people: int
    steps: list[FunnelStep]


class FunnelPeriod(BaseModel):
    """Units by the local day, week or month that begins at `start` and holds the first event of their furthest chain.

    Attributes:
        mature: whether the window of everybody who entered then was over at the end of the observation.
        people: units by step.
    """

    start: dt.date
    mature: bool
    people: list[int]


class FunnelResult(Result):
    """How many units get how far.

    Cells, with steps from 1: `step:K` reached step K; `dropped:K` reached the step before that is not optional, but not
    K; `excluded` and `lost`, as in `excluded`; `time:[K,I]`, bucket I (from 0) of step K; `group:[NAME,K]` and
    `group_dropped:[NAME,K]`, the same in a group (null without one); `period:["2026-01-05",K]`.
    """

    table: ClassVar = "steps"

    steps: list[FunnelStep]
    within_seconds: float | None
    order: str
    excluded: FunnelExcluded
    times: list[FunnelTimes]
    groups: list[FunnelGroup]
    periods: list[FunnelPeriod]

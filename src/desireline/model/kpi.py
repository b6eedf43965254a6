"""A figure that an organisation steers by: its value with interval, out of counts that add up."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from desireline.model.day import Day
from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kept import Kept, Line
from desireline.model.segment import Segment

Unit = Literal["score", "share", "days", "money", "seconds", "count"]
Direction = Literal["up", "down"]


class KpiValue(Strict):
    """One figure.

    Attributes:
        kind: as in the registry of kinds.
        value: None where it was refused; shares between 0 and 1, scores on their own scale.
        low, high: of the 95 % interval; None where there is none.
        n: what it rests on: answers, people or contacts, as the kind says.
        people: how many people that is; None where n counts people, or nobody is known.
        formula: id of the sentence that says how it was computed.
        counts: what it was computed from; counts of periods and segments add up to those of the whole.
        refused: why there is no value, as a code; None where there is one.
    """

    kind: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    formula: str
    unit: Unit
    counts: dict[str, float]
    refused: str | None = None
    people: int | None = None


Names = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=200)]

Scale = Literal["nps", "csat_5", "csat_7", "csat_10", "ces2_7", "ces1_5", "stars_5", "thumbs"]

MOST_READINGS = 20_000


class FromEvents(Strict):
    """Counted in events. Names are goals, touchpoints, event names or channels.

    Attributes:
        touchpoints: where feedback was asked, contacts, orders, purchases, or what people did; all if empty.
        start: what begins it: the first step, the cart, the invitation, the contract, the self-service, the referral.
        goal: what it leads to: the goal, the order, the answer, the end of the contract, the contact, the purchase.
        within: how long it may take, such as `7d`; what is younger is not counted yet.
        refunds: what takes revenue back.
        channels: the digital ones.
        property: of events: seconds of a time, the topic of a contact.
        survey, question: of feedback; any if None.
        scale: of feedback; the one that the kind is for if None.
    """

    origin: Literal["events"] = "events"
    touchpoints: Names = Field(default_factory=list)
    start: Names = Field(default_factory=list)
    goal: Names = Field(default_factory=list)
    within: Annotated[str, Field(max_length=20)] | None = None
    refunds: Names = Field(default_factory=list)
    channels: Names = Field(default_factory=list)
    property: Line | None = None
    survey: Line | None = None
    question: Line | None = None
    scale: Scale | None = None


class FromQuestion(Strict):
    """The share in one cell of a question's answer, asked for every period.

    Attributes:
        question: its name, such as `funnel` or `retention`; `fields` as it is asked.
        label: of the share, as a comparison of segments names it; the last one if None.
    """

    origin: Literal["question"] = "question"
    question: Line
    fields: dict[str, object] = Field(default_factory=dict)
    label: Line | None = None


class Reading(Strict):
    """Counts of a day, of all or of a part."""

    day: Day
    counts: dict[str, float]
    dimensions: dict[str, str] = Field(default_factory=dict)


class FromReadings(Strict):
    """Counts that were imported or typed."""

    origin: Literal["imported", "typed"]
    readings: Annotated[list[Reading], Field(max_length=MOST_READINGS)] = Field(default_factory=list)


Source = Annotated[FromEvents | FromQuestion | FromReadings, Field(discriminator="origin")]


class Target(Strict):
    """Where a KPI is to be, and by when, if that was said."""

    value: Annotated[float, Field(allow_inf_nan=False)]
    by: dt.date | None = None


class TargetSet(Strict):
    """A target as it was set, or taken away: then without a value."""

    at: AwareDatetime
    value: float | None
    by: dt.date | None = None


class HeldTarget(Strict):
    """A target on the days that it held, both included; it still holds where there is no last one."""

    value: float
    by: dt.date | None
    since: dt.date
    until: dt.date | None


class KpiPlace(Strict):
    """What a KPI hangs on."""

    touchpoint: Line | None = None
    stage: Line | None = None
    channel: Line | None = None
    map: Id | None = None


class NewKpi(Strict):
    """What can be said of a KPI.

    Attributes:
        kind: of `desireline kpi kinds`.
        direction: which way is better; that of the kind if None.
        dimensions: what it is to be looked at by: `channel`, `trait.NAME` and the like.
        serves: the goal, or the KPI, that it is a part of: ids make the tree.
        key: the name that it has in a system it is exchanged with.
    """

    name: Line
    kind: Line
    source: Source
    direction: Direction | None = None
    description: Annotated[str, Field(max_length=2000)] = ""
    currency: Annotated[str, Field(max_length=10)] | None = None
    owner: Line | None = None
    target: Target | None = None
    dimensions: Names = Field(default_factory=list)
    place: KpiPlace = Field(default_factory=KpiPlace)
    serves: Id | None = None
    key: Line | None = None


class Kpi(Kept, NewKpi):
    """A KPI as it is kept, with the targets that were ever set, the present one last."""

    targets: list[TargetSet] = Field(default_factory=list)


class KpiChange(Strict):
    """What to change; what is absent stays."""

    revision: Annotated[int, Field(ge=1)]
    name: Line = ""
    kind: Line = ""
    source: Source | None = None
    direction: Direction | None = None
    description: Annotated[str, Field(max_length=2000)] = ""
    currency: Annotated[str, Field(max_length=10)] | None = None
    owner: Line | None = None
    target: Target | None = None
    dimensions: Names = Field(default_factory=list)
    place: KpiPlace = Field(default_factory=KpiPlace)
    serves: Id | None = None
    key: Line | None = None


class KpiAsked(Strict):
    """Of when and of whom a KPI is measured.

    Attributes:
        since, until: whole days in the workspace's zone, both included; the last 30 days, 12 weeks or 12 months, up to
            the end of the observation, if None.
        by: how long a point of the series is.
        last: how many periods up to `until`, in place of `since`.
        segment: who counts, as a condition or the name of a saved one; `versus` another one to compare with.
        previous: whether to compare with the time of equal length before.
        dimensions: of readings: only those that say so.
        split: into which parts the figure is taken apart: channel, source, stage, touchpoint, event, `property.PATH`,
            `trait.NAME` or `persona`; of readings, a dimension that they say.
    """

    since: Day | None = None
    until: Day | None = None
    by: Literal["day", "week", "month"] = "week"
    last: Annotated[int, Field(ge=1, le=1000)] | None = None
    segment: Segment | str | None = None
    versus: Segment | str | None = None
    previous: bool = True
    dimensions: dict[str, str] = Field(default_factory=dict)
    split: Line | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "KpiAsked":
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")
        if self.since is not None and self.last is not None:
            raise ValueError("since or last, not both")
        return self


class KpiPoint(Strict):
    """A period of the series, from its first day to its last.

    Attributes:
        over: whether it is a whole day, week or month that is over, and nothing in it is too young to be judged; the
            figure of one that is not says nothing of a change.
    """

    since: dt.date
    until: dt.date
    over: bool
    figure: KpiValue


class KpiComparison(Strict):
    """The figure against another one.

    Attributes:
        against: previous, target or segment.
        other: what it is held against.
        difference: the figure less the other one, with its 95 % interval, as if both were independent.
        changed: whether the interval excludes 0; None where there is no interval.
        better: whether that is the right direction; None unless it changed.
        shared: how many people stand on both sides; None for other than segments.
    """

    against: Literal["previous", "target", "segment"]
    other: KpiValue | Target
    difference: float | None
    low: float | None
    high: float | None
    changed: bool | None
    better: bool | None
    shared: int | None = None


class FromRest(Strict):
    """A part's figure less that of all others, with its 95 % interval.

    Attributes:
        q: Benjamini-Hochberg over all parts that are held against the rest.
        differs: whether q is at most .05.
    """

    difference: float
    low: float
    high: float
    q: float
    differs: bool


class KpiPart(Strict):
    """A part of a KPI.

    Attributes:
        value: what it has; `@other` is all rarer values, None has none.
        figure: None where it is hidden.
        hidden: few_people: too few stand in it; would_tell: it would give a hidden one away.
        rest: how it stands against all others; None where that is not said.
    """

    value: str | None
    figure: KpiValue | None
    hidden: Literal["few_people", "would_tell"] | None = None
    rest: FromRest | None = None


class KpiSplit(Strict):
    """A KPI in parts, the greatest first, what has no value last.

    Attributes:
        by: what it is taken apart by.
        found: how many distinct values there are.
        apart: whether nothing is counted in two parts: counts that add up then give those of the whole.
        threshold: people, of readings answers, that a part needs to be shown.
        not_compared: why no part is held against the rest: one_part, no_interval, or overlapping; None where some are.
    """

    by: str
    found: int
    apart: bool
    threshold: int
    parts: list[KpiPart]
    not_compared: Literal["one_part", "no_interval", "overlapping"] | None = None


class KpiSeries(Strict):
    """A KPI measured.

    Attributes:
        figure: of all the time asked for.
        not_yet_mature: what started too late to be judged, and does not count; None where that cannot be.
        target_past: whether the date is over of the target that the figure is held against.
        targets: every one with the days that it held on: the figure is held against that of its last day.
        zone: IANA zone of all days.
        split: the figure in parts, where that was asked for.
    """

    kpi: Id
    name: str
    kind: str
    direction: Direction
    currency: str | None
    since: dt.date
    until: dt.date
    by: Literal["day", "week", "month"]
    zone: str
    segment: str | None
    figure: KpiValue
    points: list[KpiPoint]
    comparisons: list[KpiComparison]
    not_yet_mature: int | None
    target_past: bool
    targets: list[HeldTarget] = Field(default_factory=list)
    split: KpiSplit | None = None


class ReadingsImport(Strict):
    """What an import of readings did: names of KPIs made and changed, and how many readings were read."""

    created: list[str]
    changed: list[str]
    readings: int


class KpiCount(Strict):
    """One of the counts that a kind is computed from; a name that ends in `@` takes a time in days after it."""

    name: str
    optional: bool
    meaning: str


class KpiKind(Strict):
    """A kind of KPI in the reader's words.

    Attributes:
        formula: the sentence that says how it is computed.
        from_events: whether it can be counted in events; `needs` what must be said of them then.
    """

    kind: str
    name: str
    family: str
    family_name: str
    unit: Unit
    direction: Direction
    formula: str
    from_events: bool
    needs: list[str]
    counts: list[KpiCount]

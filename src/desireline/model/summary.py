"""What the workspace says of itself: status, imports, people, dimensions."""

import datetime as dt

from pydantic import BaseModel, Field

from desireline.model.map_history import MapInfo


class SourceSummary(BaseModel):
    """One source: its events that count, the people's traits it states, and its rows that were rejected."""

    name: str
    events: int
    traits: int
    rejected: int
    first: dt.datetime | None
    last: dt.datetime | None


class Status(BaseModel):
    """What the workspace holds. Times are UTC."""

    events: int
    people: int
    sources: list[SourceSummary]
    first: dt.datetime | None
    last: dt.datetime | None
    definition_version: int | None
    generation: str | None


class ImportSummary(BaseModel):
    """What an import did, in rows; `first` and `last` span the rows that were accepted, UTC.

    `replaced`: known rows that were read under another mapping before. `withdrawn`: rows that were events under
    another mapping and are rejected now.
    """

    source: str
    read: int
    new: int
    known: int
    replaced: int
    withdrawn: int
    rejected: dict[str, int]
    people: int
    first: dt.datetime | None
    last: dt.datetime | None
    seconds: float
    rows_per_second: int


class Identifier(BaseModel):
    """One way a person is known."""

    type: str
    value: str


class PersonRow(BaseModel):
    """A person in a list. Counts and times are over all their events."""

    person: str
    identifiers: list[Identifier]
    events: int
    first: dt.datetime
    last: dt.datetime
    channels: list[str]


class PeoplePage(BaseModel):
    """A page of people, and how many there are in all.

    In a drill-down `units` counts what the question counted (persons, journeys or cases); several journeys may be
    one person's, so `total`, which counts persons, can be smaller.
    """

    total: int
    units: int
    people: list[PersonRow]


class Person(BaseModel):
    """One person. Traits are the latest statement of each."""

    person: str
    identifiers: list[Identifier]
    traits: dict[str, str]
    events: int
    first: dt.datetime
    last: dt.datetime


class TimelineEvent(BaseModel):
    """One event of a person's timeline; `arrival` is its key in the lake."""

    arrival: int
    time: dt.datetime
    precision: str
    zone: str | None
    name: str
    touchpoint: str | None
    stage: str | None
    channel: str
    source: str
    value: float | None
    currency: str | None
    text: str | None
    score: float | None
    case_id: str | None
    caveat: str | None


class Timeline(BaseModel):
    """A page of a person's events, newest first, and whether older ones remain."""

    events: list[TimelineEvent]
    more: bool


class RawEvent(TimelineEvent):
    """An event as the lake holds it."""

    event_id: str | None
    batch: str
    mapping: str
    identifiers: list[Identifier]
    properties: dict[str, object]


class Dimensions(BaseModel):
    """What can be asked about: names to choose steps and filters from."""

    channels: list[str]
    sources: list[str]
    traits: dict[str, list[str]]
    touchpoints: list[str]
    stages: list[str]
    event_names: list[str]
    goals: list[str]
    first: dt.datetime | None
    last: dt.datetime | None


class DefinitionSummary(BaseModel):
    """A version of a definition in a list."""

    version: int
    name: str
    created: dt.datetime | None
    origin: str
    stages: int
    touchpoints: int
    goals: int


class RejectRow(BaseModel):
    """A row that could not become an event."""

    source: str
    file: str
    line: int
    reason: str
    detail: str | None
    raw: str


class RejectCount(BaseModel):
    """Rejected rows of a source by reason."""

    source: str
    reason: str
    count: int


class RejectPage(BaseModel):
    """A page of rejects, and how many there are."""

    total: int
    rows: list[RejectRow]
    by_reason: list[RejectCount]


class ReplaySummary(BaseModel):
    """What reading rejected rows again did."""

    replayed: int
    accepted: int
    still_rejected: int


class Overview(BaseModel):
    """What a first look should say. `next_steps` are codes, most useful first."""

    status: Status
    maps: list[MapInfo]
    thumbnail_map: str | None
    next_steps: list[str] = Field(default_factory=list)

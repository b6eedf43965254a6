"""What a map's cells are measured to be: figures by the ids of the map, with their evidence and the way to people.

`Measured` never changes a map. It is computed for a map, a definition, filters and a moment, or frozen in a snapshot.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from desireline.model.definition import Aliased, Strict
from desireline.model.journey_map import JourneyMap, ScoreScale
from desireline.model.library import LibraryItem
from desireline.model.measurements import Caveat, ChannelSwitch, Count, Grade, Share
from desireline.model.question import Cut, Filters, Grain
from desireline.model.sentiment import Polarity

Unit = Literal["people", "share", "seconds", "score"]
CardNeed = Literal[
    "binding", "touchpoint", "definition", "events", "scores", "complaints_or_friction", "library_kpi",
    "library_persona", "handoff_events", "help_contacts", "interviews",
]  # fmt: skip
"""What would measure an assumed cell; surfaces translate it as `map.needs.<code>`."""

Emotion = Annotated[float, Field(ge=-2, le=2)]


class Proof(Strict):
    """How far a figure can be trusted.

    `measured`: n of 20 or more and fresh; `some`: fewer, or stale; `assumed`: none. Fresh: the last event lies within
    90 days of the end of the observation. `freshness` halves every 90 days, 1 on the day itself.
    """

    grade: Grade
    n: Count = Field(description="People (units of the grain), or answers of a score.")
    since: dt.date | None = Field(description="First day of the window looked at, UTC.")
    until: dt.date | None = Field(description="Last day of the window looked at, UTC.")
    last_true: dt.date | None = Field(description="Day of the last event behind it, UTC.")
    freshness: Share = 0.0


class Change(Strict):
    """Against the period just before, of the same length. `changed`: the 95 % interval of the difference excludes 0."""

    before: float
    difference: float
    low: float | None
    high: float | None
    changed: bool


class Figure(Strict):
    """One measured figure. `spark`: the same figure in up to twelve equal parts of the window, null where none."""

    value: float | None
    unit: Unit
    n: Count
    of: Count | None = Field(default=None, description="Denominator of a share.")
    low: float | None = None
    high: float | None = None
    proof: Proof
    cell: str | None = Field(description="Drill-down cell; with the `drilldown` token it lists the people.")
    spark: list[float | None] = Field(default_factory=list)
    change: Change | None = None


class OnwardFlow(Strict):
    """People whose first later stage after this one was `to` (a stage id)."""

    to: str
    people: Count


class StageMeasured(Strict):
    """A stage, counted. People = goes_on + dropped + open.

    The sum of `onward` is goes_on if the map has all stages of the definition; who went on to another one is in none.
    """

    people: Count
    share: Share | None
    events: Count
    goes_on: Count
    goes_on_share: Share | None
    goes_on_interval: tuple[Share, Share] | None
    dropped: Count
    open: Count
    loops: Count
    median_seconds_to_later: float | None
    onward: list[OnwardFlow]
    channel_switches: list[ChannelSwitch] = Field(max_length=3)
    proof: Proof
    index: int = Field(ge=1, description="Of the stage in the definition, as drill-down cells count it.")
    cell: str


class CardMeasured(Strict):
    """A card. `figure` None: nothing measures it, and `needs` says what would. `ratings`: measured ones, 1..5."""

    figure: Figure | None = None
    needs: CardNeed | None = None
    channels: list[str] = Field(default_factory=list)
    caveat: Caveat | None = None
    ratings: dict[Literal["customer", "organisation", "expectation"], Figure] = Field(default_factory=dict)


class EmotionPoint(Strict):
    """The emotion of a step, from -2 to +2. Value None: no evidence, a gap that is never bridged."""

    step: str
    value: Emotion | None
    low: Emotion | None = None
    high: Emotion | None = None
    n: Count = 0
    people: Count = 0
    by_scale: dict[ScoreScale, Count] = Field(default_factory=dict, description="Answers by scale.")
    by_label: dict[Polarity, Count] = Field(default_factory=dict, description="Texts, on a curve of words.")
    proof: Proof
    cell: str | None = None


class EmotionCurve(Strict):
    """An emotion lane, computed. `peak`, `end`: step ids of the farthest from 0 and of the last point with evidence."""

    lane: str
    of: Literal["scores", "words", "behaviour"]
    segment: str | None = Field(default=None, description="Whose curve it is; None is everyone in scope.")
    points: list[EmotionPoint]
    peak: str | None = None
    lowest: str | None = None
    end: str | None = None
    drilldown: str | None = Field(default=None, description="Token of its cells; None: that of the whole answer.")


class HandOffMeasured(Aliased):
    """What crosses from one channel to another at a step."""

    from_: str = Field(alias="from")
    to: str
    people: Count
    median_seconds: float | None
    repeated_share: Share | None = Field(
        description="Share whose next event, within 72 hours, is of the same touchpoint or event name again."
    )
    cell: str


class Coverage(Strict):
    """How many of the things on the map that can carry evidence are measured."""

    measured: Count
    some: Count
    assumed: Count

    @property
    def share(self) -> float | None:
        """Measured ones of all."""
        every = self.measured + self.some + self.assumed
        return self.measured / every if every else None


class UnplacedTouchpoint(Strict):
    """A touchpoint of the definition that has people and no card on the map."""

    name: str
    channel: str | None
    stage: str | None
    people: Count


class Measured(Strict):
    """All figures of a map. Keys of `stages` and `cards` are ids of the map."""

    as_of: AwareDatetime = Field(description="When it was counted.")
    data_since: AwareDatetime | None
    data_until: AwareDatetime | None
    definition: str | None
    definition_version: int
    coherence: Share | None
    grain: Grain
    filters: Filters
    segment: str | None
    people_in_scope: Count
    events: Count
    outside_definition: Count
    goal_people: Count | None
    goal_share: Share | None
    stages: dict[str, StageMeasured]
    cards: dict[str, CardMeasured]
    steps: dict[str, Figure] = Field(description="People of a step: those who met one of its touchpoints.")
    hand_offs: dict[str, list[HandOffMeasured]] = Field(description="By stage id, the commonest.")
    emotion: list[EmotionCurve]
    unplaced: list[UnplacedTouchpoint]
    coverage: Coverage
    cut: list[Cut]
    drilldown: str


class Deviation(Strict):
    """One way in which people leave the planned way (Halvorsrud's four kinds).

    missing: a planned step that did not happen. ad_hoc: a touchpoint that was not planned. irregular: a planned step
    out of its order. failed: a step that was begun and had to be done again, or ended in an error touchpoint.
    """

    kind: Literal["missing", "ad_hoc", "irregular", "failed"]
    step: str | None = Field(description="Id of the step of the ideal map; of ad-hoc ones, None.")
    touchpoint: str | None = Field(description="Of the definition; of missing steps, None.")
    after: str | None = Field(description="Id of the planned step that came before; None at the start.")
    people: Count
    count: Count
    cell: str


class StepConformance(Strict):
    """How many of those who came this far did the step as planned: in its order and without failing.

    `people`: those for whom it was due, which an optional step is only for those who did it. `effort`: mean events at
    the step's touchpoints over those who did it, repeats included. `low` to `high`: 95 % Wilson interval of `share`.
    """

    step: str
    people: Count
    conforming: Count
    share: Share | None
    low: Share | None
    high: Share | None
    effort: float | None
    cell: str = Field(description="Drill-down cell of `people`.")
    conforming_cell: str


class Conformance(Strict):
    """What people did, aligned with the ideal map. `fitness` is the mean over people, 1 is exactly as planned."""

    ideal: str = Field(description="Id of the ideal map.")
    grain: Grain = Field(description="What `people` counts here and below: journeys, if nothing else was asked.")
    people: Count = Field(description="Units that met at least one planned touchpoint; no others are compared.")
    fitness: Share | None
    exact: Count = Field(description="People whose way is one of the allowed ones, as far as they have come.")
    steps: list[StepConformance]
    deviations: list[Deviation] = Field(description="Most people first.")
    paths: dict[str, Count] = Field(description="People by the ideal path that lies nearest, by its id.")
    cut: list[Cut]
    drilldown: str


class Sheet(JourneyMap):
    """A map as it is shown: the document, the library items that it uses, and what is measured."""

    version: int = Field(ge=0)
    library: list[LibraryItem] = Field(default_factory=list)
    measured: Measured | None = None
    snapshot: str | None = Field(default=None, description="Label of the snapshot that `measured` was frozen in.")


class Compared(Strict):
    """One of two sets of figures: a map now, in a period, of a segment, or as they were frozen with a version."""

    map: str
    version: int | None = None
    filters: Filters = Field(default_factory=Filters)
    segment: str | None = None


class TwoMaps(Strict):
    """What is compared with what."""

    before: Compared
    after: Compared

"""The map document: stages × lanes with measured figures, each with its evidence and the way to the people behind it.

`Measurements` are what a question over journeys hands to `maps`; `MapDocument` is what is stored, shown and exported.
Its JSON Schema is published as `docs/reference/map.schema.json`.
"""

import datetime as dt
import json
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from desireline.model.definition import Aliased
from desireline.model.question import Cut, Filters, Grain

Grade = Literal["measured", "some", "assumed"]
Caveat = Literal["known_only_with_purchase"]
Waiting = Literal["emotion", "pain", "opportunity", "persona"]
Need = Literal["touchpoints", "survey_or_comments", "complaints_or_friction", "pain_points", "traits_or_segments"]
"""What would fill an empty cell; surfaces translate it as `map.needs.<code>`."""

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Part(Aliased):
    """A part of the document."""


# --- what is measured --------------------------------------------------------------------------------------


class ChannelSwitch(Part):
    """People whose next event with a known channel came through another channel."""

    from_: str = Field(alias="from", description="Channel of an event in the stage.")
    to: str = Field(description="Channel of the same person's next event whose channel is known, in any stage.")
    people: Count
    cell: str = Field(description="Drill-down cell.")


class StageMeasure(Part):
    """One stage, counted. `people` = `goes_on` + `dropped` + `open`; `onward[j]` of them went on first to stage j."""

    people: Count
    events: Count
    goes_on: Count
    dropped: Count
    open: Count
    loops: Count
    onward: list[Count]
    median_seconds_to_later: float | None
    channel_switches: list[ChannelSwitch]
    last: dt.datetime | None


class TouchpointMeasure(Part):
    """One touchpoint, counted. `channels`: those it was met through, most events first."""

    people: Count
    events: Count
    channels: list[str]
    last: dt.datetime | None


class Measurements(Part):
    """What `analyze` counted for a definition, in its order of stages and touchpoints.

    Attributes:
        first, last: time span of the events in scope, UTC.
        until: the last event of the whole workspace, which freshness is judged against.
        goal_people: units with one of the goal's touchpoints; None without a goal.
    """

    grain: Grain
    filters: Filters
    people_in_scope: Count
    events: Count
    outside_definition: Count
    first: dt.datetime | None
    last: dt.datetime | None
    until: dt.datetime | None
    goal_people: Count | None
    stages: list[StageMeasure]
    touchpoints: list[TouchpointMeasure]
    cut: list[Cut]
    drilldown: str


# --- the document ------------------------------------------------------------------------------------------


class Evidence(Part):
    """How far a cell can be trusted.

    `measured`: 20 or more people and fresh; `some`: fewer, or stale; `assumed`: nobody. Fresh means that the cell's
    last event lies within 90 days of the last event of the whole workspace.
    """

    grade: Grade
    n: Count = Field(description="People (units of the map's grain) behind the cell.")
    since: dt.date | None = Field(description="First day of the window looked at, UTC.")
    until: dt.date | None = Field(description="Last day of the window looked at, UTC.")
    last_true: dt.date | None = Field(description="Day of the cell's last event, UTC; null if there is none.")


class MapStage(Part):
    """A column of the map. Later stages are those further right; skipping some still counts as going on."""

    name: str
    people: Count = Field(description="People with at least one event in this stage.")
    share: Share | None = Field(description="people / people_in_scope; null when nobody is in scope.")
    events: Count
    goes_on: Count = Field(description="People with an event in any later stage after their first event here.")
    goes_on_share: Share | None = Field(description="goes_on / people.")
    goes_on_interval: tuple[Share, Share] | None = Field(description="95 % Wilson interval of goes_on_share.")
    dropped: Count = Field(description="The rest whose journey has ended. At the last stage: where journeys end.")
    open: Count = Field(description="The rest whose journey may still go on.")
    median_seconds_to_later: float | None = Field(
        description="Median of the time from a person's first event here to their first event after it in a later "
        "stage, over those who went on, in seconds."
    )
    loops: Count = Field(description="People who came back to this stage after having been in a later one.")
    channel_switches: list[ChannelSwitch] = Field(max_length=3, description="The commonest, by people.")
    evidence: Evidence
    cell: str = Field(description="Drill-down cell of `people`; see the document's `drilldown`.")

    @model_validator(mode="after")
    def _adds_up(self) -> "MapStage":
        if self.goes_on + self.dropped + self.open != self.people:
            raise ValueError(f"stage '{self.name}': goes_on + dropped + open must be people")
        return self


class MapTouchpoint(Part):
    """A touchpoint in its stage."""

    name: str
    channel: str | None = Field(description="The definition's channel, else the one with the most events.")
    channels: list[str] = Field(description="All channels it was met through, most events first.")
    people: Count
    share: Share | None = Field(description="people / people_in_scope.")
    events: Count
    evidence: Evidence
    caveat: Caveat | None = None
    cell: str = Field(description="Drill-down cell.")


class TouchpointCell(Part):
    """The touchpoints of one stage, most people first; `needs` says what would fill it if there are none."""

    touchpoints: list[MapTouchpoint]
    needs: Need | None = None


class Flow(Part):
    """People whose first later stage after this one was `to` (1-based)."""

    to: int = Field(ge=1)
    people: Count


class PathCell(Part):
    """Where the people of a stage went first when they went on; the sum is the stage's `goes_on`."""

    onward: list[Flow]


class EmptyCell(Part):
    """A cell without evidence, and what evidence would fill it."""

    needs: Need
    evidence: Evidence


class PathLane(Part):
    """The walked path."""

    kind: Literal["path"] = "path"
    cells: list[PathCell]


class TouchpointLane(Part):
    """The touchpoints."""

    kind: Literal["touchpoints"] = "touchpoints"
    cells: list[TouchpointCell]


class EvidenceLane(Part):
    """A lane that waits for evidence."""

    kind: Waiting
    cells: list[EmptyCell]


Lane = Annotated[PathLane | TouchpointLane | EvidenceLane, Field(discriminator="kind")]


class MapDocument(Part):
    """A journey map of what people did, measured. Lanes have one cell per stage, in the order of `stages`."""

    schema_version: Literal[1] = 1
    name: str = Field(min_length=1, max_length=200)
    kind: Literal["current"] = "current"
    goal: str | None = Field(description="Name of the goal in the definition.")
    goal_people: Count | None = Field(description="People in scope who reached the goal.")
    goal_share: Share | None = Field(description="goal_people / people_in_scope.")
    drawn: AwareDatetime = Field(description="When the figures were counted.")
    data_since: AwareDatetime | None = Field(description="First event in scope.")
    data_until: AwareDatetime | None = Field(description="Last event in scope.")
    definition_version: int = Field(ge=0)
    coherence: Share | None = Field(description="How far the data looks like a funnel, 0..1; null if not computed.")
    grain: Grain = Field(description="What `people` counts.")
    filters: Filters
    people_in_scope: Count
    events: Count
    outside_definition: Count = Field(description="Events in scope that no touchpoint matches.")
    stages: list[MapStage]
    lanes: list[Lane]
    unplaced: list[MapTouchpoint] = Field(description="Touchpoints that the definition puts in no stage.")
    cut: list[Cut] = Field(description="What a limit left out.")
    drilldown: str = Field(description="Token that, with a cell, lists the very people counted.")

    @model_validator(mode="after")
    def _one_cell_per_stage(self) -> "MapDocument":
        for lane in self.lanes:
            if len(lane.cells) != len(self.stages):
                raise ValueError(f"lane '{lane.kind}' has {len(lane.cells)} cells for {len(self.stages)} stages")
        return self

    def cells(self) -> list[Evidence]:
        """The evidence of every cell that carries a badge: stages, touchpoints and empty cells."""
        found = [s.evidence for s in self.stages]
        for lane in self.lanes:
            for cell in lane.cells:
                if isinstance(cell, TouchpointCell):
                    found += [t.evidence for t in cell.touchpoints]
                elif isinstance(cell, EmptyCell):
                    found.append(cell.evidence)
        return found + [t.evidence for t in self.unplaced]


def touchpoint_cell(name: str) -> str:
    """The drill-down cell of a touchpoint; quoted, because a name may hold colons.

    >>> touchpoint_cell("Call: centre")
    'touchpoint:"Call: centre"'
    """
    return f"touchpoint:{json.dumps(name, ensure_ascii=False)}"


def switch_cell(stage: int, from_: str, to: str) -> str:
    """The drill-down cell of a channel switch in a stage (1-based).

    >>> switch_cell(2, "web", "store")
    'switch:2:"web":"store"'
    """
    quoted = (json.dumps(channel, ensure_ascii=False) for channel in (from_, to))
    return f"switch:{stage}:{':'.join(quoted)}"

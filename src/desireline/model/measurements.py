"""What a question over journeys counts for a map: stages and touchpoints of a definition, before a map takes them."""

import datetime as dt
import json
from typing import Annotated, Literal

from pydantic import Field

from desireline.model.definition import Aliased
from desireline.model.question import Cut, Filters, Grain

Grade = Literal["measured", "some", "assumed"]
Caveat = Literal["known_only_with_purchase"]

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class ChannelSwitch(Aliased):
    """People whose next event with a known channel came through another channel."""

    from_: str = Field(alias="from", description="Channel of an event in the stage.")
    to: str = Field(description="Channel of the same person's next event whose channel is known, in any stage.")
    people: Count
    cell: str = Field(description="Drill-down cell.")


class StageMeasure(Aliased):
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


class TouchpointMeasure(Aliased):
    """One touchpoint, counted. `channels`: those it was met through, most events first."""

    people: Count
    events: Count
    channels: list[str]
    last: dt.datetime | None


class Measurements(Aliased):
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


def switch_cell(stage: int, from_: str, to: str) -> str:
    """The drill-down cell of a channel switch in a stage (1-based).

    >>> switch_cell(2, "web", "store")
    'switch:2:"web":"store"'
    """
    quoted = (json.dumps(channel, ensure_ascii=False) for channel in (from_, to))
    return f"switch:{stage}:{':'.join(quoted)}"

"""A dashboard: tiles of KPIs that a team arranges, and all that they show at once."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.annotation import ShownAnnotation
from desireline.model.anomaly import Anomaly
from desireline.model.day import Day
from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kept import Kept, Line
from desireline.model.kpi import KpiComparison, KpiSeries
from desireline.model.segment import Segment

COLUMNS = 12
"""Of the grid that tiles stand in."""

MOST_TILES = 100

Against = Literal["previous", "target", "segment"]
Chart = Literal["figure", "line", "bars"]


class Tile(Strict):
    """A KPI on a dashboard.

    Attributes:
        id: of the tile, in its dashboard.
        kpi: id of the KPI.
        column, row: of its upper left corner, from 0; `width`, `height` in columns and rows.
        against: what the figure is held against; None for nothing.
        versus: the other segment, where it is held against one.
        segment: who counts in this tile; those of the dashboard if None.
        chart: how the series is drawn.
    """

    id: Id
    kpi: Id
    column: Annotated[int, Field(ge=0, lt=COLUMNS)] = 0
    row: Annotated[int, Field(ge=0, le=1000)] = 0
    width: Annotated[int, Field(ge=2, le=COLUMNS)] = 3
    height: Annotated[int, Field(ge=1, le=12)] = 2
    against: Against | None = "previous"
    versus: Segment | str | None = None
    segment: Segment | str | None = None
    chart: Chart = "line"

    @model_validator(mode="after")
    def _sensible(self) -> "Tile":
        if self.column + self.width > COLUMNS:
            raise PydanticCustomError("tile", "column + width ≤ 12")
        if (self.against == "segment") != (self.versus is not None):
            raise PydanticCustomError("tile", "versus with against = segment, and only then")
        return self

    def covers(self, other: "Tile") -> bool:
        """Whether both take the same place."""
        return (
            self.column < other.column + other.width and other.column < self.column + self.width
            and self.row < other.row + other.height and other.row < self.row + self.height
        )  # fmt: skip


class DashboardWindow(Strict):
    """Of when: fixed days, both included, or the last periods up to the end of what is known.

    Attributes:
        by: how long a point of the series is.
        last: how many periods; 30 days, 12 weeks or 12 months if None.
    """

    by: Literal["day", "week", "month"] = "week"
    last: Annotated[int, Field(ge=1, le=1000)] | None = None
    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "DashboardWindow":
        if self.since is not None and self.last is not None:
            raise PydanticCustomError("window", "since or last, not both")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise PydanticCustomError("window", "since ≤ until")
        return self


Tiles = Annotated[list[Tile], Field(max_length=MOST_TILES)]


class NewDashboard(Strict):
    """What can be said of a dashboard. `segment`: who counts, in all tiles."""

    name: Line
    description: Annotated[str, Field(max_length=2000)] = ""
    tiles: Tiles = Field(default_factory=list)
    window: DashboardWindow = DashboardWindow()
    segment: Segment | str | None = None

    @model_validator(mode="after")
    def _apart(self) -> "NewDashboard":
        if len({tile.id for tile in self.tiles}) < len(self.tiles):
            raise PydanticCustomError("tile", "each tile has an id of its own")
        for place, tile in enumerate(self.tiles):
            if any(tile.covers(other) for other in self.tiles[:place]):
                raise PydanticCustomError("tile", "no two tiles take the same place")
        return self


class Dashboard(Kept, NewDashboard):
    """A dashboard as it is kept."""


class DashboardChange(Strict):
    """What to change; what is absent stays."""

    revision: Annotated[int, Field(ge=1)]
    name: Line = ""
    description: Annotated[str, Field(max_length=2000)] = ""
    tiles: Tiles = Field(default_factory=list)
    window: DashboardWindow = DashboardWindow()
    segment: Segment | str | None = None


class Looked(Strict):
    """How a dashboard is looked at, where that is not as it is kept; None and empty: as it is kept.

    Attributes:
        by, since, until: another window: what is not said is as `KpiAsked` has it.
        segment: who counts, in all tiles.
        against: what all figures are held against; `versus` the other segment.
    """

    by: Literal["day", "week", "month"] | None = None
    since: Day | None = None
    until: Day | None = None
    segment: Segment | str | None = None
    against: Against | None = None
    versus: Segment | str | None = None

    @model_validator(mode="after")
    def _sensible(self) -> "Looked":
        if (self.against == "segment") != (self.versus is not None):
            raise PydanticCustomError("looked", "versus with against = segment, and only then")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise PydanticCustomError("looked", "since ≤ until")
        return self

    def of(self, kept: Dashboard) -> Dashboard:
        """A dashboard as it is looked at."""
        tiles, window = kept.tiles, kept.window
        if self.against is not None:
            tiles = [tile.model_copy(update={"against": self.against, "versus": self.versus}) for tile in tiles]
        if self.segment is not None:
            tiles = [tile.model_copy(update={"segment": self.segment}) for tile in tiles]
        if self.by or self.since or self.until:
            window = DashboardWindow(by=self.by or window.by, since=self.since, until=self.until)
        segment = kept.segment if self.segment is None else self.segment
        return kept.model_copy(update={"tiles": tiles, "window": window, "segment": segment})


class ShownTile(Strict):
    """A tile with what it shows.

    Attributes:
        series: figure and series; None where there are none.
        comparison: the one that the tile asks for; None where there is none.
        refused: code of the error that stands in the way.
        message: the same as a sentence.
    """

    tile: Tile
    series: KpiSeries | None = None
    comparison: KpiComparison | None = None
    refused: str | None = None
    message: str | None = None


class ShownDashboard(Strict):
    """All that a dashboard shows.

    Attributes:
        dashboard: as it is looked at.
        tiles: in their order.
        annotations: of the days shown: of all, or of one of its KPIs.
        anomalies: days of its KPIs that are not as their weekday and season let expect.
        at: when it was put together, UTC.
    """

    dashboard: Dashboard
    tiles: list[ShownTile]
    annotations: list[ShownAnnotation]
    anomalies: list[Anomaly]
    at: AwareDatetime

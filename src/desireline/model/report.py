"""A report: chosen maps, KPIs, obstacles, opportunities and verdicts as a document, made and sent by a schedule."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kept import Kept, Line
from desireline.model.opportunity import Language
from desireline.model.recipient import Recipients

ReportFormat = Literal["pdf", "pptx"]

Text = Annotated[str, Field(max_length=5000)]


class TextPart(Strict):
    """Words of the team's own."""

    part: Literal["text"] = "text"
    title: Line
    text: Text = ""


class MapPart(Strict):
    """A journey map with its figures as they are now."""

    part: Literal["map"] = "map"
    map: Id


class KpisPart(Strict):
    """KPIs by their ids, all for none; `last` periods of `by` up to the end of what is known.

    Attributes:
        title: above them, where a report has several such parts; the word for KPIs if None.
    """

    part: Literal["kpis"] = "kpis"
    title: Line | None = None
    kpis: Annotated[list[Id], Field(max_length=100)] = Field(default_factory=list)
    by: Literal["day", "week", "month"] = "week"
    last: Annotated[int, Field(ge=1, le=400)] | None = None


class DashboardPart(Strict):
    """The tiles of a dashboard."""

    part: Literal["dashboard"] = "dashboard"
    dashboard: Id


class ObstaclesPart(Strict):
    """What was found in the way, the greatest first."""

    part: Literal["obstacles"] = "obstacles"
    most: Annotated[int, Field(ge=1, le=100)] = 10


class OpportunitiesPart(Strict):
    """The portfolio, the best first."""

    part: Literal["opportunities"] = "opportunities"
    most: Annotated[int, Field(ge=1, le=100)] = 10


class VerdictsPart(Strict):
    """What came of changes: experiments and before/after by their ids, all for none."""

    part: Literal["verdicts"] = "verdicts"
    experiments: Annotated[list[Id], Field(max_length=100)] | None = None
    before_after: Annotated[list[Id], Field(max_length=100)] | None = None


Part = Annotated[
    TextPart | MapPart | KpisPart | DashboardPart | ObstaclesPart | OpportunitiesPart | VerdictsPart,
    Field(discriminator="part"),
]


class Schedule(Strict):
    """When, on the clock of the workspace's zone: a time that is skipped in spring comes when the clock was put on.

    Attributes:
        weekday: 0 Monday to 6 Sunday, of weekly ones.
        day: of the month, of monthly ones; the last day of shorter months.
    """

    every: Literal["day", "week", "month"]
    hour: Annotated[int, Field(ge=0, le=23)] = 8
    minute: Annotated[int, Field(ge=0, le=59)] = 0
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Schedule":
        if (self.every == "week") != (self.weekday is not None) or (self.every == "month") != (self.day is not None):
            raise PydanticCustomError("schedule", "weekday with week, day with month, and only then")
        return self


Formats = Annotated[list[ReportFormat], Field(min_length=1, max_length=2)]


def _pdf() -> list[ReportFormat]:
    return ["pdf"]


class NewReport(Strict):
    """What can be said of a report.

    Attributes:
        parts: in their order.
        language: of all words that are not the team's.
        formats: the files that are sent.
        schedule: None for only when asked.
        to: whom it is sent to.
    """

    name: Line
    description: Annotated[str, Field(max_length=2000)] = ""
    parts: Annotated[list[Part], Field(min_length=1, max_length=60)]
    language: Language = "en"
    formats: Formats = Field(default_factory=_pdf)
    schedule: Schedule | None = None
    to: Recipients = Field(default_factory=list)


class Report(Kept, NewReport):
    """A report as it is kept."""


class ReportChange(Strict):
    """What to change; what is absent stays."""

    revision: Annotated[int, Field(ge=1)]
    name: Line = ""
    description: Annotated[str, Field(max_length=2000)] = ""
    parts: Annotated[list[Part], Field(min_length=1, max_length=60)] = Field(default_factory=list)
    language: Language = "en"
    formats: Formats = Field(default_factory=_pdf)
    schedule: Schedule | None = None
    to: Recipients = Field(default_factory=list)

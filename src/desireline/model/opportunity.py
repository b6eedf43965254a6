"""An opportunity: an obstacle or an idea, what may be at stake, and what people think of doing about it.

A figure is typed or measured and says which: the two are different shapes, so that they never look alike.
"""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.grade import Grade
from desireline.model.journey_map import Id
from desireline.model.kept import Line
from desireline.model.verdict import Verdict

Language = Literal["en", "pl", "hr"]
Status = Literal["new", "under_review", "planned", "in_progress", "done", "rejected"]

CONFIDENCE: dict[Grade, float] = {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.2}
"""How far a grade of evidence is trusted where nobody says otherwise."""


def _of_rice(impact: float) -> float:
    if impact not in IMPACTS:
        raise PydanticCustomError("impact", "0.25, 0.5, 1, 2 or 3")
    return impact


IMPACTS = (0.25, 0.5, 1.0, 2.0, 3.0)
"""Minimal, low, medium, high, massive: the steps of RICE (Intercom)."""

Impact = Annotated[float, AfterValidator(_of_rice)]
Rating = Annotated[float, Field(ge=1, le=5, multiple_of=0.5)]
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]


class Typed(Strict):
    """A figure that somebody wrote down, with an interval if they gave one."""

    origin: Literal["typed"] = "typed"
    value: Finite
    low: Finite | None = None
    high: Finite | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Typed":
        ends = (self.low, self.high)
        if (None in ends and ends != (None, None)) or not (
            self.low is None or self.high is None or self.low <= self.value <= self.high
        ):
            raise PydanticCustomError("interval", "low <= value <= high, both ends or none")
        return self


class Measured(Strict):
    """A figure from the data: its 95 % interval, the journeys it rests on, and when it was measured."""

    origin: Literal["measured"] = "measured"
    value: Finite
    low: Finite
    high: Finite
    n: int = Field(ge=0)
    at: AwareDatetime


Figure = Annotated[Typed | Measured, Field(discriminator="origin")]


class Kano(Strict):
    """Answers to a Kano question, by the class that each falls into (Berger et al. 1993)."""

    attractive: int = Field(default=0, ge=0, le=10**9)
    one_dimensional: int = Field(default=0, ge=0, le=10**9)
    must_be: int = Field(default=0, ge=0, le=10**9)
    indifferent: int = Field(default=0, ge=0, le=10**9)


class Source(Strict):
    """Where the people and the figures come from: a question, and its cell.

    Attributes:
        question: `obstacles` or `stakes`.
        fields: of the question.
        cell: of an obstacle, as its question names it.
        outcome: of friction, what people do more (`drop`) or less (`convert`) after the touchpoint of `stakes`.
    """

    question: Literal["obstacles", "stakes"]
    fields: dict[str, Any] = Field(default_factory=dict)
    cell: Annotated[str, Field(max_length=1000)] | None = None
    outcome: Literal["drop", "convert"] | None = None


class Place(Strict):
    """Where on the journey it is; all of it may be unknown."""

    touchpoint: Line | None = None
    stage: Line | None = None
    channel: Line | None = None
    map: Id | None = None
    cell: Annotated[str, Field(max_length=200)] | None = None


class Editable(Strict):
    """What people can say of an opportunity.

    Attributes:
        customer_value, business_value: 1 little to 5 much, in half points.
        effort: 1 little to 5 much, in half points.
        confidence: 0 to 1; that of the grade if None.
        impact: of RICE and ICE.
        cost: money that doing it takes.
        success: the chance that a fix works; one in three is usual for tests in the industry.
        maps: ids of maps that it belongs to.
    """

    title: Line
    description: Annotated[str, Field(max_length=10_000)] = ""
    place: Place = Place()
    people_per_month: Figure | None = None
    money_per_year: Figure | None = None
    satisfaction: Figure | None = None
    effort: Rating | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    customer_value: Rating | None = None
    business_value: Rating | None = None
    impact: Impact | None = None
    cost: Annotated[Finite, Field(ge=0)] | None = None
    success: Annotated[float, Field(ge=0, le=1)] = 1 / 3
    kano: Kano | None = None
    owner: Line | None = None
    status: Status = "new"
    tags: Annotated[list[Line], Field(max_length=50)] = Field(default_factory=list)
    maps: Annotated[list[Id], Field(max_length=100)] = Field(default_factory=list)


class Written(Editable):
    """What is sent: people type figures, only the data measures them."""

    title: Line | None = None  # type: ignore[assignment]
    people_per_month: Typed | None = None
    money_per_year: Typed | None = None
    satisfaction: Typed | None = None


class NewOpportunity(Written):
    """An opportunity to make: of an obstacle's cell, or an idea with a title.

    Attributes:
        source: where an obstacle was found.
        goal: what is at stake, where the source does not say it; the first goal of the definition if None.
        value: money that one goal is worth; the mean value of its events if None.
        language: of the title, where none is given.
    """

    source: Source | None = None
    goal: Annotated[str, Field(max_length=200)] | None = None
    value: Annotated[Finite, Field(ge=0)] | None = None
    language: Language = "en"

    @model_validator(mode="after")
    def _something(self) -> "NewOpportunity":
        if self.title is None and self.source is None:
            raise PydanticCustomError("title", "a title or a source")
        return self


class OpportunityChange(Written):
    """What to change; what is absent stays. `revision`: the one that was seen."""

    revision: int = Field(ge=1)


class Judged(Strict):
    """What came of an action that was done about it: the action by id and name, its verdict, and when that was."""

    action: Id
    name: Line
    at: AwareDatetime
    verdict: Verdict


class Stamp(Strict):
    """Who typed a field, and when."""

    by: str
    at: AwareDatetime


class Opportunity(Editable):
    """An opportunity as it is kept.

    Attributes:
        revision: rises with every change; who changes it says which one they saw.
        kind: an obstacle found in the data, or an idea.
        source: of an obstacle.
        grade: how good the evidence is; D for ideas. Set by what measured it, never typed.
        evidence: what was measured, in sentences, by language.
        typed: by field, who typed what it holds now; a field that was measured or that nobody touched is absent.
        verdicts: of the actions that were done about it; their sentences stand in the evidence, and they count for
            the grade.
    """

    id: Id
    revision: int = Field(default=1, ge=1)
    kind: Literal["obstacle", "idea"]
    source: Source | None = None
    grade: Grade = "D"
    evidence: dict[str, list[str]] = Field(default_factory=dict)
    typed: dict[str, Stamp] = Field(default_factory=dict)
    verdicts: list[Judged] = Field(default_factory=list)
    created: AwareDatetime
    changed: AwareDatetime

    def trusted(self) -> float:
        """The confidence that counts: the one that was typed, else that of the grade."""
        return CONFIDENCE[self.grade] if self.confidence is None else self.confidence


class Ranked(BaseModel):
    """An opportunity in its portfolio.

    Attributes:
        value: by the formula; None where an input is missing. `value_low` to `value_high` is the 95 % range over the
            intervals of the figures and half a point of every rating.
        missing: the inputs that the formula needs and nobody gave.
        rank_low, rank_high: the places that it may take; None without a value.
        overlaps: ids of those whose places overlap: between these there is no order.
    """

    opportunity: Opportunity
    confidence: float
    value: float | None
    value_low: float | None
    value_high: float | None
    missing: list[str]
    rank_low: int | None
    rank_high: int | None
    overlaps: list[str]


class Totals(BaseModel):
    """All that is open, taken together. Stakes overlap, so they are never added up.

    Attributes:
        count: opportunities that are neither done nor rejected.
        people_per_month: of all persons behind the measured ones, each counted once, at the rate of the observation;
            None where nothing is measured. `people` are these persons.
        money_at_least: the greatest single stake. `money_at_most`: the sum, with everyone counted once: scaled by the
            share that the different persons are of the sum of persons. None where no money is measured.
        unmeasured: opportunities that have no people to be counted by; they are left out.
    """

    count: int
    people: int | None
    people_per_month: float | None
    money_at_least: float | None
    money_at_most: float | None
    unmeasured: int
    additive: Literal[False] = False


class Portfolio(BaseModel):
    """All opportunities by value, the greatest first; those without one last."""

    formula: str
    expression: str
    inputs: list[str]
    at: dt.datetime
    opportunities: list[Ranked]
    totals: Totals

"""Types of journeys: kinds of order in which touchpoints follow each other, found as a mixture of Markov chains."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from desireline.model.question import Asked, Result


class TypesRequest(Asked):
    """Find types of journeys.

    Attributes:
        k: how many; None lets the Bayesian information criterion choose, up to `most`.
        most: types tried.
        goal: also say who of each type reaches it: a goal of the definition, else a touchpoint, else an event name.
        seed: of the sample and of the starts.
    """

    k: int | None = Field(default=None, ge=1, le=12)
    most: int = Field(default=8, ge=1, le=12)
    goal: str | None = None
    seed: int = Field(default=0, ge=0)


class Trait(BaseModel):
    """What a type does oftener than the others: a touchpoint, or a step from one to the next.

    `share` of its units that do it, `elsewhere` of the units of all other types.
    """

    names: list[str]
    share: float
    elsewhere: float


class JourneyType(BaseModel):
    """A type.

    Attributes:
        name: its most distinctive step; no more than the data says.
        people: units whose journey is of it with a probability of at least .6; `share` of all that have a journey,
            with Wilson's 95 % interval `low` to `high`.
        traits: what is over-represented in it, the most distinctive first.
        medoid: the journey that is nearest to all others of the type: a real one. Its first 100 touchpoints.
        coverage: share of its units within a quarter of the largest distance from the medoid.
        median_length: touchpoints of a journey, immediate repeats as one.
        median_seconds: from the first touchpoint to the last.
        converted: units that reach the goal; `rate` is their part, with its interval. None without a goal.
    """

    name: str
    people: int
    share: float
    low: float
    high: float
    traits: list[Trait]
    medoid: list[str]
    coverage: float
    median_length: float
    median_seconds: float
    converted: int | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None


class Mixed(BaseModel):
    """Units that no type has a probability of .6 for."""

    people: int
    share: float


class Fitted(BaseModel):
    """How well so many types fit; the smallest `bic` is chosen."""

    k: int
    bic: float
    log_likelihood: float


class TypesResult(Result):
    """Types by falling number of units.

    Attributes:
        stable: whether there is more than one type; false is an answer too.
        reason: why there is only one: too few journeys, or one kind of journey explains them best.
        with_journey: units that have a touchpoint at all.
        fits: how well each number of types fits.

    Cells: `type:I`, by place from 0, and `mixed`.
    """

    table: ClassVar[str] = "groups"

    stable: bool
    reason: Literal["too_few", "one_kind"] | None
    goal: str | None
    with_journey: int
    groups: list[JourneyType]
    mixed: Mixed
    fits: list[Fitted]

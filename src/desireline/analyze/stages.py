"""The stages that the order of touchpoints itself forms, who reaches each, and touchpoints that live in several."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from desireline.model.question import Asked, Result


class StagesRequest(Asked):
    """Find stages in the data.

    Attributes:
        k: how many stages at most; None lets the gaps between the touchpoints' levels decide, up to 12.
        least: touchpoints that fewer units met are left out: their place in the order is chance.
        seed: of the resampling behind `stable`.
    """

    k: int | None = Field(default=5, ge=1, le=12)
    least: int = Field(default=5, ge=1)
    seed: int = Field(default=0, ge=0)


class StageFound(BaseModel):
    """A stage, named for the touchpoint that most meet; what it means is the user's to say.

    Attributes:
        people: units that meet any of its touchpoints; `share` of all, with Wilson's 95 % interval `low` to `high`.
        level: mean trophic level of its touchpoints.
        touchpoints: those in it, the most met first.
    """

    name: str
    people: int
    share: float
    low: float
    high: float
    level: float
    touchpoints: list[str]


class TouchpointStage(BaseModel):
    """Where a touchpoint stands.

    Attributes:
        stage: place of its stage, from 0.
        level: trophic level; a step leads one level up on average.
        people: units that meet it.
        sureness: how often resampled people put it into the same stage, 0 to 1.
    """

    touchpoint: str
    stage: int
    level: float
    people: int
    sureness: float


class Occurrence(BaseModel):
    """How often a touchpoint happens in a stage; `share` of those of its events that have a neighbour."""

    stage: int
    count: int
    share: float


class Spanning(BaseModel):
    """A touchpoint that lives in several stages.

    Attributes:
        stages: where the touchpoints next to it say that it happens, in order.
        effective: the number of equally frequent stages that would be as mixed (exponential of the entropy).
        split_by: how it can be split: by the stage in which it happens, or by a property that says why.
    """

    touchpoint: str
    people: int
    stages: list[Occurrence]
    effective: float
    split_by: list[str]


class StagesResult(Result):
    """Stages, first to last.

    Attributes:
        stable: whether resampled people show the same stages (mean adjusted Rand index of at least .8), and more
            than one; false is an answer too.
        agreement: that mean; None without two touchpoints.
        reason: why it is not stable.
        incoherence: 0 (every step leads one level up: a funnel) to 1 (a circle); None without steps.
        touchpoints: all, by level.
        spanning: touchpoints that live in several stages; the widest first.

    Cells: `stage:I`, by place from 0.
    """

    table: ClassVar[str] = "touchpoints"

    stable: bool
    agreement: float | None
    reason: Literal["too_few", "no_order", "varies"] | None
    incoherence: float | None
    groups: list[StageFound]
    touchpoints: list[TouchpointStage]
    spanning: list[Spanning]

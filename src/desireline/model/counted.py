"""What a map asks to be counted, in names of the definition, and what was counted: between `maps` and `analyze`."""

import datetime as dt
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from desireline.model.journey_map import EmotionRecipe, ScoreScale
from desireline.model.measured import Change, Unit
from desireline.model.sentiment import Polarity

CountedQuestion = Literal[
    "people", "share", "goes_on", "drop_off", "open", "time", "loops", "conversion", "repeat", "trouble"
]
REPEAT_DAYS = 7
"""Days within which a meeting is a repeat where nobody says otherwise: the usual window of a repeated contact."""


class Bound(BaseModel):
    """One figure of a thing: of the touchpoints of the definition together, or of a stage.

    Attributes:
        question: see `analyze.map_figures`.
        touchpoints: what is met; without repetition, sorted.
        stage: met instead; exactly one of the two is given.
        to: touchpoints that end a time or a conversion.
        days: of a repeat.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: CountedQuestion
    touchpoints: tuple[str, ...] = ()
    stage: str | None = None
    to: tuple[str, ...] = ()
    days: Annotated[int, Field(ge=1, le=365)] = REPEAT_DAYS

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if bool(self.touchpoints) == (self.stage is not None):
            raise ValueError("of touchpoints or of a stage, exactly one of them")
        return self


class Counted(NamedTuple):
    """A figure. `n` people of `of` are behind it (answers, if of a score); `cell` lists them; low..high is 95 %."""

    value: float | None
    unit: Unit
    n: int
    of: int | None
    low: float | None
    high: float | None
    cell: str
    spark: tuple[float | None, ...] = ()
    change: Change | None = None
    last: dt.datetime | None = None


class Voices(BaseModel):
    """Whose answers are put together: of touchpoints, each with its weight.

    `recipe`: formulas; of it only these are used, and the scales and weights are here by touchpoint. `raw`: the mean of
    the answers as they were given, on this scale, instead of an emotion.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: tuple[tuple[str, float], ...]
    scales: tuple[tuple[str, ScoreScale], ...] = ()
    recipe: EmotionRecipe = Field(default_factory=EmotionRecipe)
    raw: bool = False


class Feeling(NamedTuple):
    """What answers say together; value None without any. `scale`: of raw answers; `by_label`: of texts."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    people: int
    by_scale: dict[ScoreScale, int]
    last: dt.datetime | None
    cell: str | None
    scale: ScoreScale | None = None
    spark: tuple[float | None, ...] = ()
    change: Change | None = None
    by_label: dict[Polarity, int] | None = None


class Crossing(NamedTuple):
    """People who crossed from one channel to another after an event of a stage."""

    stage: str
    from_: str
    to: str
    people: int
    median_seconds: float
    repeated: int
    cell: str

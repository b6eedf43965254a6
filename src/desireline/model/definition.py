"""The definition: stages, touchpoints, goals and where a journey starts and ends, kept apart from the data."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

MAIN = "main"
"""The definition that is meant where none is named."""


class Strict(BaseModel):
    """Unknown keys are refused: a typing error in YAML must not pass silently."""

    model_config = ConfigDict(extra="forbid")


class Aliased(Strict):
    """Written under its JSON names, read under these or the Python ones."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)


class MatchRule(Strict):
    """All given conditions must hold. `name`, `channel` and `source` may hold `*` for any run of characters."""

    source: str | None = None
    name: str | None = None
    channel: str | None = None
    properties: dict[str, str] = Field(default_factory=dict)


class Touchpoint(Strict):
    """A meeting of a person and the organisation. The first touchpoint one of whose rules holds takes the event."""

    name: str = Field(min_length=1, max_length=200)
    channel: str | None = None
    stage: str | None = None
    match: list[MatchRule] = Field(min_length=1)
    caveat: Literal["known_only_with_purchase"] | None = None


class Stage(Strict):
    """One stage; their order in the definition is their order on the map."""

    name: str = Field(min_length=1, max_length=200)


class Goal(Strict):
    """Reached when one of its touchpoints happens. Also the shape of a micro-conversion."""

    name: str = Field(min_length=1, max_length=200)
    touchpoints: list[str] = Field(min_length=1)


class JourneyRules(Strict):
    """Where a journey starts and ends.

    `starts` empty: with the first event after the last end or gap. `ends`: goals or touchpoints that close it.
    `gap_days`: silence after which the next event begins a new journey; an unclosed journey is open for so long.
    """

    starts: list[str] = Field(default_factory=list)
    ends: list[str] = Field(default_factory=list)
    gap_days: float = Field(default=30.0, gt=0, le=36500)


class Definition(Strict):
    """A versioned document; several may live side by side under names, such as a purchase and a service journey.

    `coherence` (0..1) says how far the data looks like a funnel (1 - trophic incoherence).
    """

    name: str = Field(default=MAIN, min_length=1, max_length=100, pattern=r"^\D")
    version: int = Field(default=0, ge=0)
    created: dt.datetime | None = None
    origin: Literal["proposed", "edited"] = "edited"
    coherence: float | None = Field(default=None, ge=0, le=1)
    stages: list[Stage] = Field(default_factory=list)
    touchpoints: list[Touchpoint] = Field(default_factory=list)
    goals: list[Goal] = Field(default_factory=list)
    micro_conversions: list[Goal] = Field(default_factory=list)
    journey: JourneyRules = Field(default_factory=JourneyRules)

    @model_validator(mode="after")
    def _names_fit_together(self) -> "Definition":
        stages = [s.name for s in self.stages]
        touchpoints = [t.name for t in self.touchpoints]
        for kind, names in (("stage", stages), ("touchpoint", touchpoints)):
            twice = sorted({n for n in names if names.count(n) > 1})
            if twice:
                raise ValueError(f"{kind} '{twice[0]}' stands twice")
        for t in self.touchpoints:
            if t.stage is not None and t.stage not in stages:
                raise ValueError(f"touchpoint '{t.name}' names stage '{t.stage}', but the stages are {stages}")
        for goal in [*self.goals, *self.micro_conversions]:
            for name in goal.touchpoints:
                if name not in touchpoints:
                    raise ValueError(f"goal '{goal.name}' names touchpoint '{name}', which does not exist")
        ends = {*touchpoints, *(g.name for g in self.goals)}
        for name in [*self.journey.starts, *self.journey.ends]:
            if name not in ends:
                raise ValueError(f"journey rule names '{name}', which is neither a touchpoint nor a goal")
        return self

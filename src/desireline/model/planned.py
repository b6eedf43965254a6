"""What is planned, as conformance needs it: steps, the touchpoints that show them, and the allowed ways over them."""

from typing import Annotated

from pydantic import Field, model_validator

from desireline.model.definition import Strict

Touched = Annotated[str, Field(max_length=200)]
"""The name of a touchpoint of the definition."""


class PlannedStep(Strict):
    """A step. It is met by any of its touchpoints; an optional one may be left out."""

    id: str
    touchpoints: list[Touched]
    optional: bool = False


class PlannedPath(Strict):
    """One allowed way: ids of steps in order. A step may come more than once."""

    id: str
    steps: list[str] = Field(min_length=1)


class Planned(Strict):
    """An ideal map (its id), reduced to what can be compared with what people did."""

    ideal: str
    steps: list[PlannedStep]
    paths: list[PlannedPath]

    @model_validator(mode="after")
    def _fits_together(self) -> "Planned":
        known = [step.id for step in self.steps]
        if len(known) != len(set(known)):
            raise ValueError("a planned step stands twice")
        for path in self.paths:
            if unknown := [step for step in path.steps if step not in known]:
                raise ValueError(f"path '{path.id}' names step '{unknown[0]}', which does not exist")
        return self

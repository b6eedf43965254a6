"""What can be wrong with an experiment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class OneArm(DesirelineError):
    """Everybody is in the same arm: there is nothing to compare with."""

    code: ClassVar[str] = "one_arm"
    http_status: ClassVar[int] = 422
    arm: str
    n: int


@dataclass(eq=False)
class EmptyColumn(DesirelineError):
    """A column that is needed holds no value at all."""

    code: ClassVar[str] = "empty_column"
    http_status: ClassVar[int] = 422
    column: str
    file: str


@dataclass(eq=False)
class BadCell(DesirelineError):
    """A cell that is not what its column has to hold; `row` counts the rows of data from 1."""

    code: ClassVar[str] = "bad_cell"
    http_status: ClassVar[int] = 422
    file: str
    column: str
    row: int = field(metadata={"plain": True})
    given: str
    expected: str


@dataclass(eq=False)
class ExperimentState(DesirelineError):
    """Something that cannot be done to an experiment in its state."""

    code: ClassVar[str] = "experiment_state"
    http_status: ClassVar[int] = 409
    experiment: str
    status: str
    needed: Sequence[str]


@dataclass(eq=False)
class NoExposures(DesirelineError):
    """Nobody was recorded as assigned to the experiment."""

    code: ClassVar[str] = "no_exposures"
    http_status: ClassVar[int] = 409
    experiment: str
    event: str


@dataclass(eq=False)
class GroupFull(DesirelineError):
    """The exclusive group has no room for so many people."""

    code: ClassVar[str] = "group_full"
    http_status: ClassVar[int] = 409
    group: str
    wanted: str
    free: str

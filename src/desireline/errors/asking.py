"""What can be wrong with a question, a definition or a segment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class NoDefinition(DesirelineError):
    """There is no definition yet, or not of that version."""

    code: ClassVar[str] = "no_definition"
    http_status: ClassVar[int] = 409
    available: Sequence[int]


@dataclass(eq=False)
class BadDefinition(DesirelineError):
    """A definition that cannot be read or contradicts itself."""

    code: ClassVar[str] = "bad_definition"
    http_status: ClassVar[int] = 422
    why: str


@dataclass(eq=False)
class UnknownStep(DesirelineError):
    """A step that is no touchpoint, stage or event name here."""

    code: ClassVar[str] = "unknown_step"
    http_status: ClassVar[int] = 404
    step: str
    available: Sequence[str]


@dataclass(eq=False)
class BadQuestion(DesirelineError):
    """A question whose parameters make no sense."""

    code: ClassVar[str] = "bad_question"
    http_status: ClassVar[int] = 422
    parameter: str
    given: str
    expected: str


@dataclass(eq=False)
class BadExpression(DesirelineError):
    """The text of a condition or formula that stops making sense at some place; `near` marks it."""

    code: ClassVar[str] = "bad_expression"
    http_status: ClassVar[int] = 422
    near: str
    position: int = field(metadata={"plain": True})
    expected: Sequence[str]


@dataclass(eq=False)
class UnknownSegment(DesirelineError):
    """No saved segment of that name, or not of that version."""

    code: ClassVar[str] = "unknown_segment"
    http_status: ClassVar[int] = 404
    segment: str
    available: Sequence[str]


@dataclass(eq=False)
class SegmentCycle(DesirelineError):
    """Saved segments that refer to each other in a circle, or too deep."""

    code: ClassVar[str] = "segment_cycle"
    http_status: ClassVar[int] = 422
    segments: Sequence[str]


@dataclass(eq=False)
class UnknownSaved(DesirelineError):
    """No saved question of that name."""

    code: ClassVar[str] = "unknown_saved"
    http_status: ClassVar[int] = 404
    name: str
    available: Sequence[str]


@dataclass(eq=False)
class BadSql(DesirelineError):
    """An ad-hoc query that cannot be run."""

    code: ClassVar[str] = "bad_sql"
    http_status: ClassVar[int] = 422
    why: str
    available: Sequence[str]


@dataclass(eq=False)
class BadDrilldown(DesirelineError):
    """A drill-down token or cell that cannot be read or fits no answer."""

    code: ClassVar[str] = "bad_drilldown"
    given: str


@dataclass(eq=False)
class UnknownPerson(DesirelineError):
    """No person of that key."""

    code: ClassVar[str] = "unknown_person"
    http_status: ClassVar[int] = 404
    person: str


@dataclass(eq=False)
class UnknownEvent(DesirelineError):
    """No event of that arrival number."""

    code: ClassVar[str] = "unknown_event"
    http_status: ClassVar[int] = 404
    event: int = field(metadata={"plain": True})


@dataclass(eq=False)
class UnknownMap(DesirelineError):
    """No map of that name."""

    code: ClassVar[str] = "unknown_map"
    http_status: ClassVar[int] = 404
    name: str
    available: Sequence[str]


@dataclass(eq=False)
class UnknownGoal(DesirelineError):
    """The definition has no goal of that name."""

    code: ClassVar[str] = "unknown_goal"
    http_status: ClassVar[int] = 404
    goal: str
    available: Sequence[str]

"""What can be wrong with an opportunity."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class UnknownOpportunity(DesirelineError):
    """No opportunity of that id or title."""

    code: ClassVar[str] = "unknown_opportunity"
    http_status: ClassVar[int] = 404
    opportunity: str
    available: Sequence[str]


@dataclass(eq=False)
class StaleOpportunity(DesirelineError):
    """It was changed since it was read."""

    code: ClassVar[str] = "stale_opportunity"
    http_status: ClassVar[int] = 409
    title: str
    seen: int = field(metadata={"plain": True})
    now: int = field(metadata={"plain": True})


@dataclass(eq=False)
class NothingToMeasure(DesirelineError):
    """An opportunity that no obstacle stands behind, or whose obstacle is no longer found."""

    code: ClassVar[str] = "nothing_to_measure"
    http_status: ClassVar[int] = 409
    title: str

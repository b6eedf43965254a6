"""What can be wrong with a KPI."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class UnknownKpiKind(DesirelineError):
    """No kind of KPI of that name."""

    code: ClassVar[str] = "unknown_kpi_kind"
    http_status: ClassVar[int] = 404
    given: str
    available: Sequence[str]


@dataclass(eq=False)
class BadCounts(DesirelineError):
    """Counts that cannot be those of such a figure; nothing was computed from them.

    Attributes:
        reason: `unknown`, `missing`, `not_a_number`, `negative`, `not_whole` or `more_than_all`.
    """

    code: ClassVar[str] = "bad_counts"
    http_status: ClassVar[int] = 422
    kind: str
    count: str
    given: str
    reason: str
    available: Sequence[str]

    def sentence(self, language: str = "en") -> str:
        """The reason as a phrase of the language."""
        from desireline.i18n import catalogue

        phrase = catalogue(language).get(f"kpi.bad_counts.{self.reason}", self.reason)
        return DesirelineError.sentence(replace(self, reason=str(phrase)), language)

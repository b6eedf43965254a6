"""What can be wrong with a KPI."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
        reason: `unknown`, `missing`, `not_a_number`, `negative`, `not_whole`, `too_many`,
            `more_than_all` or `too_small_squares`.
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


@dataclass(eq=False)
class NoCustomerTable(DesirelineError):
    """A file whose columns are neither those of purchases nor those of customers."""

    code: ClassVar[str] = "no_customer_table"
    http_status: ClassVar[int] = 422
    file: str
    column: str
    available: Sequence[str]


@dataclass(eq=False)
class BadCustomerRow(DesirelineError):
    """A row of a table of customers or purchases that cannot be; nothing is answered from the rest."""

    code: ClassVar[str] = "bad_customer_row"
    http_status: ClassVar[int] = 422
    file: str
    line: int = field(metadata={"plain": True})
    column: str
    given: str
    expected: str


@dataclass(eq=False)
class ModelledElsewhere(DesirelineError):
    """A kind of KPI that is a model of all purchases so far and no count of a window's events."""

    code: ClassVar[str] = "modelled_elsewhere"
    http_status: ClassVar[int] = 422
    kind: str


@dataclass(eq=False)
class TooFewBuyers(DesirelineError):
    """Too few customers bought again for a model of repeat buying."""

    code: ClassVar[str] = "too_few_buyers"
    http_status: ClassVar[int] = 422
    repeating: int
    customers: int
    needed: int


@dataclass(eq=False)
class BadKpiFile(DesirelineError):
    """A file of readings that is none, or has a row that cannot be; nothing of it was kept.

    Attributes:
        place: the line, or the path in a JSON document.
    """

    code: ClassVar[str] = "bad_kpi_file"
    http_status: ClassVar[int] = 422
    file: str
    place: str
    column: str
    given: str
    expected: str

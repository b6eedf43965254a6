"""What can be wrong with a document of the application's records, whatever its kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class UnknownDocument(DesirelineError):
    """No document of that id or name. `kind` is as in the records: kpi, form, action."""

    code: ClassVar[str] = "unknown_document"
    http_status: ClassVar[int] = 404
    kind: str
    given: str
    available: Sequence[str]


@dataclass(eq=False)
class StaleDocument(DesirelineError):
    """It was changed since it was read."""

    code: ClassVar[str] = "stale_document"
    http_status: ClassVar[int] = 409
    name: str
    seen: int = field(metadata={"plain": True})
    now: int = field(metadata={"plain": True})


@dataclass(eq=False)
class DeliverySettled(DesirelineError):
    """It was sent, given up or cancelled: nothing can be done about it. `state` as in `model.delivery`."""

    code: ClassVar[str] = "delivery_settled"
    http_status: ClassVar[int] = 409
    delivery: str
    state: str

"""What can be wrong with a persona card."""

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class UnknownPersona(DesirelineError):
    """There is no persona card of that id or name."""

    code: ClassVar[str] = "unknown_persona"
    http_status: ClassVar[int] = 404
    persona: str
    available: Sequence[str]


@dataclass(eq=False)
class PersonaWithoutPeople(DesirelineError):
    """A question about the people of a card that stands for nobody yet."""

    code: ClassVar[str] = "persona_without_people"
    http_status: ClassVar[int] = 409
    name: str


@dataclass(eq=False)
class StalePersona(DesirelineError):
    """A change of a card that was changed since; `details` brings the card as it is now."""

    code: ClassVar[str] = "stale_persona"
    http_status: ClassVar[int] = 409
    name: str
    given: int = field(metadata={"plain": True})
    revision: int = field(metadata={"plain": True})
    card: InitVar[Mapping[str, object] | None] = None

    def __post_init__(self, card: Mapping[str, object] | None) -> None:
        self._card = dict(card or {})

    @property
    def details(self) -> dict[str, object]:
        """The revisions, and the card as JSON."""
        return {**super().details, "card": self._card}

"""Why a command to a map was not done."""

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class CommandRefused(DesirelineError):
    """A command that the map cannot take; nothing was changed.

    Attributes:
        reason: `unknown_command`, `unknown_id`, `taken_id`, `bad_position`, `last_step`, `bad_field`, `bad_shape` or
            `wrong_lane`.
        detail: the id, field or place that it is about.
    """

    code: ClassVar[str] = "command_refused"
    http_status: ClassVar[int] = 422
    command: str
    reason: str
    detail: str

    def sentence(self, language: str = "en") -> str:
        """The reason as a phrase of the language."""
        from desireline.i18n import catalogue, translate

        reason = catalogue(language).get(f"map.refused.{self.reason}", self.reason)
        return translate(language, f"errors.{self.code}", command=self.command, reason=reason, detail=self.detail)


@dataclass(eq=False)
class StaleCommands(DesirelineError):
    """Commands for a version that is no longer the newest; `details` brings the entries that came in between."""

    code: ClassVar[str] = "stale_commands"
    http_status: ClassVar[int] = 409
    version: int = field(metadata={"plain": True})
    base: int = field(metadata={"plain": True})
    entries: InitVar[Sequence[dict[str, object]]] = ()

    def __post_init__(self, entries: Sequence[dict[str, object]]) -> None:
        self._entries = list(entries)

    @property
    def details(self) -> dict[str, object]:
        """The versions, and the entries after `base` as JSON."""
        return {**super().details, "entries": self._entries}

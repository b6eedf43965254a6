"""What can be wrong with an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class ActionState(DesirelineError):
    """Something that cannot be done to an action in its state."""

    code: ClassVar[str] = "action_state"
    http_status: ClassVar[int] = 409
    action: str
    status: str
    needed: Sequence[str]


@dataclass(eq=False)
class NoBet(DesirelineError):
    """No bet was registered: nobody said what the action is to change."""

    code: ClassVar[str] = "no_bet"
    http_status: ClassVar[int] = 409
    action: str


@dataclass(eq=False)
class BadActionsFile(DesirelineError):
    """A file of actions that has no column by which they could be told; nothing was changed."""

    code: ClassVar[str] = "bad_actions_file"
    http_status: ClassVar[int] = 422
    file: str
    columns: Sequence[str]
    needed: Sequence[str]

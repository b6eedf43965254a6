"""Subscriptions of a workspace: the one door for the command line, HTTP and notebooks."""

from typing import TYPE_CHECKING, Any

from desireline.model.notice import NewSubscription, Subscription
from desireline.service.notifying.queueing import shelf
from desireline.service.shelf import valid

if TYPE_CHECKING:
    from desireline.service.opened import Opened


class Subscriptions:
    """Who is told when an action or an annotation changes; each by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.subscriptions.create({"name": "Board", "to": "https://example.com/hook", "nouns": ["action"]})
        ... # doctest: +SKIP
    """

    def __init__(self, workspace: "Opened") -> None:
        self._workspace = workspace

    def all(self) -> list[Subscription]:
        """All of them, oldest first."""
        return shelf(self._workspace).all() if self._workspace.places.records.exists() else []

    def create(self, asked: NewSubscription | dict[str, Any]) -> Subscription:
        """Keep a new one.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        return shelf(self._workspace).add(valid(NewSubscription, asked).model_dump())

    def remove(self, which: str, revision: int | None = None) -> Subscription:
        """Forget one; what is queued is still sent.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        return shelf(self._workspace).remove(which, revision)

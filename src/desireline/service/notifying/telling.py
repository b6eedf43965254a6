"""Notices on their way from a door to those who subscribed."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from desireline.model.kept import Kept
from desireline.model.notice import FieldChange, Notice, NoticeKind, Noun
from desireline.service.faults import record
from desireline.service.notifying.queueing import queue

if TYPE_CHECKING:
    from desireline.service.opened import Opened

Subscriber = Callable[["Opened", Notice], None]
"""Called in the thread that made the change, once it is stored; what takes long belongs in a queue."""

_SUBSCRIBERS: Final[list[Subscriber]] = []
_ALWAYS_OTHER: Final = frozenset({"revision", "changed"})


def subscribe(subscriber: Subscriber) -> None:
    """Tell it of every change of every workspace from now on."""
    if subscriber not in _SUBSCRIBERS:
        _SUBSCRIBERS.append(subscriber)


def unsubscribe(subscriber: Subscriber) -> None:
    """Tell it nothing any more."""
    if subscriber in _SUBSCRIBERS:
        _SUBSCRIBERS.remove(subscriber)


def notify(workspace: "Opened", kind: NoticeKind, noun: Noun, before: Kept | None, after: Kept) -> Notice:
    """Tell all subscribers of one change; one that fails does not undo it, its fault is logged.

    Args:
        workspace: where it happened.
        kind: what happened.
        noun: of the document.
        before: the document as it was; None if it is new.
        after: as it is; as it was last, if it was removed.
    """
    notice = Notice(
        kind=kind, noun=noun, id=after.id, name=after.name, revision=after.revision, at=dt.datetime.now(dt.UTC),
        change=changes(before, after),
    )  # fmt: skip
    for subscriber in (queue, *_SUBSCRIBERS):
        try:
            subscriber(workspace, notice)
        except Exception as fault:  # noqa: BLE001 the change is stored whoever listens
            record(workspace.places.root, fault)
    return notice


def changes(before: Kept | None, after: Kept) -> dict[str, FieldChange]:
    """Fields that are other than before; all of a new document that say something."""
    then: dict[str, Any] = before.model_dump(mode="json") if before is not None else {}
    now = after.model_dump(mode="json")
    return {
        name: FieldChange(before=then.get(name), after=value)
        for name, value in now.items()
        if name not in _ALWAYS_OTHER and then.get(name) != value
    }

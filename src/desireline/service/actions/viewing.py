"""Actions as a board, along the time, and by what is due."""

import datetime as dt
from typing import TYPE_CHECKING, get_args

from desireline.model.action import Action, ActionStatus, BoardColumn, ShownAction, Span
from desireline.service.actions.days import local_day, today

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace

OPEN: frozenset[ActionStatus] = frozenset({"idea", "planned", "in_progress"})


def board(listed: list[ShownAction]) -> list[BoardColumn]:
    """A column for each status, in the order of the work."""
    ordered = sorted(listed, key=lambda one: (one.order, one.created, one.id))
    statuses: tuple[ActionStatus, ...] = get_args(ActionStatus)
    return [BoardColumn(status=status, actions=[one for one in ordered if one.status == status]) for status in statuses]


def timeline(workspace: "Workspace", listed: list[Action]) -> list[Span]:
    """What began or is planned to begin first comes first."""

    def day(moment: dt.datetime | None) -> dt.date | None:
        return None if moment is None else local_day(workspace, moment)

    spans = [
        Span(
            action=one.id, name=one.name, status=one.status, owner=one.owner, since=day(one.started) or one.start,
            until=day(one.finished) or one.due, planned=one.finished is None,
            evaluate=one.bet.evaluate if one.bet is not None else None,
            outcome=one.verdict.verdict if one.verdict is not None else None,
            reason=one.verdict.reason if one.verdict is not None else None,
        )
        for one in listed
    ]  # fmt: skip
    return sorted(spans, key=lambda one: (one.since or one.until or dt.date.max, one.until or dt.date.max, one.name))


def due(workspace: "Workspace", listed: list[ShownAction], within: int) -> list[ShownAction]:
    """What has to be done or judged by then."""
    last = today(workspace) + dt.timedelta(days=within)
    found = [(day, one) for one in listed if (day := due_day(one)) is not None and day <= last]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].created))]


def due_day(one: Action) -> dt.date | None:
    """By when something has to be done: the action itself, or the judging of its bet."""
    if one.status in OPEN:
        return one.due
    return one.bet.evaluate if one.status == "done" and one.bet is not None else None

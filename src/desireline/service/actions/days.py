"""Days of moments, where the workspace is."""

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desireline.errors import BadQuestion
from desireline.model.action import Action
from desireline.service import settings

if TYPE_CHECKING:
    from desireline.service.opened import Opened


def local_day(workspace: "Opened", moment: dt.datetime) -> dt.date:
    """The day of a moment in the workspace's zone."""
    return moment.astimezone(ZoneInfo(settings.load(workspace.places.root).zone)).date()


def today(workspace: "Opened") -> dt.date:
    """The day of now."""
    return local_day(workspace, dt.datetime.now(dt.UTC))


def finished_on(workspace: "Opened", found: Action, day: dt.date) -> dt.datetime:
    """A moment of the day on which customers met an action's change.

    Raises:
        BadQuestion: it is before the action began, or yet to come.
    """
    now = dt.datetime.now(dt.UTC)
    begun = found.started or now
    first, last = local_day(workspace, begun), local_day(workspace, now)
    if not first <= day <= last:
        raise BadQuestion(parameter="on", given=day.isoformat(), expected=f"{first} – {last}")
    midnight = dt.datetime.combine(day, dt.time(), ZoneInfo(settings.load(workspace.places.root).zone))
    return max(midnight.astimezone(dt.UTC), begun)

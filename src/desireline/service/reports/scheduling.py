"""When a report is due, by the clock on the wall of the workspace's zone."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from desireline.model.report import Schedule


def last_time(schedule: Schedule, now: dt.datetime, zone: str) -> dt.datetime:
    """The last time that it was due, now included; UTC.

    A time that the clock skips comes with the moment the clock is put on; one that comes twice counts once, first.

    >>> winter = dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC)
    >>> last_time(Schedule(every="day", hour=2, minute=30), winter, "Europe/Warsaw").isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    day = now.astimezone(ZoneInfo(zone)).date()
    while True:
        if _is_day(schedule, day):
            at = _moment(dt.datetime.combine(day, dt.time(schedule.hour, schedule.minute)), zone)
            if at <= now:
                return at
        day -= dt.timedelta(days=1)


def _is_day(schedule: Schedule, day: dt.date) -> bool:
    if schedule.every == "week":
        return day.weekday() == schedule.weekday
    if schedule.every == "month":
        return day.day == min(schedule.day or 1, calendar.monthrange(day.year, day.month)[1])
    return True


def _moment(local: dt.datetime, zone: str) -> dt.datetime:
    place = ZoneInfo(zone)
    at = local.replace(tzinfo=place).astimezone(dt.UTC)
    if at.astimezone(place).replace(tzinfo=None) == local:
        return at
    low, high = at - dt.timedelta(hours=3), at + dt.timedelta(hours=3)
    while high - low > dt.timedelta(seconds=1):  # the jump lies between: the first moment that is not before it
        middle = low + (high - low) / 2
        if middle.astimezone(place).replace(tzinfo=None) >= local:
            high = middle
        else:
            low = middle
    return high.replace(second=0, microsecond=0) + dt.timedelta(minutes=high.second >= 30)

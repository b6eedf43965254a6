"""When something may be sent, by the clock on the wall."""

import datetime as dt
from zoneinfo import ZoneInfo

from desireline.model.alert import QuietHours


def sending_time(now: dt.datetime, quiet: QuietHours | None, zone: str) -> dt.datetime:
    """Now, or the end of the quiet hours that it falls into; UTC.

    >>> night = dt.datetime(2026, 3, 28, 21, 30, tzinfo=dt.UTC)
    >>> sending_time(night, QuietHours(start=dt.time(20), end=dt.time(8)), "Europe/Warsaw").isoformat()
    '2026-03-29T06:00:00+00:00'
    """
    if quiet is None or quiet.start == quiet.end:
        return now
    local = now.astimezone(ZoneInfo(zone))
    clock, over_midnight = local.time(), quiet.start > quiet.end
    inside = clock >= quiet.start or clock < quiet.end if over_midnight else quiet.start <= clock < quiet.end
    if not inside:
        return now
    day = local.date() + dt.timedelta(days=1 if over_midnight and clock >= quiet.start else 0)
    return dt.datetime.combine(day, quiet.end, ZoneInfo(zone)).astimezone(dt.UTC)

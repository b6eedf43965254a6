"""Retention, lifecycle and stickiness by local dates, one person after the other."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def local_day(time, zone):
    return (EPOCH + dt.timedelta(microseconds=time)).astimezone(ZoneInfo(zone)).date()


def number(day, period):
    """Periods counted from some day long ago: the next one has the next number."""
    if period == "day":
        return day.toordinal()
    return (day.toordinal() - 1) // 7 if period == "week" else day.year * 12 + day.month - 1


def first_day(n, period):
    if period == "day":
        return dt.date.fromordinal(n)
    return dt.date.fromordinal(n * 7 + 1) if period == "week" else dt.date(n // 12, n % 12 + 1, 1)


def is_over(n, period, zone, until):
    """Whether the first moment after the period is not later than the first moment after `until`."""
    end = dt.datetime.combine(first_day(n + 1, period), dt.time(), ZoneInfo(zone))
    return end <= EPOCH + dt.timedelta(microseconds=until + 1)


def starts_of(events, is_start, kind, at):
    """[(period, place of the first start event in it)]."""
    found = {}
    for i, (label, time) in enumerate(events):
        if is_start(label) and not (kind == "first" and found):
            found.setdefault(at(time), i)
    return list(found.items())


def retention(sequences, is_start, is_return, kind, spans, *, rolling, at):
    """(period, unit, place of the start event) -> the columns in which the unit comes back.

    `spans`: first and last number of periods of each column; `at`: the period of a time.
    """
    found = {}
    for unit, events in enumerate(sequences):
        for period, i in starts_of(events, is_start, kind, at):
            later = {at(time) - period for label, time in events[i:] if is_return(label)}
            found[period, unit, i] = {
                n
                for n, (first, last) in enumerate(spans)
                if any(first <= since and (rolling or since <= last) for since in later)
            }
    return found


def lifecycle(sequences, is_active, at):
    """(period, kind) -> units."""
    found = Counter()
    for events in sequences:
        active = sorted({at(time) for label, time in events if is_active(label)})
        for k, period in enumerate(active):
            found[period, "new" if k == 0 else "returning" if active[k - 1] == period - 1 else "resurrecting"] += 1
            found[period + 1, "dormant"] += period + 1 not in active
    return found


def stickiness(sequences, is_active, period, zone):
    """(period, days) -> units."""
    found = Counter()
    for events in sequences:
        days = {local_day(time, zone) for label, time in events if is_active(label)}
        found.update(Counter(number(day, period) for day in days).items())
    return found

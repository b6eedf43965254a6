"""Habits of units, one event after the other."""

import datetime as dt
import itertools
import math

DAY = 86_400


def habits(units, visit, journey):
    """For each unit [(name, channel, seconds since 1970 UTC)]: its counts, sums and tables as a dictionary."""
    return [_habits(events, visit, journey) for events in units]


def _habits(events, visit, journey):
    moments = [dt.datetime.fromtimestamp(second, dt.UTC) for _, _, second in events]
    pairs = list(itertools.pairwise(events))
    logs = [math.log(1 + after[2] - before[2]) for before, after in pairs]
    return {
        "touched": {name: sum(e[0] == name for e in events) for name in {e[0] for e in events}},
        "channels": {name: sum(e[1] == name for e in events) for name in {e[1] for e in events} - {None}},
        "events": len(events),
        "repeats": sum(before[0] == after[0] for before, after in pairs),
        "visits": sum(after[2] - before[2] > visit for before, after in pairs),
        "journeys": sum(after[2] - before[2] > journey for before, after in pairs),
        "weekend": sum(m.weekday() >= 5 for m in moments),
        "evening": sum(m.hour >= 18 for m in moments),
        "log_gaps": sum(logs),
        "log_gaps_squared": sum(log * log for log in logs),
        "last": events[-1][2],
    }

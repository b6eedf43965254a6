"""Until when each unit was watched: what had not happened by then may still come."""

import numpy as np

from desireline.analyze.scope import I64, Bools, Scope
from desireline.model.calendar import next_day, start_of


def followed(scope: Scope) -> I64:
    """int64[units], µs: the end of the observation; a journey that is over was watched until its last event.

    A journey is over when its last event closes it (`journey.ends` of the definition), or has been followed by a
    silence longer than the gap.
    """
    until = scope.until
    if scope.filters.until is not None:
        until = min(until, start_of(next_day(scope.filters.until, "day"), scope.zone) - 1)
    found = np.full(scope.units, until, np.int64)
    if scope.grain == "journey" and scope.units:
        last = scope.offsets[1:] - 1
        over = _closing(scope)[scope.code[last]] | (scope.time[last] < until - scope.gap)
        found[over] = scope.time[last][over]
    return found


def _closing(scope: Scope) -> Bools:
    definition = scope.definition
    if definition is None:
        return np.zeros(len(scope.event_names.table), np.bool_)
    goals = {g.name: g.touchpoints for g in definition.goals}
    return scope.touchpoints.codes_of([t for name in definition.journey.ends for t in goals.get(name, [name])])

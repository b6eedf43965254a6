"""The parts of the answer: steps, times, groups and periods, all from one outcome."""

from collections.abc import Sequence

import numpy as np

from desireline.analyze.breakdown import OTHER
from desireline.analyze.funnels.model import FunnelGroup, FunnelPeriod, FunnelStep, FunnelTimes, TimeBucket
from desireline.analyze.funnels.outcome import Counting
from desireline.analyze.funnels.rules import Plan
from desireline.analyze.scope import I64
from desireline.kernels.pool import each
from desireline.kernels.quantile import quantiles
from desireline.model import calendar
from desireline.model.intervals import wilson

MOST_BUCKETS = 12
MINUTE, HOUR, DAY = 60, 3600, 86_400
WIDTHS = (
    1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR,
    4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY,
)  # fmt: skip
"""Seconds that a bucket of equal ones may take."""
LADDER = (
    0, 10, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY,
)  # fmt: skip
"""Seconds where buckets begin when the times span many orders of size."""

Times = tuple[float | None, float | None]


def steps(made: Plan, people: list[int], of: int, first: Sequence[I64], previous: Sequence[I64]) -> list[FunnelStep]:
    """The steps of everybody or of a group.

    Args:
        made: the question.
        people: by step.
        of: units from which the first step takes its share.
        first: for each step after the first, µs from the first event of the chain.
        previous: likewise, from the event before.
    """
    spans = [x for pair in zip(first, previous, strict=True) for x in pair]
    found = each(lambda i: _median_and_p90(spans[i]), [(i,) for i in range(len(spans))])
    begin: Times = (0.0, 0.0) if people[0] else (None, None)
    made_steps = []
    for k, (step, n) in enumerate(zip(made.steps, people, strict=True)):
        before = people[made.required_before(k)] if k else of
        low, high = wilson(n, people[0])
        from_first, from_previous = (found[2 * k - 2], found[2 * k - 1]) if k else (begin, begin)
        made_steps.append(
            FunnelStep(
                name=step.name, optional=step.optional, people=n, share_of_first=n / people[0] if people[0] else 0.0,
                low=low, high=high, share_of_previous=n / before if before else 0.0,
                median_seconds_from_first=from_first[0], p90_seconds_from_first=from_first[1],
                median_seconds_from_previous=from_previous[0], p90_seconds_from_previous=from_previous[1],
            )
        )  # fmt: skip
    return made_steps


def _median_and_p90(micros: I64) -> Times:
    found = quantiles(micros, (0.5, 0.9))
    return (found[0] / 1e6, found[1] / 1e6) if found else (None, None)


def edges(micros: I64) -> list[int]:
    """Seconds where readable buckets begin, and where the last ends: of equal width, unless half would be in one."""
    last, middle = int(micros.max()) / 1e6, float(np.median(micros)) / 1e6
    width = next((w for w in WIDTHS if last <= w * MOST_BUCKETS), -(-int(last) // MOST_BUCKETS) or 1)
    if middle >= width:
        first = int(micros.min()) // 1_000_000 // width
        return [width * i for i in range(first, max(-(-int(np.ceil(last)) // width), first + 1) + 1)]
    rungs = [*(r for r in LADDER if r < last), next((r for r in LADDER if r >= last), int(np.ceil(last)))]
    return rungs if len(rungs) > 1 else [0, 1]


def bucket_of(micros: I64, ends: list[int]) -> I64:
    """The bucket of each time."""
    inner = np.array(ends[1:-1], np.int64) * 1_000_000
    place: I64 = np.searchsorted(inner, micros, side="right")
    return place


def times(counting: Counting) -> list[FunnelTimes]:
    """The spread of the times to each step after the first."""
    found = []
    for k, micros in enumerate(counting.outcome.from_first, 2):
        buckets = []
        if len(micros):
            ends = edges(micros)
            counts = np.bincount(bucket_of(micros, ends), minlength=len(ends) - 1).tolist()
            rows = zip(ends, ends[1:], counts, strict=False)
            buckets = [TimeBucket(from_seconds=a, to_seconds=b, people=n) for a, b, n in rows]
        found.append(FunnelTimes(step=k, buckets=buckets))
    return found


def groups(made: Plan, counting: Counting) -> list[FunnelGroup]:
    """The funnel of each group, the largest first; the rest and those without one last."""
    if made.groups is None:
        return []
    found, names = counting.grouped, [*made.groups.names, None]
    group = found.group % len(names)
    entered = np.bincount(group, minlength=len(names)).tolist()
    made_groups = []
    for g, name in enumerate(names):
        if entered[g]:
            inside = [group[w.row] == g for w in found.waits]
            people = [entered[g], *(int(np.count_nonzero(i)) for i in inside)]
            first = [w.from_first[i] for w, i in zip(found.waits, inside, strict=True)]
            previous = [w.from_previous[i] for w, i in zip(found.waits, inside, strict=True)]
            group_steps = steps(made, people, people[0], first, previous)
            made_groups.append(FunnelGroup(name=name, people=people[0], steps=group_steps))
    return sorted(made_groups, key=lambda g: (g.name is None, g.name == OTHER, -g.people, g.name or ""))


def periods(made: Plan, counting: Counting) -> list[FunnelPeriod]:
    """The funnel by day, week or month of entry, without gaps from the first to the last."""
    trend, found = made.request.trend, counting.reached if made.request.trend else None
    if trend is None or found is None or not len(found.entry):
        return []
    zone, ends = made.scope.zone, (int(found.entry.min()), int(found.entry.max()))
    days, starts = calendar.days(zone, trend, *ends), calendar.starts(zone, trend, *ends)
    place = np.searchsorted(starts, found.entry, side="right") - 1
    counts = [np.bincount(p, minlength=len(days)) for p in (place, *(place[w.row] for w in found.waits))]
    return [
        FunnelPeriod(
            start=day,
            mature=made.longest is None or int(starts[i + 1]) - 1 + made.longest <= made.scope.until,
            people=[int(c[i]) for c in counts],
        )
        for i, day in enumerate(days[:-1])
    ]

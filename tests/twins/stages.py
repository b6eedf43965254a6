"""A slow, obvious twin of the stage kernels: each rule of the map written down once more, unit by unit."""

from collections import Counter, defaultdict
from itertools import pairwise


def count_stages(units, stages, open_from):
    """Units are lists of (time, stage or -1, touchpoint or -1, channel or -1, closes)."""
    people, dropped, still_open, loops = ([0] * stages for _ in range(4))
    onward = [[0] * stages for _ in range(stages)]
    waits = [[] for _ in range(stages)]
    met, switches = Counter(), Counter()
    for events in units:
        for s in range(stages):
            there = [i for i, e in enumerate(events) if e[1] == s]
            if not there:
                continue
            people[s] += 1
            later = [i for i, e in enumerate(events) if i > there[0] and e[1] > s]
            if later:
                onward[s][events[later[0]][1]] += 1
                waits[s].append(events[later[0]][0] - events[there[0]][0])
                loops[s] += any(i > later[0] for i in there)
            elif is_open(events, open_from):
                still_open[s] += 1
            else:
                dropped[s] += 1
        met.update({e[2] for e in events if e[2] >= 0})
        switches.update(set(switches_of(events)))
    return people, dropped, still_open, loops, onward, [sorted(w) for w in waits], met, switches


def is_open(events, open_from):
    last = events[-1]
    return last[0] >= open_from and not last[4]


def switches_of(events):
    known = [(e[1], e[3]) for e in events if e[1] >= 0 and e[3] >= 0]
    return [(s, a, b) for (s, a), (_, b) in pairwise(known) if a != b]


def last_by_code(codes, times):
    latest = defaultdict(lambda: None)
    for c, t in zip(codes, times, strict=True):
        latest[c] = t if latest[c] is None else max(latest[c], t)
    return latest

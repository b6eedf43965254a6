"""Transitions one by one."""

from itertools import pairwise
from statistics import median


def transitions(sequences, collapse):
    """(from, to) -> (count, people, median µs)."""
    steps = []
    for unit, events in enumerate(sequences):
        for (a, ta), (b, tb) in pairwise(events):
            if not (collapse and a == b):
                steps.append((a, b, unit, tb - ta))
    return {
        (a, b): (
            sum((x, y) == (a, b) for x, y, _, _ in steps),
            len({unit for x, y, unit, _ in steps if (x, y) == (a, b)}),
            median(wait for x, y, _, wait in steps if (x, y) == (a, b)),
        )
        for a, b, _, _ in steps
    }

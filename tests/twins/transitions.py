"""Transitions one by one."""

from itertools import pairwise

import numpy as np


def transitions(sequences, collapse):
    """(from, to) -> (count, people, median µs, 90th percentile µs)."""
    steps = []
    for unit, events in enumerate(sequences):
        for (a, ta), (b, tb) in pairwise(events):
            if not (collapse and a == b):
                steps.append((a, b, unit, tb - ta))
    return {(a, b): _told([(unit, wait) for x, y, unit, wait in steps if (x, y) == (a, b)]) for a, b, _, _ in steps}


def _told(steps):
    waits = [wait for _, wait in steps]
    return len(steps), len({unit for unit, _ in steps}), *np.percentile(waits, [50, 90])

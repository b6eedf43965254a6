"""What a type of journeys does oftener than the others: the only thing that its name is made of."""

from collections import Counter
from typing import NamedTuple

import numpy as np
from scipy import sparse

from desireline.analyze.mixtures.finding import OTHER, Found
from desireline.analyze.scope import F64

LISTED = 5
LEAST_SHARE = 0.1
LEAST_RATIO = 2**0.5
"""Half a doubling: less over-represented is not told."""


class Told(NamedTuple):
    """A touchpoint, or a step from one to the next; the share of the type's units that do it, and of all others."""

    names: list[str]
    share: float
    elsewhere: float


def traits(found: Found) -> list[list[Told]]:
    """What is over-represented in each type, by falling difference of the shares; shares are of the sample.

    With one type there is nothing to hold it against: its commonest touchpoints and steps are told, 0 elsewhere.
    """
    if not found.k:
        return []
    things, having = _things(found)
    of = found.of[found.sample]
    inside = np.stack([of == k for k in range(found.k)], axis=1).astype(np.float64)
    does: F64 = having.T @ inside
    n = inside.sum(axis=0)
    told = []
    for k in range(found.k):
        others = max(1.0, n.sum() - n[k])
        here, there = does[:, k] / max(1.0, n[k]), (does.sum(axis=1) - does[:, k]) / others
        fits = np.flatnonzero((here >= LEAST_SHARE) & (here >= LEAST_RATIO * there))
        order = sorted(fits.tolist(), key=lambda i: (there[i] - here[i], -len(things[i]), things[i]))
        told.append([Told(things[i], float(here[i]), float(there[i])) for i in order[:LISTED]])
    return told


def _things(found: Found) -> tuple[list[list[str]], sparse.csr_array]:
    """Steps between touchpoints and touchpoints, and which journeys of the sample have each."""
    steps, end = found.steps, found.steps.labels
    known = np.array([name != OTHER for name in found.names] + [False])
    between = np.flatnonzero(known[steps.source] & known[steps.target])
    visits = sparse.csr_array(
        (np.ones(len(steps.target)), (np.arange(len(steps.target)), steps.target)), shape=(len(steps.target), end + 1)
    )
    met = np.flatnonzero(known)
    having = sparse.hstack((steps.counts[:, between], (steps.counts @ visits)[:, met]), format="csr")
    having.data[:] = 1
    names = [[found.names[steps.source[i]], found.names[steps.target[i]]] for i in between]
    return [*names, *([found.names[i]] for i in met)], having


def names(told: list[list[Told]]) -> list[str]:
    """A name for each type: its most distinctive step, with the next ones where two would have the same name."""
    by_step = [sorted(one, key=lambda t: -len(t.names)) for one in told]
    texts = [[" → ".join(t.names) for t in one] or ["–"] for one in by_step]
    for most in range(1, LISTED + 1):
        found = [", ".join(one[:most]) for one in texts]
        if len(set(found)) == len(found):
            return found
    seen: Counter[str] = Counter()
    for place, name in enumerate(found):
        seen[name] += 1
        found[place] = f"{name} ({seen[name]})" if seen[name] > 1 else name
    return found

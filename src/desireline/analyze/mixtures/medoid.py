"""The journey that stands for a type: a real one, nearest to all others by the edits between them."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.mixtures.finding import Found
from desireline.analyze.scope import I32, I64

UNIQUE = 2_000
"""Different journeys of a type that are compared with each other."""

LONGEST = 100
"""Touchpoints of a journey that are compared."""

RADIUS = 0.25


class Medoid(NamedTuple):
    """A unit, its first touchpoints, and the share of the type within RADIUS of the largest distance from it.

    The share is what A. Gabadinho and G. Ritschard (2013) call the coverage of a representative sequence.
    """

    unit: int
    walk: I32
    coverage: float


def medoid(found: Found, kind: int) -> Medoid:
    """The medoid of a type in the sample, by Levenshtein distance over the longer length.

    Of equally near ones the first in order of labels is taken.
    """
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    texts, weight, unit = _unique(found, found.sample[found.of[found.sample] == kind])
    far = cdist(texts, texts, scorer=Levenshtein.normalized_distance, dtype=np.float32, workers=-1).astype(np.float64)
    at = int(np.argmin((far @ weight).round(9)))
    within = far[at] <= RADIUS * far.max()
    return Medoid(int(unit[at]), found.walk(int(unit[at]))[:LONGEST], float(weight[within].sum() / weight.sum()))


def _unique(found: Found, units: I64) -> tuple[list[str], I64, I64]:
    """Different journeys as texts, a character a label, with how many units have each and one of these."""
    texts = np.array(["".join(chr(256 + t) for t in found.walk(int(u))[:LONGEST]) for u in units], object)
    unique, first, people = np.unique(texts, return_index=True, return_counts=True)
    kept = np.sort(np.argsort(-people, kind="stable")[:UNIQUE]) if len(unique) > UNIQUE else np.arange(len(unique))
    return unique[kept].tolist(), people[kept], units[first[kept]]

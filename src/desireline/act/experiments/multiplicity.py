"""Several tests at once: Holm for the arms, Benjamini and Hochberg for the segments, winners drawn back."""

from collections.abc import Sequence

import numpy as np

from desireline.act.experiments.sample import F64


def holm(p: Sequence[float | None]) -> list[float | None]:
    """Each p adjusted so that the chance of any false one stays (Holm 1979); None stays None.

    >>> holm([0.01, 0.04, None, 0.03])
    [0.03, 0.06, None, 0.06]
    """
    known = sorted((value, place) for place, value in enumerate(p) if value is not None)
    found: list[float | None] = [None] * len(p)
    highest = 0.0
    for rank, (value, place) in enumerate(known):
        highest = max(highest, min(1.0, value * (len(known) - rank)))
        found[place] = highest
    return found


def false_discovery(p: Sequence[float | None]) -> list[float | None]:
    """The q of each p over the whole family (Benjamini and Hochberg 1995); None stays None."""
    from desireline.analyze.hazards.judging import false_discovery as adjusted

    places = [place for place, value in enumerate(p) if value is not None]
    found: list[float | None] = [None] * len(p)
    for place, q in zip(places, adjusted(np.array([v for v in p if v is not None], np.float64)), strict=True):
        found[place] = float(q)
    return found


def shrunk(effect: F64, error: F64, around: float | None = None, spread: float | None = None) -> F64:
    """Effects drawn to where their like lie: what stands out most has most luck in it (normal-normal).

    Args:
        effect: float64[effects].
        error: float64[effects], above 0.
        around: where effects lie; their weighted mean for None.
        spread: the standard deviation of true effects; by DerSimonian and Laird (1986) from the effects for None.
    """
    weight = 1 / error**2
    total = float(weight.sum())
    middle = float((weight * effect).sum()) / total if around is None else around
    if spread is not None:
        squared = spread**2
    else:
        excess = float((weight * (effect - middle) ** 2).sum()) - (len(effect) - (around is None))
        scale = total - float((weight**2).sum()) / total if around is None else total
        squared = max(0.0, excess / scale) if scale > 0 else 0.0
    found: F64 = middle + (effect - middle) * squared / (squared + error**2)
    return found

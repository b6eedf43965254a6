"""The space in which groups are looked for: normal scores of features, and their principal components."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from desireline.analyze.scope import F64

EXPLAINED: Final = 0.9
"""So much of the variance the principal components keep."""


EDGE: Final = 1e-4
FAR: Final = 4.0


@dataclass(frozen=True, eq=False)
class Space:
    """Scores and axes, learned from a sample.

    Attributes:
        samples: ascending values of each feature in the sample.
        middle: float64[features], mean of the scores.
        axes: float64[features, dimensions].
    """

    samples: dict[str, F64]
    middle: F64
    axes: F64


def space_of(features: dict[str, F64], rng: np.random.Generator) -> tuple[Space, F64]:
    """Learn the space from a sample; and where its units lie, float64[units, dimensions]."""
    samples = {key: np.sort(column) for key, column in features.items()}
    samples = {key: column for key, column in samples.items() if column[0] < column[-1]}
    scores = scored(features, samples, rng)
    middle = scores.mean(axis=0)
    weight, axes = np.linalg.eigh(np.cov(scores.T).reshape(len(samples), -1))
    order = np.argsort(-weight)
    kept = int(np.searchsorted(np.cumsum(weight[order]) / weight.sum(), EXPLAINED)) + 1
    space = Space(samples, middle, axes[:, order[:kept]])
    return space, (scores - middle) @ space.axes


def scored(features: dict[str, F64], samples: dict[str, F64], rng: np.random.Generator) -> F64:
    """float64[units, features]: the normal scores of ranks among the sample; ties are broken by chance.

    Ties broken by chance keep a behaviour that takes few values from being a group for each of them.
    """
    from desireline.kernels.normal_scores import normal_scores

    units = len(next(iter(features.values())))
    found = np.empty((units, len(samples)))
    for place, (key, sample) in enumerate(samples.items()):
        normal_scores(features[key], sample, rng.random(units), place, found)
    return found


def placed(space: Space, features: dict[str, F64], rng: np.random.Generator) -> F64:
    """float64[units, dimensions]: where units lie."""
    scores = scored(features, space.samples, rng)
    scores -= space.middle
    found: F64 = scores @ space.axes
    return found


def plainly(features: dict[str, F64]) -> F64:
    """float64[units, features]: the same features without the change of ranks, which can bend a group in two.

    Residuals as normal deviates, others by median and quartiles, all within four standard deviations.
    """
    from scipy.special import ndtri

    columns = []
    for key, sample in features.items():
        if is_place(key):
            column = ndtri(np.clip(sample, EDGE, 1 - EDGE))
        else:
            low, middle, high = np.percentile(sample, [25, 50, 75])
            column = (sample - middle) / (max(high - low, 1e-9) / 1.349)
        columns.append(np.clip(column, -FAR, FAR))
    found = np.column_stack(columns)
    scaled: F64 = (found - found.mean(axis=0)) / (found.std(axis=0) + 1e-9)
    return scaled


def is_place(key: str) -> bool:
    """Whether a feature is a place in a distribution, in [0, 1]."""
    return ":" in key or key in {"repeats", "visit_length", "journeys"}

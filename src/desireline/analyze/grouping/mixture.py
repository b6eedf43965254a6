"""Parts of a population: Gaussian mixtures, their components put together where no valley parts them, fitted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from desireline.analyze.grouping.valleys import DEEP, LEAST, merged, shallowest
from desireline.analyze.scope import F64, I64

Form = Literal["diag", "tied"]
FORMS: Final[tuple[Form, ...]] = ("diag", "tied")
MOST: Final = 8
"""So many components are tried."""

ROUNDS: Final = 100
RIDGE: Final = 1e-3
"""Added to variances, so that no component shrinks to a point."""

CLOSE: Final = 1e-5
"""Change of the mean log likelihood at which fitting ends."""


class Start(NamedTuple):
    """Where a fit begins: so many components of a form."""

    form: Form
    k: int


@dataclass(frozen=True, eq=False)
class Parts:
    """A mixture with one covariance for all parts.

    Attributes:
        weight: float64[parts].
        mean: float64[parts, dimensions].
        root: float64[dimensions, dimensions], the lower Cholesky factor of the covariance.
        bic: of the points it was fitted to.
        start: what it was found from.
    """

    weight: F64
    mean: F64
    root: F64
    bic: float
    start: Start

    def posterior(self, points: F64) -> F64:
        """float64[points, parts]."""
        chance, _ = _expected(points, self.weight, self.mean, self.root)
        return chance

    def distance(self, points: F64, part: int) -> F64:
        """float64[points], Mahalanobis distances from the middle of a part."""
        from scipy.linalg import solve_triangular

        away = solve_triangular(self.root, (points - self.mean[part]).T, lower=True)
        found: F64 = np.sqrt((away**2).sum(axis=0))
        return found


class Search(NamedTuple):
    """What was found, and the start with the least BIC before anything was put together.

    `found`: the parts with the least BIC, then those with the least BIC of fewer parts, and so on; none for one
    population.
    """

    found: list[Parts]
    start: Start


def every_start() -> list[Start]:
    """Both forms with two to the most components."""
    return [Start(form, k) for form in FORMS for k in range(2, MOST + 1)]


def search(spaces: Sequence[F64], starts: Sequence[Start], seed: int) -> Search:
    """Parts with a valley between any two whose BIC is less than that of one normal population.

    Args:
        spaces: float64[n, dimensions] each; mixtures are fitted in the first, valleys must be in all.
        starts: what to begin with.
        seed: of the starts.
    """
    points = spaces[0]
    single = {form: _bic_of(points, Start(form, 1), seed)[1] for form in FORMS}
    alone = min(single.values())
    tried = [(bic, Start(form, 1)) for form, bic in single.items()]
    best: dict[int, Parts] = {}
    for begun in starts:
        labels, bic = _bic_of(points, begun, seed)
        tried.append((bic, begun))
        found = _parts_from(spaces, labels, begun)
        if found is not None and found.bic < alone:
            k = len(found.weight)
            best[k] = min(best.get(k, found), found, key=lambda parts: parts.bic)
    listed = sorted(best.values(), key=lambda parts: (round(parts.bic, 3), len(parts.weight)))
    fewer = [p for place, p in enumerate(listed) if all(len(p.weight) < len(q.weight) for q in listed[:place])]
    return Search(fewer, min(tried)[1])


def _bic_of(points: F64, start: Start, seed: int) -> tuple[I64, float]:
    """The component of each point, and the BIC."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = GaussianMixture(start.k, covariance_type=start.form, random_state=seed, reg_covar=RIDGE).fit(points)
    return model.predict(points).astype(np.int64), float(model.bic(points))


def _parts_from(spaces: Sequence[F64], labels: I64, start: Start) -> Parts | None:
    """Parts with valleys between them, None if there is only one."""
    parts = merged(spaces, labels)
    if len(parts) < 2:
        return None
    found = fitted(spaces[0], parts, start)
    mine = found.posterior(spaces[0]).argmax(axis=1)
    again = [np.flatnonzero(mine == part) for part in range(len(parts))]
    if min(map(len, again)) < LEAST or shallowest(spaces, again) > DEEP:
        return None
    return found


def fitted(points: F64, parts: Sequence[I64], start: Start) -> Parts:
    """Expectation and maximisation from the rows of each part; points of none begin with all parts alike."""
    chance = np.zeros((len(points), len(parts)))
    for part, rows in enumerate(parts):
        chance[rows, part] = 1
    chance[chance.sum(axis=1) == 0] = 1 / len(parts)
    before = -np.inf
    for _ in range(ROUNDS):
        weight, mean, root = _maximised(points, chance)
        chance, likelihood = _expected(points, weight, mean, root)
        if likelihood - before < CLOSE * len(points):
            break
        before = likelihood
    k, d = mean.shape
    free = k - 1 + k * d + d * (d + 1) / 2
    return Parts(weight, mean, root, float(free * np.log(len(points)) - 2 * likelihood), start)


def _maximised(points: F64, chance: F64) -> tuple[F64, F64, F64]:
    n, d = points.shape
    size = chance.sum(axis=0) + 1e-9
    mean = (chance.T @ points) / size[:, None]
    covariance = (points.T @ points - (mean.T * size) @ mean) / n + RIDGE * np.eye(d)
    return size / n, mean, np.linalg.cholesky(covariance)


def _expected(points: F64, weight: F64, mean: F64, root: F64) -> tuple[F64, float]:
    """Posterior of each point, and the log likelihood of all."""
    from scipy.linalg import solve_triangular

    d = len(root)
    at = solve_triangular(root, points.T, lower=True).T
    of = solve_triangular(root, mean.T, lower=True).T
    score = at @ of.T + (np.log(weight) - 0.5 * (of**2).sum(axis=1))
    top = score.max(axis=1, keepdims=True)
    chance = np.exp(score - top)
    total = chance.sum(axis=1, keepdims=True)
    likelihood = float((top + np.log(total)).sum() - 0.5 * (at**2).sum())
    likelihood -= len(points) * (float(np.log(np.diag(root)).sum()) + 0.5 * d * float(np.log(2 * np.pi)))
    return chance / total, likelihood

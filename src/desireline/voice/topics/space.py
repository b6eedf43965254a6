"""The space in which texts about the same lie close together.

TF-IDF of 3 to 5 letters within words, its `DIMENSIONS` strongest directions (SVD), vectors of length 1; then each text
is moved `STEPS` times to the mean of itself and its `NEIGHBOURS` nearest ones, weighted by their cosine (diffusion on
the graph of nearest neighbours; the propagation step of Wu et al. 2019, "Simplifying Graph Convolutional Networks").
Texts that share no letters but neighbours come together. On Banking77 with 77 groups of k-means, mean of seeds, NMI is
.586 without lengths of 1, .607 with them in 100 dimensions, .636 with 5 steps of diffusion, and .658 in 200 dimensions
with 10 steps (`benchmarks/known_voice.py`).

Of more than `LEARNT` texts the space is learnt on a random part; the rest is placed by the centres of the groups.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from desireline.kernels.arrays import F32, I64
from desireline.kernels.pool import each, ranges
from desireline.voice.features import Features, Grams, times_dense

DIMENSIONS: Final = 200
NEIGHBOURS: Final = 10
STEPS: Final = 10
LEARNT: Final = 10_000
_ROWS: Final = 500
_SPARE: Final = 10
_POWERS: Final = 1
"""Further directions and rounds by which the subspace is found; more of them change no group."""
_NOISE: Final = 1e-8
"""Of the greatest squared length: what is below is rounding, where texts span fewer directions than wanted."""


@dataclass(frozen=True, eq=False)
class Space:
    """Texts as points.

    Attributes:
        features, directions: how any text becomes a point; directions are float32[features, dimensions].
        points: float32[texts, dimensions], all texts, before diffusion.
        learnt: int64, the texts that the space was learnt on, ascending.
        moved: float32[learnt, dimensions], these after diffusion; what groups are found in.
    """

    features: Features
    directions: F32
    points: F32
    learnt: I64
    moved: F32

    def place(self, texts: list[str]) -> F32:
        """Points of other texts."""
        return unit(times_dense(self.features.of(texts), self.directions))


def space_of(texts: list[str], seed: int = 0) -> Space:
    """The space of different texts; at least two of them."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # the pieces of work have threads of their own
        return _space(texts, seed)


def _space(texts: list[str], seed: int) -> Space:
    rng = np.random.default_rng(seed)
    learnt = np.arange(len(texts)) if len(texts) <= LEARNT else np.sort(rng.choice(len(texts), LEARNT, replace=False))
    features = Features([Grams("letters", 3, 5)])
    vectors = features.learn([texts[row] for row in learnt])
    directions = _directions(vectors, seed)
    known = unit(times_dense(vectors, directions))
    points = np.zeros((len(texts), directions.shape[1]), np.float32)
    points[learnt] = known
    rest = np.setdiff1d(np.arange(len(texts)), learnt)
    if len(rest):
        points[rest] = unit(times_dense(features.of([texts[row] for row in rest]), directions))
    return Space(features, directions, points, learnt, diffused(known))


def unit(rows: F32) -> F32:
    """Rows of length 1; rows of zeros stay."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(length > 0, length, 1)).astype(np.float32)


def diffused(points: F32, neighbours: int = NEIGHBOURS, steps: int = STEPS) -> F32:
    """Points moved towards their nearest neighbours, see above."""
    size = len(points)
    wanted = min(neighbours, size - 1)
    if wanted < 1:
        return points
    found = each(lambda lo, hi: _nearest(points, wanted, lo, hi), ranges(size, -(-size // _ROWS)))
    place = np.concatenate([rows for rows, _ in found]).ravel()
    cosine = np.concatenate([near for _, near in found]).ravel()
    ends = np.arange(0, size * wanted + 1, wanted)
    graph = csr_matrix((np.maximum(cosine, 0), place, ends), shape=(size, size))
    graph = graph.maximum(graph.T).tocsr()
    weight = 1 + np.asarray(graph.sum(axis=1)).ravel()
    for _ in range(steps):
        points = ((points + graph @ points) / weight[:, None]).astype(np.float32)
    return unit(points)


def _nearest(points: F32, wanted: int, lo: int, hi: int) -> tuple[I64, F32]:
    near = points[lo:hi] @ points.T
    near[np.arange(hi - lo), np.arange(lo, hi)] = -2
    place = np.argpartition(near, -wanted, axis=1)[:, -wanted:]
    return place, np.take_along_axis(near, place, axis=1)


def _directions(vectors: csr_matrix, seed: int) -> F32:
    """The strongest directions of sparse vectors: float32[features, dimensions].

    Randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4) on the side of the texts, which are
    fewer than their n-grams; the values come from the small matrix of what the subspace spans.
    """
    wanted = max(1, min(DIMENSIONS, min(vectors.shape) - 1))
    spanned = min(wanted + _SPARE, *vectors.shape)
    across = vectors.T.tocsr()
    basis = np.random.default_rng(seed).standard_normal((vectors.shape[0], spanned)).astype(np.float32)
    for _ in range(1 + _POWERS):
        basis = np.linalg.qr(times_dense(vectors, times_dense(across, basis)))[0]
    seen = times_dense(across, basis)
    square, turn = np.linalg.eigh(seen.T.astype(np.float64) @ seen)
    square, turn = square[::-1][:wanted], turn[:, ::-1][:, :wanted]
    real = square > _NOISE * square[0]
    found: F32 = np.ascontiguousarray((seen @ turn[:, real]) / np.sqrt(square[real]), np.float32)
    return found

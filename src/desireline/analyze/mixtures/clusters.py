"""Clusters of directions, where mixtures start from.

k-means with k-means++ seeding (D. Arthur, S. Vassilvitskii 2007), for sparse rows of unit length. It adds in one order
whatever the number of threads, so that the same question has the same answer on every machine.
"""

import numpy as np
from scipy import sparse

from desireline.analyze.scope import F64, I64

ROUNDS = 40


def clusters(rows: sparse.csr_array, k: int, seed: int) -> I64:
    """int64[rows]: the cluster of each row.

    Args:
        rows: float64[n, features], n ≥ k, each of length 1.
        k: how many clusters; some are empty if there are fewer different rows.
        seed: of the seeding.
    """
    centers = _seeds(rows, k, np.random.default_rng(seed))
    before = np.full(rows.shape[0], -1)
    for _ in range(ROUNDS):
        found = (rows @ centers.T - (centers**2).sum(axis=1) / 2).argmax(axis=1)
        if (found == before).all():
            break
        before = found
        mine = sparse.csr_array((np.ones(len(found)), (found, np.arange(len(found)))), shape=(k, len(found)))
        people = np.bincount(found, minlength=k)
        centers = np.where(people[:, None] > 0, (mine @ rows).toarray() / np.maximum(people, 1)[:, None], centers)
    return before


def _seeds(rows: sparse.csr_array, k: int, rng: np.random.Generator) -> F64:
    """float64[k, features]: rows drawn by their squared distance to those already drawn."""
    chosen = [int(rng.integers(rows.shape[0]))]
    far = np.full(rows.shape[0], np.inf)
    for _ in range(k - 1):
        near = np.asarray((rows @ rows[[chosen[-1]]].T).todense()).ravel()
        far = np.minimum(far, np.maximum(2 - 2 * near, 0))
        total = far.sum()
        chosen.append(int(rng.choice(len(far), p=far / total)) if total > 0 else chosen[-1])
    centers: F64 = rows[chosen].toarray()
    return centers

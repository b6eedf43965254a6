"""The usual way to personas, to be held against: k-means on shares and totals, k by the best silhouette.

It always finds groups, whether there are any or not, and gives those of most activity for people of another kind.
"""

import numpy as np

from desireline.analyze.grouping.measuring import Measured
from desireline.analyze.scope import F64, I64
from desireline.kernels.habits import EVENTS, LOG_GAPS

MOST = 8
SAMPLE = 2_000


def silhouette_means(found: Measured, seed: int) -> I64:
    """int64[units]: the cluster of each, two to eight of them."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score
    from threadpoolctl import threadpool_limits

    events = np.maximum(found.habits.counts[:, EVENTS], 1).astype(float)[:, None]
    pace = found.habits.sums[:, [LOG_GAPS]] / np.maximum(events - 1, 1)
    raw: F64 = np.hstack((found.habits.touched / events, found.habits.channels / events, events, pace))
    points = (raw - raw.mean(axis=0)) / (raw.std(axis=0) + 1e-9)
    with threadpool_limits(1):
        fits = [KMeans(k, n_init=3, random_state=seed).fit_predict(points) for k in range(2, MOST + 1)]
        scores = [silhouette_score(points, of, sample_size=min(SAMPLE, len(points)), random_state=seed) for of in fits]
    return np.asarray(fits[int(np.argmax(scores))], np.int64)

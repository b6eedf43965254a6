"""What is usually reported: the t-test of the days after against the days before."""

import numpy as np

from desireline.act.beforeafter.panel import F64
from desireline.model.before_after import Naive


def naive(treated: F64, before: int) -> Naive | None:
    """Welch's t-test of treated days (float64[n]); None where days are too few or all alike.

    It takes days for independent and everything else for unchanged: trend, season and chance runs pass for an effect.
    """
    from scipy.stats import ttest_ind

    after, earlier = (part[np.isfinite(part)] for part in (treated[before:], treated[:before]))
    if min(len(after), len(earlier)) < 2 or np.ptp(after) == 0 or np.ptp(earlier) == 0:
        return None
    found = ttest_ind(after, earlier, equal_var=False)
    low, high = found.confidence_interval(0.95)
    return Naive(effect=float(after.mean() - earlier.mean()), low=float(low), high=float(high), p=float(found.pvalue))

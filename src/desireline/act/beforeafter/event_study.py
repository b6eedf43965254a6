"""The picture of a before/after: the difference to control week by week, before the change as well as after it."""

import numpy as np
import numpy.typing as npt

from desireline.act.beforeafter.autoregression import covariance_of_days
from desireline.act.beforeafter.estimate import SLOPE, STEP, Estimate, Series, design
from desireline.act.beforeafter.panel import F64
from desireline.model.before_after import EventStudyPoint

WEEKS = 26
"""Before the change, at most."""


def event_study(series: Series, found: Estimate) -> list[EventStudyPoint]:
    """Each week's mean less the mean of all days before; weekdays are taken out, a slope is left in to be seen.

    A week's interval is that of a contrast of days whose residuals are autocorrelated as the estimate found.
    """
    table = design(series)
    others = [k for k in range(table.shape[1]) if k not in {STEP, 1, SLOPE}]
    level = np.nan_to_num(series.y) - table[:, others] @ found.fit.coefficients[others]
    there = np.isfinite(series.y)
    covariance = covariance_of_days(found.fit, len(level))
    reference = _mean_of(there & (np.arange(len(level)) < series.before))
    points = []
    for week in range(-min(WEEKS, series.before // 7), -(-(len(level) - series.before) // 7)):
        begin = series.before + 7 * week
        inside = np.zeros(len(level), np.bool_)
        inside[begin : begin + 7] = there[begin : begin + 7]
        if inside.any():
            contrast = _mean_of(inside) - reference
            half = found.critical * float(np.sqrt(contrast @ covariance @ contrast))
            effect = float(contrast @ level)
            points.append(EventStudyPoint(week=week, effect=effect, low=effect - half, high=effect + half))
    return points


def _mean_of(days: npt.NDArray[np.bool_]) -> F64:
    return np.asarray(days / days.sum())

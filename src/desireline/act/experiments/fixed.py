"""The fixed horizon: one look, planned beforehand."""

from math import isfinite, sqrt

from desireline.act.experiments.moments import Figures, error
from desireline.model.experiment_result import FixedHorizon, MetricKind
from desireline.model.intervals import Z, newcombe

NOTHING = FixedHorizon(low=None, high=None, statistic=None, p=None, p_holm=None)


def fixed_horizon(kind: MetricKind, treatment: Figures, control: Figures, adjusted: bool = False) -> FixedHorizon:
    """The 95 % interval of treatment - control and the two-sided test.

    Shares have Newcombe's interval (1998, method 10) and the z-test with the pooled share; means Welch's; ratios and
    shares that a covariate adjusted (`adjusted`) the normal interval of their linearised values.
    """
    if not treatment.n or not control.n:
        return NOTHING
    if kind == "binary" and not adjusted:
        return _shares(treatment, control)
    return _means(treatment, control, normal=kind != "mean")


def _shares(a: Figures, b: Figures) -> FixedHorizon:
    low, high = newcombe(a.conversions, a.n, b.conversions, b.n)
    pooled = (a.conversions + b.conversions) / (a.n + b.n)
    spread = sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n))
    if not spread:
        return FixedHorizon(low=low, high=high, statistic=None, p=None, p_holm=None)
    z = (a.mean - b.mean) / spread
    p = two_sided(z)
    return FixedHorizon(low=low, high=high, statistic=z, p=p, p_holm=p)


def _means(a: Figures, b: Figures, normal: bool) -> FixedHorizon:
    from scipy.special import stdtr, stdtrit

    spread = error(a, b)
    if not isfinite(spread) or not spread:
        return NOTHING
    difference = a.mean - b.mean
    t = difference / spread
    if normal:
        half, p = Z * spread, two_sided(t)
    else:
        parts = a.variance / a.n, b.variance / b.n
        freedom = sum(parts) ** 2 / (parts[0] ** 2 / (a.n - 1) + parts[1] ** 2 / (b.n - 1))
        half, p = float(stdtrit(freedom, 0.975)) * spread, 2 * float(stdtr(freedom, -abs(t)))
    return FixedHorizon(low=difference - half, high=difference + half, statistic=t, p=p, p_holm=p)


def two_sided(z: float) -> float:
    """The probability of so large a z or a larger one on either side if there is no effect.

    >>> round(two_sided(1.959963984540054), 6)
    0.05
    """
    from scipy.special import ndtr

    return 2 * float(ndtr(-abs(z)))

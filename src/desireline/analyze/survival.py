"""How long it takes when some are still on their way: Kaplan and Meier's curve, its median, and groups compared.

Written out here, as the library that has it (statsmodels, which the tests hold this against) takes a second to load.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from desireline.model.intervals import Z

if TYPE_CHECKING:
    from desireline.kernels.log_rank import Compared

Bools = npt.NDArray[np.bool_]
F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

NEARLY = 1e-12
"""Products of fractions that are one half on paper may miss it by so much."""


@dataclass(frozen=True, eq=False)
class Curve:
    """Who has reached it by when, at every time at which somebody does.

    Attributes:
        time: int64[k], µs, ascending.
        reached: float64[k], the estimated share by then.
        low, high: float64[k], its 95 % interval: Greenwood's variance on the scale of log(-log), which keeps it within
            0 and 1 (Kalbfleisch and Prentice 1980). Where nobody is left, `high` is 1 and `low` that of before.
        at_risk: int64[k], units still watched just before.
    """

    time: I64
    reached: F64
    low: F64
    high: F64
    at_risk: I64

    def by_half(self) -> tuple[float | None, float | None, float | None]:
        """The median in µs, and its 95 % interval: where the band of the curve meets one half.

        Brookmeyer and Crowley 1982, with the band on the scale of log(-log). None where the curve, or the end of the
        band, never gets there.
        """
        median, low, high = (_first(self.time, line) for line in (self.reached, self.high, self.low))
        return median, low, high


def _first(time: I64, line: F64) -> float | None:
    there = np.flatnonzero(line >= 0.5 - NEARLY)
    return float(time[there[0]]) if len(there) else None


def curve(time: I64, reached: Bools) -> Curve:
    """The estimate of Kaplan and Meier 1958; of those at one time, who reaches it comes before who is lost from sight.

    Args:
        time: int64[n], µs ascending: of reaching it, or until which a unit was watched.
        reached: bool[n], which of the two.
    """
    first = np.flatnonzero(np.r_[True, time[1:] != time[:-1]]) if len(time) else np.zeros(0, np.int64)
    events = np.add.reduceat(reached, first, dtype=np.int64) if len(time) else first
    return from_table(time[first], events, len(time) - first)


def from_table(time: I64, events: I64, at_risk: I64) -> Curve:
    """The same estimate from a life table.

    Args:
        time: int64[k], µs, ascending and distinct.
        events: int64[k], how many reach it then.
        at_risk: int64[k], how many were still watched just before.
    """
    some = events > 0
    time, events, at_risk = time[some], events[some], at_risk[some]
    staying: F64 = 1.0 - events / at_risk
    left = np.cumprod(staying)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
        half = Z * np.sqrt(variance) / -np.log(left)
        low: F64 = 1.0 - left ** np.exp(-half)
        high: F64 = 1.0 - left ** np.exp(half)
    if len(left) and left[-1] <= 0.0:
        low[-1], high[-1] = low[-2] if len(low) > 1 else 0.0, 1.0
    return Curve(time, np.asarray(1.0 - left, np.float64), low, high, at_risk)


def differ(compared: "Compared") -> tuple[float, int, float] | None:
    """The log-rank statistic, its degrees of freedom and p; None where there are not two groups to compare."""
    from scipy.special import chdtrc

    kept = np.flatnonzero(np.diag(compared.covariance) > 0)[1:]
    if not len(kept):
        return None
    excess, covariance = compared.excess[kept], compared.covariance[np.ix_(kept, kept)]
    statistic = float(excess @ np.linalg.solve(covariance, excess))
    return statistic, len(kept), float(chdtrc(len(kept), statistic))

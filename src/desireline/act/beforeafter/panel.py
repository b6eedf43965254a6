"""Units by days, and the day from which a change reaches each unit."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from desireline.act.beforeafter.refusing import Refused

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

NEVER = np.iinfo(np.int64).max
"""The start of a unit that the change does not reach."""

MOST_MISSING = 0.2
"""Share of days without a figure above which a unit, or a group, is not used."""


@dataclass(frozen=True)
class Panel:
    """Figures of units a day.

    Attributes:
        units: names.
        first: the day of the first column.
        values: float64[units, days], NaN where nothing was measured.
        start: int64[units], column from which the change reaches the unit, or `NEVER`.
    """

    units: list[str]
    first: dt.date
    values: F64
    start: I64

    def where(self, keep: npt.NDArray[np.bool_]) -> "Panel":
        """Some of the units."""
        names = [name for name, kept in zip(self.units, keep, strict=True) if kept]
        return replace(self, units=names, values=self.values[keep], start=self.start[keep])

    def weekday(self) -> I64:
        """int64[days], Monday 0."""
        return (self.first.weekday() + np.arange(self.values.shape[1])) % 7


def complete(panel: Panel) -> tuple[Panel, list[str]]:
    """The units that have figures on four days of five, and the names of the others.

    Raises:
        Refused: no treated unit is left, or none with a figure after its start.
    """
    missing = np.isnan(panel.values).mean(1)
    keep = missing <= MOST_MISSING
    left_out = [name for name, kept in zip(panel.units, keep, strict=True) if not kept]
    treated = panel.start != NEVER
    if not treated.any():
        raise Refused("no_treated_units", {"units": len(panel.units)})
    if not (keep & treated).any():
        raise Refused("too_many_days_missing", {"share": round(float(missing[treated].min()), 3)})
    return panel.where(keep), left_out


def group_mean(values: F64, weights: F64 | None = None) -> F64:
    """float64[days]: the mean of units a day; a missing figure is the unit's usual distance from the others that day.

    Args:
        values: float64[units, days].
        weights: float64[units], summing to 1.
    """
    share = np.full(len(values), 1 / len(values)) if weights is None else weights
    there = np.isfinite(values)
    if there.all():
        return np.asarray(share @ values)
    usual = np.zeros(len(values))
    days = np.full(values.shape[1], np.nan)
    for _ in range(20):
        heavy = share @ there
        lowered = np.where(there, values - usual[:, None], 0.0)
        days = np.where(heavy > 0, share @ lowered / np.where(heavy > 0, heavy, 1.0), np.nan)
        usual = np.nanmean(np.where(there, values - days, np.nan), axis=1)
        usual -= share @ usual
    return np.asarray(days)

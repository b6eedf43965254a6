"""Bets: what one can detect before it starts, and how well expectations were met over all that are settled."""

from desireline.act.bets.calibration import calibration
from desireline.act.bets.daily import of_days
from desireline.act.bets.people import of_mean, of_share

__all__ = ["calibration", "of_days", "of_mean", "of_share"]

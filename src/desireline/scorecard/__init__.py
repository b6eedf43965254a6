"""Every method that finds something, graded by what was planted, beside the usual way of finding it."""

from desireline.scorecard.result import Name, Row, Scorecard
from desireline.scorecard.running import FULL, QUICK, Grid, scorecard

__all__ = ["FULL", "QUICK", "Grid", "Name", "Row", "Scorecard", "scorecard"]

"""Verdicts: one shape and one sentence for whatever a change was judged by."""

from desireline.act.verdicts.making import of_before_after, of_experiment
from desireline.act.verdicts.telling import sentence
from desireline.act.verdicts.telling_money import money_told

__all__ = ["money_told", "of_before_after", "of_experiment", "sentence"]

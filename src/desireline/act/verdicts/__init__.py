"""Verdicts: one shape and one sentence for whatever a change was judged by."""

from desireline.act.verdicts.making import of_before_after, of_experiment
from desireline.act.verdicts.telling import sentence

__all__ = ["of_before_after", "of_experiment", "sentence"]

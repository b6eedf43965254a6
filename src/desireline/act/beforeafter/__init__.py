"""Before and after a change against those whom it did not reach, judged by changes pretended where there was none."""

from desireline.act.beforeafter.judging import judged
from desireline.act.beforeafter.panel import NEVER, Panel
from desireline.act.beforeafter.refusing import Refused

__all__ = ["NEVER", "Panel", "Refused", "judged"]

"""A second maker of worlds, by another mechanism, so that methods are not graded by the simulator alone.

Where people go next hangs on the last two touchpoints, not on one; time is continuous, and hindrances wear off, so that
hazards are not proportional; kinds of people differ in rates and shares drawn from gamma and Dirichlet distributions.
Nothing is tuned on it.
"""

from desireline.scorecard.second.dated import dated
from desireline.scorecard.second.habits import habits
from desireline.scorecard.second.hindrances import hindered, hinting
from desireline.scorecard.second.routes import routes

__all__ = ["dated", "habits", "hindered", "hinting", "routes"]

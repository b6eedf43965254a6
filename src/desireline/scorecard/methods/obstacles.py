"""Detectors: do they count the people whom the plain rule counts on the true order of events, without dirt?"""

from collections.abc import Iterator
from typing import Final

from desireline.analyze import obstacles
from desireline.analyze.detectors.model import Kind
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

SAME_RULE: Final[tuple[Kind, ...]] = ("rage_click", "error_after_click", "silence_after_promise", "not_found")
"""Kinds whose rule in the simulator's truth is the detector's. The truth has ping-pong and repeated contacts where they
come about, the detectors where they begin, so their people cannot be compared by touchpoint."""

AGREEMENT = {kind: Measure(f"agreement_{kind}", counted=False) for kind in SAME_RULE}
MOST = 10_000


def scores(world: World, seed: int) -> Iterator[Score]:  # noqa: ARG001 nothing is drawn at random
    """Over touchpoints: the smaller of the two numbers of people, divided by the larger.

    The detector also counts searches that people call about; only the touchpoint without results is in the truth.
    """
    asked = obstacles.ObstaclesRequest(kinds=list(SAME_RULE), goal=world.goal, top=MOST)
    found: dict[tuple[str, str], int] = {}
    for one in obstacles.answer(world.scope, asked).obstacles:
        found[one.kind, one.touchpoint] = found.get((one.kind, one.touchpoint), 0) + one.people
    for kind in SAME_RULE:
        truth = {pair for pair in world.behaviours if pair[0] == kind}
        pairs = truth if kind == "not_found" else truth | {pair for pair in found if pair[0] == kind}
        both = [(found.get(pair, 0), world.behaviours.get(pair, 0)) for pair in pairs]
        yield Score(AGREEMENT[kind], sum(map(min, both)), sum(map(max, both)))


METHOD = Method("obstacles", (Trial("simulator", simulated, scores),))

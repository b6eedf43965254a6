"""Stakes: is the loss by a friction as large as it truly is, and does its interval hold it?

Beside it: the plain gap of those who met it and the others, and everyone lost times the value of an order. Friction
answers it otherwise, by what comes straight after each visit.
"""

from collections.abc import Iterator
from functools import partial

from desireline.analyze import friction, stakes
from desireline.analyze.stakes import StakesRequest, StakesResult
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.second import hindered
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

RATIO = Measure("loss_ratio", counted=False, baseline="naive_gap")
MONEY = Measure("money_ratio", counted=False, baseline="drop_offs_times_value")
COVERED = Measure("coverage", bar=0.9, bar_most=0.97, baseline="naive_gap")
PARTLY = Measure("coverage_partly_seen", baseline="naive_gap")
GRADED = Measure("hidden_grade", bar=1.0)
SENSITIVE = Measure("hidden_sensitivity", bar=1.0)
STEPS, STEPS_COVERED = Measure("step_loss_ratio", counted=False), Measure("step_coverage")
ALARMED = Measure("hidden_alarms", at_most=True, baseline="naive_gap")


def scores(world: World, seed: int, covered: Measure = COVERED) -> Iterator[Score]:
    """Estimated losses over true ones, 1 being right, and how often the interval holds the truth."""
    for touchpoint, true in sorted(world.losses.items()):
        asked = _asked(world, touchpoint, seed)
        if not asked.enough:
            continue
        goal = asked.effects[0]
        yield Score(RATIO, goal.loss, true.share, goal.naive)
        half = (goal.high - goal.low) / 2
        yield Score(covered, goal.low <= true.share <= goal.high, baseline=abs(goal.naive - true.share) <= half)
        if asked.money is not None and true.value is not None:
            years = asked.days / 365.25
            yield Score(
                MONEY, asked.money.per_year.estimate * years, true.value, asked.money.naive_per_year * years
            )  # fmt: skip
    yield from by_steps(world)


def by_steps(world: World) -> Iterator[Score]:
    """The same of the goals lost that friction tells, for as many people as met it."""
    for one in friction.answer(world.scope, friction.FrictionRequest(goal=world.goal)).lost:
        if one.touchpoint in world.losses:
            true = world.losses[one.touchpoint].share * one.people
            yield Score(STEPS, one.goals, true)
            yield Score(STEPS_COVERED, one.low <= true <= one.high)


def partly(world: World, seed: int) -> Iterator[Score]:
    """The simulator's confounder, intent, shows in nothing but what people do."""
    yield from scores(world, seed, PARTLY)


def hidden(world: World, seed: int) -> Iterator[Score]:
    """Nothing hinders, and who is keen is hidden: the grade and the sensitivity value have to say so."""
    touchpoint = next(iter(world.losses))
    asked = _asked(world, touchpoint, seed)
    goal, strength = asked.effects[0], world.strength
    assert strength is not None  # noqa: S101 worlds of this trial have one
    half = (goal.high - goal.low) / 2
    yield Score(GRADED, asked.grade in ("C", "D"))
    yield Score(SENSITIVE, goal.e_value_low is not None and goal.e_value_low < strength)
    yield Score(ALARMED, not goal.low <= 0 <= goal.high, baseline=abs(goal.naive) > half)


def _asked(world: World, touchpoint: str, seed: int) -> StakesResult:
    return stakes.answer(world.scope, StakesRequest(goal=world.goal, touchpoint=touchpoint, seed=seed))


METHOD = Method(
    "stakes",
    (
        Trial("simulator", simulated, partly),
        Trial("second", hindered, scores),
        Trial("second", partial(hindered, effect=False, seen=False), hidden),
    ),
)

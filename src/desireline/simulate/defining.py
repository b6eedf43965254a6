"""The definition that knows the planted stages, touchpoints and goal."""

from desireline.model.definition import Definition, Goal, JourneyRules, MatchRule, Stage, Touchpoint
from desireline.simulate import world


def definition() -> Definition:
    """Every touchpoint by its event name, in the order of the stages."""
    micro = [world.CAUSAL, *world.CONFOUNDED, *world.INDIFFERENT]
    return Definition(
        stages=[Stage(name=name) for name in world.STAGES],
        touchpoints=[
            Touchpoint(
                name=p.name, stage=world.STAGES[p.stage], match=[MatchRule(name=p.name)],
                channel=None if p.name == world.GOAL else p.channel,
            )
            for p in world.PLACES
        ],
        goals=[Goal(name=world.GOAL, touchpoints=[world.GOAL])],
        micro_conversions=[Goal(name=name, touchpoints=[name]) for name in micro],
        journey=JourneyRules(gap_days=30),
    )  # fmt: skip

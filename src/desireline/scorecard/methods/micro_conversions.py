"""Micro-conversions: is the one that moves the goal ranked first by influence? Beside it: by the naive lift."""

from collections.abc import Callable, Iterator, Sequence

from desireline.analyze import micro_conversions
from desireline.analyze.micro_conversions import MicroConversion
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.second import hinting
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

ANSWERED = Measure("answered")
HAZARD = Measure("causal_first_by_hazard", baseline="naive_lift")
FIRST = Measure("causal_first", bar=0.8, baseline="naive_lift", from_people=20_000, hard=False)


def scores(world: World, seed: int) -> Iterator[Score]:
    """The planted one among its decoys; where influence says that there are too few people, it is not first."""
    assert world.causal is not None  # noqa: S101 worlds of this method have one
    asked = micro_conversions.MicroConversionsRequest(goal=world.goal, names=[world.causal, *world.decoys], seed=seed)
    rows = micro_conversions.answer(world.scope, asked).rows
    influence, hazard, lift = (
        _first(rows, of) == world.causal for of in (lambda r: r.influence.estimate, lambda r: r.hazard.ratio, _lift)
    )
    yield Score(ANSWERED, any(row.influence.enough for row in rows))
    yield Score(FIRST, influence, baseline=lift)
    yield Score(HAZARD, hazard, baseline=lift)


def _lift(row: MicroConversion) -> float | None:
    return row.lift


def _first(rows: Sequence[MicroConversion], of: Callable[[MicroConversion], float | None]) -> str | None:
    """The row with the greatest figure; None where none has one."""
    known = [(value, row.name) for row in rows if (value := of(row)) is not None]
    return max(known)[1] if known else None


METHOD = Method(
    "micro_conversions", (Trial("simulator", simulated, scores), Trial("second", hinting, scores)), quick_people=20_000
)

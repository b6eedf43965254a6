"""Troubles: are planted ones found, how far off are their dates, and is nothing found where nothing was?

Beside it: an alarm on days when the share that goes on from a touchpoint is three standard errors off the last 28 days.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import numpy as np

from desireline.analyze import troubles
from desireline.analyze.troubles import Trouble
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.second import dated
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import PlantedTrouble, World

BASELINE = "three_sigma"
FOUND = Measure("found", baseline=BASELINE)
DAYS_OFF = Measure("days_off", at_most=True, counted=False)
FALSE = Measure("false_alarms", at_most=True, counted=False)
NOTHING = Measure("null_runs", bar=0.05, at_most=True, baseline=BASELINE)
DAY, BACK, LEAST = 86_400_000_000, 28, 20


def scores(world: World, seed: int) -> Iterator[Score]:
    """Found is one of the same kind, touchpoint and segment, or of everyone, in whose time the planted one lies."""
    found = _asked(world, seed)
    days = alarms(world)
    for planted in world.troubles:
        same = [one for one in found if _is(one, planted)]
        usual = any(name == planted.touchpoint and planted.begin <= at <= planted.end for name, at in days)
        yield Score(FOUND, bool(same), baseline=usual)
        off = min((_off(one, planted) for one in same), default=0.0)
        yield Score(DAYS_OFF, off, float(bool(same)))
    yield Score(FALSE, sum(not any(_near(one, planted) for planted in world.troubles) for one in found))


def nothing(world: World, seed: int) -> Iterator[Score]:
    """No trouble: whoever alarms is wrong."""
    yield Score(NOTHING, bool(_asked(world, seed)), baseline=bool(alarms(world)))


def _asked(world: World, seed: int) -> list[Trouble]:
    return troubles.answer(world.scope, troubles.TroublesRequest(goal=world.goal, seed=seed)).troubles


def _is(one: Trouble, planted: PlantedTrouble) -> bool:
    named = (one.kind, one.touchpoint) == (planted.kind, planted.touchpoint)
    return named and one.segment in (planted.segment, {}) and _near(one, planted)


def _near(one: Trouble, planted: PlantedTrouble) -> bool:
    return one.from_ < planted.end and one.to > planted.begin


def _off(one: Trouble, planted: PlantedTrouble) -> float:
    """Days, the mean of both ends."""
    ends = abs(one.from_ - planted.begin) + abs(one.to - planted.end)
    return ends.total_seconds() / 2 / 86_400


def alarms(world: World) -> list[tuple[str, dt.datetime]]:
    """Touchpoints and days: fewer than usual are followed by another touchpoint of the same person within the day."""
    scope, names = world.scope, world.scope.event_names
    goes = np.zeros(len(scope.time), np.bool_)
    label = names.table[scope.code]
    goes[:-1] = (np.diff(scope.time) < DAY) & (np.diff(label) != 0)
    goes[scope.offsets[1:] - 1] = False
    first = int(scope.time.min()) // DAY
    day = scope.time // DAY - first
    many, on = np.zeros((2, len(names.names), int(day.max()) + 1))
    np.add.at(many, (label, day), 1)
    np.add.at(on, (label[goes], day[goes]), 1)
    found = []
    for at in range(BACK, many.shape[1]):
        n, before = many[:, at], many[:, at - BACK : at].sum(axis=1)
        usual = on[:, at - BACK : at].sum(axis=1) / np.maximum(before, 1)
        error = np.sqrt(usual * (1 - usual) / np.maximum(n, 1))
        low = (n >= LEAST) & (before >= LEAST) & (on[:, at] / np.maximum(n, 1) < usual - 3 * error)
        moment = dt.datetime.fromtimestamp((first + at) * DAY / 1e6, dt.UTC)
        found += [(names.names[k], moment) for k in np.flatnonzero(low)]
    return found


METHOD = Method(
    "troubles",
    (
        Trial("simulator", simulated, scores),
        Trial("simulator", partial(simulated, effects="none"), nothing),
        Trial("second", dated, scores),
        Trial("second", partial(dated, planted=False), nothing),
    ),
)

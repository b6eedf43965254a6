"""Visits in a calendar: a lasting change of where people go, and a payment that fails on one platform for some days."""

import datetime as dt
from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.scope import F64, I64
from desireline.scorecard.memory import Table, Texts, scope_of
from desireline.scorecard.second.chance import DAY, START, chosen, micros
from desireline.scorecard.worlds import PlantedChange, PlantedTrouble, Setting, World
from desireline.simulate import Difficulty

NAMES: Final = ["home", "search", "item", "basket", "pay", "order", "help"]
HOME, SEARCH, ITEM, BASKET, PAY, ORDER, HELP = range(7)
PLATFORMS: Final = ["web", "ios", "android"]
DAYS, CHANGED, BEGIN, END = 150, 90.0, 40.0, 45.0
GOING: Final[F64] = np.array([
    [1, 9, 6, 0, 0, 0, 1, 3], [1, 4, 11, 0, 0, 0, 1, 3], [1, 3, 4, 8, 0, 0, 1, 3], [0, 0, 3, 1, 12, 0, 1, 3],
    [0, 0, 0, 1, 1, 16, 1, 1], [2, 0, 0, 0, 0, 0, 4, 14], [2, 2, 2, 2, 2, 0, 2, 6],
], float)  # fmt: skip
"""Weights of where people go from each touchpoint; the last column is nowhere."""


class Hardness(NamedTuple):
    """Factor on the odds of the changed transition, and the share of payments that fail."""

    change: float
    failing: float


HARDNESS: Final[dict[Difficulty, Hardness]] = {
    "easy": Hardness(3.0, 0.9),
    "medium": Hardness(2.2, 0.7),
    "hard": Hardness(1.5, 0.4),
}


def dated(setting: Setting, *, planted: bool = True) -> World:
    """People who come back after visits; where they go hangs on the last two touchpoints and on the person."""
    rng = np.random.default_rng([setting.seed, 15])
    hard, n = HARDNESS[setting.difficulty], setting.people
    platform, apart = rng.choice(3, n, p=(0.5, 0.3, 0.2)), np.exp(rng.normal(0, 0.3, (7, 8)))
    own = np.exp(rng.normal(0, 0.5, n))
    visits = 1 + rng.poisson(1.0, n)
    person = np.repeat(np.arange(n), visits)
    now, at, before = _begun(rng, visits), rng.choice(3, len(person), p=(0.6, 0.25, 0.15)), np.full(len(person), HOME)
    who, found = np.arange(len(person)), []
    for _ in range(25):
        found.append((person[who], now[who], at[who]))
        rows = GOING[at[who]] * apart[before[who]]
        rows[:, -1] *= own[person[who]]
        if planted:
            rows[(at[who] == ITEM) & (now[who] >= CHANGED), BASKET] *= hard.change
        after = chosen(rows, rng.random(len(who)))
        fails = (at[who] == PAY) & (after == ORDER) & (platform[person[who]] == 1) & planted
        fails &= (now[who] >= BEGIN) & (now[who] < END) & (rng.random(len(who)) < hard.failing)
        after[fails] = len(NAMES)
        before[who], at[who] = at[who], after
        now[who] += rng.gamma(0.8, 0.008, len(who))
        who = who[after < len(NAMES)]
    people, days, event = (np.concatenate(part) for part in zip(*found, strict=True))
    kept = days < DAYS
    people, days, event = people[kept], days[kept], event[kept]
    on = Texts(platform[people].astype(np.int32), PLATFORMS)
    scope = scope_of(Table(people, micros(days), event, NAMES, properties={"platform": on}), START + DAYS * DAY)
    if not planted:
        return World(scope, NAMES[ORDER])
    trouble = PlantedTrouble("conversion", NAMES[PAY], {"platform": PLATFORMS[1]}, _moment(BEGIN), _moment(END))
    return World(scope, NAMES[ORDER], troubles=(trouble,), changes=(PlantedChange("item", "basket", _moment(CHANGED)),))


def _begun(rng: np.random.Generator, visits: I64) -> F64:
    """Days of visits: the volume of days wanders (autoregressive), and people return after some days."""
    wander = np.zeros(DAYS)
    for day in range(1, DAYS):
        wander[day] = 0.8 * wander[day - 1] + rng.normal(0, 0.12)
    weight = np.exp(wander)
    first = rng.choice(DAYS, len(visits), p=weight / weight.sum()) + rng.random(len(visits))
    gap = rng.weibull(0.8, int(visits.sum())) * 15
    begin = np.cumsum(visits) - visits
    gap[begin] = first
    since = np.cumsum(gap)
    found: F64 = since - np.repeat(since[begin] - gap[begin], visits)
    return found


def _moment(days: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(START / 1e6, dt.UTC) + dt.timedelta(days=days)

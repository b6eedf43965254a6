"""The journeys: everybody takes a step at a time, at risk of reaching the goal and of stopping.

At each touchpoint before the goal a person at risk reaches the goal (their next event), stops (nothing follows) or
goes on. The hazards of a step are the base ones times the season, the person's intent, and what holds at the
touchpoint; friction multiplies the first by f and the second by 1/f. Waits are lognormal: seconds to minutes within a
visit, days between visits, by the person's pace.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, I16, I32, I64, Bools
from desireline.simulate.calendar import DATES, DAY, season
from desireline.simulate.draws import MOST_STEPS, Draw, Draws
from desireline.simulate.people import People
from desireline.simulate.settings import Settings
from desireline.simulate.tables import Tables, kind_of, pick

GOAL_HAZARD = 0.05
END_HAZARD = 0.04
STRUGGLE = 0.3
STRUGGLING_ON_GOAL = 0.65
STRUGGLING_ON_END = 1.35
HELPED = 1.25
LONGEST_WAIT = 21.0
RAGE = 0.75
"""Share of repeated clicks that come within a second; the others wait a few seconds for something to happen."""


class World(NamedTuple):
    """What holds in a world; two worlds of the same people differ in these only."""

    settings: Settings
    tables: Tables
    friction: Bools  # bool[touchpoints]: where it is on
    treated: Bools  # bool[people]
    advanced: F64  # seconds from which a person's region has the new service


class Walk(NamedTuple):
    """Steps in the order they were taken: all first steps, then all second ones, and so on."""

    person: I32
    touchpoint: I16
    step: I16
    time: F64  # seconds since the first day
    struggling: Bools  # came here because of a struggle
    visit: Bools  # begins a new visit

    converted: Bools  # bool[people]
    steps_at_risk: I32  # int32[people]: touchpoints before the goal
    end: I16  # int16[people]: the last touchpoint before the goal


class _State(NamedTuple):
    who: I64
    at: I64
    time: F64
    struggling: Bools
    boosted: Bools
    visit: Bools


def walk(people: People, of: World, draws: Draws, who: I64 | None = None) -> Walk:
    """Journeys of the people (of some of them, by number)."""
    chosen = np.arange(people.n) if who is None else who
    kinds = kind_of(people)
    now = _begin(people, of, draws, chosen, kinds)
    seen: list[_State] = []
    converted = np.zeros(people.n, np.bool_)
    at_risk, end = np.zeros(people.n, np.int32), np.full(people.n, -1, np.int16)
    for k in range(MOST_STEPS):
        if not len(now.who):
            break
        seen.append(now)
        open_ = ~world.AFTER_GOAL[now.at]
        at_risk[now.who[open_]] += 1
        end[now.who[open_]] = now.at[open_]
        draw = Draw._make(d[now.who] for d in draws.step(k))
        goal, stop = _hazards(people, of, now, k)
        reached = draw.outcome < goal
        converted[now.who[reached]] = True
        there = _onward(people, of, now, draw, kinds)
        there[reached] = world.INDEX[world.GOAL]
        now = _moved(people, of, now, draw, there, draw.outcome < 1 - stop)
    return _told(seen, converted, at_risk, end)


def _begin(people: People, of: World, draws: Draws, who: I64, kinds: I64) -> _State:
    at = pick(of.tables.first[kinds[who]], draws.step(MOST_STEPS).next[who].astype(float))
    none = np.zeros(len(who), np.bool_)
    return _State(who, at, people.start[who], none, none, ~none)


def _hazards(people: People, of: World, now: _State, k: int) -> tuple[F64, F64]:
    """Hazards of the goal and of the end at this step."""
    s, at, who = of.settings, now.at, now.who
    before = ~world.AFTER_GOAL[at]
    intent = people.intent[who]
    ramp = min(1.0, 0.3 + 0.14 * k)
    goal = GOAL_HAZARD * ramp * season(now.time)
    goal *= np.exp(s.intent_on_goal * intent - s.intent_on_goal**2 / 2)
    end = END_HAZARD * ramp * np.exp(s.intent_on_end * intent - s.intent_on_end**2 / 2)
    rubbed = of.friction[at]
    goal *= np.where(rubbed, s.friction, 1.0) * np.where(now.boosted, s.micro, 1.0)
    end *= np.where(rubbed, 1 / s.friction, 1.0)
    goal *= np.where(now.struggling, STRUGGLING_ON_GOAL * HELPED, 1.0)
    end *= np.where(now.struggling, STRUGGLING_ON_END / HELPED, 1.0)
    goal *= np.where(of.treated[who], 1 + s.treatment * EFFECT_BY_PERSONA[people.persona[who]], 1.0)
    goal *= np.where(now.time >= of.advanced[who], 1 + s.treatment, 1.0)
    out = (at == world.INDEX[world.COLLAPSING]) & _between(now.time, DATES.outage_from, DATES.outage_to)
    goal *= np.where(out, s.outage, 1.0)
    return np.where(before, goal, 0.0), np.where(before, end, np.where(world.STAGE[at] == 4, 0.3, 0.1))


EFFECT_BY_PERSONA: F64 = np.array([1.4, 0.6, 0.8, 1.2])
"""Effect of the randomised intervention relative to its mean."""


def _between(seconds: F64, first: float, last: float) -> Bools:
    """Which moments lie from one day to before another."""
    return (seconds >= first * DAY) & (seconds < last * DAY)


def _onward(people: People, of: World, now: _State, draw: Draw, kinds: I64) -> I64:
    """The next touchpoint of those who go on."""
    who, at = now.who, now.at
    drifted = (now.time >= DATES.drift * DAY).astype(np.int64)
    there = pick(of.tables.next[drifted, kinds[who], at], draw.next.astype(float))
    struggles = _struggles(of, now, draw)
    if struggles.any():
        wanted = of.tables.contact[people.persona[who[struggles]]]
        there[struggles] = pick(wanted, draw.contact[struggles].astype(float))
    bad = (at == world.INDEX[world.LOOPING]) & people.android[who] & (draw.loop < of.settings.loop)
    return np.where(bad & _between(now.time, DATES.loop_from, DATES.loop_to), at, there)


def _struggles(of: World, now: _State, draw: Draw) -> Bools:
    found: Bools = of.friction[now.at] & (draw.struggle < STRUGGLE)
    return found


def _moved(people: People, of: World, now: _State, draw: Draw, there: I64, on: Bools) -> _State:
    """Everybody who goes on, at the next touchpoint."""
    wait, visit = _wait(people, now, draw, there)
    contact = np.isin(there, _CONTACTS)
    struggling = _struggles(of, now, draw) & contact
    boosted = now.boosted | (there == world.INDEX[world.CAUSAL])
    moved = _State(now.who, there, now.time + wait, struggling, boosted, visit)
    return _State._make(field[on] for field in moved)


def _wait(people: People, now: _State, draw: Draw, there: I64) -> tuple[F64, Bools]:
    """Seconds until the next touchpoint, and whether it begins a new visit."""
    normal = draw.wait.astype(float)
    between = np.minimum(people.pace[now.who] * np.exp(0.6 * normal), LONGEST_WAIT) * DAY
    within = 1.0 + 60.0 * np.exp(0.9 * normal)
    same = (draw.visit < people.within[now.who]) & ~world.AFTER_GOAL[now.at] & (now.at != _PROMISED)
    same |= there == world.INDEX[world.GOAL]
    quick = np.isin(there, _AT_ONCE)
    wait = np.where(quick, 1.0 + np.exp(0.4 * normal), np.where(same, within, between))
    again = (now.at == _CLICK) & (there == _CLICK)
    angry = 0.1 + 0.15 * np.exp(0.4 * normal)
    wait = np.where(again, np.where(draw.visit < RAGE, angry, 1.5 + 2.5 * np.exp(0.4 * normal.clip(max=2))), wait)
    broken = (now.at == _PROMISED) & (there != world.INDEX["Callback"])
    wait = np.where(broken, (6.0 + np.minimum(np.exp(normal), 8.0)) * DAY, wait)
    kept = (now.at == _PROMISED) & ~broken
    return np.where(kept, 3600.0 * (1 + np.exp(normal.clip(max=2))), wait), ~(quick | same)


_CONTACTS = world.indices(world.CONTACTS)
_CLICK = world.INDEX[world.CLICK]
_AT_ONCE = world.indices(("Payment error", "Error message", world.CLICK))
_PROMISED = world.INDEX["Callback promised"]


def _told(seen: list[_State], converted: Bools, at_risk: I32, end: I16) -> Walk:
    def joined(field: Callable[[_State], I64 | F64 | Bools]) -> I64 | F64 | Bools:
        return np.concatenate([field(state) for state in seen]) if seen else np.zeros(0)

    steps = [np.full(len(state.who), k, np.int16) for k, state in enumerate(seen)]
    return Walk(
        person=joined(lambda s: s.who).astype(np.int32),
        touchpoint=joined(lambda s: s.at).astype(np.int16),
        step=np.concatenate(steps) if steps else np.zeros(0, np.int16),
        time=joined(lambda s: s.time).astype(np.float64),
        struggling=joined(lambda s: s.struggling).astype(np.bool_),
        visit=joined(lambda s: s.visit).astype(np.bool_),
        converted=converted,
        steps_at_risk=at_risk,
        end=end,
    )

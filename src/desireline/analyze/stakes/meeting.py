"""Who met it, and whom they are compared with: others as far on, or at risk there, whom it did not befall then."""

from dataclasses import dataclass

import numpy as np

from desireline.analyze.goals import goal_codes
from desireline.analyze.scope import I32, I64, Bools, Scope
from desireline.analyze.stakes.model import StakesRequest
from desireline.errors import BadQuestion
from desireline.model.duration import parse_duration
from desireline.model.question import Asked

OTHERS = 3
"""How many are drawn for each who met it."""


@dataclass(frozen=True, eq=False)
class Journeys:
    """Events that have a label or are the goal, by unit; a unit may have none.

    Attributes:
        offsets: int64[units + 1]; code, time: of the events; row: int64[events], their rows in the scope.
        goal, met: int64[units], the first event that is the goal, that is the touchpoint; -1 for none.
    """

    offsets: I64
    code: I32
    time: I64
    row: I64
    goal: I64
    met: I64

    @property
    def meets(self) -> Bools:
        """bool[units]: whether the touchpoint is met before the goal."""
        return (self.met >= 0) & ((self.goal < 0) | (self.met < self.goal))


@dataclass(frozen=True, eq=False)
class Exposure:
    """Whom it befell, and when.

    Attributes:
        at: int64[units], the event (of `Journeys`) before the goal at which it first befell them; -1 for none.
        spared: int64[moments], of an obstacle: events before the goal, and before it befell the unit, at which it
            could have; None for a touchpoint.
    """

    at: I64
    spared: I64 | None = None

    @property
    def met(self) -> Bools:
        """bool[units]: whom it befell."""
        return self.at >= 0


@dataclass(frozen=True, eq=False)
class Compared:
    """Moments that are compared, those who met it first.

    Attributes:
        unit: int64[moments]; at: int64[moments], the event (of `Journeys`) at which they met it or did something else.
        exposed: bool[moments], whether they met it.
        later: share of the others who meet it later.
        total: how many met it and could have been compared.
    """

    unit: I64
    at: I64
    exposed: Bools
    later: float
    total: int


def journeys(scope: Scope, request: StakesRequest) -> Journeys:
    """The journeys with what is to be looked at in them.

    Raises:
        UnknownStep: the goal or the touchpoint is not there.
        BadQuestion: the touchpoint belongs to the goal.
    """
    from desireline.kernels.touching import first_rows

    goal, touchpoint = goal_codes(scope, request.goal), goal_codes(scope, request.touchpoint)
    if (goal & touchpoint).any():
        raise BadQuestion(
            parameter="touchpoint", given=request.touchpoint[:100], expected=f"not {request.goal!r}"[:120]
        )
    shown = (scope.labels(request).table >= 0) | goal | touchpoint
    offsets, rows = scope.offsets, np.arange(len(scope.code))
    if not shown.all():
        from desireline.kernels.masks import count_in_units

        keep = shown[scope.code]
        rows = np.flatnonzero(keep)
        offsets = np.r_[0, np.cumsum(count_in_units(scope.offsets, keep))].astype(np.int64)
    code, time = (scope.code, scope.time) if shown.all() else (scope.code[rows], scope.time[rows])
    firsts = (first_rows(offsets, code, wanted) for wanted in (goal, touchpoint))
    return Journeys(offsets, code, time, rows, *firsts)


def befallen(scope: Scope, request: StakesRequest, known: Journeys) -> Exposure:
    """Who met the touchpoint before the goal, or whom the obstacle there befell if one is asked about."""
    if request.obstacle is None:
        return Exposure(np.where(known.meets, known.met, -1))
    import json

    from desireline.analyze import obstacles

    asked = obstacles.ObstaclesRequest(
        **request.model_dump(include={*Asked.model_fields}), kinds=[request.obstacle], goal=request.goal
    )
    cell = json.dumps([request.obstacle, request.touchpoint, request.channel])
    hit, chance = (rows[known.row] for rows in obstacles.befell(scope, asked, f"obstacle:{cell}"))
    at = np.full(scope.units, -1, np.int64)
    hits, unit = _before_goal(known, hit)
    units, first = np.unique(unit, return_index=True)
    at[units] = hits[first]
    risks, unit = _before_goal(known, chance)
    return Exposure(at, risks[(at[unit] < 0) | (risks < at[unit])])


def _before_goal(known: Journeys, marked: Bools) -> tuple[I64, I64]:
    """The marked events before their unit's goal, and the units."""
    events = np.flatnonzero(marked)
    unit = np.searchsorted(known.offsets, events, "right") - 1
    keep = (known.goal[unit] < 0) | (events < known.goal[unit])
    return events[keep], unit[keep]


def compared(scope: Scope, request: StakesRequest, known: Journeys, exposure: Exposure) -> Compared:
    """A sample of those who met it, at the moment when they first did, and others for them.

    Of a touchpoint: others who had as many events before, neither it nor the goal among them, and did then something
    else. Of an obstacle: visits of the same touchpoint at which it could
    have befallen people and did not. Either may meet it later.
    """
    rng = np.random.default_rng(request.seed)
    ripe = _ripe(scope, request)
    units = np.flatnonzero(exposure.met)
    units = units[known.time[exposure.at[units]] <= ripe]
    total = len(units)
    if total > request.sample:
        units = np.sort(rng.choice(units, request.sample, replace=False))
    if exposure.spared is not None:
        other, at = _spared(known, exposure.spared, OTHERS * request.sample, rng)
    else:
        other, at = _as_far_on(known, units, rng)
    keep = known.time[at] <= ripe if len(at) else np.zeros(0, np.bool_)
    other, at = other[keep], at[keep]
    later = float(exposure.met[other].mean()) if len(other) else 0.0
    exposed = np.r_[np.ones(len(units), np.bool_), np.zeros(len(other), np.bool_)]
    return Compared(np.r_[units, other], np.r_[exposure.at[units], at], exposed, later, total)


def _spared(known: Journeys, events: I64, most: int, rng: np.random.Generator) -> tuple[I64, I64]:
    """Units and the moments at which an obstacle could have befallen them, a sample of them if they are many."""
    some = events if len(events) <= most else np.sort(rng.choice(events, most, replace=False))
    return np.searchsorted(known.offsets, some, "right") - 1, some


def _as_far_on(known: Journeys, units: I64, rng: np.random.Generator) -> tuple[I64, I64]:
    """Units drawn at random among all that are as many events on, and the events they are at."""
    starts, ends = known.offsets[:-1], known.offsets[1:]
    first = np.minimum(np.where(known.met < 0, ends, known.met), np.where(known.goal < 0, ends, known.goal))
    free = first - starts
    order = np.argsort(free, kind="stable")
    steps = np.repeat(known.met[units] - starts[units], OTHERS)
    least = np.searchsorted(free[order], steps, "right")
    steps, least = steps[least < len(order)], least[least < len(order)]
    drawn = order[least + (rng.random(len(least)) * (len(order) - least)).astype(np.int64)]
    pairs = np.unique(np.column_stack((drawn, starts[drawn] + steps)), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _ripe(scope: Scope, request: StakesRequest) -> int:
    """The last moment that leaves all of `within` to be observed, µs."""
    return scope.until - (parse_duration(request.within) if request.within else 0)


def members(scope: Scope, request: StakesRequest, cell: str) -> I64:
    """Units in one of the cells of `StakesResult`, ascending."""
    known = journeys(scope, request)
    exposure = befallen(scope, request, known)
    if cell.startswith("met"):
        found = np.flatnonzero(exposure.met)
    else:
        chosen = compared(scope, request, known, exposure)
        found = np.unique(chosen.unit[~chosen.exposed])
    return found[known.goal[found] >= 0] if cell.endswith("_reached") else found

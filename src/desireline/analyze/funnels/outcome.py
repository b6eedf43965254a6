"""Who got how far: one form for what the kernels find."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from desireline.analyze.funnels.rules import Plan
from desireline.analyze.scope import I32, I64, Bools
from desireline.kernels.funnel import funnel
from desireline.kernels.funnel_chains import chains
from desireline.kernels.funnel_exclusions import losing as chains_lost
from desireline.kernels.funnel_rules import ALL, WITHOUT, Events
from desireline.kernels.funnel_sets import losing as sets_lost
from desireline.kernels.funnel_sets import sets

if TYPE_CHECKING:
    from desireline.kernels.funnel_rules import Reached


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a kernel found, steps from 0.

    Attributes:
        people: units by step.
        from_first, from_previous: for each step, int64[people], µs, in the order of the units.
        has: the units that reached a step, bool[units].
    """

    people: list[int]
    from_first: list[I64]
    from_previous: list[I64]
    has: Callable[[int], Bools]


class Counting:
    """Asks the kernels, each thing once."""

    def __init__(self, made: Plan) -> None:
        self.plan = made
        scope = made.scope
        self._events = Events(scope.offsets, scope.time, scope.code)

    @cached_property
    def outcome(self) -> Outcome:
        """Everybody, by step."""
        made = self.plan
        if not made.is_plain:
            return self._of(self.reached)
        bits = made.rules().mask.astype(np.uint32)
        counts = funnel(*self._events, bits, len(made.steps), made.within)
        none = [np.zeros(0, np.int64)]
        return Outcome(counts.people.tolist(), none + counts.waits, none + counts.gaps, lambda k: counts.reached > k)

    @cached_property
    def reached(self) -> "Reached":
        """One row for each unit that reached the first step, with its group if the question has some."""
        way = WITHOUT if self.plan.way == ALL else self.plan.way
        return self._walk(way)

    @cached_property
    def grouped(self) -> "Reached":
        """A row for each unit and group."""
        return self._walk(ALL) if self.plan.way == ALL else self.reached

    @cached_property
    def lost_a_chain(self) -> Bools:
        """Units that an exclusion took a chain from: bool[units]."""
        lost = sets_lost if self.plan.request.order == "any" else chains_lost
        return lost(self._events, self.plan.rules())

    @cached_property
    def lost_a_step(self) -> Bools:
        """Units that reach fewer steps than without exclusions: bool[units]."""
        free = self._walk(WITHOUT, excluding=False)
        return self._depth(free) > self._depth(self.reached)

    def units_of(self, k: int) -> I64:
        """The units in `outcome.from_first[k]`, in that order."""
        return np.flatnonzero(self.outcome.has(k))

    def _walk(self, way: int, *, excluding: bool = True) -> "Reached":
        kernel = sets if self.plan.request.order == "any" else chains
        return kernel(self._events, self.plan.rules(excluding=excluding), self.plan.values(way))

    def _of(self, reached: "Reached") -> Outcome:
        def has(k: int) -> Bools:
            found = np.zeros(self.plan.scope.units, np.bool_)
            found[reached.unit[(reached.steps >> np.uint32(k)) & 1 == 1]] = True
            return found

        waits = reached.waits
        return Outcome(reached.people, [w.from_first for w in waits], [w.from_previous for w in waits], has)

    def _depth(self, reached: "Reached") -> I32:
        depth = np.zeros(self.plan.scope.units, np.int32)
        depth[reached.unit] = np.bitwise_count(reached.steps)
        return depth

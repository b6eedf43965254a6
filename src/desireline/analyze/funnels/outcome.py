"""Who got how far: one form for what the kernels find."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from desireline.analyze.funnels import shelf
from desireline.analyze.funnels.rules import Plan
from desireline.analyze.scope import I64, Bools
from desireline.kernels.funnel import funnel
from desireline.kernels.funnel_chains import chains
from desireline.kernels.funnel_exclusions import losing as chains_lost
from desireline.kernels.funnel_postings import funnel as funnel_of_lists
from desireline.kernels.funnel_rules import ALL, WITHOUT, Events
from desireline.kernels.funnel_sets import losing as sets_lost
from desireline.kernels.funnel_sets import sets

if TYPE_CHECKING:
    from desireline.kernels.funnel import FunnelCounts
    from desireline.kernels.funnel_rules import Reached


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a kernel found, steps from 0.

    Attributes:
        people: units by step.
        from_first, from_previous: for each step after the first, int64[people], µs, in the order of the units.
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
        self._events = Events(scope.offsets, scope.time, made.code)

    @cached_property
    def outcome(self) -> Outcome:
        """Everybody, by step."""
        made = self.plan
        if not made.is_plain:
            return self._of(self.reached)
        steps = shelf.lists(made.scope, [made.labels.table == label for label in made.wanted])
        if steps is None:
            counts = _plainly(made)
            return Outcome(counts.people.tolist(), counts.waits, counts.gaps, lambda k: counts.reached > k)
        return Outcome(*funnel_of_lists(steps, made.within), lambda k: _plainly(made).reached > k)

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
    def lost(self) -> tuple[Bools, Bools]:
        """Units that an exclusion took a chain from, and units that reach fewer steps for it: bool[units] each."""
        if not self.plan.rules.ranges.size:
            nobody = np.zeros(self.plan.scope.units, np.bool_)
            return nobody, nobody
        losing = sets_lost if self.plan.request.order == "any" else chains_lost
        lost, free = losing(self._events, self.plan.rules)
        free[self.reached.unit] ^= self.reached.steps
        return lost, free != 0

    def _walk(self, way: int) -> "Reached":
        kernel = sets if self.plan.request.order == "any" else chains
        return kernel(self._events, self.plan.rules, self.plan.values(way))

    def _of(self, reached: "Reached") -> Outcome:
        units = self.plan.scope.units  # not self: an outcome that holds what caches it keeps the scope in memory

        def has(k: int) -> Bools:
            found = np.zeros(units, np.bool_)
            found[reached.unit[(reached.steps >> np.uint32(k)) & 1 == 1]] = True
            return found

        waits = reached.waits
        return Outcome(reached.people, [w.from_first for w in waits], [w.from_previous for w in waits], has)


def _plainly(made: Plan) -> "FunnelCounts":
    """The pass over all events by the fast kernel."""
    bits = made.rules.mask.astype(np.uint32)
    return funnel(made.scope.offsets, made.scope.time, made.code, bits, len(made.steps), made.within)

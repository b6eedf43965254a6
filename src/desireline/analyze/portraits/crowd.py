"""Everyone, with what each person has done, so that several groups of them can be measured side by side."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desireline.analyze.breakdown import OTHER, breakdown
from desireline.analyze.goals import goal_codes
from desireline.analyze.scope import F64, I64, Bools, Scope
from desireline.model.calendar import days, start_of

U64 = npt.NDArray[np.uint64]

PARTS_COUNTED = 200
MONTHS = 24
WORD = 64


@dataclass(frozen=True, eq=False)
class Having:
    """Which people have which of some names.

    Attributes:
        names: by falling number of events.
        sets: uint64[people, words]: name k of each person in bit k % 64 of word k // 64.
        found: how many names there were.
        exclusive: whether each person has one at most.
    """

    names: list[str]
    sets: U64
    found: int
    exclusive: bool

    def of(self, name: int) -> Bools:
        """bool[people]: who has it."""
        bit = np.uint64(1) << np.uint64(name % WORD)
        has: Bools = (self.sets[:, name // WORD] & bit) != 0
        return has


@dataclass(frozen=True, eq=False)
class Crowd:
    """Everyone: a scope of persons. What is said of each person is computed once, when it is first needed."""

    scope: Scope
    _known: dict[str, Having] = field(default_factory=dict)

    def inside(self, persons: I64) -> Bools:
        """bool[people]: which people of the scope are these persons (row numbers of the store)."""
        chosen = np.zeros(int(self.scope.owner.max(initial=-1)) + 1, np.bool_)
        chosen[persons[persons < len(chosen)]] = True
        found: Bools = chosen[self.scope.owner]
        return found

    def having(self, by: str) -> Having:
        """Who has which channel, touchpoint, property or trait (see `analyze.breakdown`); the commonest 200 names."""
        if by not in self._known:
            split = breakdown(self.scope, by, PARTS_COUNTED)
            names = [name for name in split.names if name != OTHER]
            self._known[by] = Having(names, self._sets(split.index, len(names)), split.found, split.by_unit)
        return self._known[by]

    @cached_property
    def active(self) -> Having:
        """Who has an event in which month of the scope's zone; the newest 24, oldest first."""
        first, last = self.scope.span or (0, 0)
        months = days(self.scope.zone, "month", first, last)[:-1]
        shown = months[-MONTHS:]
        edges = np.array([start_of(day, self.scope.zone) for day in shown], np.int64)
        index = (np.searchsorted(edges, self.scope.time, "right") - 1).astype(np.int32)
        return Having([f"{day:%Y-%m}" for day in shown], self._sets(index, len(shown)), len(months), False)

    def _sets(self, index: npt.NDArray[np.int32], names: int) -> U64:
        """The names of each person, from those of each event; what lies outside of [0, names) is none."""
        from desireline.kernels.switches import channel_sets

        place = np.append(np.arange(names, dtype=np.int32), np.int32(-1))
        code = np.where((index < 0) | (index >= names), np.int32(names), index)
        return channel_sets(self.scope.offsets, code, place, names)

    def reaching(self, goal: str) -> Bools:
        """bool[people]: who reaches a goal."""
        from desireline.kernels.touching import units_touching

        return units_touching(self.scope.offsets, self.scope.code, goal_codes(self.scope, goal))

    @cached_property
    def spent(self) -> F64 | None:
        """float64[people]: the value of each person's goal events, of all events without goals; None without values."""
        value = self.scope.value
        goals = self.scope.definition.goals if self.scope.definition else []
        if goals:
            codes = np.logical_or.reduce([goal_codes(self.scope, goal.name) for goal in goals])
            value = np.where(codes[self.scope.code], value, np.nan)
        if not len(value) or np.isnan(value).all():
            return None
        total: F64 = np.add.reduceat(np.nan_to_num(value, nan=0.0), self.scope.offsets[:-1])
        return total

    @cached_property
    def pace(self) -> F64:
        """float64[people], seconds: the median gap between a person's events in a row; NaN for a single event."""
        from desireline.kernels.group_quantiles import group_quantiles

        offsets = self.scope.offsets
        within = np.ones(max(0, len(self.scope.time) - 1), np.bool_)
        within[offsets[1:-1] - 1] = False
        edges = offsets - np.arange(len(offsets))
        gaps = np.diff(self.scope.time)[within]
        found: F64 = group_quantiles(edges, gaps, [0.5])[0] / 1e6
        return found

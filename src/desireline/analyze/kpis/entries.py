"""What a KPI counts, each with its time and its person, and how it is added up over periods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from desireline.analyze.goals import goal_codes
from desireline.analyze.scope import F64, I32, I64, Bools, Scope
from desireline.errors import UnknownStep

Counted = list[dict[str, float]]

DAY: Final = 86_400_000_000
HOUR: Final = DAY // 24
NO_ROWS: Final = np.zeros(0, np.int32)
NO_ROWS.flags.writeable = False


@dataclass(frozen=True, eq=False)
class Entries:
    """What is counted.

    Attributes:
        time: int64[entries], µs UTC, ascending in each unit: what decides in which period it counts.
        unit: int64[entries], of the scope, ascending.
        parts: float64[entries] each; what an entry adds to the count of that name.
        young: int64[k], times of what cannot be judged yet; None where nothing can be too young.
        fold: how entries of periods become counts, given the period of each entry and how many periods there are.
        row: int32[entries], the event of the scope that each begins with; `young_row` of what is too young.
    """

    time: I64
    unit: I64
    parts: dict[str, F64]
    young: I64 | None = None
    fold: "Callable[[Entries, I64, int], Counted]" = field(default_factory=lambda: added)
    row: I32 = field(default_factory=lambda: NO_ROWS)
    young_row: I32 = field(default_factory=lambda: NO_ROWS)

    def counts(self, edges: I64) -> Counted:
        """The counts of every period.

        Args:
            edges: int64[periods + 1], µs UTC, ascending.
        """
        found = self._running_between(edges) if self.fold is added else self._folded(edges)
        if self.young is not None:
            young = np.diff(np.searchsorted(np.sort(self.young), edges))
            found = [{**one, "not_yet_mature": float(n)} for one, n in zip(found, young, strict=True)]
        return found

    def _folded(self, edges: I64) -> Counted:
        inside = self.where(self._between(edges))
        return self.fold(inside, np.searchsorted(edges, inside.time, "right") - 1, len(edges) - 1)

    def _between(self, edges: I64) -> I64:
        """Which entries are of any period, in their order: of a short window few, however many there are."""
        first, last = np.searchsorted(self._order[0], (edges[0], edges[-1]))
        found: I64 = np.sort(self._order[1][first:last])
        return found

    @cached_property
    def _order(self) -> tuple[I64, I64]:
        """Times in order, and which entry each is of."""
        order = np.argsort(self.time)
        return self.time[order], order

    @cached_property
    def _running(self) -> tuple[I64, dict[str, F64]]:
        """Times in order, and the running totals of the parts, 0 first: any window is a difference of two."""
        order = np.argsort(self.time)
        return self.time[order], {name: np.r_[0.0, np.cumsum(part[order])] for name, part in self.parts.items()}

    def _running_between(self, edges: I64) -> Counted:
        time, totals = self._running
        cuts = np.searchsorted(time, edges)
        sums = {name: np.diff(total[cuts]) for name, total in totals.items()}
        return [{name: float(one[k]) for name, one in sums.items()} for k in range(len(edges) - 1)]

    def people(self, edges: I64) -> list[int]:
        """How many units are counted in every period: those with an entry in it, and none before that since it began.

        Args:
            edges: int64[periods + 1], µs UTC, ascending.
        """
        return self._distinct(self._met, edges)

    @staticmethod
    def _distinct(met: tuple[I64, I64], edges: I64) -> list[int]:
        time, previous = met
        cuts = np.searchsorted(time, edges)
        return [
            int(np.count_nonzero(previous[cuts[k] : cuts[k + 1]] < start))
            for k, start in enumerate(edges[:-1].tolist())
        ]

    @cached_property
    def _met(self) -> tuple[I64, I64]:
        """Times in order, and when there was an entry of the same unit before."""
        return self._met_in(slice(None))

    def _met_in(self, rows: Bools | slice) -> tuple[I64, I64]:
        unit, time = self.unit[rows], self.time[rows]
        previous = np.full(len(time), np.iinfo(np.int64).min)
        previous[1:] = np.where(unit[1:] == unit[:-1], time[:-1], previous[1:])
        order = np.argsort(time)
        return time[order], previous[order]

    def where(self, rows: Bools | I64, young: Bools | None = None) -> "Entries":
        """Some of them; of those that are too young, which ones, or none."""
        some = replace(
            self, time=self.time[rows], unit=self.unit[rows], row=self.row[rows] if len(self.row) else NO_ROWS,
            parts={name: part[rows] for name, part in self.parts.items()}, young=None, young_row=NO_ROWS,
        )  # fmt: skip
        if young is None or self.young is None:
            return some
        return replace(some, young=self.young[young], young_row=self.young_row[young])

    def units(self, since: int, until: int, part: str | None = None) -> I64:
        """The units counted from `since` to before `until`, of one count or of any."""
        rows = (self.time >= since) & (self.time < until)
        if part is not None:
            rows &= self.parts[part] > 0 if part in self.parts else False
        return np.unique(self.unit[rows])


def added(entries: Entries, period: I64, periods: int) -> Counted:
    """Every count is the sum of its parts."""
    sums = {name: np.bincount(period, part, minlength=periods) for name, part in entries.parts.items()}
    return [{name: float(total[k]) for name, total in sums.items()} for k in range(periods)]


class Persons(Entries):
    """Entries of which every person counts once a period, in each part that is 1 in any of them."""

    def counts(self, edges: I64) -> Counted:
        """Who counts in each period: with an entry in it, and none before that since it began."""
        found: Counted = [{} for _ in edges[1:]]
        for name, met in self._seen.items():
            for one, n in zip(found, self._distinct(met, edges), strict=True):
                one[name] = float(n)
        return found

    def people(self, edges: I64) -> list[int]:  # noqa: ARG002 the counts are of people
        """Nothing."""
        return []

    @cached_property
    def _seen(self) -> dict[str, tuple[I64, I64]]:
        """For each part the times at which it is 1, in order, and when it was so for the same person before."""
        return {name: self._met_in(part > 0) for name, part in self.parts.items()}


def firsts(unit: I64, period: I64) -> I64:
    """Where each person's entries of a period begin; entries are by unit and time."""
    if not len(unit):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.r_[True, (unit[1:] != unit[:-1]) | (period[1:] != period[:-1])])


def codes_of(scope: Scope, names: Sequence[str]) -> Bools:
    """bool[codes]: goals, touchpoints, event names or channels of these names.

    Raises:
        UnknownStep: a name is none of these.
    """
    found = np.zeros(len(scope.event_names.table), np.bool_)
    for name in names:
        try:
            found |= goal_codes(scope, name)
        except UnknownStep as unknown:
            if name not in scope.channels.names:
                raise UnknownStep(step=name, available=[*unknown.available, *scope.channels.names]) from None
            found |= scope.channels.codes_of([name])
    return found


@dataclass(frozen=True, eq=False)
class Picked:
    """Events of some codes: row of the scope, unit and time of each."""

    row: I64
    unit: I64
    time: I64


def picked(scope: Scope, wanted: Bools) -> Picked:
    """The events whose codes are wanted, by unit and time."""
    from desireline.kernels.picking import pick

    return Picked(*pick(scope.offsets, scope.time, scope.code, wanted))

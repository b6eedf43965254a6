"""What the kernels of all other funnels share: the rules of a chain, and who got how far by it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64, U32, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

EXCLUDED: Final = 32
"""The first bit of a mask that stands for an exclusion: steps have the bits below."""
MOST_EXCLUSIONS: Final = 31

WITHOUT, FIRST, LAST, STEP, ALL = range(5)
"""How a chain gets its value: not at all, the first or last value it has, that of one step, or by having one only."""

BACK, GAP, KIND, NTH, TOTAL = range(5)
"""Rows of `Rules.by_step`."""
AFTER, BEFORE = range(2)
"""Rows of `Rules.ranges`."""
UNIT, STEPS, GROUP, ENTRY = range(4)
"""Rows of `Rows.made`."""
ROW, FROM_FIRST, FROM_PREVIOUS = range(3)
"""Rows of `Rows.waits`."""


class Rules(NamedTuple):
    """Which chains fit; steps are numbered from 0 and spans are µs, -1 for no limit.

    Attributes:
        mask: int64[codes]: bits 0-31 for the steps a code matches, then one for each exclusion.
        between: bool[codes]: an event of such a code between neighbours of a chain breaks it.
        by_step: int64[5, steps]. BACK is the required step before each (the steps between the two are optional), -1
            for step 0; GAP the longest time since the step before in the chain; for the others see `funnel_sets`.
        ranges: int64[2, exclusions]: no such event between neighbours of a chain whose steps are AFTER to BEFORE.
        ever: bit k set where only a unit's first event that matches step k counts.
        optional: bit k set where a chain may leave out step k.
        within: longest time from the first to the last event of a chain.
        strict: whether `between` matters.
    """

    mask: I64
    between: Bools
    by_step: I64
    ranges: I64
    ever: int
    optional: int
    within: int
    strict: bool


class Values(NamedTuple):
    """How chains get their value: from `group` int32[events] (-1 none) below `many`, by `way`; for STEP at `step`."""

    group: I32
    way: int
    step: int
    many: int


class Events(NamedTuple):
    """offsets int64[units + 1], no unit empty; time int64[events], µs, ascending in a unit; code int32[events]."""

    offsets: I64
    time: I64
    code: I32


class Rows(NamedTuple):
    """What a kernel fills: a row for each unit (and value, for ALL) that reached step 0, and waits by step.

    Attributes:
        made: int64[4, rows], the fields of `Reached`.
        waits: int64[3, steps - 1, rows], the fields of `Waits` for the steps after the first.
        counts: int64[steps], how many rows there are, and how many waits of each step after the first.
    """

    made: I64
    waits: I64
    counts: I64


@dataclass(frozen=True, eq=False)
class Waits:
    """Those that reached a step: row int64[n] in `Reached`, µs from the chain's first event and from the one before."""

    row: I64
    from_first: I64
    from_previous: I64


@dataclass(frozen=True, eq=False)
class Reached:
    """Everybody that reached the first step.

    Attributes:
        unit: int64[rows], ascending; each once, for ALL once for each value.
        steps: uint32[rows], bit k set for each step k reached.
        group: int64[rows], the value of the chain of the furthest step, -1 for none.
        entry: int64[rows], µs, the first event of that chain.
        waits: for each step after the first.
    """

    unit: I64
    steps: U32
    group: I64
    entry: I64
    waits: list[Waits]

    @property
    def people(self) -> list[int]:
        """Rows by step."""
        return [len(self.unit), *(len(w.row) for w in self.waits)]


@compiled
def enter(made: I64, counts: I64, latest: I64, own: int, unit: int, entry: int, value: int) -> bool:
    """A unit reaches step 0 at time `entry`: make its row if it has none.

    `latest` int64[values] holds the row that was made last for each value, of which the chain has `own`.
    """
    row = latest[own]
    if row >= 0 and made[UNIT, row] == unit:
        return False
    row = counts[0]
    counts[0] += 1
    latest[own] = row
    made[UNIT, row], made[STEPS, row], made[GROUP, row], made[ENTRY, row] = unit, 1, value, entry
    return True


@compiled
def note(made: I64, waits: I64, counts: I64, row: int, k: int, entry: int, wait: int, since: int) -> bool:
    """A row reaches step k > 0 by a chain from time `entry`, after `wait`, `since` the step before: unless it has.

    Returns:
        Whether step k is its furthest now; then its group is to be said anew.
    """
    steps = made[STEPS, row]
    if (steps >> k) & 1:
        return False
    n = counts[k]
    waits[ROW, k - 1, n], waits[FROM_FIRST, k - 1, n], waits[FROM_PREVIOUS, k - 1, n] = row, wait, since
    counts[k] = n + 1
    made[STEPS, row] = steps | (1 << k)
    if steps >> k:
        return False
    made[ENTRY, row] = entry
    return True


def flag(
    kernel: Callable[[Events, Rules, int, int, Bools, U32], None], events: Events, rules: Rules
) -> tuple[Bools, U32]:
    """Run a kernel that fills bool[units] and uint32[units], both zero at first."""
    events, rules = _frozen(events, rules)
    units = len(events.offsets) - 1
    marked, steps = np.zeros(units, np.bool_), np.zeros(units, np.uint32)
    each(lambda lo, hi: kernel(events, rules, lo, hi, marked, steps) if hi > lo else None, unit_ranges(events.offsets))
    return marked, steps


def walk(
    kernel: Callable[[Events, Rules, Values, int, int, Rows], None], events: Events, rules: Rules, values: Values
) -> Reached:
    """Run a kernel that follows chains over all units."""
    events, rules = _frozen(events, rules)
    values = values._replace(group=frozen(values.group))
    steps = rules.by_step.shape[1]

    def part(lo: int, hi: int) -> Rows:
        most = _most_rows(events, values, lo, hi)
        rows = Rows(np.empty((4, most), np.int64), np.empty((3, steps - 1, most), np.int64), np.zeros(steps, np.int64))
        if hi > lo:
            kernel(events, rules, values, lo, hi, rows)
        return rows

    return _joined(each(part, unit_ranges(events.offsets)))


def _frozen(events: Events, rules: Rules) -> tuple[Events, Rules]:
    """The same, in the form that kernels are compiled for."""
    arrays = Events(frozen(events.offsets), frozen(events.time), frozen(events.code))
    return arrays, rules._replace(
        mask=frozen(rules.mask), between=frozen(rules.between), by_step=frozen(rules.by_step),
        ranges=frozen(rules.ranges),
    )  # fmt: skip


def _most_rows(events: Events, values: Values, lo: int, hi: int) -> int:
    """How many rows some units can fill."""
    most = int(events.offsets[hi] - events.offsets[lo])
    return min(most, (hi - lo) * (values.many + 1)) if values.way == ALL else hi - lo


def _joined(parts: list[Rows]) -> Reached:
    made = [int(part.counts[0]) for part in parts]
    base = np.cumsum([0, *made])
    waits = []
    for k in range(1, len(parts[0].counts)):
        found = [part.waits[:, k - 1, : part.counts[k]] for part in parts]
        row = np.concatenate([wait[ROW] + first for wait, first in zip(found, base[:-1], strict=True)])
        first, previous = (np.concatenate([wait[field] for wait in found]) for field in (FROM_FIRST, FROM_PREVIOUS))
        waits.append(Waits(row, first, previous))
    rows = np.concatenate([part.made[:, :n] for part, n in zip(parts, made, strict=True)], axis=1)
    return Reached(rows[UNIT], rows[STEPS].astype(np.uint32), rows[GROUP], rows[ENTRY], waits)

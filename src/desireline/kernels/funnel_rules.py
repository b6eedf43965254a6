"""What the kernels of all other funnels share: the rules of a chain, and who got how far by it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64, U32, Bools, frozen
from desireline.kernels.pool import each, unit_ranges

EXCLUDED: Final = 32
"""The first bit of a mask that stands for an exclusion: steps have the bits below."""
LABELLED: Final = 63
"""The bit of every event that counts as lying between two others."""
MOST_EXCLUSIONS: Final = LABELLED - EXCLUDED

WITHOUT, FIRST, LAST, STEP, ALL = range(5)
"""How a chain gets its value: not at all, the first or last value it has, that of one step, or by having one only."""


class Rules(NamedTuple):
    """Which chains fit; steps are numbered from 0 and spans are µs, -1 for no limit.

    Attributes:
        mask: int64[codes]: bits 0-31 for the steps a code matches, then one for each exclusion, then `LABELLED`.
        back: int64[steps], the required step before each step; the steps between the two are optional. -1 for step 0.
        gap: int64[steps], longest time since the step before in the chain.
        after, before: int64[exclusions]: no such event between neighbours of a chain whose steps lie in this range.
        kind, nth, total: int64[steps], see `funnel_sets`.
        ever: bit k set where only a unit's first event that matches step k counts.
        optional: bit k set where a chain may leave out step k.
        within: longest time from the first to the last event of a chain.
        strict: whether a labelled event between neighbours of a chain breaks it.
    """

    mask: I64
    back: I64
    gap: I64
    after: I64
    before: I64
    kind: I64
    nth: I64
    total: I64
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
        unit, group, steps, entry: see `Reached`.
        wait_row, wait, since: [steps, rows], filled up to `counts`: the row, µs from first, µs from previous.
        counts: int64[steps + 1], rows that reached each step; last, how many rows there are.
    """

    unit: I32
    group: I32
    steps: U32
    entry: I64
    wait_row: I32
    wait: I64
    since: I64
    counts: I64


@dataclass(frozen=True, eq=False)
class Waits:
    """Those that reached a step: row int32[n] in `Reached`, µs from the chain's first event and from the one before."""

    row: I32
    from_first: I64
    from_previous: I64


@dataclass(frozen=True, eq=False)
class Reached:
    """Everybody that reached the first step.

    Attributes:
        unit: int32[rows], ascending; each once, for ALL once for each value.
        steps: uint32[rows], bit k set for each step k reached.
        group: int32[rows], the value of the chain of the furthest step, -1 for none.
        entry: int64[rows], µs, the first event of that chain.
        waits: for each step.
    """

    unit: I32
    steps: U32
    group: I32
    entry: I64
    waits: list[Waits]

    @property
    def people(self) -> list[int]:
        """Rows by step."""
        return [len(w.row) for w in self.waits]


def flag(kernel: Callable[[Events, Rules, int, int, Bools], None], events: Events, rules: Rules) -> Bools:
    """Run a kernel that marks units over all of them: bool[units]."""
    events, rules = _frozen(events, rules)
    found = np.zeros(len(events.offsets) - 1, np.bool_)
    each(lambda lo, hi: kernel(events, rules, lo, hi, found) if hi > lo else None, unit_ranges(events.offsets))
    return found


def walk(
    kernel: Callable[[Events, Rules, Values, int, int, Rows], None], events: Events, rules: Rules, values: Values
) -> Reached:
    """Run a kernel that follows chains over all units."""
    events, rules = _frozen(events, rules)
    values = values._replace(group=frozen(values.group))

    def part(lo: int, hi: int) -> Rows:
        rows = _rows(len(rules.back), _most_rows(events, values, lo, hi))
        if hi > lo:
            kernel(events, rules, values, lo, hi, rows)
        return rows

    return _joined(each(part, unit_ranges(events.offsets)))


def _frozen(events: Events, rules: Rules) -> tuple[Events, Rules]:
    """The same, in the form that kernels are compiled for."""
    fields = (frozen(x) if isinstance(x, np.ndarray) else x for x in rules)
    return Events(*(frozen(array) for array in events)), Rules(*fields)  # type: ignore[arg-type]


def _most_rows(events: Events, values: Values, lo: int, hi: int) -> int:
    """How many rows some units can fill."""
    most = int(events.offsets[hi] - events.offsets[lo])
    return min(most, (hi - lo) * (values.many + 1)) if values.way == ALL else hi - lo


def _rows(steps: int, most: int) -> Rows:
    return Rows(
        np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.uint32), np.empty(most, np.int64),
        np.empty((steps, most), np.int32), np.empty((steps, most), np.int64), np.empty((steps, most), np.int64),
        np.zeros(steps + 1, np.int64),
    )  # fmt: skip


def _joined(parts: list[Rows]) -> Reached:
    made = [int(part.counts[-1]) for part in parts]
    before = np.concatenate(([0], np.cumsum(made)))
    waits = []
    for k in range(len(parts[0].counts) - 1):
        counts = [int(part.counts[k]) for part in parts]
        row = [part.wait_row[k, :n] + np.int32(base) for part, n, base in zip(parts, counts, before, strict=False)]
        waits.append(
            Waits(
                np.concatenate(row),
                np.concatenate([part.wait[k, :n] for part, n in zip(parts, counts, strict=True)]),
                np.concatenate([part.since[k, :n] for part, n in zip(parts, counts, strict=True)]),
            )
        )
    unit, group, steps, entry = (
        np.concatenate([part[field][:n] for part, n in zip(parts, made, strict=True)]) for field in range(4)
    )
    return Reached(unit, steps, group, entry, waits)

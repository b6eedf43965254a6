"""Units by things that they meet, where a thing is any set of event codes and sets may overlap: one pass over events.

What becomes of a meeting: the unit goes on (to a later stage, or to the events that the thing ends with), comes back,
meets it again soon, or stops. `analyze.map_figures` says what each means.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I8, I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.stages import CAME_BACK, GONE_ON, PENDING, UNSEEN, Events

U8 = npt.NDArray[np.uint8]

MET: Final = 0
WENT_ON: Final = 1
DROPPED: Final = 2
OPEN: Final = 3
LOOPED: Final = 4
MATURE: Final = 5
AGAIN: Final = 6
TROUBLED: Final = 7
MARKS: Final = 8
"""What can be said of a unit and a thing it met. Of mature ones only: AGAIN and TROUBLED."""

STATE: Final = 0
FIRST: Final = 1
WAIT: Final = 2
GAP: Final = 3
BEGUN: Final = 4
TOUCHED: Final = 5
COLUMNS: Final = 8
"""What is noted of a unit and a thing: its state, the first meeting, the time from it to its end and to the next,
in µs; stage and touchpoint of the first meeting. A row fills a cache line.
"""

_BITS = (np.arange(1, 1 << MARKS, 2)[:, None] >> np.arange(MARKS)) & 1
"""int64[combinations, MARKS]: which marks a combination holds; each holds MET, so that halves of them stand here."""

_NOBODY = np.zeros(0, np.uint8)

NEVER: Final = -1
NOWHERE: Final = np.iinfo(np.int32).max


class Things(NamedTuple):
    """What is met.

    Attributes:
        of_from, of: int32[codes + 1] and int32[n]; code c is of the things of[of_from[c]:of_from[c + 1]].
        to_from, to: likewise, the things that end with code c.
        targeted: bool[things], whether a thing ends with codes; the others end with a later stage.
        days: int64[things], µs within which a meeting is "again"; pause: int64[things], and not sooner than this.
        strict: bool[things], whether only the touchpoint that was met first can be met again.
        timed: int32[things], row of the waiting times, -1 for none.
    """

    of_from: I32
    of: I32
    to_from: I32
    to: I32
    targeted: Bools
    days: I64
    pause: I64
    strict: Bools
    timed: I32

    def frozen(self) -> "Things":
        """The same, in the form that kernels are compiled for."""
        return Things(
            frozen(self.of_from), frozen(self.of), frozen(self.to_from), frozen(self.to), frozen(self.targeted),
            frozen(self.days), frozen(self.pause), frozen(self.strict), frozen(self.timed),
        )  # fmt: skip


class Ends(NamedTuple):
    """What units are judged by.

    Attributes:
        stage, touchpoint: int32[codes], -1 for none; stages: how many there are.
        closes: bool[codes], the events that end a journey.
        until, gap: µs, the end of the observation and the silence that ends a journey.
        edges: int64[parts + 1], µs, where the parts of the window begin, and its end; every event is in one of them.
    """

    stage: I32
    touchpoint: I32
    stages: int
    closes: Bools
    until: int
    gap: int
    edges: I64

    def frozen(self) -> "Ends":
        """The same, in the form that kernels are compiled for."""
        stage, touchpoint = frozen(self.stage), frozen(self.touchpoint)
        return self._replace(stage=stage, touchpoint=touchpoint, closes=frozen(self.closes), edges=frozen(self.edges))


class Met(NamedTuple):
    """What the pass counts, for K things, P parts.

    Attributes:
        marks: int64[P, K, MARKS], units by the part of their first meeting.
        waits: int64[those timed][n], µs from the first meeting to its end, and parts: int8[those timed][n].
    """

    marks: I64
    waits: list[I64]
    parts: list[I8]


@compiled
def _settle(s: int, now: int, met: int, targeted: Bools, seen: I32, book: I64) -> int:
    """Stage `s` ends what is pending from earlier ones; returns the earliest stage that is still pending."""
    low = NOWHERE
    for j in range(met):
        k = seen[j]
        if book[k, STATE] != PENDING or targeted[k] or book[k, BEGUN] < 0:
            continue
        if book[k, BEGUN] < s:
            book[k, STATE], book[k, WAIT] = GONE_ON, now - book[k, FIRST]
        else:
            low = min(low, book[k, BEGUN])
    return low


@compiled
def _return(k: int, now: int, pause: int, same: bool, book: I64) -> None:
    """A thing is met another time."""
    if book[k, STATE] == GONE_ON:
        book[k, STATE] = CAME_BACK
    if same and book[k, GAP] == NEVER and now - book[k, FIRST] >= pause:
        book[k, GAP] = now - book[k, FIRST]


@compiled
def _begin(k: int, now: int, s: int, touchpoint: int, book: I64) -> None:
    """A thing is met for the first time."""
    book[k, STATE], book[k, FIRST], book[k, BEGUN] = PENDING, now, s
    book[k, TOUCHED], book[k, GAP] = touchpoint, NEVER


@compiled
def _follow(events: Events, unit: int, things: Things, ends: Ends, seen: I32, book: I64) -> int:
    """Follow one unit; returns how many things it met: `seen` lists them, `book` has a row for each thing.

    An event returns to things before it ends their waits, so that it does not come back from itself; and it begins
    others afterwards, so that it does not end what it begins. Below `low` no stage is pending, and most events settle
    nothing.
    """
    of_from, of, to_from, to, targeted, _, pause, strict, _ = things
    offsets, time, code = events
    stage, touchpoint = ends.stage, ends.touchpoint
    low, met = NOWHERE, 0
    for i in range(offsets[unit], offsets[unit + 1]):
        c, now = code[i], time[i]
        s, new = stage[c], 0
        for j in range(of_from[c], of_from[c + 1]):
            k = of[j]
            if book[k, STATE] == UNSEEN:
                new += 1
            else:
                _return(k, now, pause[k], not strict[k] or touchpoint[c] == book[k, TOUCHED], book)
        for j in range(to_from[c], to_from[c + 1]):
            if book[to[j], STATE] == PENDING:
                book[to[j], STATE], book[to[j], WAIT] = GONE_ON, now - book[to[j], FIRST]
        if s > low:
            low = _settle(s, now, met, targeted, seen, book)
        for j in range(of_from[c], of_from[c + 1] if new else of_from[c]):
            k = of[j]
            if book[k, STATE] == UNSEEN:
                _begin(k, now, s, touchpoint[c], book)
                seen[met] = k
                met += 1
                low = min(low, s if s >= 0 and not targeted[k] else NOWHERE)
    return met


@compiled
def _judged(state: int, left: bool, is_open: bool, mature: bool, again: bool) -> int:
    """The marks of a unit and a thing that it met, as bits. `left`: what is pending has ended in leaving."""
    bits = 1 << MET
    if state != PENDING:
        bits |= 1 << WENT_ON
    elif is_open:
        bits |= 1 << OPEN
    else:
        bits |= 1 << DROPPED
    if state == CAME_BACK:
        bits |= 1 << LOOPED
    if mature:
        bits |= 1 << MATURE
        if again:
            bits |= 1 << AGAIN
        if again or state == CAME_BACK or (state == PENDING and left):
            bits |= 1 << TROUBLED
    return bits


@compiled
def _part_of(time: int, edges: I64) -> int:
    """The part of the window that a time is in."""
    part = 0
    while part + 2 < len(edges) and time >= edges[part + 1]:
        part += 1
    return part


@compiled
def _count(
    events: Events, things: Things, ends: Ends, lo: int, hi: int, marks: I32,
    waits: I64, parts: I8, filled: I64, found: U8,
) -> None:  # fmt: skip
    """Units [lo, hi); row r of `waits` and `parts` is filled with `filled[r]` waits.

    `found`: uint8[units] or empty: the marks of each unit with the last thing that it met. Arrays are taken out of
    their tuples before the loops: inside, each access would count references.
    """
    days, timed, closes, until, last_stage = things.days, things.timed, ends.closes, ends.until, ends.stages - 1
    offsets, time, code = events
    open_from, edges = until - ends.gap, ends.edges
    seen, book = np.zeros(len(days), np.int32), np.zeros((len(days), COLUMNS), np.int64)
    for unit in range(lo, hi):
        met = _follow(events, unit, things, ends, seen, book)
        last = offsets[unit + 1] - 1
        closed = closes[code[last]]
        is_open = time[last] >= open_from and not closed
        for j in range(met):
            k = seen[j]
            state, part = book[k, STATE], _part_of(book[k, FIRST], edges)
            left = not is_open and not closed and 0 <= book[k, BEGUN] < last_stage
            soon = book[k, GAP] != NEVER and book[k, GAP] <= days[k]
            bits = _judged(state, left, is_open, until - book[k, FIRST] >= days[k], soon)
            book[k, STATE] = UNSEEN
            marks[part, k, bits >> 1] += 1
            if len(found):
                found[unit] = bits
            row = timed[k]
            if row >= 0 and state >= GONE_ON:
                waits[row, filled[row]], parts[row, filled[row]] = book[k, WAIT], part
                filled[row] += 1


def count_meetings(events: Events, things: Things, ends: Ends) -> Met:
    """Count all units.

    Args:
        events: of all units.
        things: what they meet.
        ends: what they are judged by.
    """
    events, things, ends = events.frozen(), things.frozen(), ends.frozen()
    rows = int(things.timed.max(initial=-1)) + 1
    done = each(lambda lo, hi: _part(events, things, ends, lo, hi, _NOBODY), unit_ranges(events.offsets))
    return Met(
        np.sum([marks for marks, _, _, _ in done], axis=0) @ _BITS,
        [np.concatenate([waits[r, : n[r]] for _, waits, _, n in done]) for r in range(rows)],
        [np.concatenate([parts[r, : n[r]] for _, _, parts, n in done]) for r in range(rows)],
    )


def _part(events: Events, things: Things, ends: Ends, lo: int, hi: int, found: U8) -> tuple[I32, I64, I8, I64]:
    k, p, rows = len(things.targeted), len(ends.edges) - 1, int(things.timed.max(initial=-1)) + 1
    marks = np.zeros((p, k, len(_BITS)), np.int32)
    waits, parts = np.empty((rows, hi - lo), np.int64), np.empty((rows, hi - lo), np.int8)
    filled = np.zeros(rows, np.int64)
    _count(events, things, ends, lo, hi, marks, waits, parts, filled, found)
    return marks, waits, parts, filled


def units_marked(events: Events, thing: Things, ends: Ends, mark: int) -> Bools:
    """bool[units]: who has a mark (`MET` … `TROUBLED`) with the one thing, by the rules of `count_meetings`."""
    events, thing, ends = events.frozen(), thing.frozen(), ends.frozen()
    found = np.zeros(len(events.offsets) - 1, np.uint8)
    each(lambda lo, hi: _part(events, thing, ends, lo, hi, found), unit_ranges(events.offsets))
    marked: Bools = (found >> np.uint8(mark)) & 1 == 1
    return marked

"""What is measured of each unit, and in which columns."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from desireline.analyze.scope import I32, I64, Labels, Scope
from desireline.model.calendar import starts
from desireline.model.question import Asked

if TYPE_CHECKING:
    from desireline.kernels.habits import Habits

VISIT: Final = 30 * 60 * 1_000_000
"""µs of silence that end a visit."""

TOUCHPOINTS: Final = 24
"""So many touchpoints, those that most people meet, are columns of their own; the others share one."""

EVER: Final = (-(2**63), 2**63 - 1)


@dataclass(frozen=True, eq=False)
class Measured:
    """Habits of all units.

    Attributes:
        touchpoints: names of the columns of `habits.touched`; the last may be None, all others together.
        channels: names of the columns of `habits.channels`.
        channels_tell: whether some touchpoint is met through several channels, so that channels say something new.
        valued: whether any event has a value.
    """

    habits: "Habits"
    touchpoints: list[str | None]
    channels: list[str]
    channels_tell: bool
    valued: bool

    def rows(self, which: "I64 | slice") -> "Measured":
        """The same of some units only."""
        from desireline.kernels.habits import Habits

        touched, channels, counts, sums, last = self.habits
        some = Habits(touched[which], channels[which], counts[which], sums[which], last[which])
        return replace(self, habits=some)


def measured(scope: Scope, asked: Asked, window: tuple[int, int] = EVER) -> Measured:
    """Measure the units by their events in a window (µs, its end excluded); events without a label are left out."""
    from desireline.kernels.habits import Clock, Events, Tables, habits

    labels, channels = scope.labels(asked), scope.channels
    column, names = _columns(scope, labels)
    value = scope.value
    valued = not bool(np.isnan(value).all())
    weeks = starts(scope.zone, "week", *(scope.span or (0, 0)))
    events = Events(scope.offsets, scope.time, scope.code, value if valued else np.zeros(0))
    tables = Tables(column, channels.table.astype(np.int32), labels.table.astype(np.int32))
    found = habits(events, tables, (len(names), len(channels.names)), Clock(weeks, VISIT, scope.gap, *window))
    return Measured(found, names, channels.names, _channels_tell(scope, labels, channels.table), valued)


def _columns(scope: Scope, labels: Labels) -> tuple[I32, list[str | None]]:
    """int32[codes] and the names of the columns: the touchpoints that most units meet, and one for the others."""
    met = _met(scope, labels)
    known = [k for k in sorted(range(len(labels.names)), key=lambda k: (-met[k], labels.names[k])) if met[k]]
    own = known if len(known) <= TOUCHPOINTS + 1 else known[:TOUCHPOINTS]
    place = np.full(len(labels.names) + 1, -1, np.int32)
    place[known] = len(own)
    place[own] = np.arange(len(own))
    named: list[str | None] = [labels.names[k] for k in own]
    return place[labels.table], named + [None] * (len(known) > len(own))


def _met(scope: Scope, labels: Labels) -> I64:
    """int64[labels]: units that meet each."""
    from desireline.kernels.presence import presence
    from desireline.kernels.stages import Events

    inside = (labels.table >= 0).astype(np.int32)
    of_from = np.concatenate(([0], np.cumsum(inside))).astype(np.int32)
    of = labels.table[labels.table >= 0].astype(np.int32)
    events = Events(scope.offsets, scope.time, scope.code)
    met, _, _ = presence(events, of_from, of, len(labels.names), np.array(EVER, np.int64))
    return met


def _channels_tell(scope: Scope, labels: Labels, channel: I32) -> bool:
    pairs = {
        (int(a), int(b))
        for a, b, n in zip(labels.table, channel, scope.by_code, strict=True)
        if n and a >= 0 and b >= 0
    }
    return len({b for _, b in pairs}) > 1 and len({a for a, _ in pairs}) < len(pairs)

"""Transitions by day as they were, and as they would be had the same episodes begun on other days."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from desireline.analyze.calendars import Calendar, calendar, horizon
from desireline.analyze.scanning.drifts import DriftReason, DriftRequest
from desireline.analyze.scope import I32, I64, Bools, Labels, Scope

if TYPE_CHECKING:
    from desireline.kernels.episodes import Episodes

SHORT, LONG = 56, 1100
"""Days: a shorter span is cut into days, a longer one into four weeks, others into weeks."""
PAIRS, LEAST = 1_000, 20
"""So many pairs at most, each so often at least, are looked at."""
WINDOWS, ENOUGH = 6, 200
TOGETHER = 0.9
SAMPLE = 400_000


@dataclass(frozen=True, eq=False)
class Histories:
    """What is compared.

    Attributes:
        days: the local days of the scope.
        window_of: int32[days], the window of each day.
        source, target: int64[pairs], the labels of each pair.
        used: the episodes that could be followed long enough, without later transitions.
        follow: µs, how long.
        total: pairs that happen.
        together: whether nearly all episodes began at once, right at the start of the observation.
    """

    scope: Scope
    days: Calendar
    window_of: I32
    source: I64
    target: I64
    used: "Episodes"
    follow: int
    silence: int
    total: int
    together: bool

    @property
    def window_days(self) -> int:
        """How many days a full window has."""
        return _width(len(self.days.days))

    @cached_property
    def by_day(self) -> I64:
        """int64[days, pairs]."""
        n, pairs = len(self.days.days), len(self.source)
        cells = self.used.day.astype(np.int64) * pairs + self.used.pair
        return np.bincount(cells, minlength=n * pairs).reshape(n, pairs)

    @cached_property
    def by_window(self) -> I64:
        """int64[windows, pairs]."""
        return np.add.reduceat(self.by_day, self.first_days, axis=0)

    @cached_property
    def first_days(self) -> I64:
        """int64[windows], the first day of each."""
        return np.searchsorted(self.window_of, np.arange(int(self.window_of[-1]) + 1))

    def why_not(self) -> DriftReason | None:
        """Why this is not enough to compare; None if it is."""
        if len(self.first_days) < WINDOWS:
            return "short_span"
        if self.together:
            return "no_starts"
        if len(self.used.day) < ENOUGH:
            return "few_transitions"
        begun = np.unique(self.start_days // self.window_days, return_counts=True)[1]
        return "no_starts" if begun.max() > TOGETHER * begun.sum() else None

    @cached_property
    def start_days(self) -> I64:
        """int64[episodes], the day on which each began."""
        return np.searchsorted(self.days.starts, self.used.start, "right") - 1

    def exchanged(self, request: DriftRequest) -> I32:
        """int32[times, windows, pairs]: transitions when people exchange their starting days."""
        from desireline.kernels.episodes import WEEK, Starts, exchanged

        weekly = len(self.days.days) >= 3 * WEEK
        first = np.flatnonzero(np.diff(self.used.unit, prepend=-1))
        lengths = np.diff(first, append=len(self.used.unit))
        group = lengths * WEEK + (self.start_days[first] % WEEK if weekly else 0)
        order = np.argsort(group, kind="stable")
        edges = np.flatnonzero(np.diff(group[order], prepend=-1, append=-1))
        starts = Starts(
            np.append(first, len(self.used.unit)).astype(np.int64), self.start_days.astype(np.int32),
            order.astype(np.int64), edges.astype(np.int64), WEEK if weekly else 1,
        )  # fmt: skip
        return exchanged(
            starts, self.used.edges, self.used.day, self.used.pair, self.window_of, len(self.source),
            request.permutations, request.seed * 1_000_003 + 1,
        )  # fmt: skip


def histories(scope: Scope, labels: Labels) -> Histories:
    """The transitions of a scope that can be compared over time."""
    from desireline.kernels.episodes import episodes
    from desireline.kernels.transitions import transitions

    n = len(labels.names)
    counts = transitions(
        scope.offsets, scope.time, scope.code, labels.table, n, collapse=False, medians=False
    )  # fmt: skip
    kept = np.flatnonzero(counts.count >= LEAST)
    kept = np.sort(kept[np.argsort(-counts.count[kept], kind="stable")[:PAIRS]])
    pairs = np.full((n, n), -1, np.int32)
    pairs[counts.source[kept], counts.target[kept]] = np.arange(len(kept))
    days = calendar(scope, "day")
    first, last = scope.span or (0, 0)
    silence = min(scope.gap, max(1, (last - first) // 8))
    found = episodes(scope.offsets, scope.time, scope.code, labels.table, pairs, days.periods, silence)
    used, follow = _followed(found, first, horizon(scope))
    together = len(found.start) > 1 and bool((found.start < first + (last - first) // 12).mean() > TOGETHER)
    width = _width(len(days.days))
    window_of = ((np.arange(len(days.days)) + -len(days.days) % width) // width).astype(np.int32)
    return Histories(
        scope,
        days,
        window_of,
        counts.source[kept],
        counts.target[kept],
        used,
        follow,
        silence,
        len(counts.count),
        together,
    )


def _width(days: int) -> int:
    return 1 if days < SHORT else 7 if days <= LONG else 28


def _followed(found: "Episodes", first: int, until: int) -> tuple["Episodes", int]:
    """The episodes that were followed for a length of time that keeps most transitions, and that length.

    Those that began right at the start of the observation may have begun before it: they are left out.
    """
    lengths = np.diff(found.edges)
    left = (until - found.start) // 1_000_000
    follow = _follow(found.age, np.repeat(left, lengths), (until - first) // 1_000_000)
    burn = min(follow * 1_000_000, (until - first) // 12)
    episode = (left >= follow) & (found.start >= first + burn)
    keep = np.repeat(episode, lengths) & (found.age <= follow) & (found.pair >= 0)
    return _only(found, keep), follow * 1_000_000


def _follow(age: I32, left: I64, span: int) -> int:
    """Seconds, such that most transitions happen within them in episodes that could be followed so long."""
    step = max(1, len(age) // SAMPLE)
    age, left = age[::step], left[::step]
    if not len(age):
        return 0
    tried = np.unique(np.minimum(np.quantile(age, [0.5, 0.75, 0.9, 0.95, 0.99]), span / 2).astype(np.int64) + 1)
    kept = [int(((age <= t) & (left >= t)).sum()) for t in tried]
    return int(tried[int(np.argmax(kept))])


def _only(found: "Episodes", keep: Bools) -> "Episodes":
    """The transitions to keep, and the episodes that have one."""
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(keep)))
    edges = before[found.edges]
    some = np.diff(edges) > 0
    return found._replace(
        unit=found.unit[some], start=found.start[some], edges=np.append(edges[:-1][some], edges[-1]),
        day=found.day[keep], pair=found.pair[keep], age=found.age[keep],
    )  # fmt: skip

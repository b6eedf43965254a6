"""The strongest stretch of all series, how rare one so strong is, and the same again without what it explains."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.analyze.scanning.dimensions import Dimensions
from desireline.analyze.scanning.extremes import p_of
from desireline.analyze.scanning.outages import TroublesRequest
from desireline.analyze.scanning.seasons import Bins, expected
from desireline.analyze.scanning.watching import Watched
from desireline.analyze.scope import F64, I32, I64, Scope

if TYPE_CHECKING:
    from desireline.kernels.scan import Scanning, Series
    from desireline.kernels.visits import Grid

LEVEL = 0.02
"""The fit to a few dozens of maxima errs to the small side: at this level under 5 % of times without troubles flag."""
LOUD = 3.5
"""Whatever the data, a weaker stretch would not be rare among so many: it is not simulated for."""
SERIES, VISITS, MOST, ALIKE, FEWEST = 1_000, 200, 20, 0.98, 5
"""So many series at most, each of so many visits at least; so many troubles at most. A segment with such a part of a
touchpoint's visits is everyone. So many visits more or fewer than usual go on or loop at least."""
LONGEST = 28
"""Days: what lasts longer is drift."""


class Stretch(NamedTuple):
    """A trouble.

    Attributes:
        kind, label: what was watched, where.
        value: number of the segment.
        first, last: bins [first, last).
        n, o, expected: visits, those that looped or went on, and how many would have.
        p: of one so strong anywhere.
        running: whether next to no visits come after it.
    """

    kind: int
    label: int
    value: int
    first: int
    last: int
    n: int
    o: int
    expected: float
    p: float
    running: bool


@dataclass(frozen=True, eq=False)
class Looking:
    """What is looked at.

    Attributes:
        found: from `kernels.visits.visits`.
        grid: where visits are counted.
        rows: of each row of the grid the kind and the label.
    """

    scope: Scope
    watched: Watched
    dimensions: Dimensions
    bins: Bins
    found: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
    grid: "Grid"
    rows: list[tuple[int, int]]

    def counts(self, blanks: list[tuple[int, int, int, int]]) -> tuple[I32, I32]:
        """int32[rows * values, bins] twice, visits and those that count, without what is explained already."""
        from desireline.kernels.visits import tabulate

        left = np.array(blanks, np.int64).reshape(-1, 4)
        return tabulate(self.scope.time, self.scope.code, self.found, self.watched.watch, self.grid, left)

    @property
    def how(self) -> "Scanning":
        """Lengths up to four weeks or a sixth of the span, growing by a quarter; a week around."""
        from desireline.kernels.scan import Scanning

        bins, per_day = len(self.bins.starts) - 1, self.bins.per_day
        most = max(1, min(LONGEST * per_day, bins // 6))
        lengths = [1]
        while lengths[-1] < most:
            lengths.append(max(lengths[-1] + 1, lengths[-1] * 5 // 4))
        week, month = min(7 * per_day, max(1, bins // 4)), min(LONGEST * per_day, max(1, bins // 3))
        return Scanning(np.array([n for n in lengths if n <= most], np.int64), month, week)


def series_of(looking: Looking, n: I32, o: I32, chosen: I64) -> "Series":
    """The series to scan."""
    from desireline.kernels.scan import Series

    e = expected(n, o, looking.bins.cycle, looking.grid.values)
    more = np.array([kind == 0 for kind, _ in looking.rows for _ in range(looking.grid.values)], np.bool_)
    return Series(n[chosen].astype(np.float64), o[chosen].astype(np.float64), e[chosen], more[chosen])


def chosen_of(n: I32, values: int) -> I64:
    """The series with most visits."""
    size = n.sum(axis=1, dtype=np.int64)
    same = size > ALIKE * np.repeat(size[::values], values)
    same[::values] = False
    size[same] = 0
    order = np.argsort(-size, kind="stable")[:SERIES]
    return np.sort(order[size[order] >= VISITS])


def simulated(series: "Series", how: "Scanning", request: TroublesRequest) -> F64:
    """The strongest stretch anywhere in times without troubles, where nothing but the season moves a share."""
    from desireline.kernels.scan import scan

    draw = np.random.default_rng(request.seed)
    level = np.clip(series.e / np.maximum(series.n, 1), 0, 1)
    n = series.n.astype(np.int64)
    maxima = [
        scan(series._replace(o=draw.binomial(n, level).astype(np.float64)), how)[:, 0].max()
        for _ in range(request.simulations)
    ]
    return np.array(maxima)


def stretches(looking: Looking, request: TroublesRequest, n: I32, o: I32) -> Iterator[Stretch]:
    """Troubles, the clearest first, each without what those before it explain."""
    from desireline.kernels.scan import scan

    chosen, how, null = chosen_of(n, looking.grid.values), looking.how, None
    blanks: list[tuple[int, int, int, int]] = []
    while len(chosen) and len(blanks) < MOST:
        series = series_of(looking, n, o, chosen)
        best = scan(series, how)
        top = int(np.argmax(best[:, 0]))
        if best[top, 0] < LOUD:
            return
        null = simulated(series, how, request) if null is None else null
        p = p_of(float(best[top, 0]), null)
        if p > LEVEL:
            return
        found = _stretch(looking, series, how, int(chosen[top]), top, best[top], p)
        if abs(found.o - found.expected) >= FEWEST:
            yield found
        blanks.append(_blank(looking, found))
        n, o = looking.counts(blanks)


def _stretch(looking: Looking, series: "Series", how: "Scanning", row: int, top: int, best: F64, p: float) -> Stretch:
    """The stretch with its edges moved to where they are best."""
    from desireline.kernels.scan import Scanning, scan

    length = int(best[2] - best[1])
    near = np.arange(max(1, length - length // 4 - 1), length + length // 4 + 2)
    one = series.only(top)
    _, a, b = scan(one, Scanning(near, how.reference, how.half))[0]
    a, b = int(a), int(b)
    kind, label = looking.rows[row // looking.grid.values]
    n, o, e = (field[0] for field in (one.n, one.o, one.e))
    lo, hi = max(0, a - how.reference), min(len(n), b + how.reference)
    around = np.r_[lo:a, b:hi]
    level = o[around].sum() / max(e[around].sum(), 1e-12)
    visits = int(n[a:b].sum())
    usual = min(float(e[a:b].sum() * level), float(visits))
    running = n[b:].sum() <= 0.1 * n[a:b].sum()
    return Stretch(kind, label, row % looking.grid.values, a, b, visits, int(o[a:b].sum()), usual, p, bool(running))


def _blank(looking: Looking, found: Stretch) -> tuple[int, int, int, int]:
    starts = looking.bins.starts
    return int(found.kind == 0), found.value, int(starts[found.first]), int(starts[found.last])

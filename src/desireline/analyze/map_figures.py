"""Figures of the cells of a map: of touchpoints taken together or of a stage, with intervals, sparks and changes.

Of everyone with an event of the thing (`people`), from their first meeting with it:

- goes on, time: to the first event after it in a stage later than the one that they were in; with `to`, to the first
  later event of these touchpoints. Time is the median of those who did.
- drop-off: the rest whose journey has ended; open: the rest whose journey may go on (as for stages, `analyze.overlay`).
- loops: came back to the thing after they had gone on. None where it is known only with a purchase.
- conversion: reached `to` later. Repeat: met the thing again within so many days; of those whose first meeting lies
  at least that long before the end of the observation.
- trouble: of the same people, those who met the touchpoint that they met first again, after half an hour and within
  the days; or came back; or left: their journey ended, by silence, before the last stage.

Sparks, in at most twelve equal parts of the window: people and share are of those who met it (who were there at all)
in the part, the others of those who met it first in the part.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from desireline.analyze.cells import parsed
from desireline.analyze.map_things import (
    codes_of,
    edges,
    ends,
    events,
    known,
    only_caveats,
    passing,
    presence,
    tables,
    thing_of,
)
from desireline.analyze.scope import I64, Bools, Scope
from desireline.errors import BadDrilldown
from desireline.kernels import meetings as kernel
from desireline.kernels.arrays import I8
from desireline.kernels.group_quantiles import group_quantiles
from desireline.kernels.pool import each
from desireline.kernels.touching import units_touching
from desireline.model.counted import Bound, Counted, CountedQuestion
from desireline.model.intervals import Interval, median_ranks, mover, poisson, wilson
from desireline.model.measured import Change

FIGURE = "figure"
_NO_SPARK: tuple[float | None, ...] = ()
MARK: dict[CountedQuestion, int] = {
    "people": kernel.MET, "share": kernel.MET, "goes_on": kernel.WENT_ON, "time": kernel.WENT_ON,
    "drop_off": kernel.DROPPED, "open": kernel.OPEN, "loops": kernel.LOOPED, "conversion": kernel.WENT_ON,
    "repeat": kernel.AGAIN, "trouble": kernel.TROUBLED,
}  # fmt: skip


class _Counts(NamedTuple):
    """One thing, counted: marks int64[parts, MARKS]; if timed: waits, their parts, and the median with its bounds."""

    marks: I64
    waits: I64 | None
    parts: I8 | None
    middle: tuple[float | None, float | None, float | None] | None


def figures(
    scope: Scope, bounds: Sequence[Bound], previous: Scope | None = None, *, sparks: bool = True
) -> dict[Bound, Counted]:
    """Count what is bound.

    Args:
        scope: events and units in question.
        bounds: what to count; what the definition does not have is left out.
        previous: the period before, of the same length, to compare with.
        sparks: whether to count each part of the window too.

    Returns:
        The figures, by what they are of.
    """
    wanted = [bound for bound in dict.fromkeys(bounds) if known(scope, bound)]
    found = _counted(scope, wanted, edges(scope) if sparks else edges(scope, 1))
    if previous is None or not previous.units:
        return found
    before = _counted(previous, wanted, edges(previous, 1))
    return {bound: f._replace(change=change(f, before[bound])) for bound, f in found.items()}


def cell_of(bound: Bound) -> str:
    """The drill-down cell of a figure."""
    return f"{FIGURE}:{bound.model_dump_json(exclude_defaults=True)}"


def members(scope: Scope, cell: str) -> Bools:
    """bool[units]: those counted in a figure's cell.

    Raises:
        BadDrilldown: it is no figure of this scope.
    """
    kind, value = parsed(cell)
    try:
        bound = Bound.model_validate(value)
    except ValueError:
        raise BadDrilldown(given=cell[:200]) from None
    if kind != FIGURE or not known(scope, bound):
        raise BadDrilldown(given=cell[:200])
    thing = thing_of(bound)
    if MARK[bound.question] == kernel.MET:
        return units_touching(scope.offsets, scope.code, codes_of(scope, thing))
    if bound.question == "loops" and only_caveats(scope, thing):
        return np.zeros(scope.units, np.bool_)
    return kernel.units_marked(
        events(scope), tables(scope, [thing]), ends(scope, edges(scope, 1)), MARK[bound.question]
    )


def change(now: Counted, before: Counted) -> Change | None:
    """The difference of two independent figures; None where one of them has no value or no interval."""
    if now.value is None or before.value is None:
        return None
    difference = now.value - before.value
    sides = [_around(f) for f in (now, before)]
    if sides[0] is None or sides[1] is None:
        return Change(before=before.value, difference=difference, low=None, high=None, changed=False)
    low, high = mover(now.value, sides[0], before.value, sides[1])
    return Change(before=before.value, difference=difference, low=low, high=high, changed=low > 0 or high < 0)


def _around(figure: Counted) -> Interval | None:
    """The interval of a figure as an estimate; people are a count, of which each period has another one."""
    if figure.unit == "people":
        return poisson(figure.n)
    return None if figure.low is None or figure.high is None else Interval(figure.low, figure.high)


# --- counting ----------------------------------------------------------------------------------------------


def _counted(scope: Scope, wanted: list[Bound], cuts: I64) -> dict[Bound, Counted]:
    """Who only meets a thing is counted in a pass that asks no more."""
    met = [bound for bound in wanted if MARK[bound.question] == kernel.MET]
    found = {**_present(scope, met, cuts), **_judged(scope, [b for b in wanted if b not in set(met)], cuts)}
    return {bound: found[bound] for bound in wanted}


def _present(scope: Scope, wanted: list[Bound], cuts: I64) -> dict[Bound, Counted]:
    once, many = passing(scope, list(dict.fromkeys(map(thing_of, wanted)))), len(cuts) > 2
    met, active, everyone = presence(scope, once.things, cuts)
    found = {}
    for bound in wanted:
        k = once.place[thing_of(bound)]
        n, there = int(met[k]), active[:, k]
        if bound.question == "people":
            spark = tuple(map(float, there)) if many else _NO_SPARK
            found[bound] = Counted(float(n), "people", n, None, None, None, cell_of(bound), spark)
        else:
            found[bound] = _share(bound, n, scope.units, _shares(there, everyone) if many else _NO_SPARK)
    return found


def _judged(scope: Scope, wanted: list[Bound], cuts: I64) -> dict[Bound, Counted]:
    if not wanted:
        return {}
    once = passing(scope, list(dict.fromkeys(map(thing_of, wanted))))
    timed = sorted({once.place[thing_of(bound)] for bound in wanted if bound.question == "time"})
    met = kernel.count_meetings(events(scope), tables(scope, once.things, timed), ends(scope, cuts))
    middles = each(lambda i, _: _middle(met.waits[i]), [(i, i + 1) for i in range(len(timed))])
    times = dict(zip(timed, zip(met.waits, met.parts, middles, strict=True), strict=True))
    counts = [_Counts(met.marks[:, k], *times.get(k, (None, None, None))) for k in range(len(once.things))]
    return {bound: _figure(scope, bound, counts[once.place[thing_of(bound)]]) for bound in wanted}


def _figure(scope: Scope, bound: Bound, counts: _Counts) -> Counted:
    question, total, parts = bound.question, counts.marks.sum(axis=0), len(counts.marks)
    if question == "time":
        return _time(bound, counts, int(total[kernel.WENT_ON]), parts)
    if question == "loops" and only_caveats(scope, thing_of(bound)):
        return Counted(None, "share", 0, int(total[kernel.MET]), None, None, cell_of(bound))
    of = kernel.MATURE if question in {"repeat", "trouble"} else kernel.MET
    spark = _shares(counts.marks[:, MARK[question]], counts.marks[:, of]) if parts > 1 else _NO_SPARK
    return _share(bound, int(total[MARK[question]]), int(total[of]), spark)


def _share(bound: Bound, n: int, of: int, spark: tuple[float | None, ...]) -> Counted:
    if not of:
        return Counted(None, "share", 0, 0, None, None, cell_of(bound), spark)
    return Counted(n / of, "share", n, of, *wilson(n, of), cell_of(bound), spark)


def _shares(n: I64, of: I64) -> tuple[float | None, ...]:
    return tuple(a / b if b else None for a, b in zip(n.tolist(), of.tolist(), strict=True))


def _middle(waits: I64) -> tuple[float | None, float | None, float | None]:
    """The median of times in µs, and the order statistics that bound it; in seconds."""
    n = len(waits)
    if not n:
        return None, None, None
    ranks = median_ranks(n)
    places = [(n - 1) // 2, n // 2] + ([ranks[0] - 1, ranks[1] - 1] if ranks else [])
    chosen = (np.partition(waits, places)[places] / 1e6).tolist()
    return (chosen[0] + chosen[1]) / 2, *(chosen[2:] if ranks else (None, None))


def _time(bound: Bound, counts: _Counts, n: int, parts: int) -> Counted:
    value, low, high = counts.middle or (None, None, None)
    spark = _NO_SPARK
    if parts > 1 and counts.waits is not None and counts.parts is not None:
        order = np.argsort(counts.parts, kind="stable")
        cuts = np.searchsorted(counts.parts[order], np.arange(parts + 1))
        (medians,) = group_quantiles(cuts.astype(np.int64), counts.waits[order], (0.5,)).tolist()
        spark = tuple(None if np.isnan(m) else m / 1e6 for m in medians)
    return Counted(value, "seconds", n, None, low, high, cell_of(bound), spark)

"""What is told of each group: size, value, channels, pace, touchpoints, goal, one real journey, and months."""

from typing import Any, Final

import numpy as np

from desireline.analyze.calendars import calendar
from desireline.analyze.grouping.documents import Badge
from desireline.analyze.grouping.finding import Groups, Stable
from desireline.analyze.grouping.naming import names
from desireline.analyze.grouping.stability import VALID
from desireline.analyze.grouping.traits import Told, named_after, traits
from desireline.analyze.narrowing import reaching
from desireline.analyze.scope import I32, I64, Bools, Scope
from desireline.kernels.habits import EVENTS, VALUE
from desireline.model.intervals import mean_within, wilson
from desireline.model.question import Asked

LISTED: Final = 10
"""So many touchpoints, channels and traits are told of a group, and the traits that are told of the others."""

LONGEST: Final = 40
"""So many touchpoints of a journey at most."""

BADGES: Final[tuple[tuple[float, Badge], ...]] = ((0.85, "very_stable"), (VALID, "valid"), (0.0, "stable"))


def profiles(scope: Scope, asked: Asked, found: Groups, stable: Stable, goal: str | None) -> list[dict[str, Any]]:
    """The fields of `documents.Persona` for each group, the largest first.

    Raises:
        UnknownStep: there is no such goal.
    """
    reached = None if goal is None else reaching(scope, goal)
    told = traits(found.measured, found.of, found.count, scope.until)
    listed = _listed(told)
    months = _months(scope, asked, found)
    paces = _paces(scope, asked, found)
    called = names(told)
    return [
        {
            "name": called[k]["en"], "names": called[k], **_size(found, k), **_steady(stable, k),
            "value": _value(found, k), "pace_seconds": paces[k], **_mix(found, k), "goal": _goal(found, k, reached),
            "journey": _journey(scope, asked, found, stable, k), "traits": listed[k], "trend": months[k],
        }
        for k in range(found.count)
    ]  # fmt: skip


def _size(found: Groups, k: int) -> dict[str, float]:
    people, of = int(np.count_nonzero(found.of == k)), len(found.of)
    low, high = wilson(people, of)
    return {"people": people, "share": people / of, "low": low, "high": high}


def _steady(stable: Stable, k: int) -> dict[str, object]:
    jaccard = stable.stability.jaccard[stable.order[k]]
    return {"stability": jaccard, "badge": next(badge for least, badge in BADGES if jaccard >= least)}


def _value(found: Groups, k: int) -> dict[str, float | None] | None:
    if not found.measured.valued:
        return None
    values = found.measured.habits.sums[found.of == k, VALUE]
    within = mean_within(float(values.mean()), float(values.std(ddof=1) / len(values) ** 0.5), len(values))
    low, high = within or (None, None)
    return {"mean": float(values.mean()), "low": low, "high": high}


def _mix(found: Groups, k: int) -> dict[str, object]:
    habits, inside = found.measured.habits, found.of == k
    names = found.measured.touchpoints
    return {
        "touchpoints": _parts(names, habits.touched, inside, habits.counts),
        "channels": _parts([*found.measured.channels], habits.channels, inside, habits.counts),
    }


def _parts(named: list[str | None], counts: I32, inside: Bools, all_counts: I32) -> list[dict[str, object]]:
    events = all_counts[:, EVENTS].astype(np.int64)
    mine, usual = counts[inside].sum(axis=0, dtype=np.int64), counts.sum(axis=0, dtype=np.int64)
    listed = [
        {"name": name, "share": m / max(int(events[inside].sum()), 1), "everyone": u / max(int(events.sum()), 1)}
        for name, m, u in zip(named, mine.tolist(), usual.tolist(), strict=True)
        if name is not None and m
    ]
    return sorted(listed, key=lambda part: (-part["share"], part["name"]))[:LISTED]


def _goal(found: Groups, k: int, reached: Bools | None) -> dict[str, float] | None:
    if reached is None:
        return None
    inside = found.of == k
    n, of = int(np.count_nonzero(reached & inside)), int(np.count_nonzero(inside))
    low, high = wilson(n, of)
    return {"n": n, "rate": n / of, "low": low, "high": high}


def _listed(told: list[list[Told]]) -> list[list[dict[str, object]]]:
    """What sets each group apart most, and then what sets the others apart, so that every row can be compared."""
    chosen = [named_after(one) for one in told]
    own = [[*names, *(t for t in one if t not in names)][:LISTED] for one, names in zip(told, chosen, strict=True)]
    known = {(t.behaviour, t.name) for one in own for t in one}
    return [
        [
            {**{f: v for f, v in t._asdict().items() if f != "effect"}, "names_it": t in names}
            for t in [*kept, *(t for t in one if t not in kept and (t.behaviour, t.name) in known)]
        ]
        for one, kept, names in zip(told, own, chosen, strict=True)
    ]


def _journey(scope: Scope, asked: Asked, found: Groups, stable: Stable, k: int) -> list[str]:
    """The touchpoints of the person nearest to the middle of the group, of those looked at."""
    away = np.where(found.of[stable.rows] == k, stable.parts.distance(stable.points, stable.order[k]), np.inf)
    unit = int(stable.rows[int(away.argmin())])
    labels = scope.labels(asked)
    walk = labels.table[scope.code[scope.offsets[unit] : scope.offsets[unit + 1]]]
    walk = walk[walk >= 0]
    kept = walk[np.append(True, walk[1:] != walk[:-1])][:LONGEST]
    return [labels.names[label] for label in kept.tolist()]


def _paces(scope: Scope, asked: Asked, found: Groups) -> list[float | None]:
    """The median gap of each group in seconds."""
    inside = scope.labels(asked).table[scope.code] >= 0
    unit = np.repeat(np.arange(scope.units, dtype=np.int32), np.diff(scope.offsets))[inside]
    gap = np.diff(scope.time[inside])
    of = np.where(unit[1:] == unit[:-1], found.of[unit[1:]], -1)
    return [float(np.median(gap[of == k])) / 1e6 if (of == k).any() else None for k in range(found.count)]


def _months(scope: Scope, asked: Asked, found: Groups) -> list[list[dict[str, object]]]:
    """People of each group with an event in each month, from the first to the end of the observation."""
    when = calendar(scope, "month")
    wide = len(when.days)
    month = (np.searchsorted(when.starts, scope.time, "right") - 1).astype(np.int64)
    unit: I64 = np.repeat(np.arange(scope.units), np.diff(scope.offsets))
    inside = scope.labels(asked).table[scope.code] >= 0
    place = (unit * wide + month)[inside]
    place = place[np.append(True, place[1:] != place[:-1])] if len(place) else place
    cells = (found.of.astype(np.int64) + 1)[place // wide] * wide + place % wide
    people = np.bincount(cells, minlength=(found.count + 1) * wide).reshape(-1, wide)
    active = people.sum(axis=0)
    return [
        [
            {"start": day, "people": int(n), "share": float(n / a) if a else 0.0, "over": place < when.over}
            for place, (day, n, a) in enumerate(zip(when.days, people[k + 1], active, strict=True))
        ]
        for k in range(found.count)
    ]

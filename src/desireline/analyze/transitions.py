"""Which touchpoint follows which: how often, for how many, and after how long."""

import json
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desireline.analyze.cells import parsed
from desireline.analyze.scope import I64, Bools, Labels, Scope, about
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Cut, Proportion, Result

if TYPE_CHECKING:
    from desireline.kernels.transitions import TransitionCounts


USUAL, MOST = 10_000, 100_000
"""So many at most are listed unasked, and so many if asked for: a longer list takes seconds to write and to read."""


class TransitionsRequest(Asked):
    """What to count.

    `collapse`: repeats in a row count as one, timed from the last of them. `medians`: also how long they take. `top`:
    only the commonest. `reached`: only units that reach the `goal` (true) or do not (false); all if None. The goal is
    one of the definition, else a touchpoint, else an event name.
    """

    collapse: bool = False
    medians: bool = True
    top: int | None = None
    goal: str | None = None
    reached: bool | None = None


class Transition(BaseModel):
    """A step from one event to the unit's next one.

    Attributes:
        count: how often it happens.
        people: units to which it happens.
        share: of all transitions.
        median_seconds, p90_seconds: between the two events; None if not asked for.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: str = Field(alias="from")
    to: str
    count: int
    people: int
    share: float
    median_seconds: float | None
    p90_seconds: float | None


class TransitionsResult(Result):
    """In descending count, equal counts by name; `total` counts all.

    Cells: `pair:I`, by place in the list from 0, or `pair:["FROM", "TO"]`, the part after the colon as JSON.
    """

    table: ClassVar = "transitions"

    transitions: list[Transition]
    total: int


def answer(scope: Scope, request: TransitionsRequest) -> TransitionsResult:
    """Count the steps between events that follow each other within a unit.

    Raises:
        BadQuestion: `top` is not positive, or `reached` is asked for without a goal.
        UnknownStep: there is no such goal.
    """
    scope, _ = _scoped(scope, request)
    labels = scope.labels(request)
    counts = _count(scope, request, labels, medians=request.medians)
    kept = _in_order(counts, labels.names, _most(request))
    total, pairs = int(counts.count.sum()), len(counts.count)
    names = labels.names
    unknown = [None] * len(kept)
    times = (unknown, unknown) if counts.times is None else (counts.times[:, kept] / 1e6).tolist()
    rows = zip(
        counts.source[kept].tolist(), counts.target[kept].tolist(), counts.count[kept].tolist(),
        counts.people[kept].tolist(), *times, strict=True,
    )  # fmt: skip
    found = [
        {"from": names[a], "to": names[b], "count": n, "people": people, "share": n / total, "median_seconds": median,
         "p90_seconds": p90}
        for a, b, n, people, median, p90 in rows
    ]  # fmt: skip
    cut = [Cut(what="transitions", kept=len(kept), total=pairs)] if len(kept) < pairs else []
    fields = about(scope, request, "transitions", labels, cut)
    return TransitionsResult.model_validate({**fields, "transitions": found, "total": total})


def members(scope: Scope, request: TransitionsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels.transitions import units_with_transition

    inside, keep = _scoped(scope, request)
    labels = inside.labels(request)
    pair = _pair(inside, request, labels, cell)
    found = units_with_transition(inside.offsets, inside.code, labels.table, pair, collapse=request.collapse)
    return np.flatnonzero(found) if keep is None else np.flatnonzero(keep)[found]


def proportions(result: TransitionsResult) -> list[Proportion]:
    """Of all units in scope those with each transition."""
    return [
        Proportion(f"pair:{json.dumps([t.from_, t.to])}", f"{t.from_} → {t.to}", t.people, result.people_in_scope)
        for t in result.transitions
    ]


def _scoped(scope: Scope, request: TransitionsRequest) -> tuple[Scope, Bools | None]:
    """The units in question, and which of the scope they are; None for all."""
    from desireline.analyze.narrowing import narrowed, reaching

    if request.goal is None:
        if request.reached is not None:
            raise BadQuestion(parameter="goal", given="null", expected="goal, touchpoint or event")
        return scope, None
    reached = reaching(scope, request.goal)
    if request.reached is None:
        return scope, None
    keep = reached if request.reached else ~reached
    return narrowed(scope, keep), keep


def _most(request: TransitionsRequest) -> int:
    return USUAL if request.top is None else min(request.top, MOST)


def _count(scope: Scope, request: TransitionsRequest, labels: Labels, *, medians: bool) -> "TransitionCounts":
    from desireline.kernels.transitions import transitions

    if request.top is not None and request.top < 1:
        raise BadQuestion(parameter="top", given=str(request.top), expected="≥ 1")
    return transitions(
        scope.offsets, scope.time, scope.code, labels.table, len(labels.names),
        collapse=request.collapse, medians=medians,
    )  # fmt: skip


def _in_order(counts: "TransitionCounts", names: list[str], most: int) -> I64:
    """Indices of the commonest pairs in the order of the answer; the others, which may be millions, stay unsorted."""
    place = np.empty(len(names), np.int64)
    place[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    by_name = place[counts.source] * len(names) + place[counts.target]
    chosen = np.arange(len(counts.count))
    if len(chosen) > most:
        least = np.partition(counts.count, -most)[-most]
        sure, level = np.flatnonzero(counts.count > least), np.flatnonzero(counts.count == least)
        rest = most - len(sure)
        chosen = np.concatenate((sure, level[np.argpartition(by_name[level], rest - 1)[:rest]]))
    return chosen[np.lexsort((by_name[chosen], -counts.count[chosen]))]


def _pair(scope: Scope, request: TransitionsRequest, labels: Labels, cell: str) -> tuple[int, int]:
    """The labels that a cell names."""
    match parsed(cell):
        case "pair", int(place) if place >= 0:
            counts = _count(scope, request, labels, medians=False)
            order = _in_order(counts, labels.names, _most(request))
            if place < len(order):
                return int(counts.source[order[place]]), int(counts.target[order[place]])
        case "pair", [source, target] if source in labels.names and target in labels.names:
            return labels.names.index(source), labels.names.index(target)
    raise BadDrilldown(given=cell[:40])

"""Which touchpoint follows which: how often, for how many, and after how long."""

import re
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desireline.analyze.scope import I64, Labels, Scope, about
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Cut, Result

if TYPE_CHECKING:
    from desireline.kernels.transitions import TransitionCounts


MOST = 100_000
"""So many at most are listed; a longer list says nothing to anyone and takes seconds to write."""


class TransitionsRequest(Asked):
    """`collapse`: repeats in a row count as one, timed from the last of them. `top`: only the commonest."""

    collapse: bool = False
    medians: bool = True
    top: int | None = None


class Transition(BaseModel):
    """A step from one event to the unit's next one.

    Attributes:
        count: how often it happens.
        people: units to which it happens.
        share: of all transitions.
        median_seconds: between the two events; None if not asked for.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: str = Field(alias="from")
    to: str
    count: int
    people: int
    share: float
    median_seconds: float | None


class TransitionsResult(Result):
    """In descending count, equal counts by name; `total` counts all. Cells: `pair:I`, by place in the list from 0."""

    table: ClassVar = "transitions"

    transitions: list[Transition]
    total: int


def answer(scope: Scope, request: TransitionsRequest) -> TransitionsResult:
    """Count the steps between events that follow each other within a unit.

    Raises:
        BadQuestion: `top` is not positive.
    """
    labels = scope.labels(request)
    counts, order = _count(scope, request, labels, medians=request.medians)
    total = int(counts.count.sum())
    kept = order[: _most(request)]
    names = labels.names
    medians = [None] * len(kept) if counts.median is None else (counts.median[kept] / 1e6).tolist()
    rows = zip(
        counts.source[kept].tolist(), counts.target[kept].tolist(), counts.count[kept].tolist(),
        counts.people[kept].tolist(), medians, strict=True,
    )  # fmt: skip
    found = [
        {"from": names[a], "to": names[b], "count": n, "people": people, "share": n / total, "median_seconds": median}
        for a, b, n, people, median in rows
    ]
    cut = [Cut(what="transitions", kept=len(kept), total=len(order))] if len(kept) < len(order) else []
    fields = about(scope, request, "transitions", labels, cut)
    return TransitionsResult.model_validate({**fields, "transitions": found, "total": total})


def members(scope: Scope, request: TransitionsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels.transitions import units_with_transition

    labels = scope.labels(request)
    counts, order = _count(scope, request, labels, medians=False)
    found = re.fullmatch(r"pair:(\d{1,9})", cell, re.ASCII)
    if not found or int(found[1]) >= len(order[: _most(request)]):
        raise BadDrilldown(given=cell[:40])
    at = order[int(found[1])]
    pair = (int(counts.source[at]), int(counts.target[at]))
    return np.flatnonzero(
        units_with_transition(scope.offsets, scope.code, labels.table, pair, collapse=request.collapse)
    )


def _most(request: TransitionsRequest) -> int:
    return MOST if request.top is None else min(request.top, MOST)


def _count(
    scope: Scope, request: TransitionsRequest, labels: Labels, *, medians: bool
) -> tuple["TransitionCounts", I64]:
    """The counts, and their order in the answer."""
    from desireline.kernels.transitions import transitions

    if request.top is not None and request.top < 1:
        raise BadQuestion(parameter="top", given=str(request.top), expected="≥ 1")
    counts = transitions(
        scope.offsets, scope.time, scope.code, labels.table, len(labels.names),
        collapse=request.collapse, medians=medians,
    )  # fmt: skip
    by_name = np.empty(len(labels.names), np.int64)
    by_name[sorted(range(len(labels.names)), key=labels.names.__getitem__)] = np.arange(len(labels.names))
    return counts, np.lexsort((by_name[counts.target], by_name[counts.source], -counts.count))

"""How many get through a sequence of steps, in order and within a window, and how long it takes them."""

import re
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import BaseModel

from desireline.analyze.scope import I64, Labels, Scope, about, index_of
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.duration import parse_duration
from desireline.model.question import Asked, Result

if TYPE_CHECKING:
    from desireline.kernels.funnel import FunnelCounts

MOST_STEPS = 32


class FunnelRequest(Asked):
    """Steps are touchpoint names (event names without a definition); `within` is a text such as 7d, 30m or 2h."""

    steps: list[str]
    within: str | None = None


class FunnelStep(BaseModel):
    """One step.

    Attributes:
        people: units that reached it.
        share_of_first: of those that reached the first step.
        share_of_previous: of those that reached the step before; of all in scope for the first step.
        median_seconds_from_first: from the latest first event of a chain to the earliest event that completes it.
    """

    name: str
    people: int
    share_of_first: float
    share_of_previous: float
    median_seconds_from_first: float | None


class FunnelResult(Result):
    """Cells: `step:K` are the units that reached step K (from 1), `dropped:K` those that reached K - 1 but not K."""

    table: ClassVar = "steps"

    steps: list[FunnelStep]
    within_seconds: float | None


def answer(scope: Scope, request: FunnelRequest) -> FunnelResult:
    """Count the units that reach each step.

    Raises:
        BadQuestion: no steps, more than 32, or a window that is no duration.
        UnknownStep: a step that does not exist.
    """
    from desireline.kernels.pool import each
    from desireline.kernels.quantile import quantiles

    labels = scope.labels(request)
    counts = _count(scope, request, labels)
    people = [int(n) for n in counts.people]
    later = each(lambda k: quantiles(counts.waits[k], (0.5,)), [(k,) for k in range(len(people) - 1)])
    medians = [[0.0] if people[0] else None, *later]
    steps = [
        FunnelStep(
            name=name,
            people=n,
            share_of_first=n / people[0] if people[0] else 0.0,
            share_of_previous=n / before if before else 0.0,
            median_seconds_from_first=median[0] / 1e6 if median else None,
        )
        for name, n, before, median in zip(request.steps, people, [scope.units, *people], medians, strict=False)
    ]
    within = None if request.within is None else parse_duration(request.within) / 1e6
    fields = about(scope, request, "funnel", labels)
    return FunnelResult.model_validate({**fields, "steps": steps, "within_seconds": within})


def members(scope: Scope, request: FunnelRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    found = re.fullmatch(r"(step|dropped):(\d{1,2})", cell, re.ASCII)
    if not found or not 1 <= int(found[2]) <= len(request.steps):
        raise BadDrilldown(given=cell[:40])
    reached = _count(scope, request, scope.labels(request)).reached
    step = int(found[2])
    return np.flatnonzero(reached >= step if found[1] == "step" else reached == step - 1)


def _count(scope: Scope, request: FunnelRequest, labels: Labels) -> "FunnelCounts":
    from desireline.kernels.funnel import funnel

    if not 1 <= len(request.steps) <= MOST_STEPS:
        raise BadQuestion(parameter="steps", given=str(len(request.steps)), expected=f"1–{MOST_STEPS}")
    within = None if request.within is None else parse_duration(request.within)
    mask = np.zeros(len(labels.table), np.uint32)
    for k, name in enumerate(request.steps):
        mask[labels.table == index_of(labels, name)] |= np.uint32(1 << k)
    return funnel(scope.offsets, scope.time, scope.code, mask, len(request.steps), within)

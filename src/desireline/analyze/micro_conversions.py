"""How many reach each small step, and how much oftener they reach the goal: a naive comparison."""

import json
from math import exp, log, sqrt
from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel, Field

from desireline.analyze.cells import parsed
from desireline.analyze.goals import caveat_codes, goal_codes
from desireline.analyze.scope import I64, Bools, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.intervals import Z, wilson
from desireline.model.question import Asked, Proportion, Result


class MicroConversionsRequest(Asked):
    """Hold small steps against a goal.

    Attributes:
        goal: a goal of the definition, else a touchpoint, else an event name.
        names: micro-conversions of the definition, touchpoints or event names. None: all micro-conversions of the
            definition; every touchpoint that is not in the goal if it has none.
    """

    goal: str
    names: list[str] | None = Field(default=None, min_length=1)


class MicroConversion(BaseModel):
    """One small step.

    Attributes:
        people: units that reach it at any time; `share` of all, with Wilson's 95 % interval `low` to `high`.
        before_goal: units that reach it before their first goal, or without reaching the goal.
        converted_with: those of them that reach the goal; `rate_with` is their part.
        converted_without: of the others, who reach the step after the goal only or never; `rate_without` their part.
        lift: rate_with / rate_without, with its 95 % interval on the log scale (Katz et al. 1978); None where one of
            the rates is unknown or the second is 0. No interval where nobody converts on one side.
    """

    name: str
    people: int
    share: float
    low: float
    high: float
    before_goal: int
    converted_with: int
    rate_with: float | None
    converted_without: int
    rate_without: float | None
    lift: float | None
    lift_low: float | None
    lift_high: float | None


class MicroConversionsResult(Result):
    """The steps, the most reached first. Events known only with a purchase take no part.

    Naive: who takes a small step may be keener on the goal to begin with, and who stays longer meets more of
    everything. Cells: `reached:NAME`, `converted:NAME` (before the goal, and the goal), `converted`; names as JSON.
    """

    table: ClassVar[str] = "rows"

    goal: str
    naive: Literal[True] = True
    converted: int
    rows: list[MicroConversion]


def answer(scope: Scope, request: MicroConversionsRequest) -> MicroConversionsResult:
    """Count who reaches what, before the goal or not.

    Raises:
        UnknownStep: the goal or a name is not there.
    """
    from desireline.kernels.micro_conversions import reach

    goal = goal_codes(scope, request.goal)
    steps = _steps(scope, request, goal)
    masks = np.array(list(steps.values()), np.bool_).reshape(len(steps), len(goal))
    code, step = np.nonzero(masks.T)
    edges = np.searchsorted(code, np.arange(len(goal) + 1)).astype(np.int64)
    found = reach(scope.offsets, scope.code, goal, edges, step.astype(np.int32), len(steps))
    converted = int(found.converted[-1])
    counts = zip(steps, found.people.tolist(), found.before.tolist(), found.converted[:-1].tolist(), strict=True)
    rows = [
        _row(name, people, before, hits, scope.units, converted)
        for name, people, before, hits in sorted(counts, key=lambda row: (-row[1], row[0]))
    ]
    fields = about(scope, request, "micro_conversions", scope.labels(request))
    return MicroConversionsResult.model_validate({**fields, "goal": request.goal, "converted": converted, "rows": rows})


def members(scope: Scope, request: MicroConversionsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels import micro_conversions as kernel

    kind, name = parsed(cell)
    goal = goal_codes(scope, request.goal)
    steps = _steps(scope, request, goal)
    if kind not in {"reached", "converted"} or name not in {*steps, *([None] if kind == "converted" else [])}:
        raise BadDrilldown(given=cell[:40])
    marks = kernel.marks(scope.offsets, scope.code, goal, steps.get(name, goal))
    wanted = kernel.REACHED if kind == "reached" else kernel.CONVERTED | (kernel.BEFORE if name is not None else 0)
    return np.flatnonzero((marks & wanted) == wanted)


def proportions(result: MicroConversionsResult) -> list[Proportion]:
    """How many reach the goal, and each step."""
    return [
        Proportion("converted", result.goal, result.converted, result.people_in_scope),
        *(Proportion(f"reached:{json.dumps(r.name)}", r.name, r.people, result.people_in_scope) for r in result.rows),
    ]


def _row(name: str, people: int, before: int, hits: int, units: int, converted: int) -> MicroConversion:
    others, other_hits = units - before, converted - hits
    low, high = wilson(people, units)
    rate_with = hits / before if before else None
    rate_without = other_hits / others if others else None
    lift = rate_with / rate_without if rate_with is not None and rate_without else None
    half = Z * sqrt(1 / hits - 1 / before + 1 / other_hits - 1 / others) if lift else None
    return MicroConversion(
        name=name, people=people, share=people / units if units else 0.0, low=low, high=high, before_goal=before,
        converted_with=hits, rate_with=rate_with, converted_without=other_hits, rate_without=rate_without, lift=lift,
        lift_low=exp(log(lift) - half) if lift and half is not None else None,
        lift_high=exp(log(lift) + half) if lift and half is not None else None,
    )  # fmt: skip


def _steps(scope: Scope, request: MicroConversionsRequest, goal: Bools) -> dict[str, Bools]:
    """The codes of each step, without the goal's own and those known only with a purchase."""
    defined = None if request.by_event_name else scope.definition
    micro = {m.name: scope.touchpoints.codes_of(m.touchpoints) for m in defined.micro_conversions} if defined else {}
    labels = scope.labels(request)
    if request.names is not None:
        asked = {name: micro[name] if name in micro else goal_codes(scope, name) for name in request.names}
    else:
        asked = micro or {name: labels.codes_of([name]) for name in labels.names}
    usable = ~goal & ~caveat_codes(scope)
    found = {name: codes & usable for name, codes in asked.items()}
    return found if request.names is not None or micro else {n: codes for n, codes in found.items() if codes.any()}

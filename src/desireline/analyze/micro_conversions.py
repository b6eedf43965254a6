"""How many reach each small step, and what it says of the goal: a naive lift, and three answers that are better."""

import json
from math import exp, log, sqrt
from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel, Field

from desireline.analyze.cells import parsed
from desireline.analyze.goals import caveat_codes, goal_codes
from desireline.analyze.influence.influencing import Influence
from desireline.analyze.influence.mantel import Hazard
from desireline.analyze.influence.predicting import Predicts
from desireline.analyze.scope import I64, Bools, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.duration import parse_duration
from desireline.model.intervals import Z, wilson
from desireline.model.question import Asked, Cut, Proportion, Result

WEEK = 7 * 86_400_000_000


class MicroConversionsRequest(Asked):
    """Hold small steps against a goal.

    Attributes:
        goal: a goal of the definition, else a touchpoint, else an event name.
        names: micro-conversions of the definition, touchpoints or event names. None: all micro-conversions of the
            definition; every touchpoint that is not in the goal if it has none.
        landmark: time after a unit's first event, such as `7d`, at which it is asked what was done before and what came
            later; None: the time by which half of those who reach the goal have (7 days if nobody does).
        seed: of the sample that influence is estimated from.
    """

    goal: str
    names: list[str] | None = Field(default=None, min_length=1)
    landmark: str | None = None
    seed: int = Field(default=0, ge=0)


class MicroConversion(BaseModel):
    """One small step.

    Attributes:
        people: units that reach it at any time; `share` of all, with Wilson's 95 % interval `low` to `high`.
        before_goal: units that reach it before their first goal, or without reaching the goal.
        converted_with: those of them that reach the goal; `rate_with` is their part.
        converted_without: of the others, who reach the step after the goal only or never; `rate_without` their part.
        lift: rate_with / rate_without, with its 95 % interval on the log scale (Katz et al. 1978); None where one of
            the rates is unknown or the second is 0. No interval where nobody converts on one side. The naive answer.
        predicts: what the step tells at the landmark of what comes later.
        hazard: how much oftener the goal comes next once the step is taken.
        influence: what the step may add, adjusted for what was done before it.
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
    predicts: Predicts
    hazard: Hazard
    influence: Influence


class MicroConversionsResult(Result):
    """The steps, the most reached first. Events known only with a purchase take no part.

    The lift is naive: who takes a small step may be keener on the goal to begin with, and who stays longer meets more
    of everything. Cells: `reached:NAME`, `converted:NAME` (before the goal, and the goal), `converted`;
    names as JSON.

    Attributes:
        landmark_seconds: the landmark, after a unit's first event; `at_risk` units had not reached the goal by then.
    """

    table: ClassVar[str] = "rows"

    goal: str
    naive: Literal[True] = True
    converted: int
    landmark_seconds: float
    at_risk: int
    rows: list[MicroConversion]


def answer(scope: Scope, request: MicroConversionsRequest) -> MicroConversionsResult:
    """Count who reaches what, before the goal or not.

    Raises:
        UnknownStep: the goal or a name is not there.
        BadQuestion: the landmark is no length of time.
    """
    from desireline.analyze.influence.three import ESTIMATED, three
    from desireline.kernels.micro_conversions import reach

    goal = goal_codes(scope, request.goal)
    steps = _steps(scope, request, goal)
    masks = np.array(list(steps.values()), np.bool_).reshape(len(steps), len(goal))
    code, step = np.nonzero(masks.T)
    edges = np.searchsorted(code, np.arange(len(goal) + 1)).astype(np.int64)
    found = reach(scope.offsets, scope.code, goal, edges, step.astype(np.int32), len(steps))
    converted = int(found.converted[-1])
    at = _landmark(scope, goal) if request.landmark is None else parse_duration(request.landmark, "landmark")
    answers = three(scope, goal, masks, at, request.seed)
    counts = zip(steps, found.people.tolist(), found.before.tolist(), found.converted[:-1].tolist(), strict=True)
    three_of = zip(answers.predicts, answers.hazard, answers.influence, strict=True)
    rows = [
        _row(name, people, before, hits, scope.units, converted, answers_of)
        for (name, people, before, hits), answers_of in sorted(
            zip(counts, three_of, strict=True), key=lambda row: (-row[0][1], row[0][0])
        )
    ]
    cut = [Cut(what="influence", kept=ESTIMATED, total=len(rows))] if len(rows) > ESTIMATED else []
    fields = about(scope, request, "micro_conversions", scope.labels(request), cut)
    own = {
        "goal": request.goal, "converted": converted, "rows": rows, "landmark_seconds": at / 1e6,
        "at_risk": answers.at_risk,
    }  # fmt: skip
    return MicroConversionsResult.model_validate({**fields, **own})


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


def _landmark(scope: Scope, goal: Bools) -> int:
    """µs after the first event by which half of those who reach the goal have."""
    from desireline.kernels.micro_landmark import Codes, landmark

    nothing = Codes(goal, np.zeros(len(goal) + 1, np.int64), np.zeros(0, np.int32), 0)
    reached = landmark(scope.offsets, scope.time, scope.code, nothing, 0, 0).goal
    reached = reached[reached > 0]
    return int(np.median(reached)) if len(reached) else WEEK


def _row(
    name: str, people: int, before: int, hits: int, units: int, converted: int,
    answers: tuple[Predicts, Hazard, Influence],
) -> MicroConversion:  # fmt: skip
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
        predicts=answers[0], hazard=answers[1], influence=answers[2],
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

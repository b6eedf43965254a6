"""Which channels the credit for a goal goes to, by several models side by side. Credit is no cause."""

import json
from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel

from desireline.analyze.cells import parsed
from desireline.analyze.crediting import MOST_TOUCHES, Crediting, Credits, Model, credits_of, ranked
from desireline.analyze.goals import caveat_codes, goal_codes
from desireline.analyze.resampling import FEWEST_GROUPS, GROUPS, groups_of
from desireline.analyze.scope import I32, I64, Bools, Scope, about
from desireline.errors import BadDrilldown
from desireline.kernels import attribution as kernel
from desireline.model.duration import parse_duration
from desireline.model.question import Asked, Cut, Proportion, Result

MOST_CELLS = 1 << 22
"""So many counts of transitions are kept at once; a chain with more states gets fewer groups."""


class AttributionRequest(Asked, Crediting):
    """Share the credit for a goal out among the touches before it.

    A touch is an event with a channel (or with a touchpoint or source, if `touch` says so) that comes before the goal
    in order. The goal's own events are no touches, and neither are events known only with a purchase. After each goal
    the path begins anew; what follows the last goal is a null, which the Markov model counts.

    Attributes:
        goal: a goal of the definition, else a touchpoint, else an event name.
        within: only touches so long before the goal count (before the last touch, for nulls); all for None.
        touch: what touches are named for.
    """

    goal: str
    within: str | None = None
    touch: Literal["channel", "touchpoint", "source"] = "channel"


class AttributionRow(BaseModel):
    """One touch: units with a goal after it, its credit by each model, and the part of goals lost without it.

    None for models that were not asked for.
    """

    channel: str
    people: int
    first: float | None = None
    last: float | None = None
    last_non_direct: float | None = None
    linear: float | None = None
    time_decay: float | None = None
    position: float | None = None
    markov: float | None = None
    shapley: float | None = None
    removal_effect: float | None = None


class AttributionResult(Result):
    """The credit of every touch by every model; the credits of a model add up to all conversions with a touch.

    Cells: `converted`, `touched:NAME` (units with a goal after that touch; the name as JSON), `nulls`.

    Attributes:
        goal: None for a table of paths.
        credit: what is shared out, conversions or their value.
        models: model -> touch -> credit.
        intervals: model -> touch -> the 95 % interval of its share of the credit, in the unit of the credit; by
            bootstrap over persons, drawn in 256 random groups if there are more persons than that. Empty for a model
            that nothing can be said about.
        conversions: how often the goal was reached; `unattributed` of them without any touch before.
        people_converted: by so many units.
        value: of all conversions; None where credit is in conversions.
        nulls: rests of paths with touches and without a goal.
        paths: conversions with a touch, and nulls.
        removal_effects: touch -> part of the conversions (or value) that the Markov chain loses without it.
        rows: the same by touch, the most credited by the last model first.
    """

    table: ClassVar[str] = "rows"

    goal: str | None
    credit: Literal["conversions", "value"]
    touch: str
    order: int
    within_seconds: float | None
    half_life_seconds: float
    models: dict[Model, dict[str, float]]
    intervals: dict[Model, dict[str, tuple[float, float]]]
    conversions: int
    unattributed: int
    people_converted: int
    value: float | None
    nulls: int
    paths: int
    removal_effects: dict[str, float]
    rows: list[AttributionRow]


def answer(scope: Scope, request: AttributionRequest) -> AttributionResult:
    """Share the credit out.

    Raises:
        UnknownStep: there is no such goal.
        BadQuestion: a length of time that is none.
    """
    names, total, asked = _asked(scope, request)
    cells = kernel.states(len(names), asked.order) * (len(names) + 2)
    most = max(FEWEST_GROUPS, min(GROUPS, MOST_CELLS // cells)) if request.intervals else 1
    owner, groups, hashed = groups_of(scope.owner, most)
    nothing = np.zeros(0)
    value = scope.value if asked.by_value else nothing
    walks = kernel.Walks(scope.offsets, scope.time, scope.code, owner, nothing, value, hashed)
    found = credits_of(walks, asked, groups, request)
    cut = [Cut(what="touches", kept=len(names) - 1, total=total)] if len(names) < total else []
    fields = {
        **about(scope, request, "attribution", scope.labels(request), cut),
        "goal": request.goal, "touch": request.touch,
        "within_seconds": asked.window / 1e6 if request.within else None,
    }  # fmt: skip
    return told(fields, request, names, found)


def told(fields: dict[str, object], how: Crediting, names: Sequence[str], found: Credits) -> AttributionResult:
    """The result, with `fields` for what is not about credit."""
    totals = found.totals.round().astype(int).tolist()
    by_last = list(found.models.values())[-1]
    order = sorted(range(len(names)), key=lambda t: (-by_last[t], names[t]))
    effects = {} if found.removal is None else {names[t]: float(np.nan_to_num(found.removal[t])) for t in order}
    rows = [
        AttributionRow(
            channel=names[t], people=int(found.people[t]), removal_effect=effects.get(names[t]),
            **{model: float(credit[t]) for model, credit in found.models.items()},
        )
        for t in order
    ]  # fmt: skip
    return AttributionResult.model_validate(
        {
            **fields,
            "credit": how.credit, "order": how.order, "half_life_seconds": parse_duration(how.half_life) / 1e6,
            "models": {model: {names[t]: credit[t] for t in order} for model, credit in found.models.items()},
            "intervals": {
                model: {names[t]: (low[t], high[t]) for t in order} for model, (low, high) in found.intervals.items()
            },
            "conversions": totals[kernel.CONVERSIONS], "unattributed": totals[kernel.UNATTRIBUTED],
            "people_converted": int(found.people[-1]),
            "value": float(found.totals[kernel.VALUE]) if how.credit == "value" else None,
            "nulls": totals[kernel.NULLS],
            "paths": totals[kernel.CONVERSIONS] - totals[kernel.UNATTRIBUTED] + totals[kernel.NULLS],
            "removal_effects": effects, "rows": rows,
        }
    )  # fmt: skip


def members(scope: Scope, request: AttributionRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels import attribution_members as kernel_of_members

    kind, name = parsed(cell)
    names, _, asked = _asked(scope, request)
    wanted = {"converted": kernel_of_members.CONVERTED, "nulls": kernel_of_members.LEFT_OVER,
              "touched": kernel_of_members.TOUCHED}.get(kind)  # fmt: skip
    if wanted is None or (kind == "touched") != (name is not None) or (name is not None and name not in names):
        raise BadDrilldown(given=cell[:40])
    touch = names.index(name) if name is not None else kernel.NO_TOUCH
    marks = kernel_of_members.marks(scope.offsets, scope.time, scope.code, asked.touch, asked.window, touch)
    return np.flatnonzero(marks & wanted)


def proportions(result: AttributionResult) -> list[Proportion]:
    """How many reach the goal, and how many of those after each touch."""
    whole = Proportion("converted", result.goal or "", result.people_converted, result.people_in_scope)
    return [
        whole,
        *(Proportion(f"touched:{json.dumps(r.channel)}", r.channel, r.people, whole.n) for r in result.rows),
    ]


def _asked(scope: Scope, request: AttributionRequest) -> tuple[list[str], int, kernel.Asked]:
    """The names of touches, how many there are before the rarest are merged, and what the kernel is asked."""
    order = request.order if "markov" in request.asked else 1
    goal = goal_codes(scope, request.goal)
    names, total, touch = _touches(scope, request, goal, MOST_TOUCHES[order])
    touch[goal] = kernel.GOAL
    direct = {name.casefold() for name in request.direct}
    half_life = float(parse_duration(request.half_life, "half_life"))
    return names, total, kernel.Asked(
        touch=touch, touches=len(names), order=order,
        direct=np.array([name.casefold() in direct for name in names], np.bool_),
        window=parse_duration(request.within) if request.within else kernel.NO_WINDOW,
        half_life=half_life if "time_decay" in request.asked else 0.0, by_value=request.credit == "value",
    )  # fmt: skip


def _touches(scope: Scope, request: AttributionRequest, goal: Bools, most: int) -> tuple[list[str], int, I32]:
    """The names of touches, the commonest first, how many there were, and int32[codes], the touch of each code."""
    labels = {"channel": scope.channels, "source": scope.sources, "touchpoint": scope.labels(request)}[request.touch]
    table = np.where(caveat_codes(scope) | goal, -1, labels.table)
    counts = np.bincount(table + 1, weights=scope.by_code, minlength=len(labels.names) + 1)[1:]
    names, total, place = ranked(labels.names, counts.astype(np.float64), most)
    return names, total, np.append(place, np.int32(kernel.NO_TOUCH))[table]

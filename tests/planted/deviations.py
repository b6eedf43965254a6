"""People who walk a plan and leave it in ways that are known: what recognised deviations are held against.

`python tools/planted_deviations.py` prints precision, recall and F1 of each kind, as docs/explanation/conformance.md
shows them.

A person draws every deviation of every step by itself, so that they overlap: a step may be out of its order and fail,
beside another that is missing. The generator knows nothing of alignment.
"""

import random
from collections import Counter
from itertools import combinations
from typing import NamedTuple

from desireline.analyze import conformance
from desireline.model.planned import Planned
from tests.scopes import make_scope

KINDS = ("missing", "ad_hoc", "irregular", "failed")
ELSEWHERE = [f"Elsewhere {k}" for k in range(8)]
ERRORS = ["Error", "Declined"]


class Planting(NamedTuple):
    """A plan, everyone's touchpoints, and what was planted: (person, kind, step or ad-hoc touchpoint)."""

    plan: Planned
    traces: list[list[str]]
    truth: set[tuple[int, str, str]]


def plan_of(draw, steps, paths):
    """Steps with one to three touchpoints of their own, about one in six optional; further paths branch off for two."""
    ways = [[f"step {k}" for k in range(steps)]]
    for branch in range(1, paths):
        at = draw.randint(1, steps - 3)
        ways.append([*ways[0][:at], *(f"branch {branch}.{k}" for k in range(2)), *ways[0][at + 2 :]])
    ends = {ways[0][0], ways[0][-1]}
    made = [
        {"id": s, "touchpoints": [f"{s} {x}" for x in "abc"[: draw.choice([1, 1, 2, 3])]],
         "optional": s not in ends and draw.random() < 1 / 6}
        for s in dict.fromkeys(s for way in ways for s in way)
    ]  # fmt: skip
    return Planned.model_validate(
        {"ideal": "plan", "steps": made, "paths": [{"id": f"path {k}", "steps": way} for k, way in enumerate(ways)]}
    )


def _walk(draw, plan, rate, truth, *, any_move):
    """One person's touchpoints."""
    steps = {s.id: s for s in plan.steps}
    way = [s for s in draw.choice(plan.paths).steps if not (steps[s].optional and draw.random() < 0.5)]
    kept = [s for s in way if steps[s].optional or draw.random() >= rate]
    truth |= {("missing", s) for s in way if s not in kept}
    moved = [s for s in kept if draw.random() < rate]
    order = _moved(draw, kept, moved, any_move=any_move)
    truth |= {("irregular", s) for s in moved if order != kept}
    trace = []
    for s in order:
        trace += _visit(draw, steps[s], rate, trace, truth)
        if draw.random() < rate:
            trace += _elsewhere(draw, truth)
    return trace


def _moved(draw, kept, moved, *, any_move):
    """Put the steps somewhere else; the order as it was where that cannot be done so that only they can have moved.

    Of two neighbours that change places nobody can say which one moved.
    """
    for _ in range(20):
        order = [s for s in kept if s not in moved]
        for s in moved:
            order.insert(draw.randint(0, len(order)), s)
        others = (set(some) for some in combinations(kept, len(moved)) if set(some) != set(moved))
        fewer = combinations(kept, max(0, len(moved) - 1))
        if any_move or not any(_explains(kept, order, some) for some in [*others, *map(set, fewer)]):
            return order
    return kept


def _explains(kept, order, some):
    """Whether an order differs from the plan in these steps alone."""
    return [s for s in kept if s not in some] == [s for s in order if s not in some]


def _visit(draw, step, rate, before, truth):
    """The touchpoints of a step: one or some of its own, some twice in a row; it may fail, by an error or by a redo."""
    own = draw.sample(step.touchpoints, draw.randint(1, len(step.touchpoints)))
    visit = [t for t in own for _ in range(draw.choice([1, 1, 1, 2]))]
    if draw.random() >= rate:
        return visit
    truth.add(("failed", step.id))
    match draw.choice(["error", "error and again", "again", "back and again"]):
        case "error":
            return [*visit, draw.choice(ERRORS)]
        case "error and again":
            return [*visit, draw.choice(ERRORS), *visit]
        case "back and again" if before and before[-1] not in [*ERRORS, *ELSEWHERE]:
            truth.add(("failed", before[-1][:-2]))
            return [*visit, before[-1], *visit]
        case _:
            return [*visit, *_elsewhere(draw, truth), visit[-1]]


def _elsewhere(draw, truth):
    touchpoint = draw.choice(ELSEWHERE)
    truth.add(("ad_hoc", touchpoint))
    return [touchpoint]


def planted(seed, people=400, rate=0.1, paths=1, *, any_move=False):
    """So many people on a plan of 5 to 10 steps; each deviation befalls each step at the rate.

    `any_move`: steps change places even where the order does not tell which of them moved.
    """
    draw = random.Random(seed)  # noqa: S311 - the same people for the same seed, no secret
    plan = plan_of(draw, draw.randint(5, 10), paths)
    traces, found = [], set()
    while len(traces) < people:
        truth: set[tuple[str, str]] = set()
        trace = _walk(draw, plan, rate, truth, any_move=any_move)
        if set(trace) - {*ERRORS, *ELSEWHERE}:
            found |= {(len(traces), *one) for one in truth}
            traces.append(trace)
    return Planting(plan, traces, found)


def recognised(planting):
    """What the engine finds, in the form of the truth."""
    events = [(person, k, name) for person, trace in enumerate(planting.traces) for k, name in enumerate(trace)]
    names = [t for s in planting.plan.steps for t in s.touchpoints] + ERRORS + ELSEWHERE
    scope = make_scope(events, {name: name for name in names}, until=10**15)
    request = conformance.ConformanceRequest(planned=planting.plan, failing=ERRORS)
    found = set()
    for d in conformance.align(scope, request).deviations:
        what = d.touchpoint if d.kind == "ad_hoc" else d.step
        found |= {(int(u), d.kind, what) for u in conformance.members(scope, request, d.cell)}
    return found


def scores(truth, found):
    """Kind -> (precision, recall, F1)."""
    told = {}
    for kind in KINDS:
        planted_here, found_here = ({x for x in some if x[1] == kind} for some in (truth, found))
        right = len(planted_here & found_here)
        told[kind] = (
            right / max(1, len(found_here)), right / max(1, len(planted_here)),
            2 * right / max(1, len(planted_here) + len(found_here)),
        )  # fmt: skip
    return told


def gathered(seeds, **fields):
    """Scores over several plantings together."""
    truth, found = set(), set()
    for seed in seeds:
        planting = planted(seed, **fields)
        truth |= {(seed, *x) for x in planting.truth}
        found |= {(seed, *x) for x in recognised(planting)}
    by_kind = {(s, *x) for s, *x in truth}, {(s, *x) for s, *x in found}
    return scores(*({((s, u), kind, what) for s, u, kind, what in some} for some in by_kind)), Counter(
        x[2] for x in truth
    )

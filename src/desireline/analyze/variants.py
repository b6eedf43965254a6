"""The distinct journeys: whole sequences of touchpoints, stages or channels, and how many walked each."""

import json
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import BaseModel

from desireline.analyze.cells import parsed
from desireline.analyze.scope import I32, I64, Labels, Scope, about
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Cut, Proportion, Result

if TYPE_CHECKING:
    from desireline.kernels.variants import Sequences

MOST = 100_000
"""So many variants at most are listed."""

NAMES = 1_000
"""So many names of a variant at most are written out: someone's sequence may have a million."""

POINTS = 40
"""Points of the coverage curve at most."""


class VariantsRequest(Asked):
    """`collapse`: repeats in a row count as one. `by`: what a sequence is made of; events without one are skipped."""

    top: int = 20
    collapse: bool = False
    by: Literal["touchpoint", "stage", "channel"] = "touchpoint"


class Variant(BaseModel):
    """One sequence; shares are of the units that have a sequence at all. `path` holds its first 1,000 names."""

    path: list[str]
    people: int
    share: float
    cumulative_share: float


class Coverage(BaseModel):
    """The share of the units with a sequence that so many of the commonest variants have."""

    variants: int
    share: float


class VariantsResult(Result):
    """The commonest first, equal ones by name; `distinct` counts all.

    `coverage` goes from the commonest variant alone to all of them. Cells: `variant:I`, by place from 0, or
    `variant:["NAME", …]`, the whole sequence as JSON.
    """

    table: ClassVar = "variants"

    variants: list[Variant]
    distinct: int
    coverage: list[Coverage]


def answer(scope: Scope, request: VariantsRequest) -> VariantsResult:
    """Count units by their whole sequence.

    Raises:
        BadQuestion: `top` is not positive.
    """
    labels = _labels(scope, request)
    sequences, people, chosen = _commonest(scope, request, labels)
    with_any, distinct = int(people.sum(dtype=np.int64)), int(np.count_nonzero(people))
    variants, cut, reached = [], [], 0
    if len(chosen) < distinct:
        cut.append(Cut(what="variants", kept=len(chosen), total=distinct))
    for place, unit in enumerate(chosen):
        n, sequence = int(people[unit]), sequences.of(unit)
        reached += n
        path = [labels.names[k] for k in sequence[:NAMES].tolist()]
        variants.append(Variant(path=path, people=n, share=n / with_any, cumulative_share=reached / with_any))
        if len(path) < len(sequence):
            cut.append(Cut(what=f"variant:{place}", kept=len(path), total=len(sequence)))
    fields = about(scope, request, "variants", labels, cut)
    own = {"variants": variants, "distinct": distinct, "coverage": _coverage(people, with_any, distinct)}
    return VariantsResult.model_validate({**fields, **own})


def members(scope: Scope, request: VariantsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    labels = _labels(scope, request)
    match parsed(cell):
        case "variant", int(place) if place >= 0:
            sequences, _, chosen = _commonest(scope, request, labels)
            if place < len(chosen):
                return np.flatnonzero(sequences.equal_to(sequences.of(chosen[place])))
        case "variant", [*path] if path and all(name in labels.names for name in path):
            wanted = [labels.names.index(name) for name in path]
            return np.flatnonzero(_sequences(scope, request, labels).equal_to(wanted))
    raise BadDrilldown(given=cell[:40])


def proportions(result: VariantsResult) -> list[Proportion]:
    """Of all units with a sequence those with each of the listed ones."""
    with_any = round(result.variants[0].people / result.variants[0].share) if result.variants else 0
    whole = {int(c.what.partition(":")[2]) for c in result.cut if c.what.startswith("variant:")}
    return [
        Proportion(f"variant:{json.dumps(v.path)}", " → ".join(v.path), v.people, with_any)
        for place, v in enumerate(result.variants)
        if place not in whole
    ]


def _labels(scope: Scope, request: VariantsRequest) -> Labels:
    return {"touchpoint": scope.labels(request), "stage": scope.stages, "channel": scope.channels}[request.by]


def _sequences(scope: Scope, request: VariantsRequest, labels: Labels) -> "Sequences":
    from desireline.kernels.variants import Sequences

    rank = np.empty(len(labels.names), np.int32)
    rank[sorted(range(len(labels.names)), key=labels.names.__getitem__)] = np.arange(len(labels.names))
    return Sequences(scope.offsets, scope.code, labels.table, rank, request.collapse)


def _commonest(scope: Scope, request: VariantsRequest, labels: Labels) -> tuple["Sequences", I32, list[int]]:
    """The sequences, people by first unit, and the first units of the sequences in the answer, in its order."""
    if request.top < 1:
        raise BadQuestion(parameter="top", given=str(request.top), expected="≥ 1")
    sequences = _sequences(scope, request, labels)
    people = sequences.count()
    examples = np.flatnonzero(people > 1)  # the many that only one unit has are looked at only if they are needed
    top = min(request.top, MOST)
    if len(examples) < top:
        examples = np.flatnonzero(people)
    wanted = min(top, len(examples))
    if not wanted:
        return sequences, people, []
    counts = people[examples]
    least = np.partition(counts, -wanted)[-wanted]
    sure = examples[counts > least]
    level = sequences.first_in_order(examples[counts == least], wanted - len(sure))
    by_name = sequences.first_in_order(np.concatenate((sure, level)), wanted).tolist()
    return sequences, people, sorted(by_name, key=lambda unit: -people[unit])


def _coverage(people: I32, with_any: int, distinct: int) -> list[Coverage]:
    """The curve at points that lie close where it bends, from the numbers of variants that so many units each have."""
    if not distinct:
        return []
    sizes = np.bincount(people[people > 0])
    walked = np.flatnonzero(sizes)[::-1]
    variants = np.cumsum(sizes[walked])
    covered = np.cumsum(sizes[walked] * walked)
    points = np.unique(np.geomspace(1, distinct, POINTS).round().astype(np.int64))
    at = np.searchsorted(variants, points)
    reached = covered[at] - (variants[at] - points) * walked[at]
    return [
        Coverage(variants=n, share=share)
        for n, share in zip(points.tolist(), (reached / with_any).tolist(), strict=True)
    ]

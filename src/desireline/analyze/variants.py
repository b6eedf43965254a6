"""The distinct journeys: whole sequences of touchpoints, stages or channels, and how many walked each."""

import re
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import BaseModel

from desireline.analyze.scope import I32, I64, Labels, Scope, about
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Cut, Result

if TYPE_CHECKING:
    from desireline.kernels.variants import Sequences


class VariantsRequest(Asked):
    """`collapse`: repeats in a row count as one. `by`: what a sequence is made of; events without one are skipped."""

    top: int = 20
    collapse: bool = False
    by: Literal["touchpoint", "stage", "channel"] = "touchpoint"


class Variant(BaseModel):
    """One sequence; shares are of the units that have a sequence at all."""

    path: list[str]
    people: int
    share: float
    cumulative_share: float


class VariantsResult(Result):
    """The commonest first, equal ones by name; `distinct` counts all. Cells: `variant:I`, by place from 0."""

    table: ClassVar = "variants"

    variants: list[Variant]
    distinct: int


def answer(scope: Scope, request: VariantsRequest) -> VariantsResult:
    """Count units by their whole sequence.

    Raises:
        BadQuestion: `top` is not positive.
    """
    labels = _labels(scope, request)
    sequences, people, chosen = _commonest(scope, request, labels)
    with_any, distinct = int(people.sum(dtype=np.int64)), int(np.count_nonzero(people))
    variants, reached = [], 0
    for unit in chosen:
        n = int(people[unit])
        reached += n
        path = [labels.names[k] for k in sequences.of(unit)]
        variants.append(Variant(path=path, people=n, share=n / with_any, cumulative_share=reached / with_any))
    cut = [Cut(what="variants", kept=len(chosen), total=distinct)] if len(chosen) < distinct else []
    fields = about(scope, request, "variants", labels, cut)
    return VariantsResult.model_validate({**fields, "variants": variants, "distinct": distinct})


def members(scope: Scope, request: VariantsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    sequences, _, chosen = _commonest(scope, request, _labels(scope, request))
    found = re.fullmatch(r"variant:(\d{1,9})", cell, re.ASCII)
    if not found or int(found[1]) >= len(chosen):
        raise BadDrilldown(given=cell[:40])
    return np.flatnonzero(sequences.equal_to(chosen[int(found[1])]))


def _labels(scope: Scope, request: VariantsRequest) -> Labels:
    return {"touchpoint": scope.labels(request), "stage": scope.stages, "channel": scope.channels}[request.by]


def _commonest(scope: Scope, request: VariantsRequest, labels: Labels) -> tuple["Sequences", I32, list[int]]:
    """The sequences, people by first unit, and the first units of the sequences in the answer, in its order."""
    from desireline.kernels.variants import Sequences

    if request.top < 1:
        raise BadQuestion(parameter="top", given=str(request.top), expected="≥ 1")
    rank = np.empty(len(labels.names), np.int32)
    rank[sorted(range(len(labels.names)), key=labels.names.__getitem__)] = np.arange(len(labels.names))
    sequences = Sequences(scope.offsets, scope.code, labels.table, rank, request.collapse)
    people = sequences.count()
    examples = np.flatnonzero(people > 1)  # the many that only one unit has are looked at only if they are needed
    if len(examples) < request.top:
        examples = np.flatnonzero(people)
    wanted = min(request.top, len(examples))
    if not wanted:
        return sequences, people, []
    counts = people[examples]
    least = np.partition(counts, -wanted)[-wanted]
    sure = examples[counts > least]
    level = sequences.first_in_order(examples[counts == least], wanted - len(sure))
    chosen = [int(unit) for unit in (*sure, *level)]
    chosen.sort(key=lambda unit: (-people[unit], [rank[k] for k in sequences.of(unit)]))
    return sequences, people, chosen

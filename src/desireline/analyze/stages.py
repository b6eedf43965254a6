"""The stages that the order of touchpoints itself forms, who reaches each, and touchpoints that live in several."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel, Field
from scipy import sparse

from desireline.analyze.cells import parsed
from desireline.analyze.remembering import remembered
from desireline.analyze.scope import I32, I64, Bools, Scope, about
from desireline.analyze.spanning import surrounded
from desireline.analyze.staging import Staged, staged
from desireline.analyze.trophic import coherence, links, trophic_levels
from desireline.errors import BadDrilldown
from desireline.model.intervals import wilson
from desireline.model.question import Asked, Cut, Proportion, Result

MOST = 300
"""Touchpoints at most that are put in order, the most met; the work grows with their square."""

AGREEING = 0.8


class StagesRequest(Asked):
    """Find stages in the data.

    Attributes:
        k: how many stages at most; None: as many as resampled people agree on, up to 12.
        least: touchpoints that fewer units met are left out: their place in the order is chance.
        properties: of events, that may say why a touchpoint that lives in several stages is used.
        seed: of the resampling behind `stable`.
    """

    k: int | None = Field(default=5, ge=1, le=12)
    least: int = Field(default=5, ge=1)
    properties: list[str] = Field(default=["reason", "topic"], max_length=10)
    seed: int = Field(default=0, ge=0)


class StageFound(BaseModel):
    """A stage, named for the touchpoint that most meet; what it means is the user's to say.

    Attributes:
        people: units that meet any of its touchpoints; `share` of all, with Wilson's 95 % interval `low` to `high`.
        level: mean trophic level of its touchpoints.
        touchpoints: those in it, the most met first.
    """

    name: str
    people: int
    share: float
    low: float
    high: float
    level: float
    touchpoints: list[str]


class TouchpointStage(BaseModel):
    """Where a touchpoint stands.

    Attributes:
        stage: place of its stage, from 0.
        level: trophic level; a step leads one level up on average.
        people: units that meet it.
        sureness: how often resampled people put it into the same stage, 0 to 1.
    """

    touchpoint: str
    stage: int
    level: float
    people: int
    sureness: float


class Occurrence(BaseModel):
    """How often a touchpoint happens in a stage; `share` of those of its events that are inside one."""

    stage: int
    count: int
    share: float


class Spanning(BaseModel):
    """A touchpoint that lives in several stages.

    Attributes:
        stages: in which it happens, in order: those that both touchpoints next to it belong to.
        effective: the number of equally frequent stages that would be as mixed (exponential of the entropy).
        split_by: what it can be split by: `stage`, the one in which it happens, or `property.NAME`, which says why.
    """

    touchpoint: str
    people: int
    stages: list[Occurrence]
    effective: float
    split_by: list[str]


class StagesResult(Result):
    """Stages, first to last.

    Attributes:
        stable: whether resampled people show the same stages (mean adjusted Rand index of at least .8), and more
            than one; false is an answer too.
        agreement: that mean; None without touchpoints.
        reason: why it is not stable: nothing follows anything, there is one stage only, or others show other stages.
        incoherence: 0 (every step leads one level up: a funnel) to 1 (a circle); None without steps.
        touchpoints: all, by level.
        spanning: touchpoints that live in several stages; the widest first.

    Cells: `stage:I`, by place from 0.
    """

    table: ClassVar[str] = "touchpoints"

    stable: bool
    agreement: float | None
    reason: Literal["no_steps", "one_stage", "varies"] | None
    incoherence: float | None
    groups: list[StageFound]
    touchpoints: list[TouchpointStage]
    spanning: list[Spanning]


@dataclass(frozen=True, eq=False)
class _Found:
    """Touchpoints in the order of the answer's arrays.

    `kept`: int64, their labels; `people`: int64, who met each; `table`: int32[codes], their place, -1 for others;
    `total`: how many touchpoints there are.
    """

    kept: I64
    people: I64
    table: I32
    staged: Staged
    total: int

    def masked(self, stage: int) -> Bools:
        """bool[codes]: the events of a stage."""
        inside: Bools = np.append(self.staged.stage == stage, False)
        return inside[self.table]


def answer(scope: Scope, request: StagesRequest) -> StagesResult:
    """Find the stages."""
    labels, found = scope.labels(request), _found(scope, request)
    names = [labels.names[k] for k in found.kept]
    groups = _groups(scope, found, names)
    cut = [Cut(what="touchpoints", kept=len(names), total=found.total)] if len(names) < found.total else []
    incoherence = _incoherence(scope, found)
    reason = None
    if incoherence is None:
        reason = "no_steps"
    elif len(groups) < 2:
        reason = "one_stage"
    elif found.staged.agreement < AGREEING:
        reason = "varies"
    own = {
        "stable": reason is None,
        "agreement": found.staged.agreement if names else None,
        "reason": reason,
        "incoherence": incoherence,
        "groups": groups,
        "touchpoints": _touchpoints(found, names),
        "spanning": _spanning(scope, request, found, names) if len(groups) > 1 else [],
    }
    return StagesResult.model_validate({**about(scope, request, "stages", labels, cut), **own})


def members(scope: Scope, request: StagesRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels.touching import units_touching

    match parsed(cell):
        case "stage", int(place) if place >= 0:
            found = _found(scope, request)
            if place <= found.staged.stage.max(initial=-1):
                return np.flatnonzero(units_touching(scope.offsets, scope.code, found.masked(place)))
    raise BadDrilldown(given=cell[:40])


def proportions(result: StagesResult) -> list[Proportion]:  # noqa: ARG001 the form of all questions
    """None: the stages of two segments are not the same stages."""
    return []


def labelled(scope: Scope, request: StagesRequest) -> tuple[list[str], list[str]]:
    """Touchpoints by level, and the name of the stage of each."""
    labels, found = scope.labels(request), _found(scope, request)
    names = [labels.names[k] for k in found.kept]
    told = _names(found, names)
    order = _by_level(found, names)
    return [names[i] for i in order], [told[found.staged.stage[i]] for i in order]


def _found(scope: Scope, request: StagesRequest) -> _Found:
    wanted = request.model_dump_json(include={"by_event_name", "k", "least", "seed"})
    return remembered(scope, ("stages", wanted), lambda: _find(scope, request))


def _find(scope: Scope, request: StagesRequest) -> _Found:
    from desireline.kernels.precedence import precedence
    from desireline.kernels.touching import people_meeting

    labels = scope.labels(request)
    met = people_meeting(scope.offsets, scope.code, labels.table, len(labels.names))
    enough = np.flatnonzero(met >= min(request.least, met.max(initial=1)))
    kept = np.sort(enough[np.argsort(-met[enough], kind="stable")[:MOST]])
    place = np.full(len(met) + 1, -1, np.int32)
    place[kept] = np.arange(len(kept))
    table = place[labels.table]
    before = precedence(scope.offsets, scope.code, table, len(kept))
    found = staged(before, request.k, request.seed)
    return _Found(kept, met[kept], table, found, int(np.count_nonzero(met)))


def _names(found: _Found, names: list[str]) -> list[str]:
    """For each stage the touchpoint that most meet."""
    stage, stages = found.staged.stage, int(found.staged.stage.max(initial=-1)) + 1
    return [
        names[min(np.flatnonzero(stage == s).tolist(), key=lambda i: (-found.people[i], names[i]))]
        for s in range(stages)
    ]


def _groups(scope: Scope, found: _Found, names: list[str]) -> list[StageFound]:
    from desireline.kernels.touching import units_touching

    groups = []
    for place, name in enumerate(_names(found, names)):
        people = int(np.count_nonzero(units_touching(scope.offsets, scope.code, found.masked(place))))
        low, high = wilson(people, scope.units)
        inside = np.flatnonzero(found.staged.stage == place).tolist()
        groups.append(
            StageFound(
                name=name,
                people=people,
                share=people / scope.units,
                low=low,
                high=high,
                level=float(found.staged.levels[inside].mean()),
                touchpoints=[names[i] for i in sorted(inside, key=lambda i: (-found.people[i], names[i]))],
            )
        )
    return groups


def _by_level(found: _Found, names: list[str]) -> list[int]:
    levels = found.staged.levels
    return sorted(range(len(names)), key=lambda i: (found.staged.stage[i], levels[i], names[i]))


def _touchpoints(found: _Found, names: list[str]) -> list[TouchpointStage]:
    at = found.staged
    return [
        TouchpointStage(
            touchpoint=names[i],
            stage=int(at.stage[i]),
            level=float(at.levels[i]),
            people=int(found.people[i]),
            sureness=float(at.sureness[i]),
        )
        for i in _by_level(found, names)
    ]


def _incoherence(scope: Scope, found: _Found) -> float | None:
    """Of the directly-follows graph: how far its steps lead one level up, on the levels that suit them best."""
    from desireline.kernels.transitions import transitions

    n = len(found.kept)
    counts = transitions(scope.offsets, scope.time, scope.code, found.table, n, collapse=True, medians=False)
    between = links(sparse.coo_array((counts.count, (counts.source, counts.target)), shape=(n, n)))
    coherent = coherence(between, trophic_levels(between))
    return None if coherent is None else 1 - coherent


def _spanning(scope: Scope, request: StagesRequest, found: _Found, names: list[str]) -> list[Spanning]:
    found_here = surrounded(scope, found.table, found.staged.stage, request.properties)
    rows = [
        Spanning(
            touchpoint=names[one.touchpoint],
            people=int(found.people[one.touchpoint]),
            effective=one.effective,
            stages=[Occurrence(stage=s, count=n, share=share) for s, n, share in one.stages],
            split_by=one.split_by,
        )
        for one in found_here
    ]
    return sorted(rows, key=lambda one: (-one.effective, one.touchpoint))

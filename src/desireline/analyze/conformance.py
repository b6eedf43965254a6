"""What people did beside what was planned: fitness, conformance of every step, and the four kinds of deviation."""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field

from desireline.analyze.cells import parsed
from desireline.analyze.drilldown import token
from desireline.analyze.goals import goal_codes
from desireline.analyze.planning import Place, Way
from desireline.analyze.scope import I32, I64, Bools, Scope
from desireline.errors import BadDrilldown
from desireline.model.intervals import wilson
from desireline.model.measured import Conformance, Deviation, StepConformance
from desireline.model.planned import Planned, Touched
from desireline.model.question import Asked, Cut

if TYPE_CHECKING:
    from desireline.kernels.condensing import Condensed
    from desireline.kernels.deviations import Aligned
    from desireline.kernels.straying import Strayed

LISTED = 200
"""So many deviations at most are in an answer."""


class ConformanceRequest(Asked):
    """`planned`: the ideal map's steps and paths. `failing`: touchpoints that say that the step before them failed."""

    planned: Planned
    failing: list[Touched] = Field(default_factory=list)


def align(scope: Scope, request: ConformanceRequest) -> Conformance:
    """Compare every unit's touchpoints with the nearest allowed path; docs/explanation/conformance.md defines it all.

    The result counts the units that met at least one planned touchpoint. The fitness of a unit is
    1 - cost / (touchpoints + least number of required steps), with immediate repeats as one touchpoint. Of the
    deviations the 200 with the most people are listed.

    Raises:
        IdealNotMeasured: no step of the plan has a touchpoint that is known here.
    """
    return _Comparison(scope, request).result()


def members(scope: Scope, request: ConformanceRequest, cell: str) -> I64:
    """The units in a cell.

    Args:
        scope: of the question.
        request: what was asked.
        cell: `people`, `exact`, `path:"ID"`, `step:"ID"`, `conforming:"ID"`, or a deviation as
            `KIND:["STEP", "TOUCHPOINT", "AFTER"]` with null for what it has not.

    Raises:
        BadDrilldown: there is no such cell.
        IdealNotMeasured: no step of the plan has a touchpoint that is known here.
    """
    return np.flatnonzero(_Comparison(scope, request).members(cell))


class _Comparison:
    """One plan and one scope; what is dear is worked out when it is first needed."""

    def __init__(self, scope: Scope, request: ConformanceRequest) -> None:
        self.scope, self.request = scope, request
        self.way = Way(scope.labels(request), request.planned, request.failing)

    @cached_property
    def condensed(self) -> "Condensed":
        from desireline.kernels.condensing import condense

        scope, way = self.scope, self.way
        failing = way.known - way.planned
        return condense(scope.offsets, scope.code, way.label, way.planned, failing, _still_open(scope))

    @cached_property
    def compared(self) -> Bools:
        """bool[units]: who met a planned touchpoint."""
        return np.diff(self.condensed.starts) > 0

    @cached_property
    def first(self) -> I32:
        """int32[units]: the first unit with the same trace."""
        return self.condensed.firsts(self.way.known)

    @cached_property
    def traces(self) -> I64:
        """int64[traces]: the first unit with each distinct trace."""
        return np.flatnonzero((self.first == np.arange(len(self.first))) & self.compared)

    def aligned(self, wanted: int = -1) -> "Aligned":
        from desireline.kernels.deviations import align as align_traces

        units = np.bincount(self.first, minlength=self.scope.units)[self.traces]
        return align_traces(self.condensed, self.traces, units, self.way.plan, wanted)

    def strayed(self, aligned: "Aligned", wanted: int = -1) -> "Strayed":
        from desireline.kernels.straying import stray

        scope, way = self.scope, self.way
        return stray(scope.offsets, scope.code, way.label, way.plan, self.condensed, aligned, self.first, wanted)

    def by_unit(self, of_trace: Any) -> Any:
        """What is known of traces, by unit; 0 for units that are not compared."""
        spread = np.zeros(self.scope.units, of_trace.dtype)
        spread[self.traces] = of_trace
        return np.where(self.compared, spread[self.first], spread.dtype.type(0))

    def costs(self, aligned: "Aligned") -> I64:
        """int64[units compared]: the whole cost of their alignments."""
        others = self.condensed.length - (np.diff(self.condensed.starts) - 1)
        found: I64 = (self.by_unit(aligned.cost) + others)[self.compared]
        return found

    def result(self) -> Conformance:
        aligned, way = self.aligned(), self.way
        strayed, cost = self.strayed(aligned), self.costs(aligned)
        people, found = len(cost), self._deviations(aligned, strayed)
        fitness = 1 - cost / (self.condensed.length[self.compared] + way.least)
        return Conformance(
            ideal=self.request.planned.ideal,
            grain=self.scope.grain,
            people=people,
            fitness=float(fitness.mean()) if people else None,
            exact=int((cost == 0).sum()),
            steps=[self._step(k, aligned.people, strayed.effort) for k in range(len(way.steps))],
            deviations=found[:LISTED],
            paths={name: int(aligned.people[way.layout.paths + p]) for p, (name, _) in enumerate(way.paths)},
            cut=self._cut(people, len(found)),
            drilldown=token("conformance", self.request),
        )

    def _cut(self, people: int, deviations: int) -> list[Cut]:
        short = people + self.condensed.too_long
        limits = [
            ("planned_steps", len(self.way.steps), len({s for p in self.request.planned.paths for s in p.steps})),
            ("without_planned_step", short, self.scope.units),
            ("long_traces", people, short),
            ("deviations", min(LISTED, deviations), deviations),
        ]
        return [Cut(what=what, kept=kept, total=total) for what, kept, total in limits if kept < total]

    def _step(self, k: int, people: I64, effort: I64) -> StepConformance:
        step, layout = self.way.steps[k].id, self.way.layout
        due, done, conforming = (int(people[at + k]) for at in (layout.due, layout.done, layout.conforming))
        share: dict[str, float | None] = dict.fromkeys(("share", "low", "high"))
        if due:
            share = {"share": conforming / due, **wilson(conforming, due)._asdict()}
        return StepConformance(
            step=step, people=due, conforming=conforming, **share, effort=int(effort[k]) / done if done else None,
            cell=f"step:{json.dumps(step)}", conforming_cell=f"conforming:{json.dumps(step)}",
        )  # fmt: skip

    def _deviations(self, aligned: "Aligned", strayed: "Strayed") -> list[Deviation]:
        """Those that occur, most people first, then most often, then by name."""
        layout = self.way.layout
        count, people = aligned.times[: layout.due].copy(), aligned.people[: layout.due].copy()
        count[layout.ad_hoc :] += strayed.times
        people[layout.ad_hoc :] += strayed.people
        placed = [
            (self.way.place(cell), int(people[cell]), int(count[cell])) for cell in np.flatnonzero(count).tolist()
        ]
        placed.sort(key=lambda known: (-known[1], -known[2], *(part or "" for part in known[0])))
        return [
            Deviation.model_validate({**place._asdict(), "people": n, "count": times, "cell": place.cell})
            for place, n, times in placed
        ]

    def members(self, cell: str) -> Bools:
        kind, value = parsed(cell)
        layout = self.way.layout
        by_name = {
            "step": (layout.due, [step.id for step in self.way.steps]),
            "conforming": (layout.conforming, [step.id for step in self.way.steps]),
            "path": (layout.paths, [name for name, _ in self.way.paths]),
        }
        if kind in {"people", "exact"} and value is None:
            found = self.compared.copy()
            if kind == "exact":
                found[found] = self.costs(self.aligned()) == 0
            return found
        if kind in by_name and isinstance(value, str) and value in by_name[kind][1]:
            base, names = by_name[kind]
            return self._having(base + names.index(value))
        if isinstance(value, list) and len(value) == 3 and all(v is None or isinstance(v, str) for v in value):
            wanted = self.way.cell(Place(kind, *value))
            if wanted is not None:
                return self._having(wanted)
        raise BadDrilldown(given=cell[:40])

    def _having(self, cell: int) -> Bools:
        aligned, layout = self.aligned(cell), self.way.layout
        found: Bools = self.by_unit(aligned.found)
        if layout.ad_hoc <= cell < layout.due:
            found |= self.strayed(aligned, cell - layout.ad_hoc).found
        return found


def _still_open(scope: Scope) -> Bools:
    """bool[units]: whose last event lies no more than the gap before the end of the observation and closes nothing."""
    last = scope.offsets[1:] - 1
    closes = np.zeros(len(scope.event_names.table), np.bool_)
    for name in scope.definition.journey.ends if scope.definition else []:
        closes |= goal_codes(scope, name)
    return (scope.time[last] >= scope.until - scope.gap) & ~closes[scope.code[last]]

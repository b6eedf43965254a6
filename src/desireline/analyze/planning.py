"""A plan over the touchpoints of a scope: its tables for the kernels, and the names of its cells."""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from desireline.analyze.scope import I32, Labels
from desireline.errors import IdealNotMeasured
from desireline.model.planned import Planned

if TYPE_CHECKING:
    from desireline.kernels.alignment import Plan
    from desireline.kernels.deviations import Cells


class Place(NamedTuple):
    """What a deviation is: its kind, the ids of its step and of the step before, and the touchpoint."""

    kind: str
    step: str | None
    touchpoint: str | None
    after: str | None

    @property
    def cell(self) -> str:
        """The name of its cell.

        >>> Place("missing", "pay", None, "basket").cell
        'missing:["pay", null, "basket"]'
        """
        return f"{self.kind}:{json.dumps(self[1:], ensure_ascii=False)}"


class Way:
    """The steps of a plan that can be observed, and its paths over them.

    Attributes:
        steps: those on a path that have a touchpoint that is known; `paths`: (id, steps) without the others.
        names: touchpoints, those of the plan first (`planned` of them), then the failing ones (up to `known`).
    """

    def __init__(self, labels: Labels, planned: Planned, failing: Iterable[str]) -> None:
        """Raises IdealNotMeasured if no step on a path has a touchpoint that is known."""
        known = set(labels.names)
        self._labels = labels
        observed = {s.id for s in planned.steps if known.intersection(s.touchpoints)}
        every = [(p.id, [s for s in p.steps if s in observed]) for p in planned.paths]
        self.paths = [(name, steps) for name, steps in every if steps]
        if not self.paths:
            raise IdealNotMeasured(ideal=planned.ideal)
        walked = {step for _, steps in self.paths for step in steps}
        self.steps = [s for s in planned.steps if s.id in walked]
        expected = _distinct(t for s in self.steps for t in s.touchpoints if t in known)
        marks = [t for t in _distinct(failing) if t in known and t not in expected]
        self.names = [*expected, *marks, *(t for t in labels.names if t not in {*expected, *marks})]
        self.planned, self.known = len(expected), len(expected) + len(marks)

    @property
    def least(self) -> int:
        """The least number of steps that a path requires."""
        required = {s.id for s in self.steps if not s.optional}
        return min(sum(step in required for step in steps) for _, steps in self.paths)

    @cached_property
    def label(self) -> I32:
        """int32[codes]: touchpoints by their place in `names`, -1 outside."""
        place = {name: k for k, name in enumerate(self.names)}
        number = np.array([*(place[n] for n in self._labels.names), -1], np.int32)
        return number[self._labels.table]

    @cached_property
    def plan(self) -> "Plan":
        """The tables."""
        from desireline.kernels.alignment import plan_of

        index = {step.id: k for k, step in enumerate(self.steps)}
        part_of = np.array([[name in s.touchpoints for name in self.names[: self.planned]] for s in self.steps])
        pair = np.full(part_of.shape, -1, np.int32)
        pair[part_of] = np.arange(part_of.sum())
        return plan_of(
            at=np.cumsum([0, *(len(steps) for _, steps in self.paths)]).astype(np.int32),
            steps=np.array([index[s] for _, steps in self.paths for s in steps], np.int32),
            pair=pair,
            required=np.array([not s.optional for s in self.steps], np.int32),
            failing=self.known - self.planned,
            labels=len(self.names),
        )

    @cached_property
    def layout(self) -> "Cells":
        """Where the kernels' cells begin."""
        from desireline.kernels.deviations import cells

        return cells(self.plan)

    # --- names of the kernels' cells -----------------------------------------------------------------------

    @cached_property
    def _befores(self) -> list[str | None]:
        return [None, *(step.id for step in self.steps)]

    @cached_property
    def _attempts(self) -> list[tuple[str, str]]:
        """Step and touchpoint by their number: pairs, then steps with each failing touchpoint."""
        pairs = [(self.steps[k].id, self.names[t]) for k, t in np.argwhere(self.plan.pair >= 0)]
        return pairs + [(step.id, mark) for step in self.steps for mark in self.names[self.planned : self.known]]

    @cached_property
    def _numbered(self) -> dict[str, tuple[int, list[tuple[str | None, str | None]]]]:
        """By kind: where its cells begin, and the steps and touchpoints that they go by, before what came before."""
        attempts, layout = self._attempts, self.layout
        return {
            "missing": (layout.missing, [(step.id, None) for step in self.steps]),
            "irregular": (layout.irregular, [*attempts[: self.plan.pairs]]),
            "failed": (layout.failed, [*attempts]),
            "ad_hoc": (layout.ad_hoc, [(None, name) for name in self.names]),
        }

    def place(self, cell: int) -> Place:
        """What a cell below `layout.due` counts."""
        kind = next(kind for kind, (base, _) in reversed(self._numbered.items()) if cell >= base)
        base, numbered = self._numbered[kind]
        number, after = divmod(cell - base, len(self._befores))
        return Place(kind, *numbered[number], self._befores[after])

    def cell(self, place: Place) -> int | None:
        """The cell that counts a deviation, None if there is no such."""
        base, numbered = self._numbered.get(place.kind, (0, []))
        if place.after not in self._befores or (place.step, place.touchpoint) not in numbered:
            return None
        number = numbered.index((place.step, place.touchpoint))
        return base + number * len(self._befores) + self._befores.index(place.after)


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))

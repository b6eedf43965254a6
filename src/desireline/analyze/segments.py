"""Who or what is in a segment: conditions become masks; `model.segment` says what they mean.

A mask stays as small as what it is about: a condition on the channel is a table over event codes, one on a trait a row
for each person. Only what needs more becomes a mask over events. Masks that took work are remembered for as long as
their generation is open.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Literal
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa

from desireline.analyze.scope import I32, I64, Bools, Columns, Labels
from desireline.analyze.units import Units
from desireline.analyze.values import Texts, numbers_fulfilling
from desireline.errors import BadDrilldown, UnknownStep
from desireline.kernels.behaviour import behaviour
from desireline.kernels.masks import count_in_units, look_up, spread
from desireline.kernels.touching import units_touching
from desireline.model.definition import Definition
from desireline.model.duration import parse_duration
from desireline.model.question import Grain
from desireline.model.segment import (
    PROPERTY,
    TRAIT,
    AllOf,
    AnyOf,
    Behaviour,
    FieldCondition,
    InSegment,
    Membership,
    Not,
    Segment,
    parts,
)
from desireline.store.journeys import Generation

REMEMBERED_BYTES = 256 << 20
LAKE_COLUMNS = {"score": "@score", "text": "@text"}

Members = Callable[[str, str], I64]
"""From a drill-down token and a cell to the persons in it (row numbers)."""

_memory: WeakKeyDictionary[Generation, "Memory"] = WeakKeyDictionary()


def nobody(token: str, cell: str) -> I64:  # noqa: ARG001 the shape of `Members`
    """Who is in a cell where no other answer can be asked.

    Raises:
        BadDrilldown: always.
    """
    raise BadDrilldown(given=cell)


class Memory:
    """Masks by what they answer; those not used for longest are forgotten first."""

    def __init__(self, room: int = REMEMBERED_BYTES) -> None:
        self._masks: OrderedDict[object, Bools] = OrderedDict()
        self._room = room

    def get(self, key: object, made: Callable[[], Bools]) -> Bools:
        """The mask of a key, made now if it is not remembered."""
        found = self._masks.get(key)
        if found is None:
            found = made()
            self._room -= found.nbytes
        self._masks[key] = found
        self._masks.move_to_end(key)
        while self._room < 0 and self._masks:
            self._room += self._masks.popitem(last=False)[1].nbytes
        return found


@dataclass(frozen=True, eq=False)
class Mask:
    """What holds, for each event code, for each unit, or for each event of the units."""

    per: Literal["code", "unit", "event"]
    holds: Bools


@dataclass(frozen=True, eq=False)
class Basis:
    """What conditions are judged on.

    Attributes:
        labels: label tables over event codes by field: channel, source, stage, touchpoint, event.
        regroup: the units of a grain, before any filter; those of one grain are the same object each time.
        members: who is in a cell of another answer.
        until: µs UTC, the end of the observation.
    """

    generation: Generation
    definition: Definition | None
    columns: Columns
    labels: dict[str, Labels]
    regroup: Callable[[Grain], Units]
    members: Members
    until: int

    def step(self, name: str) -> Bools:
        """bool[codes] of a touchpoint, else a stage, else a goal, else an event name.

        Raises:
            UnknownStep: it is none of these.
        """
        goals = {g.name: g.touchpoints for g in self.definition.goals} if self.definition else {}
        touchpoints, stages, events = (self.labels[field] for field in ("touchpoint", "stage", "event"))
        for labels in (touchpoints, stages):
            if name in labels.names:
                return labels.codes_of([name])
        if name in goals:
            return touchpoints.codes_of(goals[name])
        if name in events.names:
            return events.codes_of([name])
        known = [*touchpoints.names, *stages.names, *goals, *events.names]
        raise UnknownStep(step=name, available=list(dict.fromkeys(known)))

    @cached_property
    def _definition(self) -> str | None:
        return None if self.definition is None else self.definition.model_dump_json()

    def remember(self, about: object, condition: Any, made: Callable[[], Bools]) -> Bools:
        """A mask from memory; those that hang on other answers are made anew, since those may change."""
        if any(isinstance(part, Membership) for part in parts(condition)):
            return made()
        key = (about, self._definition, self.until, condition.model_dump_json())
        return _memory.setdefault(self.generation, Memory()).get(key, made)


def kept(units: Units, grain: Grain, segment: Segment, basis: Basis) -> Units:
    """The units and events that are in a segment.

    Args:
        units: those of the question, of `grain`.
        grain: with "case", a segment of journeys is one of cases.
        segment: saved segments in it have their meaning filled in.
        basis: what it is judged on.

    Raises:
        UnknownStep: it names a step that is none.
        NoDefinition: it is about journeys and nothing defines them.
    """
    mask = _within(segment, grain, basis)
    if mask.per == "unit":
        return units.where(spread(units.offsets, mask.holds[units.owner]))
    return units.where(units.rows(mask.holds))


def _within(segment: Segment, grain: Grain, basis: Basis) -> Mask:
    """A segment as a mask: bool[people] for people, else bool[events of the generation]."""
    size = len(basis.generation.time)
    of: Grain = "person" if segment.of != "journeys" else "case" if grain == "case" else "journey"
    about = ("segment", segment.of, grain)

    def people() -> Bools:
        judge = Judge(of, grain, basis)
        found = np.zeros(basis.generation.meta.people, np.bool_)
        found[judge.units.owner[judge.units_of(segment.where)]] = True
        return found

    def events() -> Bools:
        judge = Judge(of, grain, basis)
        holds = judge.events_of(segment.where) if segment.of == "events" else judge.spread_units_of(segment.where)
        return judge.units.in_generation(holds, size)

    if segment.of == "people":
        return Mask("unit", basis.remember(about, segment.where, people))
    return Mask("event", basis.remember(about, segment.where, events))


class Judge:
    """Judges conditions on the units of one grain and on their events."""

    def __init__(self, of: Grain, grain: Grain, basis: Basis) -> None:
        self.units = basis.regroup(of)
        self._of = of
        self._grain = grain
        self._basis = basis

    @cached_property
    def _code(self) -> I32:
        return self.units.rows(self._basis.generation.code)

    def units_of(self, condition: Any) -> Bools:
        """bool[units]: the units for which a condition holds."""
        match condition:
            case AllOf(all=listed):
                return reduce(np.logical_and, map(self.units_of, listed))
            case AnyOf(any=listed):
                return reduce(np.logical_or, map(self.units_of, listed))
            case Not(not_=one):
                return ~self.units_of(one)
        mask = self._leaf(condition)
        if mask.per == "unit":
            return mask.holds
        if mask.per == "code":
            return units_touching(self.units.offsets, self._code, mask.holds)
        return count_in_units(self.units.offsets, mask.holds) > 0

    def spread_units_of(self, condition: Any) -> Bools:
        """bool[events]: the events of the units for which a condition holds."""
        return spread(self.units.offsets, self.units_of(condition))

    def events_of(self, condition: Any) -> Bools:
        """bool[events]: the events for which a condition holds."""
        return self._spread(self._mask(condition))

    def _spread(self, mask: Mask) -> Bools:
        if mask.per == "unit":
            return spread(self.units.offsets, mask.holds)
        return look_up(self._code, mask.holds) if mask.per == "code" else mask.holds

    def _mask(self, condition: Any) -> Mask:
        match condition:
            case AllOf(all=listed):
                return self._joined(np.logical_and, map(self._mask, listed))
            case AnyOf(any=listed):
                return self._joined(np.logical_or, map(self._mask, listed))
            case Not(not_=one):
                mask = self._mask(one)
                return Mask(mask.per, ~mask.holds)
        return self._leaf(condition)

    def _joined(self, how: Any, masks: Iterable[Mask]) -> Mask:
        """Those about the same thing first, so that events are looked at as late as can be."""
        by_kind: dict[str, Mask] = {}
        for mask in masks:
            known = by_kind.get(mask.per)
            by_kind[mask.per] = mask if known is None else Mask(mask.per, how(known.holds, mask.holds))
        if len(by_kind) == 1:
            return next(iter(by_kind.values()))
        return Mask("event", reduce(how, map(self._spread, by_kind.values())))

    def _leaf(self, condition: Any) -> Mask:
        match condition:
            case FieldCondition():
                return self._field(condition)
            case Behaviour():
                return Mask("unit", self._basis.remember(self._of, condition, lambda: self._did(condition)))
            case Membership(drilldown=token, cell=cell):
                return self._people(self._basis.members(token, cell))
            case InSegment(meaning=Segment() as meaning):
                mask = _within(meaning, self._grain, self._basis)
                if mask.per == "unit":
                    return Mask("unit", mask.holds[self.units.owner])
                return Mask("event", self.units.rows(mask.holds))
        raise TypeError(condition)

    def _field(self, condition: FieldCondition) -> Mask:
        columns, field = self._basis.columns, condition.field
        if field in self._basis.labels:
            labels = self._basis.labels[field]
            fulfilling = Texts(pa.array(labels.names, pa.string())).fulfilling(condition)
            return Mask("code", fulfilling[labels.table])
        if condition.of_person:
            trait = columns.trait(field.removeprefix(TRAIT))
            return Mask("unit", Texts(trait.texts).fulfilling(condition)[trait.index][self.units.owner])
        return Mask("event", self._basis.remember(self._of, condition, lambda: self._rows(condition)))

    def _rows(self, condition: FieldCondition) -> Bools:
        columns, field = self._basis.columns, condition.field
        if field == "value":
            return numbers_fulfilling(self.units.rows(columns.value()), condition)
        path = field.removeprefix(PROPERTY)
        if field in LAKE_COLUMNS:
            path = LAKE_COLUMNS[field]
        elif path in LAKE_COLUMNS.values():
            path = f'"{path}"'
        column = columns.column(path)
        return look_up(column.index, Texts(column.texts).fulfilling(condition), self.units.position)

    def _did(self, condition: Behaviour) -> Bools:
        basis, step, where = self._basis, self._basis.step(condition.did), None
        if condition.where is not None:
            mask = self._mask(condition.where)
            if mask.per == "code":
                step = step & mask.holds
            else:
                where = self._spread(mask)
        return behaviour(
            self.units.offsets, self.units.rows(basis.generation.time), self._code, step, where=where,
            before=None if condition.before is None else basis.step(condition.before),
            after=None if condition.after is None else basis.step(condition.after),
            at_least=condition.at_least, at_most=condition.at_most,
            within=None if condition.within is None else parse_duration(condition.within),
        )  # fmt: skip

    def _people(self, persons: I64) -> Mask:
        inside = np.zeros(self._basis.generation.meta.people, np.bool_)
        inside[persons] = True
        return Mask("unit", inside[self.units.owner])

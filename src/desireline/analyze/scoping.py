"""Make the scope of a question from the journey store: the grain first, on all events, then the filters."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.matching import column_labels, stage_labels, touchpoint_labels
from desireline.analyze.scope import I32, I64, Labels, Scope
from desireline.errors import NoDefinition
from desireline.kernels.arrays import frozen
from desireline.kernels.journeys import journeys
from desireline.model.definition import Definition, JourneyRules
from desireline.model.question import Filters, Grain
from desireline.store.journeys import Generation

DAY = 86_400_000_000
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, eq=False)
class Units:
    """Events by unit. `offsets` int64[units + 1], `owner` int32[units]; the others int64/int32[events]."""

    offsets: I64
    time: I64
    code: I32
    arrival: I64
    owner: I32


def scope_of(generation: Generation, definition: Definition | None, grain: Grain, filters: Filters) -> Scope:
    """The events in question.

    Raises:
        NoDefinition: journeys were asked for and nothing defines them.
    """
    dictionary = generation.dictionary
    event_names = column_labels(dictionary, "name")
    touchpoints = touchpoint_labels(definition, dictionary) if definition else event_names
    stages = stage_labels(definition, touchpoints) if definition else Labels([], np.full(len(dictionary), -1, np.int32))
    units = _filtered(_units(generation, definition, touchpoints, grain), filters, generation)
    rules = definition.journey if definition else JourneyRules()
    return Scope(
        offsets=frozen(units.offsets),
        time=frozen(units.time),
        code=frozen(units.code),
        arrival=frozen(units.arrival),
        owner=frozen(units.owner),
        touchpoints=touchpoints,
        stages=stages,
        channels=column_labels(dictionary, "channel"),
        event_names=event_names,
        grain=grain,
        filters=filters,
        definition=definition,
        generation=generation.meta.generation,
        until=max((s.last or 0 for s in generation.meta.sources), default=0),
        gap=int(rules.gap_days * DAY),
    )


def _units(generation: Generation, definition: Definition | None, touchpoints: Labels, grain: Grain) -> Units:
    g = generation
    persons = Units(g.offsets, g.time, g.code, g.arrival, np.arange(g.meta.people, dtype=np.int32))
    if grain == "person":
        return persons
    if grain == "case":
        return _cases(persons, g.case)
    if definition is None:
        raise NoDefinition(available=[])
    return _journeys(persons, definition, touchpoints)


def _cases(persons: Units, case: I64) -> Units:
    """Regroup by case; events keep their order in time and arrival, events without a case stay out."""
    inside = np.flatnonzero(case != 0)
    picked = case[inside]
    order = np.lexsort((persons.arrival[inside], persons.time[inside], picked))
    picked, events = picked[order], inside[order]
    first = np.flatnonzero(np.r_[True, picked[1:] != picked[:-1]]) if len(picked) else np.zeros(0, np.int64)
    owner = _unit_of_event(persons.offsets)[events[first]].astype(np.int32)
    return _take(persons, events, np.r_[first, len(picked)].astype(np.int64), owner)


def _journeys(persons: Units, definition: Definition, touchpoints: Labels) -> Units:
    rules = definition.journey
    goals = {g.name: set(g.touchpoints) for g in definition.goals}

    def codes(names: list[str]) -> npt.NDArray[np.bool_]:
        wanted = {t for n in names for t in goals.get(n, {n})}
        return _code_mask(touchpoints, sorted(wanted))

    journey, owner = journeys(
        persons.offsets, persons.time, persons.code, codes(rules.starts), codes(rules.ends), int(rules.gap_days * DAY)
    )
    inside = np.flatnonzero(journey >= 0)
    counts = np.bincount(journey[inside], minlength=len(owner))
    offsets = np.r_[0, np.cumsum(counts)].astype(np.int64)
    return _take(persons, inside, offsets, owner)


def _filtered(units: Units, filters: Filters, generation: Generation) -> Units:
    if filters.is_empty():
        return units
    dictionary = generation.dictionary
    allowed = np.ones(len(dictionary), bool)
    if filters.channels:
        allowed &= _code_mask(column_labels(dictionary, "channel"), filters.channels)
    if filters.sources:
        allowed &= _code_mask(column_labels(dictionary, "source"), filters.sources)
    keep = allowed[units.code]
    if filters.since:
        keep &= units.time >= (filters.since - EPOCH).days * DAY
    if filters.until:
        keep &= units.time < ((filters.until - EPOCH).days + 1) * DAY
    unit = _unit_of_event(units.offsets)
    if filters.traits:
        keep &= _with_traits(generation, filters.traits)[units.owner][unit]
    events = np.flatnonzero(keep)
    counts = np.bincount(unit[events], minlength=len(units.owner))
    present = np.flatnonzero(counts)
    return _take(units, events, np.r_[0, np.cumsum(counts[present])].astype(np.int64), units.owner[present])


def _with_traits(generation: Generation, traits: dict[str, list[str]]) -> npt.NDArray[np.bool_]:
    """bool[persons]: who has one of the values of every trait."""
    table = generation.traits
    fits = np.ones(generation.meta.people, bool)
    for name, values in traits.items():
        one = pc.and_(pc.equal(table["name"], name), pc.is_in(table["value"], pa.array(values, pa.string())))
        having = np.zeros(generation.meta.people, bool)
        having[table.filter(one)["person"].to_numpy()] = True
        fits &= having
    return fits


def _code_mask(labels: Labels, names: list[str]) -> npt.NDArray[np.bool_]:
    wanted = np.array([n in names for n in labels.names] + [False], bool)
    return wanted[labels.table]


def _unit_of_event(offsets: I64) -> I64:
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def _take(units: Units, events: npt.NDArray[np.int64], offsets: I64, owner: I32) -> Units:
    return Units(offsets, units.time[events], units.code[events], units.arrival[events], owner)

"""Make the scope of a question from the journey store: the grain first, on all events, then the filters."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.matching import column_labels, stage_labels, touchpoint_labels
from desireline.analyze.scope import I32, I64, Bools, Columns, Labels, Scope
from desireline.errors import NoDefinition
from desireline.kernels.arrays import frozen
from desireline.kernels.journeys import journeys
from desireline.model.calendar import next_day, start_of
from desireline.model.definition import Definition, JourneyRules
from desireline.model.question import Asked, Filters, Grain
from desireline.store.journeys import Generation

DAY = 86_400_000_000


@dataclass(frozen=True, eq=False)
class Units:
    """Events by unit, as rows of the generation.

    Attributes:
        offsets: int64[units + 1].
        owner: int32[units], persons.
        position: int64[events]; None for all rows in their order.
    """

    offsets: I64
    owner: I32
    position: I64 | None = None

    def rows(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A column of the generation at these events."""
        return column if self.position is None else column[self.position]

    def where(self, keep: Bools) -> "Units":
        """Only the events that are kept, and the units that have one of them."""
        events = np.flatnonzero(keep)
        counts = np.bincount(unit_of_event(self.offsets)[events], minlength=len(self.owner))
        present = np.flatnonzero(counts)
        offsets = np.r_[0, np.cumsum(counts[present])].astype(np.int64)
        return Units(offsets, self.owner[present], events if self.position is None else self.position[events])


def scope_of(
    generation: Generation, definition: Definition | None, asked: Asked, columns: Columns, zone: str = "UTC"
) -> Scope:
    """The events in question.

    Args:
        generation: the journey store.
        definition: what names the touchpoints; None for event names alone.
        asked: grain, filters and the day that the observation ends with.
        columns: properties, traits and values of the generation.
        zone: IANA zone of all dates.

    Raises:
        NoDefinition: journeys were asked for and nothing defines them.
    """
    dictionary = generation.dictionary
    event_names = column_labels(dictionary, "name")
    touchpoints = touchpoint_labels(definition, dictionary) if definition else event_names
    stages = stage_labels(definition, touchpoints) if definition else Labels([], np.full(len(dictionary), -1, np.int32))
    until = max((s.last or 0 for s in generation.meta.sources), default=0)
    persons = Units(generation.offsets, np.arange(generation.meta.people, dtype=np.int32))
    if asked.today is not None:
        until = start_of(next_day(asked.today, "day"), zone) - 1
        persons = persons.where(generation.time <= until)
    units = _regrouped(persons, generation, definition, touchpoints, asked.grain)
    units = _filtered(units, asked.filters, generation, zone)
    rules = definition.journey if definition else JourneyRules()
    return Scope(
        offsets=frozen(units.offsets),
        time=frozen(units.rows(generation.time)),
        code=frozen(units.rows(generation.code)),
        arrival=frozen(units.rows(generation.arrival)),
        owner=frozen(units.owner),
        touchpoints=touchpoints,
        stages=stages,
        channels=column_labels(dictionary, "channel"),
        event_names=event_names,
        grain=asked.grain,
        filters=asked.filters,
        definition=definition,
        generation=generation.meta.generation,
        until=until,
        gap=int(rules.gap_days * DAY),
        sources=column_labels(dictionary, "source"),
        caveat=pc.is_valid(dictionary["caveat"]).to_numpy(),
        columns=columns,
        zone=zone,
        position=units.position,
    )


def _regrouped(
    persons: Units, generation: Generation, definition: Definition | None, touchpoints: Labels, grain: Grain
) -> Units:
    if grain == "person":
        return persons
    if grain == "case":
        return _cases(persons, generation)
    if definition is None:
        raise NoDefinition(available=[])
    return _journeys(persons, generation, definition, touchpoints)


def _cases(persons: Units, generation: Generation) -> Units:
    """Regroup by case; events keep their order in time and arrival, events without a case stay out."""
    case, time, arrival = (persons.rows(c) for c in (generation.case, generation.time, generation.arrival))
    inside = np.flatnonzero(case != 0)
    order = np.lexsort((arrival[inside], time[inside], case[inside]))
    events = inside[order]
    picked = case[events]
    first = np.flatnonzero(np.r_[True, picked[1:] != picked[:-1]]) if len(picked) else np.zeros(0, np.int64)
    owner = persons.owner[unit_of_event(persons.offsets)[events[first]]]
    position = events if persons.position is None else persons.position[events]
    return Units(np.r_[first, len(picked)].astype(np.int64), owner, position)


def _journeys(persons: Units, generation: Generation, definition: Definition, touchpoints: Labels) -> Units:
    rules = definition.journey
    goals = {g.name: set(g.touchpoints) for g in definition.goals}

    def codes(names: list[str]) -> Bools:
        return touchpoints.codes_of(sorted({t for n in names for t in goals.get(n, {n})}))

    journey, owner = journeys(
        persons.offsets, persons.rows(generation.time), persons.rows(generation.code), codes(rules.starts),
        codes(rules.ends), int(rules.gap_days * DAY),
    )  # fmt: skip
    inside = np.flatnonzero(journey >= 0)
    counts = np.bincount(journey[inside], minlength=len(owner))
    offsets = np.r_[0, np.cumsum(counts)].astype(np.int64)
    position = inside if persons.position is None else persons.position[inside]
    return Units(offsets, persons.owner[owner], position)


def _filtered(units: Units, filters: Filters, generation: Generation, zone: str) -> Units:
    if filters.is_empty():
        return units
    dictionary = generation.dictionary
    allowed = np.ones(len(dictionary), bool)
    if filters.channels:
        allowed &= column_labels(dictionary, "channel").codes_of(filters.channels)
    if filters.sources:
        allowed &= column_labels(dictionary, "source").codes_of(filters.sources)
    keep = allowed[units.rows(generation.code)]
    if filters.since:
        keep &= units.rows(generation.time) >= start_of(filters.since, zone)
    if filters.until:
        keep &= units.rows(generation.time) < start_of(next_day(filters.until, "day"), zone)
    if filters.traits:
        keep &= _with_traits(generation, filters.traits)[units.owner][unit_of_event(units.offsets)]
    return units.where(keep)


def _with_traits(generation: Generation, traits: dict[str, list[str]]) -> Bools:
    """bool[persons]: who has one of the values of every trait."""
    table = generation.traits
    fits = np.ones(generation.meta.people, bool)
    for name, values in traits.items():
        one = pc.and_(pc.equal(table["name"], name), pc.is_in(table["value"], pa.array(values, pa.string())))
        having = np.zeros(generation.meta.people, bool)
        having[table.filter(one)["person"].to_numpy()] = True
        fits &= having
    return fits


def unit_of_event(offsets: I64) -> I64:
    """int64[events]: the unit of each event."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))

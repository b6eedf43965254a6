"""Make the scope of a question from the journey store: the grain first, on all events, then the filters."""

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.matching import column_labels, exposures, stage_labels, touchpoint_labels, without
from desireline.analyze.scope import Bools, Columns, Labels, Scope
from desireline.analyze.segments import Basis, Members, kept, nobody
from desireline.analyze.units import Units, unit_of_event
from desireline.errors import NoDefinition
from desireline.kernels.arrays import frozen
from desireline.kernels.journeys import journeys
from desireline.model.calendar import next_day, start_of
from desireline.model.definition import Definition, JourneyRules
from desireline.model.question import Asked, Filters, Grain
from desireline.model.segment import Segment
from desireline.store.journeys import Generation

DAY = 86_400_000_000


def scope_of(
    generation: Generation, definition: Definition | None, asked: Asked, columns: Columns, zone: str = "UTC",
    members: Members = nobody, *, with_exposures: bool = False,
) -> Scope:  # fmt: skip
    """The events in question. Exposures to experiments are none, but segments of people can hang on them.

    Args:
        generation: the journey store.
        definition: what names the touchpoints; None for event names alone.
        asked: grain, filters and the day that the observation ends with.
        columns: properties, traits and values of the generation.
        zone: IANA zone of all dates.
        members: who is in a cell of another answer, for segments that hang on one.
        with_exposures: whether exposures are among them: for the experiments' own results.

    Raises:
        UnknownStep: the segment names a step that is none.
        NoDefinition: journeys were asked for and nothing defines them.
    """
    labels = _labels(generation, definition)
    noted = exposures(generation.dictionary)
    until = _end(generation, noted)
    persons = Units(generation.offsets, np.arange(generation.meta.people, dtype=np.int32))
    if asked.today is not None:
        until = start_of(next_day(asked.today, "day"), zone) - 1
        persons = persons.where(generation.time <= until)
    left_out = np.zeros_like(noted) if with_exposures else noted
    acting = persons.where(~left_out[persons.rows(generation.code)]) if left_out.any() else persons

    @cache
    def regroup(grain: Grain) -> Units:
        return persons if grain == "person" else _regrouped(acting, generation, definition, labels["touchpoint"], grain)

    units = acting if asked.grain == "person" else regroup(asked.grain)
    if isinstance(asked.segment, Segment):
        basis = Basis(generation, definition, columns, labels, regroup, members, until)
        units = kept(units, asked.grain, asked.segment, basis)
    units = _filtered(units, asked.filters, generation, zone)
    return _scope(units, generation, definition, asked, columns, zone, until, _named(labels, definition, left_out))


def _named(labels: dict[str, Labels], definition: Definition | None, left_out: Bools) -> dict[str, Labels]:
    """Labels without what is left out; those of a definition stay as it has them."""
    own = {"event", "channel"} if definition else {"event", "channel", "touchpoint"}
    return {field: without(of, left_out) if field in own else of for field, of in labels.items()}


def _scope(
    units: Units, generation: Generation, definition: Definition | None, asked: Asked, columns: Columns, zone: str,
    until: int, labels: dict[str, Labels],
) -> Scope:  # fmt: skip
    rules = definition.journey if definition else JourneyRules()
    return Scope(
        offsets=frozen(units.offsets),
        time=frozen(units.rows(generation.time)),
        code=frozen(units.rows(generation.code)),
        arrival=frozen(units.rows(generation.arrival)),
        owner=frozen(units.owner),
        touchpoints=labels["touchpoint"],
        stages=labels["stage"],
        channels=labels["channel"],
        event_names=labels["event"],
        grain=asked.grain,
        filters=asked.filters,
        definition=definition,
        generation=generation.meta.generation,
        until=until,
        gap=int(rules.gap_days * DAY),
        sources=labels["source"],
        caveat=np.array([c is not None for c in generation.dictionary["caveat"].to_pylist()], np.bool_),
        columns=columns,
        zone=zone,
        position=units.position,
    )


def _end(generation: Generation, noted: Bools) -> int:
    """µs UTC of the last event: to assign somebody today does not mean to have seen what people did until today."""
    if noted.any():
        seen = generation.time[~noted[generation.code]]
        if len(seen):
            return int(seen.max())
    return max((s.last or 0 for s in generation.meta.sources), default=0)


def _labels(generation: Generation, definition: Definition | None) -> dict[str, Labels]:
    """Names of event codes by what they name; without a definition an event's name is its touchpoint."""
    dictionary = generation.dictionary
    columns = {"channel": "channel", "source": "source", "event": "name"}
    labels = {field: column_labels(dictionary, column) for field, column in columns.items()}
    if definition is None:
        return {**labels, "touchpoint": labels["event"], "stage": Labels([], np.full(len(dictionary), -1, np.int32))}
    touchpoints = touchpoint_labels(definition, dictionary)
    return {**labels, "touchpoint": touchpoints, "stage": stage_labels(definition, touchpoints)}


def _regrouped(
    persons: Units, generation: Generation, definition: Definition | None, touchpoints: Labels, grain: Grain
) -> Units:
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

"""People and their events: search, one person, a timeline, a raw event."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.matching import stage_labels, touchpoint_labels
from desireline.errors import UnknownEvent, UnknownPerson
from desireline.model.clock import moment
from desireline.model.definition import Definition
from desireline.model.summary import Identifier, PeoplePage, Person, PersonRow, RawEvent, Timeline, TimelineEvent
from desireline.store import lake
from desireline.store.journeys import Generation

_EVENT_COLUMNS = "arrival, time, precision, zone, name, channel, source, value, currency, text, score, case_id, caveat"


def find(generation: Generation, search: str, limit: int, offset: int) -> PeoplePage:
    """People one of whose identifiers holds the text, in the order of the journey store."""
    rows = _matching(generation.people, search.strip().lower())
    return page(generation, rows, len(rows), limit, offset)


def _matching(people: pa.Table, text: str) -> npt.NDArray[np.int64]:
    if not text:
        return np.arange(len(people))
    identifiers = people["identifiers"].combine_chunks()
    values = pc.struct_field(pc.list_flatten(identifiers), "value")
    hits = pc.match_substring(pc.utf8_lower(values), text)
    owners = pc.list_parent_indices(identifiers)
    found: npt.NDArray[np.int64] = np.unique(owners.filter(hits).to_numpy())
    return found


def page(generation: Generation, persons: npt.NDArray[np.integer], units: int, limit: int, offset: int) -> PeoplePage:
    """A page of the given persons (row numbers of the store)."""
    shown = persons[offset : offset + limit]
    return PeoplePage(total=len(persons), units=units, people=[_row(generation, int(p)) for p in shown])


def _row(generation: Generation, person: int) -> PersonRow:
    lo, hi = int(generation.offsets[person]), int(generation.offsets[person + 1])
    codes = np.unique(generation.code[lo:hi])
    channels = generation.dictionary["channel"].take(pa.array(codes)).to_pylist()
    who = generation.people.slice(person, 1).to_pylist()[0]
    return PersonRow(
        person=who["key"],
        identifiers=[Identifier(**i) for i in who["identifiers"]],
        events=hi - lo,
        first=moment(generation.time[lo]),
        last=moment(generation.time[hi - 1]),
        channels=sorted(set(channels)),
    )


def number_of(generation: Generation, key: str) -> int:
    """The row number of a person.

    Raises:
        UnknownPerson: nobody has that key or identifier.
    """
    row = pc.index(generation.people["key"], key).as_py()
    if row < 0:
        kind, _, value = key.partition(":")
        identifiers = generation.people["identifiers"].combine_chunks()
        flat = pc.list_flatten(identifiers)
        same = pc.and_(pc.equal(pc.struct_field(flat, "type"), kind), pc.equal(pc.struct_field(flat, "value"), value))
        at = pc.index(same, True).as_py()
        if at < 0:
            raise UnknownPerson(person=key)
        row = pc.list_parent_indices(identifiers)[at].as_py()
    return int(row)


def person(generation: Generation, key: str) -> Person:
    """One person with their traits."""
    number = number_of(generation, key)
    row = _row(generation, number)
    stated = generation.traits.filter(pc.equal(generation.traits["person"], number)).to_pylist()
    return Person(
        **row.model_dump(exclude={"channels"}), traits={t["name"]: t["value"] for t in stated if t["value"] is not None}
    )


def timeline(
    generation: Generation, events: lake.Table, definition: Definition | None, key: str, limit: int, before: int | None
) -> Timeline:
    """Events of a person, newest first; `before` is the arrival number of the last event already shown."""
    number = number_of(generation, key)
    lo, hi = int(generation.offsets[number]), int(generation.offsets[number + 1])
    arrivals, codes = generation.arrival[lo:hi][::-1], generation.code[lo:hi][::-1]
    start = 0 if before is None else int(np.flatnonzero(arrivals == before).max(initial=-1)) + 1
    page_of = slice(start, start + limit)
    names = _names(generation, definition)
    rows = {r["arrival"]: r for r in _fetch(events, arrivals[page_of].tolist(), _EVENT_COLUMNS)}
    shown = zip(arrivals[page_of].tolist(), codes[page_of].tolist(), strict=True)
    found = [TimelineEvent(**_told(rows[a], *names(c))) for a, c in shown if a in rows]
    return Timeline(events=found, more=start + limit < len(arrivals))


def event(generation: Generation, events: lake.Table, definition: Definition | None, arrival: int) -> RawEvent:
    """One event as the lake holds it.

    Raises:
        UnknownEvent: the lake has no event of that arrival number.
    """
    columns = f"{_EVENT_COLUMNS}, event_id, batch, mapping, identifiers, properties"
    rows = _fetch(events, [arrival], columns)
    if not rows:
        raise UnknownEvent(event=arrival)
    at = np.flatnonzero(generation.arrival == arrival)
    names = _names(generation, definition)(int(generation.code[at[0]])) if len(at) else (None, None)
    row = rows[0]
    return RawEvent(**_told({**row, "properties": json.loads(row["properties"] or "{}")}, *names))


def _names(generation: Generation, definition: Definition | None) -> Callable[[int], tuple[str | None, str | None]]:
    """A function from an event code to the names of its touchpoint and stage."""
    if definition is None:
        return lambda _: (None, None)
    touchpoints = touchpoint_labels(definition, generation.dictionary)
    stages = stage_labels(definition, touchpoints)
    return lambda code: (touchpoints.of(code), stages.of(code))


def _told(row: dict[str, Any], touchpoint: str | None, stage: str | None) -> dict[str, Any]:
    return {**row, "time": moment(row["time"]), "touchpoint": touchpoint, "stage": stage}


def _fetch(events: lake.Table, arrivals: Sequence[int], columns: str) -> list[dict[str, Any]]:
    if not arrivals:
        return []
    listed = ", ".join(str(a) for a in arrivals)
    lo, hi = min(arrivals), max(arrivals)  # the range lets Parquet's statistics skip most row groups
    sql = f"SELECT {columns} FROM {events.sql()} WHERE arrival BETWEEN {lo} AND {hi} AND arrival IN ({listed})"
    rows: list[dict[str, Any]] = lake.query(sql).to_pylist()
    return rows

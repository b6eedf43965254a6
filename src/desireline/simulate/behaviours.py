"""Which people show each kind of obstacle, by the plainest reading of its rule on the true order of events.

They serve to grade detectors, so they share no code with them.
"""

from typing import Any

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64, Bools
from desireline.simulate.calendar import DAY
from desireline.simulate.record import Record


def behaviours(record: Record) -> dict[str, list[dict[str, Any]]]:
    """Kind → touchpoint and people, of records by person and time."""
    person, at, time = record.person, record.touchpoint, record.time
    found: dict[str, list[dict[str, Any]]] = {}
    click, contact = at == world.INDEX[world.CLICK], np.isin(at, world.indices(world.CONTACTS))
    thrice = click & _same(person, at, 1) & _same(person, at, 2) & (_since(time, 2) <= 1.0)
    found["rage_click"] = _listed(record, thrice)
    wait = _since(time, 1)
    found["dead_click"] = _listed(record, click & _same(person, at, 1) & (wait > 1.0) & (wait <= 10.0))
    failed = (at == world.INDEX["Error message"]) & (person == _earlier(person, 1))
    found["error_after_click"] = _listed(record, _earlier(failed, -1) & click & (_earlier(wait, -1) <= 5.0))
    around = _same(person, at, 2) & _same(person, at, 3, shift=1) & (at != _earlier(at, 1)) & (_since(time, 3) <= 1800)
    found["ping_pong"] = _listed(record, around)
    again = contact & _earlier(contact, 1) & (person == _earlier(person, 1))
    again &= (record.topic == _earlier(record.topic, 1)) & (wait <= 7 * DAY)
    found["repeat_contact"] = _listed(record, again)
    moved = again & (record.channel != _earlier(record.channel, 1)) & (wait <= 3 * DAY)
    found["channel_switch_repeat"] = _listed(record, moved)
    promised = at == world.INDEX["Callback promised"]
    follows = _earlier(person, -1) == person
    kept = follows & (_earlier(at, -1) == world.INDEX["Callback"])
    found["silence_after_promise"] = _listed(record, promised & ~kept)
    found["not_found"] = _listed(record, at == world.INDEX[world.UNANSWERED])
    return found


def _earlier(column: Any, back: int) -> Any:
    """The column so many rows before (after, for a negative number); the edge is filled with what matches nothing."""
    found = np.roll(column, back)
    edge = slice(0, back) if back > 0 else slice(back, None)
    found[edge] = False if column.dtype == np.bool_ else -2
    return found


def _same(person: I64, at: I64, back: int, shift: int = 0) -> Bools:
    """Whether the same person was at the same touchpoint so many rows before (of the row `shift` before)."""
    other = _earlier(at, shift) if shift else at
    found: Bools = (person == _earlier(person, back)) & (other == _earlier(at, back))
    return found


def _since(time: F64, back: int) -> F64:
    found = time - np.roll(time, back)
    found[:back] = np.inf
    return found


def _listed(record: Record, rows: Bools) -> list[dict[str, Any]]:
    """Touchpoints with the number of people, most first."""
    pairs = np.unique(np.stack([record.touchpoint[rows], record.person[rows]]), axis=1)
    touchpoints, people = np.unique(pairs[0], return_counts=True)
    order = np.argsort(-people, kind="stable")
    return [{"touchpoint": world.NAMES[touchpoints[k]], "people": int(people[k])} for k in order]

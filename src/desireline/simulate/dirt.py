"""What happens between the event and the file: bots, wrong clocks, duplicates, late arrivals, rows without a name."""

from typing import NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64, Bools
from desireline.simulate.calendar import DAY, DAYS
from desireline.simulate.people import People
from desireline.simulate.record import NO_TOPIC, Record
from desireline.simulate.settings import Settings

_NEW_ID = 0.3
"""The share of duplicates that come with an id of their own, so that nobody can tell them by it."""


class Seen(NamedTuple):
    """Rows of the file in the order they arrive.

    row: number of the true event. id: number of the event id. copy_of: id of the first copy, -1 for a first one.
    """

    row: I64
    id: I64
    time: F64
    copy_of: I64
    late: Bools
    dirty: Bools


def bots_of(rng: np.random.Generator, n: int, first: int) -> Record:
    """Events of n programs that read page after page, a second or two on each."""
    pages = np.array([k for k, p in enumerate(world.PLACES) if p.channel == "web" and p.stage < 3 and p.weight > 0])
    lengths = rng.integers(15, 41, n)
    person = np.repeat(np.arange(n), lengths)
    begins = np.repeat(np.r_[0, lengths.cumsum()[:-1]], lengths) if n else np.zeros(0, np.int64)
    steps = 0.5 + 1.5 * rng.random(len(person))
    clock = steps.cumsum()
    since = clock - clock[begins] if n else clock
    at = rng.choice(pages, len(person))
    nothing = np.full(len(person), NO_TOPIC)
    return Record(
        person=person + first,
        touchpoint=at,
        channel=np.full(len(person), world.CHANNELS.index("web")),
        time=(rng.random(n) * DAYS * DAY)[person] + since,
        visit=since == 0,
        value=np.full(len(person), np.nan),
        topic=nothing,
        element=nothing,
    )


def with_bots(people: People, n: int) -> People:
    """The people and n programs, of whom nothing is known."""
    unknown = {"intent": np.nan, "order": np.nan, "mood": 0.0, "pace": 0.0, "within": 0.0, "start": 0.0}
    added = {
        name: np.full(n, unknown.get(name, -1 if column.dtype != np.bool_ else False)).astype(column.dtype)
        for name, column in people._asdict().items()
    }
    return People._make(np.r_[column, added[name]] for name, column in people._asdict().items())


def seen_of(record: Record, people: People, settings: Settings, rng: np.random.Generator) -> Seen:
    """The rows that arrive of the true events."""
    n = len(record.person)
    app = record.channel == world.CHANNELS.index("app")
    wrong = np.where(rng.random(people.n) < settings.skewed, rng.choice([-1, 1], people.n), 0)
    skew = wrong * 3600 * np.exp(rng.standard_normal(people.n))
    time = record.time + np.where(app, skew[record.person], 0.0)
    late = (rng.random(n) < settings.late) & np.isin(record.channel, _OFFLINE)
    arrival = record.time + np.where(late, (1 + 71 * rng.random(n)) * 3600, 1.0)
    rows = np.arange(n)
    copies = rows[rng.random(n) < settings.duplicates]
    own = rng.random(len(copies)) < (_NEW_ID if settings.duplicates > 0.02 else 0.0)
    broken = rows[rng.random(n) < settings.dirty]
    row = np.r_[rows, copies, broken]
    fresh = np.r_[np.zeros(n, np.bool_), own, np.ones(len(broken), np.bool_)]
    ids = np.where(fresh, n + fresh.cumsum() - 1, row)
    shift = np.r_[np.zeros(n), np.where(own, 2 * rng.random(len(own)), 0.0), np.zeros(len(broken))]
    after = np.r_[np.zeros(n), 1 + 60 * rng.random(len(copies) + len(broken))]
    order = np.argsort(arrival[row] + after, kind="stable")
    return Seen(
        row=row[order],
        id=ids[order],
        time=(time[row] + shift)[order],
        copy_of=np.r_[np.full(n, -1), copies, np.full(len(broken), -1)][order],
        late=late[row][order],
        dirty=np.r_[np.zeros(n + len(copies), np.bool_), np.ones(len(broken), np.bool_)][order],
    )


_OFFLINE = [world.CHANNELS.index(c) for c in ("app", "store", "phone", "post")]
"""Channels whose events wait for a connection or for somebody to type them in."""

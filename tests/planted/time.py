"""Journeys whose transitions change for good, and troubles that begin and end.

People arrive by a Poisson process whose rate may grow and has a season of the week. What they do next depends on where
they are and on what kind of people they are, so that their events hang together; waits are gamma distributed.
"""

from typing import NamedTuple

import numpy as np

from desireline.analyze.scope import Labels, Scope
from desireline.model.definition import Definition
from desireline.model.question import Filters

HOUR = 3_600_000_000
DAY = 24 * HOUR
START = 1_767_571_200_000_000
"""Monday, 5 January 2026, 00:00 UTC."""

NAMES = ("Home", "Search", "Product", "Basket", "Checkout", "Pay", "Order", "Help")
HOME, SEARCH, PRODUCT, BASKET, CHECKOUT, PAY, ORDER, HELP = range(8)
END = 8
PLATFORMS = ("web", "ios", "android")

ROWS = np.array([
    [.05, .45, .30, .00, .00, .00, .00, .05, .15],
    [.05, .20, .55, .00, .00, .00, .00, .05, .15],
    [.05, .15, .20, .40, .00, .00, .00, .05, .15],
    [.00, .00, .15, .05, .60, .00, .00, .05, .15],
    [.00, .00, .00, .05, .05, .75, .00, .05, .10],
    [.00, .00, .00, .00, .05, .05, .80, .05, .05],
    [.10, .00, .00, .00, .00, .00, .00, .20, .70],
    [.10, .10, .10, .10, .10, .10, .00, .10, .30],
])  # fmt: skip
"""Where people go from each place; the last column is nowhere."""


class Change(NamedTuple):
    """From `at` (days) on, the share of `source` that leads to `target` is `share`; the others shrink alike."""

    source: int
    target: int
    share: float
    at: float


class Outage(NamedTuple):
    """From `begin` to `end` (days) on a platform (None: everywhere) people at a place cannot get to the next one.

    `loop`: they are back at the same place at once; else they leave. `share` of them are hit.
    """

    place: int
    target: int
    begin: float
    end: float
    platform: str | None = None
    loop: bool = False
    share: float = 0.8


class Events(NamedTuple):
    """Sorted by person and time: person, µs, place, and the number of the platform."""

    person: np.ndarray
    time: np.ndarray
    place: np.ndarray
    platform: np.ndarray


def journeys(seed, people=10_000, days=60, *, growth=1.0, season=0.4, wait=6.0, changes=(), outages=(), improved=None):
    """People arriving over so many days, cut at the end.

    Args:
        seed: of all chance.
        people: so many on average.
        days: of observation.
        growth: how many times as many arrive at the end as at the beginning.
        season: by how much fewer arrive, and by a tenth of it fewer go on, at weekends.
        wait: hours between events on average.
        changes: that stay.
        outages: that end.
        improved: (platform, day): from then on the platform's people leave half as often, for good.
    """
    draw = np.random.default_rng(seed)
    begun = _arrivals(draw, people, days, growth, season)
    n = len(begun)
    kind, platform = draw.random(n) < 0.4, draw.choice(3, n, p=(0.5, 0.3, 0.2))
    person, time, place = np.arange(n), begun.copy(), draw.choice([HOME, SEARCH, PRODUCT], n, p=(0.6, 0.25, 0.15))
    found = []
    while len(person):
        found.append((person, time, place))
        rows = _rows(time, place, kind[person], platform[person], season, changes, improved)
        target = (draw.random(len(person))[:, None] > np.cumsum(rows, axis=1)[:, :-1]).sum(axis=1)
        pause = draw.gamma(0.7, wait / 0.7, len(person)) / 24
        for outage in outages:
            target, pause = _hit(draw, outage, time, place, target, pause, platform[person])
        going = (target != END) & (time + pause < days)
        person, time, place = person[going], (time + pause)[going], target[going]
    person, time, place = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((time, person))
    person = person[order]
    return Events(person, START + (time[order] * DAY).astype(np.int64), place[order], platform[person])


def _arrivals(draw, people, days, growth, season):
    """Days on which people arrive, by thinning."""
    tries = draw.random(4 * people) * days
    weekend = tries.astype(int) % 7 >= 5
    rate = (1 + (growth - 1) * tries / days) * np.where(weekend, 1 - season, 1)
    return np.sort(tries[draw.random(len(tries)) < rate / rate.sum() * people])


def _rows(time, place, kind, platform, season, changes, improved):
    """Chances of each target: buyers go on oftener, phones less often, weekends least."""
    rows = ROWS[place].copy()
    for change in changes:
        at = (place == change.source) & (time >= change.at)
        was = ROWS[change.source, change.target]
        rows[at] *= (1 - change.share) / (1 - was)
        rows[at, change.target] = change.share
    leave = np.where(kind, 0.6, 1.3) * (1 + 0.3 * (platform == 1))
    leave *= 1 + season / 4 * (time.astype(int) % 7 >= 5)
    if improved is not None:
        leave *= np.where((platform == PLATFORMS.index(improved[0])) & (time >= improved[1]), 0.5, 1)
    rows[:, END] *= leave
    return rows / rows.sum(axis=1, keepdims=True)


def _hit(draw, outage, time, place, target, pause, platform):
    on = (time >= outage.begin) & (time < outage.end) & (place == outage.place)
    if outage.platform is not None:
        on &= platform == PLATFORMS.index(outage.platform)
    on &= (target == outage.target) | outage.loop
    on &= draw.random(len(on)) < outage.share
    target, pause = target.copy(), pause.copy()
    target[on] = outage.place if outage.loop else END
    if outage.loop:
        pause[on] = draw.gamma(2, 2, on.sum()) / (24 * 60)
    return target, pause


class Column(NamedTuple):
    """A property: int32[events] into its values."""

    index: np.ndarray
    values: list[str]


class Columns:
    """The platform of every event; of nothing, if there is none."""

    def __init__(self, events, bare):
        self._platform = None if bare else Column(events.platform.astype(np.int32), list(PLATFORMS))

    def paths(self, most):
        """Properties of few values."""
        assert most > 0
        return [] if self._platform is None else ["platform"]

    def column(self, path):
        """The only one."""
        assert path == "platform"
        return self._platform


def scope_of(events, *, days=60, bare=False):
    """The events as a scope without a definition; `bare`: without properties and channels."""
    offsets = np.searchsorted(events.person, np.unique(events.person)).astype(np.int64)
    offsets = np.append(offsets, len(events.person))
    names = Labels(list(NAMES), np.arange(len(NAMES), dtype=np.int32))
    none = Labels([], np.full(len(NAMES), -1, np.int32))
    arrays = [offsets, events.time, events.place.astype(np.int32), np.arange(len(events.time)),
              np.arange(len(offsets) - 1, dtype=np.int32)]  # fmt: skip
    for array in arrays:
        array.flags.writeable = False
    return Scope(
        *arrays, touchpoints=names, stages=none, channels=none, event_names=names, grain="person", filters=Filters(),
        definition=None, generation="planted", until=START + int(days * DAY) - 1, gap=30 * DAY,
        sources=Labels(["shop"], np.zeros(len(NAMES), np.int32)), caveat=np.zeros(len(NAMES), bool),
        columns=Columns(events, bare),
    )  # fmt: skip


def definition():
    """One whose goal is the order."""
    return Definition.model_validate({
        "version": 1,
        "touchpoints": [{"name": n, "rules": [{"event": n}]} for n in NAMES],
        "goals": [{"name": "Order", "touchpoints": ["Order"]}],
    })  # fmt: skip

"""Worlds of people with or without planted kinds of behaviour, as bare events."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from desireline.analyze.scope import Labels, Scope
from desireline.model.question import Filters
from tests.scopes import Columns

DAY = 86_400_000_000
START = 1_735_689_600_000_000  # 2025-01-01, a Wednesday
TOUCHPOINTS = (
    "home",
    "search",
    "product",
    "compare",
    "review",
    "basket",
    "pay",
    "help",
    "chat",
    "offer",
    "news",
    "app",
)
CHANNELS = ("web", "store", "phone")


class World(NamedTuple):
    """Events sorted by person and time, and the kind of each person (all 0 where nothing is planted)."""

    offsets: np.ndarray
    time: np.ndarray
    name: np.ndarray
    channel: np.ndarray
    truth: np.ndarray

    def scope(self, value=None):
        """A scope of these events; person i is unit i."""
        code = (self.name * len(CHANNELS) + self.channel).astype(np.int32)
        every = len(TOUCHPOINTS) * len(CHANNELS)
        events = Labels(list(TOUCHPOINTS), (np.arange(every) // len(CHANNELS)).astype(np.int32))
        channels = Labels(list(CHANNELS), (np.arange(every) % len(CHANNELS)).astype(np.int32))
        units, n = len(self.offsets) - 1, len(self.time)
        return Scope(
            self.offsets, self.time, code, np.arange(n), np.arange(units, dtype=np.int32), events,
            Labels([], np.full(every, -1, np.int32)), channels, events, "person", Filters(), None, "planted",
            int(self.time.max()), 30 * DAY, Labels(["made"], np.zeros(every, np.int32)), np.zeros(every, bool),
            Columns({}, np.full(n, np.nan) if value is None else value, (self.offsets, code)),
        )  # fmt: skip

    def table(self):
        """The events as an Arrow table that an import reads."""
        person = np.repeat(np.arange(len(self.truth)), np.diff(self.offsets))
        return pa.table({
            "person_id": pa.array([f"p{i}" for i in person]),
            "timestamp": pa.array(self.time, pa.timestamp("us", "UTC")),
            "event": pa.array(np.array(TOUCHPOINTS)[self.name]),
            "channel": pa.array(np.array(CHANNELS)[self.channel]),
        })  # fmt: skip


def kinds(people, seed, separation=1.5, of=4, within=0.5, events=20.0, spread=0.7):
    """`of` kinds that differ in what they touch, through which channel, and how fast.

    Args:
        people: how many.
        seed: of the world.
        separation: standard deviation of a kind's centre in each behaviour, in units of the spread between people of
            the same kind; 0 for one population.
        within: that spread, of log-odds of touchpoints and channels and of log gaps.
        events: median number of events of a person; `spread`: its standard deviation in logs.
    """
    rng = np.random.default_rng(seed)
    wide = len(TOUCHPOINTS) + len(CHANNELS) + 1
    centre = rng.normal(0, separation * within, (of, wide))
    truth = rng.integers(0, of, people) if separation else np.zeros(people, np.int64)
    latent = centre[truth] + rng.normal(0, within, (people, wide))
    many = np.maximum(2, np.round(events * np.exp(rng.normal(0, spread, people)))).astype(np.int64)
    base = rng.normal(0, 0.8, wide)
    return drawn(rng, latent + base, many, truth)


def continuum(people, seed, strength=1.5, factors=1, shape="normal", events=20.0, spread=1.0):
    """One broad population: `factors` latent continua drive what people touch, how fast and how much."""
    rng = np.random.default_rng(seed)
    wide = len(TOUCHPOINTS) + len(CHANNELS) + 1
    draws = {"normal": rng.normal, "uniform": lambda *a: rng.uniform(-1.7, 1.7, a[2]),
             "skewed": lambda *a: rng.exponential(1.0, a[2]) - 1}[shape](0, 1, (people, factors))  # fmt: skip
    load = rng.normal(0, 1, (factors, wide)) * strength / np.sqrt(factors) * 0.6
    latent = draws @ load + rng.normal(0, 0.3, (people, wide)) + rng.normal(0, 0.8, wide)
    many = np.exp(0.5 * spread * draws[:, 0] + rng.normal(0, spread * 0.8, people)) * events
    return drawn(rng, latent, np.maximum(1, np.round(many)).astype(np.int64), np.zeros(people, np.int64))


def chain(people, seed, events=10.0, spread=1.0, sticky=0.3):
    """One Markov chain for everyone, with journeys of very different length; `sticky`: the chance of a repeat."""
    rng = np.random.default_rng(seed)
    many = np.maximum(1, np.round(events * np.exp(rng.normal(0, spread, people)))).astype(np.int64)
    offsets = np.concatenate(([0], np.cumsum(many)))
    rows = rng.dirichlet(np.full(len(TOUCHPOINTS), 0.5), len(TOUCHPOINTS)) * (1 - sticky) + sticky * np.eye(12)
    edges = np.cumsum(rows, axis=1)
    name, draw = np.empty(offsets[-1], np.int64), rng.random(offsets[-1])
    state = rng.integers(0, 3, people)
    for step in range(many.max()):
        alive = np.flatnonzero(many > step)
        name[offsets[alive] + step] = state[alive]
        moved = (edges[state[alive]] < draw[offsets[alive] + step][:, None]).sum(axis=1)
        state[alive] = np.minimum(moved, 11)
    gap = np.exp(rng.normal(8, 1.5, offsets[-1]))
    channel = rng.choice(3, offsets[-1], p=[0.6, 0.3, 0.1])
    return World(offsets, _times(rng, offsets, gap), name, channel, np.zeros(people, np.int64))


def drawn(rng, latent, many, truth):
    """Events by log-odds of touchpoints, of channels, and the mean of log gaps, `many` for each person."""
    offsets = np.concatenate(([0], np.cumsum(many)))
    person = np.repeat(np.arange(len(many)), many)
    touch, way = latent[:, : len(TOUCHPOINTS)], latent[:, len(TOUCHPOINTS) : -1]
    name, channel = (_chosen(rng, odds, person) for odds in (touch, way))
    gap = np.exp(np.minimum(8 + latent[person, -1] + rng.normal(0, 1.5, len(person)), 14))
    return World(offsets, _times(rng, offsets, gap), name, channel, truth)


def _chosen(rng, odds, person):
    edges = np.cumsum(np.exp(odds - odds.max(axis=1, keepdims=True)), axis=1)
    edges /= edges[:, -1:]
    draw = rng.random(len(person))
    return np.minimum((edges[person] < draw[:, None]).sum(axis=1), odds.shape[1] - 1)


def _times(rng, offsets, gap):
    """Gaps in seconds summed up from a start within 300 days."""
    micros = np.round(gap * 1e6).astype(np.int64)
    sums = np.cumsum(micros)
    begins = sums[offsets[:-1]]
    start = START + rng.integers(0, 300 * DAY, len(offsets) - 1)
    person = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    return start[person] + sums - begins[person]

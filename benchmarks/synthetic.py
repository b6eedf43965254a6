"""Events of many channels, the same for every run: what the benchmarks measure with.

Usage: python benchmarks/synthetic.py --events 1000000 --out FILE.parquet

60 kinds of events of very unequal frequency in 8 channels, heavy-tailed persons with about 11 events each, 90 days in
milliseconds. Rows come in order of arrival, which is late by up to some hours: not the order of time, nor of persons.
Each event has a value and properties that follow from its row alone.
"""

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

KINDS, CHANNELS, DAYS = 60, 8, 90
EVENTS_PER_PERSON = 11
START = 1_735_689_600_000_000  # 2025-01-01 UTC, in microseconds
HOUR = 3_600_000_000
CHANNEL_NAMES = ["app", "call centre", "chat", "e-mail", "letter", "shop", "social", "web"]
GOAL = 30
"""The kind of event that counts as a conversion."""

PLANS = ["basic", "free", "pro", "team"]
TOTALS = 1_000
_PROPERTIES = [f'{{"plan":"{PLANS[k % 4]}","cart":{{"total":{k / 10}}}}}' for k in range(TOTALS)]


class Events(NamedTuple):
    """person int32, time int64 µs UTC, kind int16 (index in `names`), channel int8 (index in CHANNEL_NAMES)."""

    person: npt.NDArray[np.int32]
    time: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int16]
    channel: npt.NDArray[np.int8]


def events(
    count: int, seed: int = 11, per_person: float = EVENTS_PER_PERSON, kinds: int = KINDS, giant: int = 0
) -> Events:
    """As many events, in order of arrival.

    Args:
        count: how many.
        seed: the same number gives the same events.
        per_person: how many each person has on average.
        kinds: how many kinds there are.
        giant: so many of the events, at equal distances, are one more person's.
    """
    random = np.random.default_rng(seed)
    persons = max(1, int(count // per_person))
    activity = random.lognormal(0.0, 1.2, persons)
    person = np.repeat(np.arange(persons, dtype=np.int32), random.multinomial(count, activity / activity.sum()))
    time = START + random.integers(0, DAYS * 24 * HOUR // 1000, count) * 1000
    if giant:
        person[np.linspace(0, count - 1, min(giant, count)).astype(np.int64)] = persons
    frequency = np.arange(1, kinds + 1) ** -0.8
    kind = np.searchsorted(np.cumsum(frequency / frequency.sum())[:-1], random.random(count)).astype(np.int16)
    usual = random.random(count) < 0.8
    channel = np.where(usual, kind * 5 % CHANNELS, random.integers(0, CHANNELS, count)).astype(np.int8)
    order = np.argsort(time + random.exponential(HOUR, count))
    return Events(person[order], time[order], kind[order], channel[order])


def names(kinds: int) -> list[str]:
    """What as many kinds are called."""
    return [f"event {k:02}" for k in range(kinds)]


def totals(row: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Tenths of the value of the events of these rows, 0 to 999; also the number of their properties."""
    return row * 7_919 % TOTALS


def properties(row: npt.NDArray[np.int64]) -> pa.Array:
    """Texts of JSON, such as {"plan":"pro","cart":{"total":12.6}}: `total` is the event's value."""
    return pa.array(_PROPERTIES).take(pa.array(totals(row)))


def table(made: Events) -> pa.Table:
    """The same as a table that the `generic` preset recognises."""
    names, channels = pa.array(NAMES), pa.array(CHANNEL_NAMES)
    return pa.table(
        {
            "person_id": pa.array(made.person).cast(pa.string()),
            "timestamp": pa.array(made.time).cast(pa.timestamp("us", tz="UTC")),
            "event": pa.DictionaryArray.from_arrays(pa.array(made.kind.astype(np.int32)), names),
            "channel": pa.DictionaryArray.from_arrays(pa.array(made.channel.astype(np.int32)), channels),
        }
    )


NAMES = names(KINDS)


def main() -> None:
    """Write a Parquet file."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    pq.write_table(table(events(given.events)), given.out, compression="zstd")
    print(f"{given.events:,} events in {given.out}")


if __name__ == "__main__":
    main()

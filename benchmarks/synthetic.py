"""Events of many channels, the same for every run: what the benchmarks measure with.

Usage: python benchmarks/synthetic.py --events 1000000 --out FILE.parquet

60 kinds of events of very unequal frequency in 8 channels, heavy-tailed persons with about 11 events each, 90 days in
milliseconds. Rows come in order of arrival, which is late by up to some hours: not the order of time, nor of persons.
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
NAMES = [f"event {k:02}" for k in range(KINDS)]
CHANNEL_NAMES = ["app", "call centre", "chat", "e-mail", "letter", "shop", "social", "web"]


class Events(NamedTuple):
    """person int32, time int64 µs UTC, kind int16 (index in NAMES), channel int8 (index in CHANNEL_NAMES)."""

    person: npt.NDArray[np.int32]
    time: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int16]
    channel: npt.NDArray[np.int8]


def events(count: int, seed: int = 11) -> Events:
    """As many events, in order of arrival."""
    random = np.random.default_rng(seed)
    persons = max(1, count // EVENTS_PER_PERSON)
    activity = random.lognormal(0.0, 1.2, persons)
    person = np.repeat(np.arange(persons, dtype=np.int32), random.multinomial(count, activity / activity.sum()))
    time = START + random.integers(0, DAYS * 24 * HOUR // 1000, count) * 1000
    frequency = np.arange(1, KINDS + 1) ** -0.8
    kind = np.searchsorted(np.cumsum(frequency / frequency.sum())[:-1], random.random(count)).astype(np.int16)
    usual = random.random(count) < 0.8
    channel = np.where(usual, kind * 5 % CHANNELS, random.integers(0, CHANNELS, count)).astype(np.int8)
    order = np.argsort(time + random.exponential(HOUR, count))
    return Events(person[order], time[order], kind[order], channel[order])


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

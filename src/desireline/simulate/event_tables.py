"""`events.parquet` and `events_truth.parquet`: what an analyst gets, and what is true of each row."""

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from desireline.simulate import world
from desireline.simulate.arrays import I64, Bools
from desireline.simulate.calendar import micros
from desireline.simulate.columns import (
    PLATFORMS,
    RELEASES,
    chosen,
    floats,
    moments,
    numbered,
    platforms,
    releases,
    slug,
)
from desireline.simulate.dirt import Seen
from desireline.simulate.people import CAMPAIGNS, People
from desireline.simulate.record import TOPICS, Record
from desireline.simulate.texts import WORDINGS, text_column
from desireline.simulate.voices import KINDS, SCALES, Voices

PERSON: Final = "p"
EVENT: Final = "e"


class Happened(NamedTuple):
    """Everything that truly happened: one entry an event, and the people."""

    people: People
    record: Record
    voices: Voices
    humans: int  # people before this number; programs from it on

    def rows(self, row: I64) -> "Happened":
        """Events by number."""
        record = Record._make(column[row] for column in self.record)
        voices = Voices._make(column[row] for column in self.voices)
        return self._replace(record=record, voices=voices)


def events_table(happened: Happened, seen: Seen, rng: np.random.Generator) -> pa.Table:
    """The rows of the file."""
    wording = rng.integers(0, WORDINGS, len(happened.record.person))[seen.row]
    people, record, voices, _ = happened.rows(seen.row)
    who, at = record.person, record.touchpoint
    platform = platforms(record.channel, people.android[who])
    on_web = record.channel == world.CHANNELS.index("web")
    return pa.table({
        "person_id": numbered(PERSON, who),
        "timestamp": moments(micros(seen.time)),
        "event": chosen(world.NAMES, np.where(seen.dirty, -1, at)),
        "channel": chosen(world.CHANNELS, record.channel),
        "event_id": numbered(EVENT, seen.id),
        "value": floats(record.value),
        "score": floats(voices.score),
        "text": text_column(people.language[who], voices.topic, voices.kind, wording),
        "platform": chosen(PLATFORMS, platform),
        "language": chosen(world.LANGUAGES, people.language[who]),
        "region": chosen(world.REGIONS, people.region[who]),
        "topic": chosen(TOPICS, record.topic),
        "element": chosen([f"#{slug(name)}" for name in world.NAMES], record.element),
        "url": chosen([f"/{slug(name)}" for name in world.NAMES], np.where(on_web, at, -1)),
        "release": chosen(RELEASES, releases(record.time, platform)),
        "survey": chosen(SCALES, np.where(np.isnan(voices.score), -1, voices.scale)),
        "campaign": chosen(CAMPAIGNS, people.campaign[who]),
        "order_id": numbered("o", who, ~_of_an_order(at)),
    })  # fmt: skip


def truth_table(happened: Happened, seen: Seen) -> pa.Table:
    """What is true of each row of the file, in its order."""
    _, record, voices, _ = happened.rows(seen.row)
    return pa.table({
        "event_id": numbered(EVENT, seen.id),
        "stage": chosen(world.STAGES, world.STAGE[record.touchpoint]),
        "true_time": moments(micros(record.time)),
        "duplicate_of": numbered(EVENT, seen.copy_of, seen.copy_of < 0),
        "late": seen.late,
        "bot": record.person >= happened.humans,
        "dirty": seen.dirty,
        "text_topic": chosen(TOPICS, np.where(voices.kind < 0, -1, voices.topic)),
        "text_kind": chosen(KINDS, voices.kind),
    })  # fmt: skip


def _of_an_order(at: I64) -> Bools:
    found: Bools = (world.STAGE[at] == 3) | (at == world.INDEX[world.GOAL])
    return found

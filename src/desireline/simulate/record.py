"""The events of a block in columns, as they truly happened."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64, Bools
from desireline.simulate.counterfactuals import REPEATED
from desireline.simulate.people import People
from desireline.simulate.walking import Walk

TOPICS = ("product", "account", "delivery", "payment", "store", "price")
NO_TOPIC = -1
_TOPIC_OF = {"Search": 0, "Account registration": 1, "Delivery choice": 2, "Store queue": 4}


class Record(NamedTuple):
    """One entry an event, by person and time; numbers into the lists of `world`, -1 where nothing stands."""

    person: I64
    touchpoint: I64
    channel: I64
    time: F64  # seconds since the first day
    visit: Bools
    value: F64  # NaN for none
    topic: I64
    element: I64  # the touchpoint on which was clicked


def joined(records: Sequence[Record], firsts: Sequence[int]) -> Record:
    """Records of blocks as one; `firsts` are the numbers of their first people."""
    moved = [r._replace(person=r.person + first) for r, first in zip(records, firsts, strict=True)]
    return Record._make(np.concatenate(column) for column in zip(*moved, strict=True))


def record_of(people: People, walked: Walk, rng: np.random.Generator) -> Record:
    """The steps of a block as events."""
    order = np.lexsort((walked.step, walked.person))
    person, at = walked.person[order].astype(np.int64), walked.touchpoint[order].astype(np.int64)
    first = np.r_[True, person[1:] != person[:-1]]
    before = np.where(first, -1, np.r_[-1, at[:-1]])
    return Record(
        person=person,
        touchpoint=at,
        channel=np.where(at == world.INDEX[world.GOAL], _SOLD_BY[before], _CHANNEL[at]),
        time=walked.time[order],
        visit=walked.visit[order],
        value=_values(people, person, at),
        topic=_topics(people, person, at, before, rng),
        element=np.where(at == world.INDEX[world.CLICK], _before_run(at, first), -1),
    )


def _values(people: People, person: I64, at: I64) -> F64:
    worth = np.full(len(world.PLACES), np.nan)
    worth[[world.INDEX[world.GOAL], world.INDEX["Repeat order"]]] = 1.0, REPEATED
    found: F64 = np.round(people.order[person] * worth[at], 2)
    return found


def _topics(people: People, person: I64, at: I64, before: I64, rng: np.random.Generator) -> I64:
    """What a contact is about: what went wrong just before, else the person's own topic; the next contact keeps it."""
    own = rng.choice(len(TOPICS), people.n, p=[0.3, 0.1, 0.2, 0.15, 0.1, 0.15])[person]
    wrong = np.full(len(world.PLACES) + 1, NO_TOPIC)
    for name, topic in _TOPIC_OF.items():
        wrong[world.INDEX[name]] = topic
    contact = np.isin(at, _HELP)
    begins = ~(contact & np.isin(before, _HELP))
    run = np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))
    about = np.where(wrong[before] >= 0, wrong[before], own)[run]
    return np.where(contact | np.isin(at, _ASKING), about, NO_TOPIC)


def _before_run(at: I64, first: Bools) -> I64:
    """The touchpoint before a run of equal ones (the same one where a person begins with it)."""
    begins = first | np.r_[True, at[1:] != at[:-1]]
    run = np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))
    found: I64 = np.where(first[run], at, at[run - 1])
    return found


_CHANNEL = np.array([world.CHANNELS.index(c) for c in world.CHANNEL])
_SELLING = [world.CHANNELS.index(c) for c in ("web", "app", "store", "phone", "marketplace")]
_SOLD_BY = np.where(np.isin(_CHANNEL, _SELLING), _CHANNEL, 0)
"""The channel of an order by the touchpoint before it."""
_HELP = world.indices(world.HELP)
_ASKING = world.indices(
    ("Search", "No search results", "FAQ article", "Order question by phone", "Order question by chat")
)

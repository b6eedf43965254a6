"""What people say: scores at touchpoints, with an answer that depends on the mood, and texts in their language.

How a visit felt is the touchpoint's own level, less where it rubs or after a struggle, plus the person's mood and
chance. Those who felt strongly answer more often, and the displeased more often than the pleased; so the mean of the
answers is not the mean of what was felt, which the truth holds beside it.
"""

from typing import Final, NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64, Bools
from desireline.simulate.people import People
from desireline.simulate.record import NO_TOPIC, TOPICS, Record

SCALES: Final = ("csat", "ces", "nps")
RANGE: Final = ((1, 5), (1, 7), (0, 10))
_CENTRE: Final = np.array([3.7, 4.9, 7.7])
_SPREAD: Final = np.array([0.9, 1.3, 3.0])
KINDS: Final = ("positive", "negative", "neutral", "question")
ASKED: Final = 0.5
WRITES: Final = 0.35
ENQUIRES: Final = 0.8
RUBS: Final = -1.1

_ASKED_AT: Final = {
    "Search": (0, 0.0, "product"), "Product page": (0, 0.3, "product"), "Store visit": (0, 0.5, "store"),
    "Account registration": (0, 0.0, "account"), "Delivery choice": (0, 0.1, "delivery"),
    "Checkout": (0, 0.2, "payment"), "App checkout": (0, 0.4, "payment"), "Store queue": (0, 0.1, "store"),
    "Basket": (0, 0.1, "price"), "Parcel delivered": (0, 0.5, "delivery"),
    "Assembly instructions": (0, -0.4, "product"), "Review written": (0, 0.3, "product"),
    "Call centre": (1, -0.2, ""), "Live chat": (1, 0.3, ""), "Support e-mail": (1, -0.4, ""),
    "Satisfaction survey": (2, 0.2, "product"),
}  # fmt: skip
"""Scale, level and topic of the touchpoints at which people are asked."""


class Voices(NamedTuple):
    """One entry an event.

    `felt` is NaN where nobody was asked, `score` also where nobody answered. `text` is -1, or a number into
    `texts.all_texts` without the language: topic, kind and wording.
    """

    felt: F64
    score: F64
    scale: I64
    topic: I64  # of the text
    kind: I64


def voices_of(people: People, record: Record, friction: Bools, rng: np.random.Generator) -> Voices:
    """Scores and texts of the events of a block."""
    at, n = record.touchpoint, len(record.touchpoint)
    scales, levels, topics = _askings()
    scale, level, topic = scales[at], levels[at], topics[at]
    struggled = np.r_[False, friction[at[:-1]] & (record.person[1:] == record.person[:-1])] & np.isin(at, _HELP)
    felt = level + 0.5 * people.mood[record.person] + 0.7 * rng.standard_normal(n)
    felt += np.where(friction[at], RUBS, 0.0) + np.where(struggled, -0.5, 0.0)
    asked = (scale >= 0) & ((rng.random(n) < ASKED) | (at == world.INDEX["Review written"]))
    answers = asked & (rng.random(n) < _willing(felt))
    score = np.where(answers, _score(felt, scale), np.nan)
    enquiry = np.isin(at, _HELP) & (rng.random(n) < ENQUIRES)
    writes = (answers & (topic >= 0) & (rng.random(n) < WRITES)) | (answers & (at == world.INDEX["Review written"]))
    said = np.where(felt > 0.6, 0, np.where(felt < -0.4, 1, 2))
    return Voices(
        felt=np.where(asked, felt, np.nan),
        score=score,
        scale=np.where(asked, scale, -1),
        topic=np.where(enquiry, record.topic, np.where(writes, topic, NO_TOPIC)),
        kind=np.where(enquiry, KINDS.index("question"), np.where(writes, said, -1)),
    )


def _willing(felt: F64) -> F64:
    """The probability of an answer: higher for strong feelings, and for bad ones."""
    found: F64 = 1 / (1 + np.exp(0.9 - 0.6 * np.abs(felt) + 0.35 * felt))
    return found


def _score(felt: F64, scale: I64) -> F64:
    low, high = (np.array(side, float)[scale] for side in zip(*RANGE, strict=True))
    found: F64 = np.clip(np.round(_CENTRE[scale] + _SPREAD[scale] * felt), low, high)
    return found


def mean_score(felt: F64, scale: int) -> float:
    """The mean score if everybody who felt so had answered."""
    return float(_score(felt, np.full(len(felt), scale)).mean())


def _askings() -> tuple[I64, F64, I64]:
    """Scale, level and topic by touchpoint; -1, 0 and -1 where nobody is asked."""
    scale, level, topic = np.full((3, len(world.PLACES)), [[-1.0], [0.0], [-1.0]])
    for name, (on, height, about) in _ASKED_AT.items():
        k = world.INDEX[name]
        scale[k], level[k], topic[k] = on, height, TOPICS.index(about) if about else NO_TOPIC
    return scale.astype(np.int64), level, topic.astype(np.int64)


_HELP = world.indices(world.CONTACTS)


def silent(n: int) -> Voices:
    """Nothing said at n events."""
    return Voices(np.full(n, np.nan), np.full(n, np.nan), *np.full((3, n), -1))

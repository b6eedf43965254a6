"""Sentences that people write, put together from `texts.json`: an opener, a sentence of topic and kind, a closer."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa

from desireline.simulate import world
from desireline.simulate.arrays import I64
from desireline.simulate.record import TOPICS
from desireline.simulate.voices import KINDS

WORDINGS = 18
"""Of each language, topic and kind: two sentences, three openers, three closers."""


def all_texts() -> list[str]:
    """Every text, by language, topic, kind and wording."""
    known = json.loads((Path(__file__).parent / "texts.json").read_text(encoding="utf-8"))
    return [
        _sentence(opener + sentence) + closer
        for language in world.LANGUAGES
        for topic in TOPICS
        for kind in KINDS
        for sentence, opener, closer in product(
            known[language][topic][kind], known[language]["openers"], known[language]["closers"]
        )
    ]


def text_column(language: I64, topic: I64, kind: I64, wording: I64) -> pa.Array:
    """The text of each event; null where kind is negative."""
    number = ((language * len(TOPICS) + topic) * len(KINDS) + kind) * WORDINGS + wording
    missing = (kind < 0) | (topic < 0) | (language < 0)
    return pa.array(all_texts(), pa.string()).take(pa.array(np.where(missing, 0, number), mask=missing))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

"""An outline of an article, made of sentences that stand in answers, word for word.

Sentences are ranked by how near they are to the middle of all answers' sentences (centroid of TF-IDF vectors; Radev et
al. 2004, "Centroid-based summarization of multiple documents"), those that say the same as a chosen one are left out,
and the chosen ones stand in the order in which answers usually say them. Greetings fall out for being short; sentences
with an e-mail address or a long number are withheld, since they tell of one customer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from desireline.kernels.arrays import F64

MOST: Final = 8
_WORDS: Final = (4, 60)
_SAME: Final = 0.5
_ENDS: Final = re.compile(r"(?<=[.!?…])\s+(?=[\"“„(]?[^\W\d_a-ząćęłńóśźżčđšž])|[\n\r•]+")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PERSONAL: Final = re.compile(r"\S@\S|(?<![0-9])(?:[0-9][ \-/]?){6,}[0-9]")


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer. `answer`: which one; `place`: 0 at its beginning, 1 at its end."""

    text: str
    answer: int
    place: float


@dataclass(frozen=True)
class Drafted:
    """Chosen sentences in their order, each with how many answers say much the same; how many were withheld."""

    sentences: list[tuple[Sentence, int]]
    withheld: int


def drafted(answers: Sequence[str], most: int = MOST) -> Drafted:
    """The most telling sentences of answers, without repetition.

    Args:
        answers: as they were written, without markup.
        most: sentences.
    """
    from desireline.voice.features import Features, Grams

    every = [sentence for number, answer in enumerate(answers) for sentence in sentences_of(answer, number)]
    kept = [one for one in every if not _PERSONAL.search(one.text)]
    if not kept:
        return Drafted([], len(every))
    vectors = Features([Grams("words", 1, 2)], least_texts=1).learn([one.text for one in kept])
    near = vectors @ np.asarray(vectors.mean(axis=0)).ravel()
    chosen: list[int] = []
    alike: list[F64] = []
    for row in np.argsort(-near, kind="stable").tolist():
        if len(chosen) == most:
            break
        if all(cosines[row] < _SAME for cosines in alike):
            chosen.append(row)
            alike.append(np.asarray((vectors @ vectors[row].T).todense(), np.float64).ravel())
    found = []
    for row, cosines in zip(chosen, alike, strict=True):
        same = np.flatnonzero(cosines >= _SAME).tolist()
        place = float(np.median([kept[other].place for other in same]))
        found.append((place, kept[row], len({kept[other].answer for other in same})))
    found.sort(key=lambda one: one[0])
    return Drafted([(sentence, n) for _, sentence, n in found], len(every) - len(kept))


def sentences_of(answer: str, number: int = 0) -> list[Sentence]:
    """The sentences of an answer that have neither too few nor too many words.

    >>> [one.text for one in sentences_of("Hello Ana. Please open the app and tap Cards. Regards, Tom")]
    ['Please open the app and tap Cards.']
    """
    parts = [part.strip() for part in _ENDS.split(answer) if part.strip()]
    last = max(1, len(parts) - 1)
    return [
        Sentence(part, number, place / last)
        for place, part in enumerate(parts)
        if _WORDS[0] <= len(_WORD.findall(part)) <= _WORDS[1]
    ]

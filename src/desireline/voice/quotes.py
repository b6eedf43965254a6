"""Which of many texts to quote: those nearest to what most say, and none that says the same as another."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"\w{3,}")
SHORTEST, LONGEST = 15, 400
"""Characters of a text that can be quoted as it is; others only where there are too few of these."""
ALIKE: Final = 0.5


def typical(texts: Sequence[str], count: int) -> list[int]:
    """Places of the texts nearest to the middle of all, the nearest first.

    The middle is the mean of the texts as TF-IDF vectors (each word once a text), nearness the cosine. A text that
    shares half of its words (Jaccard) with one that is chosen already is left out.

    >>> typical(["The parcel came late again", "Parcel was late, very late", "Nice shoes in the shop"], 1)
    [0]
    """
    bags = [frozenset(_WORD.findall(text.lower())) for text in texts]
    many = Counter(word for bag in bags for word in bag)
    weight = {word: math.log((len(texts) + 1) / n) for word, n in many.items()}

    def nearness(place: int) -> tuple[bool, float]:
        bag = sorted(bags[place])
        length = math.sqrt(sum(weight[w] ** 2 for w in bag)) or 1.0
        fits = SHORTEST <= len(texts[place]) <= LONGEST
        return fits, sum(many[w] * weight[w] ** 2 for w in bag) / length

    chosen: list[int] = []
    for place in sorted(range(len(texts)), key=lambda i: (*(-x for x in nearness(i)), i)):
        if len(chosen) == count:
            break
        if not any(_alike(bags[place], bags[other]) for other in chosen):
            chosen.append(place)
    return chosen


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = len(one | other)
    return both == 0 or len(one & other) / both >= ALIKE

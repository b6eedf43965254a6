"""What a group of texts is called: its telling words (c-TF-IDF), and typical quotes.

The weight of a word or a pair of words in a group is its frequency there times ln(1 + A / f), with A the mean number of
words of a group and f the frequency over all groups (Grootendorst 2022, "BERTopic"). Forms of a word that share all but
their last letters count together and show as the commonest form: inflected Polish and Croatian words would otherwise
split their weight. simplemma's dictionaries would do it better, but are partly under the Open Database Licence and the
LGPL, which a permissive package cannot carry into its results without more ado.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import Final

import numpy as np

from desireline.kernels.arrays import F32, I64
from desireline.voice.stopwords import stop_words

WORDS: Final = 8
NAMED_BY: Final = 3
READ: Final = 3_000
"""Texts of a group that its words are taken from."""

QUOTES: Final = 3
_READABLE: Final = (20, 240)
_ALIKE: Final = 0.6
_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
_STEM: Final = 5
_ENDING: Final = 3

Terms = Counter[tuple[str, ...]]


def telling(texts: Sequence[str], label: I64, k: int, language: str) -> list[list[str]]:
    """The telling words of each group, the most telling first; empty where a group has no words of its own."""
    stop, forms = stop_words(language), defaultdict[str, Counter[str]](Counter)
    groups = [_terms(texts, np.flatnonzero(label == group)[:READ], stop, forms) for group in range(k)]
    total: Terms = Counter()
    for group in groups:
        total.update(group)
    mean = total.total() / max(1, k)
    return [_best(group, total, mean, forms) for group in groups]


def name_of(words: Sequence[str]) -> str:
    """A name out of telling words: the first few that do not repeat each other.

    >>> name_of(["card arrived", "card", "delivery", "post", "track"])
    'card arrived, delivery, post'
    """
    chosen: list[str] = []
    for word in words:
        if not any(set(word.split()) & set(one.split()) for one in chosen):
            chosen.append(word)
        if len(chosen) == NAMED_BY:
            break
    return ", ".join(chosen) or "…"


def typical(texts: Sequence[str], points: F32, centre: F32, rows: I64) -> list[int]:
    """Rows of up to three texts of a group: nearest to its centre, of readable length, different from each other."""
    order = rows[np.argsort(-(points[rows] @ centre), kind="stable")].tolist()
    readable = [row for row in order[:READ] if _READABLE[0] <= len(texts[row]) <= _READABLE[1]]
    chosen: list[int] = []
    for row in [*readable, *order[:READ]]:
        if len(chosen) == QUOTES:
            break
        if all(_shared(texts[row], texts[one]) < _ALIKE for one in chosen):
            chosen.append(row)
    return chosen


def _terms(texts: Sequence[str], rows: I64, stop: frozenset[str], forms: defaultdict[str, Counter[str]]) -> Terms:
    found: Terms = Counter()
    for row in rows.tolist():
        words = [word if word not in stop else "" for word in _WORD.findall(texts[row].lower())]
        stems = [_stem(word) for word in words]
        for stem, word in zip(stems, words, strict=True):
            forms[stem][word] += 1
        terms = {(stem,) for stem in stems if stem} | {(a, b) for a, b in pairwise(stems) if a and b}
        found.update(terms)
    return found


def _best(group: Terms, total: Terms, mean: float, forms: dict[str, Counter[str]]) -> list[str]:
    least = 2 if len(group) > WORDS else 1
    weight = {term: n * log(1 + mean / total[term]) for term, n in group.items() if n >= least}
    chosen: list[tuple[str, ...]] = []
    for term in sorted(weight, key=lambda one: (-weight[one], one)):
        if len(chosen) == WORDS:
            break
        within = next((one for one in chosen if set(term) < set(one) or set(one) < set(term)), None)
        if within is None or len(within) < len(term):
            chosen.append(term)
    return [" ".join(forms[stem].most_common(1)[0][0] for stem in term) for term in chosen]


def _stem(word: str) -> str:
    """The letters that forms of a word have in common, more or less.

    >>> _stem("przesyłka") == _stem("przesyłki"), _stem("card")
    (True, 'card')
    """
    return word if len(word) <= _STEM else word[: max(_STEM, len(word) - _ENDING)]


def _shared(a: str, b: str) -> float:
    one, other = set(_WORD.findall(a.lower())), set(_WORD.findall(b.lower()))
    return len(one & other) / max(1, len(one | other))

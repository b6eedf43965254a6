"""The scale that a question is answered on, told by its words and its answers.

A scale is told only where words say what was asked and the values fit; other numbers are numbers, which say nothing
about good or bad, few different words are choices, and the rest are open questions.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from desireline.model.scales import Scale

ENOUGH: Final = 10
"""Answers from which the greatest one says how long a scale is."""

_CHOICES: Final = 12
_NUMBER: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:[-–—:=(]\s*[^\d\s].*|\s[^\d\s–-].*)?")
_RECOMMEND: Final = re.compile(r"\bnps\b|_nps|nps_|net promoter|recommend|polec|preporu", re.I)
_SATISFIED: Final = re.compile(r"csat|satisf|zadowol|zadovolj", re.I)
_EASE: Final = re.compile(r"\bces\b|\beas(y|ier|ily)\b|łatw|jednostavn|\blako\b", re.I)
_STARS: Final = re.compile(r"\bstars?\b|gwiazd|zvjezdic", re.I)
_WORDS: Final = (
    ("very dissatisfied", "very unsatisfied", "bardzo niezadowolony", "bardzo niezadowolona", "vrlo nezadovoljan"),
    ("dissatisfied", "unsatisfied", "niezadowolony", "niezadowolona", "nezadovoljan", "somewhat dissatisfied"),
    ("neutral", "neither satisfied nor dissatisfied", "ani zadowolony, ani niezadowolony", "niti jedno niti drugo"),
    ("satisfied", "zadowolony", "zadowolona", "zadovoljan", "somewhat satisfied"),
    ("very satisfied", "bardzo zadowolony", "bardzo zadowolona", "vrlo zadovoljan"),
)
_LENGTHS: Final[dict[float, Scale]] = {5: "csat_5", 7: "csat_7", 10: "csat_10"}
LABELS: Final = {word: float(k) for k, words in enumerate(_WORDS, 1) for word in words}


def scale_of(words: str, values: Sequence[str]) -> Scale | None:
    """The scale of answers; None for open ones.

    >>> scale_of("Would you recommend us?", ["9", "0"]), scale_of("Age", ["31"]), scale_of("Why?", ["-"])
    ('nps', 'number', None)
    """
    if all(v.lower() in LABELS for v in values):
        return "csat_5"
    numbers = [float(m[1]) for v in values if (m := _NUMBER.fullmatch(v))]
    if len(numbers) < len(values):
        different = len(set(values))
        return "choice" if different <= _CHOICES and len(values) >= 3 * different else None
    return _of_numbers(words, numbers)


def labels_of(scale: Scale | None, values: Iterable[str]) -> dict[str, float]:
    """The scores of answers in words, as they are written; of a scale without such words none."""
    return {v: LABELS[v.lower()] for v in sorted(set(values)) if scale == "csat_5" and v.lower() in LABELS}


def _of_numbers(words: str, numbers: Sequence[float]) -> Scale:
    low, high = min(numbers), max(numbers)
    if _RECOMMEND.search(words) and high <= 10:
        return "nps"
    if _STARS.search(words) and low >= 1 and high <= 5:
        return "stars_5"
    if len(numbers) < ENOUGH or low < 1:
        return "number"
    if _SATISFIED.search(words):
        return _LENGTHS.get(high, "number")
    return "ces2_7" if _EASE.search(words) and high == 7 else "number"

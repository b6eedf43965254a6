"""The questions of a survey whose columns bear any names: all that are none of the tool's own, by words and values.

A scale is told only where words say what was asked and the values fit; other numbers are numbers, which say nothing
about good or bad, few different words are choices, and the rest are open questions.
"""

import re
from collections.abc import Sequence
from typing import Final

from desireline.collect.detecting import first_values
from desireline.collect.table import Table
from desireline.model.feedback_mapping import Answer
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


def answers_of(table: Table, besides: Sequence[str], questions: dict[str, str]) -> list[Answer]:
    """The columns of answers of a table, each with a scale as far as it is told.

    Args:
        table: its sample is looked at.
        besides: columns that are none.
        questions: what was asked, by column, where the file says it apart from the header.
    """
    found = []
    for name in table.columns:
        values = [v for v in first_values(table.sample, name).to_pylist() if v]
        if name in besides or not values:
            continue
        text = questions.get(name) or name
        scale = scale_of(f"{name} {text}", values)
        labels = {v: LABELS[v.lower()] for v in sorted(set(values)) if scale == "csat_5" and v.lower() in LABELS}
        found.append(Answer(column=name, question_text=text[:1000], scale=scale, labels=labels))
    return found


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

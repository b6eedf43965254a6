"""Which scale scores are on, where nobody says it: a rule that looks at names first and then at the values."""

import re
from collections.abc import Iterable, Mapping

from desireline.model.journey_map import ScoreScale

RANGES: dict[ScoreScale, tuple[float, float]] = {"csat": (1, 5), "ces": (1, 7), "nps": (0, 10)}
"""The lowest and the highest answer of each scale; what lies outside is no answer on it."""

ENOUGH = 10
"""Answers from which a missing value says something: ten of people who may say 8, 9 or 10, and none of these."""

_NAMED = re.compile(r"(?P<nps>nps)|(?P<csat>csat)|(?<![a-z])(?P<ces>ces)(?![a-z])")


def guess(texts: Iterable[str], answers: Mapping[float, int]) -> ScoreScale | None:
    """The scale of a touchpoint's scores; None where neither names nor values say it.

    1. Names: exactly one of NPS, CSAT and CES (a word of its own) stands in them, and all values lie in its range.
    2. Values, if no name says anything, of whole numbers from 0 to 10: a 0 or an 8, 9 or 10 makes them NPS. Else, of
       at least ten answers, a 6 or 7 makes them CES, and 1 to 5 alone CSAT.

    Args:
        texts: names of the touchpoint, its events, and the properties that its rules look at.
        answers: how many there are of each value.

    >>> guess(["Survey CSAT"], {4: 3}), guess(["Services"], {9: 1, 3: 1}), guess(["Call"], {4: 3})
    ('csat', 'nps', None)
    """
    if not answers:
        return None
    low, high = min(answers), max(answers)
    named = {match.lastgroup for text in texts for match in _NAMED.finditer(_words(text))}
    if named:
        fitting = [s for s, (least, most) in RANGES.items() if named == {s} and least <= low and high <= most]
        return fitting[0] if fitting else None
    if low < 0 or high > 10 or any(value != int(value) for value in answers):
        return None
    if low == 0 or high >= 8:
        return "nps"
    if sum(answers.values()) < ENOUGH:
        return None
    return "ces" if high >= 6 else "csat"


def _words(text: str) -> str:
    """In small letters, cut where a small letter stands before a capital one."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()

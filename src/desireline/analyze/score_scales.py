"""Which scale scores are on, where nobody says it: a rule that looks at names first and then at the values."""

import re
from collections.abc import Iterable, Mapping

from desireline.model.journey_map import ScoreScale
from desireline.model.scales import BUCKETS, Scale

RANGES: dict[ScoreScale, tuple[float, float]] = {"csat": (1, 5), "ces": (1, 7), "nps": (0, 10)}
"""The lowest and the highest answer of each scale; what lies outside is no answer on it."""

DECLARED: dict[Scale, ScoreScale] = {
    "nps": "nps", "csat_5": "csat", "csat_7": "csat", "csat_10": "csat", "stars_5": "csat", "thumbs": "csat",
    "ces2_7": "ces", "ces1_5": "ces",
}  # fmt: skip
"""The scale of emotions that a declared one belongs to: satisfaction of any length, effort, recommendation.

Scores of another length are stretched to its range, so that the worst and the best answer stay what they are.
"""


def stretched(scale: Scale) -> tuple[float, float]:
    """What to multiply a declared scale's scores with, and then to add, to have them on the scale of emotions.

    >>> stretched("csat_5"), stretched("thumbs"), round(stretched("csat_7")[0] * 7 + stretched("csat_7")[1], 9)
    ((1.0, 0.0), (4.0, 1.0), 5.0)
    """
    low, high = BUCKETS[scale][:2]
    least, most = RANGES[DECLARED[scale]]
    factor = (most - least) / (high - low)
    return factor, least - factor * low


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

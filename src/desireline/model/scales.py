"""The scales that answers are on, once they are normalised: a greater score is always the better one."""

from typing import Final, Literal, NamedTuple, get_args

Scale = Literal[
    "nps", "csat_5", "csat_7", "csat_10", "ces2_7", "ces1_5", "stars_5", "thumbs", "choice", "number"
]  # fmt: skip
"""What a question is answered on.

`nps`: 0 to 10, "how likely are you to recommend". `csat_5`, `csat_7`, `csat_10`: satisfaction from 1. `ces2_7`: "made
it easy", 1 to 7. `ces1_5`: effort, 1 to 5, in the source's words 1 is the least effort. `stars_5`: 1 to 5. `thumbs`:
0 down, 1 up. `choice`: one of several words, no score. `number`: any number, which says nothing about good or bad.
"""

SCALES: Final = get_args(Scale)

Band = Literal["good", "neutral", "bad"]
BANDS: Final[tuple[Band, ...]] = get_args(Band)


class Buckets(NamedTuple):
    """How a scale's scores are counted.

    Attributes:
        low, high: the lowest and the highest score; what lies outside is no answer on the scale.
        good_from: the lowest score of the good band.
        bad_to: the highest score of the bad band.
        names: what the good, the neutral and the bad band are called; None where a scale has no neutral one.
    """

    low: float
    high: float
    good_from: float
    bad_to: float
    names: tuple[str, str | None, str]


_SATISFACTION: Final = ("satisfied", "neutral", "unsatisfied")
_EASE: Final = ("easy", "neutral", "hard")

BUCKETS: Final[dict[Scale, Buckets]] = {
    "nps": Buckets(0, 10, 9, 6, ("promoters", "passives", "detractors")),
    "csat_5": Buckets(1, 5, 4, 2, _SATISFACTION),
    "csat_7": Buckets(1, 7, 6, 2, _SATISFACTION),
    "csat_10": Buckets(1, 10, 9, 2, _SATISFACTION),
    "ces2_7": Buckets(1, 7, 5, 3, _EASE),
    "ces1_5": Buckets(1, 5, 4, 2, _EASE),
    "stars_5": Buckets(1, 5, 4, 2, _SATISFACTION),
    "thumbs": Buckets(0, 1, 1, 0, ("up", None, "down")),
}
"""Scales that say good and bad: satisfaction by its two highest and two lowest answers, the rest as defined."""

REVERSED: Final[frozenset[Scale]] = frozenset({"ces1_5"})
"""Scales on which, in the words that they are usually asked in, a greater answer is the worse one."""

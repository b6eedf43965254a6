"""Sentiment by a list of words, for the time before there are labels: English only.

VADER (Hutto and Gilbert 2014; MIT, its lexicon too) reads negations, intensifiers and emoji. On airline tweets it
reaches macro-F1 .449 of three labels where 500 labels of one's own reach .627: better than nothing, and given up as
soon as a model of one's own can be learnt. For Polish there is polvader (MIT), but the sources that its list was made
of (NAWL, Imbir) leave their terms open and it brings models to download; for Croatian no list is in any package. Both
languages tell ratings only until there are labels.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from desireline.model.sentiment import Verdict

LANGUAGES: Final = ("en",)

_CLEAR: Final = 0.05
"""VADER's own threshold of its compound score."""


def judged(texts: Sequence[str]) -> list[Verdict]:
    """The label of each English text; `unsure` where no word of it is in the list.

    >>> judged(["The staff was great!", "I hate waiting", "Parcel 7"])
    ['positive', 'negative', 'unsure']
    """
    return [_label(_analyzer().polarity_scores(text)["compound"]) for text in texts]


def _label(compound: float) -> Verdict:
    if compound == 0:
        return "unsure"
    return "positive" if compound >= _CLEAR else "negative" if compound <= -_CLEAR else "neutral"


@cache
def _analyzer() -> Any:
    from vader import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()

"""What is known of a text without a model: the score that its author gave beside it, or what a person said of it."""

import re
from typing import Final

from desireline.model.sentiment import Polarity

_ENDS: Final = {
    "nps": (6, 9), "csat_10": (4, 8), "csat_7": (3, 6), "ces2_7": (3, 6), "csat_5": (2, 4), "stars_5": (2, 4),
    "ces1_5": (2, 4), "thumbs": (0, 1),
}  # fmt: skip
"""Up to the first negative, from the second on positive; what lies between says nothing. Those of 5 and of NPS are the
field's; the others lie at the same shares of their scales."""

_WORDS: Final[dict[str, Polarity]] = {
    **dict.fromkeys(("negative", "neg", "minus", "bad", "negatywny", "negatywna", "negatywne", "zły", "zła",
                     "negativan", "negativno", "negativna", "loše", "detractor", "complaint"), "negative"),
    **dict.fromkeys(("positive", "pos", "plus", "good", "pozytywny", "pozytywna", "pozytywne", "dobry", "dobra",
                     "pozitivan", "pozitivno", "pozitivna", "dobro", "promoter", "praise"), "positive"),
    **dict.fromkeys(("neutral", "neu", "zero", "neutralny", "neutralna", "neutralne", "obojętny", "neutralan",
                     "neutralno", "neutralna", "passive"), "neutral"),
}  # fmt: skip


def of_score(score: float | None, scale: str | None) -> Polarity | None:
    """The label that a score on a scale gives to the text beside it, None for the middle and for unknown scales.

    >>> [of_score(score, "nps") for score in (6, 7, 9)], of_score(2, "stars_5"), of_score(3, "csat_5")
    (['negative', None, 'positive'], 'negative', None)
    """
    ends = _ENDS.get(scale or "")
    if score is None or ends is None:
        return None
    low, high = ends
    return "negative" if score <= low else "positive" if score >= high else None


def scale_of_numbers(values: set[float]) -> str | None:
    """The scale of numbers in a column of labels: 0 and 1 thumbs, 1 to 5 stars, 0 to 10 NPS; None for others.

    >>> scale_of_numbers({0, 1}), scale_of_numbers({1, 2, 5}), scale_of_numbers({0, 7, 10}), scale_of_numbers({1, 40})
    ('thumbs', 'stars_5', 'nps', None)
    """
    if not values or any(value != int(value) for value in values):
        return None
    low, high = min(values), max(values)
    for scale, least, most in (("thumbs", 0, 1), ("stars_5", 1, 5), ("nps", 0, 10)):
        if least <= low and high <= most:
            return scale
    return None


def of_word(label: str) -> Polarity | None:
    """The label that a word names in English, Polish or Croatian, alone or as a part; None for others.

    >>> [of_word(text) for text in ("Positive", "M_Negative", "__label__meta_zero", "mixed")]
    ['positive', 'negative', 'neutral', None]
    """
    for part in re.findall(r"[^\W\d_]+", label.casefold()):
        if part in _WORDS:
            return _WORDS[part]
    return None

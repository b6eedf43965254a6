"""Numbers as people write them: thousands and decimals of each language, spaces that do not break, and words."""

import re
from typing import Final

from desireline.model.promise import MessageLanguage

SPACE: Final = "[ \u00a0\u202f\u2009]"
DASH: Final = "[-\u2010-\u2015\u2212]"
NUMBER: Final = (
    rf"(?<![0-9])(?<![0-9][.,])(?:[0-9]{{1,3}}(?:(?:[.,'’]|{SPACE})[0-9]{{3}})+(?:[.,][0-9]{{1,2}})?|[0-9]+(?:[.,][0-9]{{1,3}})?)"
    r"(?![0-9])"
)
"""A written number; `value_of` reads it."""

_DECIMAL: Final[dict[MessageLanguage, str]] = {"en": ".", "pl": ",", "hr": ","}
_SPACES: Final = re.compile(rf"{SPACE}|['’]")

WORDS: Final[dict[MessageLanguage, dict[str, int]]] = {
    "en": {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "twelve": 12, "fourteen": 14, "twenty-four": 24, "thirty": 30,
    },
    "pl": {
        "jeden": 1, "jednego": 1, "jedną": 1, "dwa": 2, "dwóch": 2, "dwie": 2, "dwoma": 2, "trzy": 3, "trzech": 3,
        "cztery": 4, "czterech": 4, "pięć": 5, "pięciu": 5, "sześć": 6, "sześciu": 6, "siedem": 7, "siedmiu": 7,
        "osiem": 8, "ośmiu": 8, "dziewięć": 9, "dziewięciu": 9, "dziesięć": 10, "dziesięciu": 10, "czternaście": 14,
        "czternastu": 14, "trzydzieści": 30, "trzydziestu": 30,
    },
    "hr": {
        "jedan": 1, "jednog": 1, "jednoga": 1, "jedna": 1, "dva": 2, "dvije": 2, "tri": 3, "četiri": 4, "pet": 5,
        "šest": 6, "sedam": 7, "osam": 8, "devet": 9, "deset": 10, "četrnaest": 14, "trideset": 30,
    },
}  # fmt: skip


def value_of(written: str, language: MessageLanguage) -> float:
    """The value of a written number.

    Of two different signs the last one is before the decimals. One sign before exactly three digits is before the
    decimals only if it is the language's own; before one or two digits it always is.

    >>> [value_of("1.299,00", "en"), value_of("1,299", "en"), value_of("1,299", "pl"), value_of("1 299,5", "pl")]
    [1299.0, 1299.0, 1.299, 1299.5]
    """
    number = _SPACES.sub("", written)
    signs = [sign for sign in number if sign in ".,"]
    if not signs:
        return float(number)
    last = signs[-1]
    after = len(number) - number.rindex(last) - 1
    decimals = (len(set(signs)) > 1) if len(signs) > 1 else after < 3 or last == _DECIMAL[language]
    if not decimals:
        return float(re.sub("[.,]", "", number))
    whole, _, fraction = number.rpartition(last)
    return float(re.sub("[.,]", "", whole) + "." + fraction)


def number_or_word(language: MessageLanguage) -> str:
    """The pattern of a number in digits or as a word."""
    words = "|".join(sorted(WORDS[language], key=len, reverse=True))
    return rf"(?:{NUMBER}|\b(?:{words})\b)"


def value_or_word(written: str, language: MessageLanguage) -> float:
    """What such a number is worth.

    >>> value_or_word("Dwóch", "pl")
    2.0
    """
    word = WORDS[language].get(written.lower())
    return float(word) if word is not None else value_of(written, language)


def plain(value: float) -> str:
    """A number without needless decimals.

    >>> plain(199.0), plain(19.9)
    ('199', '19.9')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".")


def between(low: float | None, high: float | None) -> str:
    """A range as text; open ends stay empty.

    >>> between(2, 3), between(2, 2), between(None, 50), between(199, None)
    ('2..3', '2', '..50', '199..')
    """
    if low is not None and low == high:
        return plain(low)
    return f"{'' if low is None else plain(low)}..{'' if high is None else plain(high)}"

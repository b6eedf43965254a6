"""Texts as people send them, made readable: markup taken out, white space folded, rants cut, words found once.

Only features are made of what is returned here; what is shown to people are the texts as they were written.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from desireline.kernels.arrays import I64

LONGEST: Final = 5_000
"""Letters that features are made of: a rant of 50,000 letters says in its first pages what it is about."""

_HIDDEN: Final = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_WORD: Final = re.compile(r"[^\W_]")


def readable(text: str) -> str:
    """A text without markup, its entities as the signs they stand for, white space folded.

    >>> readable("<p>Late&nbsp;again!<br>5 < 6</p><script>alert(1)</script>")
    'Late again! 5 < 6'
    """
    if "<" in text:
        text = _TAG.sub(" ", _COMMENT.sub(" ", _HIDDEN.sub(" ", text)))
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


@dataclass(frozen=True, eq=False)
class Texts:
    """Readable texts, and those that say something different.

    Attributes:
        words: the different texts, cut at `LONGEST` letters.
        of: int64[texts], place of each text in `words`, -1 for one without a letter or digit.
        empty, cut, repeated: how many have no word, were cut, say what an earlier one said (case and signs aside).
    """

    words: list[str]
    of: I64
    empty: int
    cut: int
    repeated: int


def read(texts: Sequence[str | None]) -> Texts:
    """Texts as features are made of them."""
    place: dict[str, int] = {}
    words: list[str] = []
    of = np.full(len(texts), -1, np.int64)
    cut = 0
    for row, text in enumerate(texts):
        found = readable(text or "")
        if _WORD.search(found) is None:
            continue
        cut += len(found) > LONGEST
        found = found[:LONGEST]
        at = place.setdefault(fingerprint(found), len(words))
        if at == len(words):
            words.append(found)
        of[row] = at
    told = int((of >= 0).sum())
    return Texts(words, of, len(texts) - told, cut, told - len(words))


def fingerprint(text: str) -> str:
    """What two texts have in common that say the same: their words in lower case.

    >>> fingerprint("Great  service!!") == fingerprint("great service")
    True
    """
    return " ".join(re.findall(r"\w+", text.casefold()))

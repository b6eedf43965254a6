"""What a figure is about: the nearest telling word of its sentence."""

import re
from collections.abc import Mapping
from typing import Final

_BOUNDARY: Final = re.compile(r"[.!?…]+\s+(?=[^\W\d_a-ząćęłńóśźżčđšž])|[;\n•|]")
_PART: Final = re.compile(r",\s|\s[-\u2010-\u2015]\s|[()]|\b(?:and|but|or|oraz|albo|lub|ale|ali|ili|te|i|a)\b", re.I)
_SINCE: Final = re.compile(
    r"\b(?:od|of|from|after|since|following|po|nakon|poslije)\s+"
    r"(?:the\s+|your\s+|date\s+of\s+|day\s+of\s+|dnia\s+|daty\s+|dana\s+|datuma\s+|momentu\s+|trenutka\s+)*$",
    re.IGNORECASE,
)
CROSSING: Final = 30
"""Letters that a comma, a bracket or a conjunction counts for."""

FARTHEST: Final = 150


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a span begins and ends."""
    low = max((found.end() for found in _BOUNDARY.finditer(text, 0, start)), default=0)
    after = _BOUNDARY.search(text, end)
    return low, len(text) if after is None else after.start()


def nearest(
    text: str, start: int, end: int, words: Mapping[str, re.Pattern[str]], *, across: bool = True
) -> str | None:
    """Which group of words has the one nearest to a span, in its sentence; None for none.

    A word that only says since when a period counts ("within 14 days of delivery") is not looked at.

    Args:
        text: any.
        start: of the span.
        end: of the span.
        words: groups by name.
        across: whether a word behind the span counts behind a comma, a bracket or a conjunction too.
    """
    low, high = sentence(text, start, end)
    best: tuple[int, int] | None = None
    found = None
    for place, (name, pattern) in enumerate(words.items()):
        for match in pattern.finditer(text, low, high):
            if match.start() > end + FARTHEST:
                break
            if match.end() < start - FARTHEST:
                continue
            if match.start() >= end:
                gap = text[end : match.start()]
                if _SINCE.search(gap) or not (across or _PART.search(gap) is None):
                    continue
            else:
                gap = text[match.end() : start] if match.end() <= start else ""
            far = len(gap) + CROSSING * len(_PART.findall(gap))
            if far <= FARTHEST and (best is None or (far, place) < best):
                best, found = (far, place), name
    return found


def before(text: str, start: int, reach: int = 40) -> str:
    """What stands before a span, within its sentence and reach."""
    low, _ = sentence(text, start, start)
    return text[max(low, start - reach) : start]


def after(text: str, end: int, reach: int = 30) -> str:
    """What stands after a span, within its sentence and reach."""
    _, high = sentence(text, end, end)
    return text[end : min(high, end + reach)]


def pattern(words: str) -> re.Pattern[str]:
    """Beginnings of words, parted by spaces, as a pattern of whole words; `_` stands for a space, `$` ends a word."""
    each = (
        word.replace("_", r"\s+").removesuffix("$") + ("" if word.endswith("$") else r"\w*") for word in words.split()
    )
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)


DELIVERY: Final = pattern(
    "deliver shipping shipped shipment dispatch postage courier arriv parcel$ dostaw wysył wyśl nadamy nadajemy "
    "przesył kurier doręcz dostarcz dotrze paczk dostav isporu slanj pošilj paket$ stiže stići šaljemo poštarin"
)
RETURN: Final = pattern(
    "return refund money_back send_it_back change_your_mind zwrot zwróc zwrac odstąpi oddać oddasz povrat vrati vrać "
    "raskid odustan"
)

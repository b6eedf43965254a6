"""Everything that a text says, each letter read once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from desireline.model.promise import Extraction, MessageLanguage
from desireline.voice.promises.brands import brands
from desireline.voice.promises.dates import dates
from desireline.voice.promises.durations import durations
from desireline.voice.promises.hours import opening_hours
from desireline.voice.promises.masks import masked
from desireline.voice.promises.money import money
from desireline.voice.promises.percentages import multibuys, percentages
from desireline.voice.promises.tone import tone

_NOTHING: Final = "\u00a4"
PIECE: Final = 1_500
_CUT: Final = re.compile(r"[.!?…]\s+(?=[^\W\d_])|\n")
_GAP: Final = re.compile(r"\s")


def extracted(
    text: str, language: MessageLanguage, terms: Mapping[str, Sequence[str]] | None = None
) -> list[Extraction]:
    """All extractions, in the order of the text.

    Letters that one kind has read are not read as another: a date is no opening hour, a telephone number no price.
    Tone and names may stand anywhere.

    Args:
        text: as customers read it.
        language: of the text.
        terms: names of the organisation with spellings to avoid.
    """
    found = [
        one.model_copy(update={"start": one.start + start, "end": one.end + start})
        for start, end in _pieces(text)
        for one in _of_piece(text[start:end], language, terms or {})
    ]
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of up to `PIECE` letters, cut after sentences, else between words: long texts take no longer by letter."""
    start = 0
    while len(text) - start > PIECE:
        window = text[start : start + PIECE]
        cuts = [match.end() for match in _CUT.finditer(window)] or [match.end() for match in _GAP.finditer(window)]
        end = start + (cuts[-1] if cuts and cuts[-1] > 0 else PIECE)
        yield start, end
        start = end
    yield start, len(text)


def _of_piece(text: str, language: MessageLanguage, terms: Mapping[str, Sequence[str]]) -> list[Extraction]:
    clear = _without(text, masked(text))
    found = list(multibuys(clear))
    taken = [(one.start, one.end) for one in found]
    clear = _without(clear, taken)
    for read in (dates(clear, language), money(clear, language), opening_hours(clear, language),
                 percentages(clear, language), durations(clear, language)):  # fmt: skip
        free = [one for one in _distinct(read) if not _overlaps(one, taken)]
        taken.extend((one.start, one.end) for one in free)
        found.extend(free)
    return [*found, *_distinct(tone(text, language)), *brands(text, terms)]


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with other letters at these places, as many as there were."""
    for start, end in spans:
        text = text[:start] + _NOTHING * (end - start) + text[end:]
    return text


def _distinct(found: Iterable[Extraction]) -> list[Extraction]:
    """Of overlapping ones of the same reader the longest; those of the very same letters stay together."""
    kept: list[Extraction] = []
    for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        if not any(one.start < other.end and other.start < one.end and (one.start, one.end) != (other.start, other.end)
                   for other in kept):  # fmt: skip
            kept.append(one)
    return kept


def _overlaps(one: Extraction, taken: Iterable[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in taken)

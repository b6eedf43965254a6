"""How wide and how many lines a text is, by the metrics of the fonts that the program ships.

They are a little wider than Arial, which office programs put in their place, so that a text that fits here fits there.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from PIL import ImageFont

_SIZE: Final = 100
_WORDS: Final = re.compile(r"\n|[^\S\n]+|[^\s]+?(?:[-/–](?=\w)|(?=\s)|$)")


@dataclass(frozen=True)
class Span:
    """Words that look alike. `look`: the name of a style; `href`: where they lead."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    look: str = ""
    href: str | None = None


Line = tuple[Span, ...]


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "SchibstedGrotesk_600SemiBold.ttf" if bold else "Inter_400Regular.ttf"
    return ImageFont.truetype(
        str(Path(str(files("desireline.maps"))) / "fonts" / name), _SIZE, layout_engine=ImageFont.Layout.BASIC
    )


@lru_cache(maxsize=20_000)
def _hundredths(text: str, bold: bool) -> float:
    """Width of a text at a size of 100; signs that the font lacks count as wide as an emoji."""
    common = "".join(c for c in text if ord(c) < 0x2190)
    return float(_font(bold).getlength(common)) + sum(_foreign(c) for c in text if ord(c) >= 0x2190)


def _foreign(sign: str) -> float:
    joins = unicodedata.combining(sign) or sign in "\u200d\ufe0f\ufe0e"
    return 0.0 if joins else 1.4 * _SIZE


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text on one line, in the unit of `size`."""
    return _hundredths(text, bold) * size / _SIZE * (1.02 if bold else 1.0)


def wrap(spans: Sequence[Span], room: float) -> list[Line]:
    """Lines no wider than `room`; words break only where a single one is wider than that."""
    lines: list[list[Span]] = [[]]
    used = 0.0
    for word in _pieces(spans, room):
        if word.text == "\n":
            lines.append([])
            used = 0.0
            continue
        wide = width(word.text, word.size, word.bold)
        if used + wide > room and used > 0 and not word.text.isspace():
            lines.append([])
            used = 0.0
        if word.text.isspace() and used == 0.0:
            continue
        lines[-1].append(word)
        used += wide
    return [_joined(line) for line in lines]


def _pieces(spans: Sequence[Span], room: float) -> list[Span]:
    """Words, the white space between them, and pieces of words that are wider than a line."""
    found = []
    for span in spans:
        for match in _WORDS.finditer(span.text):
            rest = match.group()
            while width(rest, span.size, span.bold) > room and len(rest) > 1:
                cut = next((k for k in range(len(rest) - 1, 1, -1) if width(rest[:k], span.size, span.bold) <= room), 1)
                found.append(replace(span, text=rest[:cut]))
                rest = rest[cut:]
            found.append(replace(span, text=rest))
    return found


def _joined(line: Sequence[Span]) -> Line:
    found: list[Span] = []
    for span in line:
        if found and replace(found[-1], text="") == replace(span, text=""):
            found[-1] = replace(found[-1], text=found[-1].text + span.text)
        else:
            found.append(span)
    return tuple(found)

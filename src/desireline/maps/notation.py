"""A card in one line of text, as tables and outlines hold it, and back.

The signs: `★` before a moment of truth, `name — words` of a library item, `+1.5 words` of an emotion, `words: 42 %` of
a metric, `from → to — words ↻ asked twice` of a hand-off, `<https://…>` behind a source. A line that begins with `▸`
is a measured figure: it belongs to the line before it and is never read back, because nobody typed it.
"""

import re
from typing import Any, Final

from desireline.model.journey_map import LIBRARY_OF, Card, LaneKind

MEASURED: Final = "▸ "
_STAR: Final = "★ "
_WORDS: Final = " — "
_NUMBER: Final = r"[+\-−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][+-]?\d+)?"
_EMOTION: Final = re.compile(rf"({_NUMBER})(?:\s+(.*))?", re.DOTALL)
_METRIC: Final = re.compile(rf"(?:(.*):\s+)?({_NUMBER})(?:[ \u00a0]?(\D\S{{0,38}}(?: \S+){{0,4}}))?", re.DOTALL)
_THOUSANDS: Final = re.compile(r"[+\-−]?\d{1,3}(?:,\d{3})+")
_HAND_OFF: Final = re.compile(r"(.*?) ?→ ?(.*?)(?: — (.*?))?(?: ↻ (.*))?", re.DOTALL)
_SOURCE: Final = re.compile(r"https?://[^\s<>]+>")


def written(card: Card, kind: LaneKind, name: str) -> str:
    """A card as text; empty if it says nothing that text can hold. `name`: of its library item, empty without one."""
    told = _told(card, kind, name)
    told = f"{told} <{card.url}>" if card.url and told else f"<{card.url}>" if card.url else told
    return f"{_STAR}{told}" if card.star and told else told


def _told(card: Card, kind: LaneKind, name: str) -> str:
    if kind == "emotion" and card.value is not None:
        return " ".join(filter(None, (f"{'+' if card.value > 0 else ''}{plain_number(card.value)}", card.text)))
    if kind == "hand_offs" and card.hand_off:
        ends = f"{card.hand_off.from_} → {card.hand_off.to}".strip()
        asked = f" ↻ {card.hand_off.asked_twice}" if card.hand_off.asked_twice else ""
        return ends + (_WORDS + card.text if card.text else "") + asked
    words = card.text or (card.image.alt if card.image else "")
    if name:
        words = f"{name}{_WORDS}{words}" if words else name
    if card.value is not None:
        figure = " ".join(filter(None, (plain_number(card.value), card.unit)))
        return f"{words}: {figure}" if words else figure
    return words


def parsed(text: str, kind: LaneKind) -> dict[str, Any]:
    """The fields of a card by its text: those of `Card`, and `name` of the library item it refers to."""
    text = text.strip()
    found: dict[str, Any] = {}
    if text.startswith(_STAR.strip()):
        found["star"] = True
        text = text.removeprefix(_STAR.strip()).strip()
    words, _, source = text.rpartition("<")
    if _SOURCE.fullmatch(source):
        text, found["url"] = words.rstrip(), source[:-1]
    if kind in LIBRARY_OF:
        name, _, words = text.partition(_WORDS)
        return {**found, "name": name.strip(), "text": words}
    if kind == "emotion" and (match := _EMOTION.fullmatch(text)):
        return {**found, "value": _read(match[1]), "text": match[2] or ""}
    if kind == "metrics" and (match := _METRIC.fullmatch(text)) and not _THOUSANDS.fullmatch(match[2]):
        unit = (match[3] or "").strip() or None
        return {**found, "text": match[1] or "", "value": _read(match[2]), "unit": unit}
    if kind == "hand_offs" and (match := _HAND_OFF.fullmatch(text)):
        ends = {"from": match[1].strip(), "to": match[2].strip(), "asked_twice": match[4] or ""}
        return {**found, "hand_off": ends, "text": match[3] or ""}
    return {**found, "text": text}


def plain_number(value: float) -> str:
    """A number as data: a point before the decimals, none after a whole number.

    >>> plain_number(2.0), plain_number(-0.5)
    ('2', '-0.5')
    """
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _read(number: str) -> float:
    return float(re.sub(r"[ \u00a0\u202f]", "", number).replace("−", "-").replace(",", "."))

"""A map from the items of a Miro board, as its REST interface lists them: columns and rows by where things lie.

The topmost row of items names the stages' steps, the leftmost column the lanes; every other item is a card of the step
above it and the lane beside it.
"""

import html
import re
from dataclasses import dataclass
from typing import Any, Final

from desireline.errors import MapUnreadable
from desireline.maps.into.build import MapBuilder
from desireline.maps.into.json import document
from desireline.maps.into.reading import MOST_CARDS, Read
from desireline.maps.lane_names import lane_of

FORM: Final = "miro"
_KINDS: Final = {"sticky_note", "shape", "text", "card", "app_card"}
_BREAK: Final = re.compile(r"<(?:br\s*/?|/p|/div|/li)>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")

Json = dict[str, Any]


@dataclass(frozen=True)
class _Placed:
    """An item with its text. x, y: its middle."""

    text: str
    x: float
    y: float
    width: float
    height: float


def is_board(values: object) -> bool:
    """Whether a JSON document lists items of a board."""
    listed = values.get("data") if isinstance(values, dict) else values
    first = listed[0] if isinstance(listed, list) and listed else None
    return isinstance(first, dict) and isinstance(first.get("position"), dict) and "type" in first


def read(file: str, data: bytes, name: str) -> Read:
    """The map of the items.

    Raises:
        MapUnreadable: damaged; fewer than a heading, a label and a card.
    """
    builder = MapBuilder(file, FORM, name)
    values = document(file, data, FORM)
    listed = values.get("data") if isinstance(values, dict) else values
    items = [dict(item) for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    placed = [found for found in map(_placed, items) if found]
    builder.note("items_left_out", len(items) - len(placed))
    if len(placed) > MOST_CARDS:
        raise MapUnreadable(file, FORM, "too_many_cards", f"{len(placed)} > {MOST_CARDS}")
    heads, rest = _heads(placed)
    labels, cards = _labels(heads, rest)
    if not heads or not cards:
        raise MapUnreadable(file, FORM, "no_stages", str(len(placed)))
    steps = []
    for head in heads:
        builder.stage(head.text)
        steps.append(builder.step())
    for label in labels:
        builder.lane(*lane_of(label.text))
    for card in sorted(cards, key=lambda c: (c.y, c.x)):
        column = min(range(len(heads)), key=lambda k: abs(heads[k].x - card.x))
        beside = min(labels, key=lambda one: abs(one.y - card.y), default=None)
        lane = builder.lane(*lane_of(beside.text)) if beside else builder.lane("text")
        builder.written_card(lane, steps[column], card.text)
    return builder.read()


def _heads(placed: list[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
    """The topmost row, from left to right, and all others."""
    if not placed:
        return [], []
    top = min(placed, key=lambda p: p.y)
    row = [p for p in placed if _level(p, top)]
    return sorted(row, key=lambda p: p.x), [p for p in placed if not _level(p, top)]


def _level(item: _Placed, top: _Placed) -> bool:
    """Whether an item lies in one row with the topmost."""
    return abs(item.y - top.y) <= max(top.height, item.height) / 2


def _labels(heads: list[_Placed], rest: list[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
    """What lies left of all columns, from top to bottom, and all others."""
    if not heads:
        return [], rest
    edge = heads[0].x - heads[0].width / 2
    left = [p for p in rest if p.x + p.width / 2 <= edge]
    others = [p for p in rest if p.x + p.width / 2 > edge]
    return sorted(left, key=lambda p: p.y), others


def _placed(item: Json) -> _Placed | None:
    """An item with words and a place; None for frames, connectors, pictures and empty ones."""
    data, position, size = (_dict(item.get(name)) for name in ("data", "position", "geometry"))
    text = _words(str(data.get("content") or data.get("title") or ""))
    if item.get("type") not in _KINDS or not text:
        return None
    numbers = [
        position.get("x"),
        position.get("y"),
        size.get("width") or 100,
        size.get("height") or size.get("width") or 100,
    ]
    told = [float(n) for n in numbers if isinstance(n, int | float)]
    return _Placed(text, *told) if len(told) == 4 else None


def _words(markup: str) -> str:
    """The words of Miro's HTML; paragraphs become lines."""
    lines = html.unescape(_TAG.sub("", _BREAK.sub("\n", markup))).split("\n")
    return "\n".join(line for raw in lines if (line := " ".join(raw.split())))


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}

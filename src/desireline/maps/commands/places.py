"""Finding and placing things in a document without changing it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from desireline.maps.commands.base import Json, refused


def inserted(things: Sequence[Any], thing: object, at: int | None) -> list[Any]:
    """A list with one more; at the end if `at` is None."""
    if at is None:
        return [*things, thing]
    if not 0 <= at <= len(things):
        raise refused("bad_position", str(at))
    return [*things[:at], thing, *things[at:]]


def without(things: Sequence[Any], index: int) -> list[Any]:
    """A list without one."""
    return [*things[:index], *things[index + 1 :]]


def swapped(things: Sequence[Any], index: int, thing: object) -> list[Any]:
    """A list with another thing at an index."""
    return [*things[:index], thing, *things[index + 1 :]]


def index_of(things: Sequence[Json], wanted: str) -> int:
    """Where the thing of an id stands."""
    for index, thing in enumerate(things):
        if thing["id"] == wanted:
            return index
    raise refused("unknown_id", wanted)


def find_step(document: Json, step: str) -> tuple[int, int]:
    """The index of a step's stage, and of the step in it."""
    for at, stage in enumerate(document["stages"]):
        for index, one in enumerate(stage["steps"]):
            if one["id"] == step:
                return at, index
    raise refused("unknown_id", step)


def step_ids(document: Json) -> list[str]:
    """All columns from left to right."""
    return [step["id"] for stage in document["stages"] for step in stage["steps"]]


class CardPlace(NamedTuple):
    """Where a card stands: index of its lane, id of its step, place in the cell."""

    lane: int
    step: str
    at: int


def find_card(document: Json, card: str) -> CardPlace:
    """Where the card of an id stands."""
    for lane, row in enumerate(document["lanes"]):
        for step, cards in row["cells"].items():
            for index, one in enumerate(cards):
                if one["id"] == card:
                    return CardPlace(lane, step, index)
    raise refused("unknown_id", card)


def card_at(document: Json, place: CardPlace) -> Json:
    """The card of a place."""
    card: Json = document["lanes"][place.lane]["cells"][place.step][place.at]
    return card


def with_part(document: Json, part: str, index: int, thing: Json) -> Json:
    """A document with another stage, lane, path or view at an index."""
    return {**document, part: swapped(document[part], index, thing)}


def with_cell(document: Json, lane: int, step: str, cards: list[Json]) -> Json:
    """A document with other cards in a cell; an empty cell is absent."""
    row = document["lanes"][lane]
    cells = {**row["cells"], step: cards}
    if not cards:
        del cells[step]
    return with_part(document, "lanes", lane, {**row, "cells": cells})

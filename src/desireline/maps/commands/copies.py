"""Copies of the cards of steps."""

from desireline.maps.commands.base import Json
from desireline.maps.commands.contents import copy_id


def copied_cells(document: Json, steps: dict[str, str], prefix: str, number: int) -> tuple[list[Json], list[str]]:
    """The lanes with copies of the cards of steps, and the ids of the copies.

    Args:
        document: the map.
        steps: id of a copied step by the id of its original, from left to right.
        prefix: with a running number, the id of a copy.
        number: of the first copy.
    """
    ids: list[str] = []
    lanes = []
    for lane in document["lanes"]:
        cells = {}
        for step, copy in steps.items():
            if step in lane["cells"]:
                made = [copy_id(prefix, number + len(ids) + at) for at in range(len(lane["cells"][step]))]
                cells[copy] = [{**card, "id": one} for card, one in zip(lane["cells"][step], made, strict=True)]
                ids += made
        lanes.append({**lane, "cells": {**lane["cells"], **cells}} if cells else lane)
    return lanes, ids

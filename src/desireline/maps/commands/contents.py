"""What stands in cells and paths and comes or goes with steps; and which ids are new."""

from collections.abc import Iterable, Iterator

from desireline.maps.commands.base import Json, refused
from desireline.maps.commands.places import index_of, step_ids
from desireline.model.journey_map import LIBRARY_OF
from desireline.model.map_history import Command

CellsJson = dict[str, dict[str, list[Json]]]
"""Cards by lane and step."""


def used_ids(document: Json) -> Iterator[str]:
    """Every id of the map."""
    for stage in document["stages"]:
        yield stage["id"]
        yield from (step["id"] for step in stage["steps"])
    for lane in document["lanes"]:
        yield lane["id"]
        yield from (card["id"] for cards in lane["cells"].values() for card in cards)
    for part in ("paths", "views"):
        yield from (thing["id"] for thing in document[part])


def check_new(document: Json, ids: Iterable[str]) -> None:
    """Refuses ids that are used already, or come twice."""
    used = set(used_ids(document))
    for one in ids:
        if one in used:
            raise refused("taken_id", one)
        used.add(one)


def copy_id(prefix: str, number: int) -> str:
    """The id of a thing inside a duplicate."""
    made = f"{prefix}-{number}"
    if len(made) > 64:
        raise refused("bad_shape", "as")
    return made


def check_card(lane: Json, card: Json) -> None:
    """Refuses a card that its lane cannot hold."""
    if lane["kind"] == "path" or (card["ref"] is not None and lane["kind"] not in LIBRARY_OF):
        raise refused("wrong_lane", lane["id"])


def check_steps(document: Json, steps: Iterable[str]) -> None:
    """Refuses steps that are not on the map."""
    known = set(step_ids(document))
    for step in steps:
        if step not in known:
            raise refused("unknown_id", step)


def cards_of(cells: CellsJson) -> Iterator[Json]:
    """The cards of cells by lane and step."""
    for row in cells.values():
        for cards in row.values():
            yield from cards


def filled(document: Json, cells: CellsJson, steps: Iterable[str]) -> list[Json]:
    """The lanes with the cards of new steps in them."""
    new = set(steps)
    lanes = list(document["lanes"])
    for lane, row in cells.items():
        at = index_of(lanes, lane)
        for step, cards in row.items():
            if step not in new:
                raise refused("unknown_id", step)
            for card in cards:
                check_card(lanes[at], card)
        lanes[at] = {**lanes[at], "cells": {**lanes[at]["cells"], **{s: c for s, c in row.items() if c}}}
    return lanes


def emptied(document: Json, steps: Iterable[str]) -> tuple[list[Json], CellsJson]:
    """The lanes without the cells of steps, and what stood in them."""
    gone = set(steps)
    lanes, cells = [], {}
    for lane in document["lanes"]:
        taken = {step: cards for step, cards in lane["cells"].items() if step in gone}
        if taken:
            cells[lane["id"]] = taken
            lane = {**lane, "cells": {s: c for s, c in lane["cells"].items() if s not in gone}}  # noqa: PLW2901
        lanes.append(lane)
    return lanes, cells


def shortened(document: Json, steps: Iterable[str]) -> tuple[list[Json], list[Command]]:
    """The paths without steps, empty ones left out, and the commands that bring them back."""
    gone = set(steps)
    paths: list[Json] = []
    restore: list[Command] = []
    for at, path in enumerate(document["paths"]):
        kept = [step for step in path["steps"] if step not in gone]
        if not kept:
            restore.append({"do": "path.add", "path": path, "at": at})
        elif len(kept) < len(path["steps"]):
            restore.append({"do": "path.set", "id": path["id"], "set": {"steps": path["steps"]}})
            paths.append({**path, "steps": kept})
        else:
            paths.append(path)
    return paths, restore


def restoring(command: Command, cells: CellsJson, restore: list[Command]) -> Command:
    """The inverse of a removal: one command, or a batch where paths changed too."""
    back = {**command, "cells": cells} if cells else command
    return {"do": "batch", "commands": [back, *restore]} if restore else back

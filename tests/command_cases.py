"""Cases of map commands, and how a map stands in a few words. The front end reads the same cases."""

import json
from pathlib import Path
from typing import Any

from desireline.model.journey_map import JourneyMap

FOLDER = Path(__file__).parent / "cases" / "commands"
FILES = ("card", "step", "stage", "lane", "map", "batch")

Json = dict[str, Any]


def load(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"), object_hook=_repeated)


def _repeated(found: Json) -> Any:
    if set(found) == {"repeat"}:
        text, times = found["repeat"]
        return text * times
    return found


def whole(document: Json) -> Json:
    """A document with all its defaults."""
    return JourneyMap.model_validate(document).model_dump(mode="json", by_alias=True)


def outline(document: Json) -> dict[str, str]:
    """How stages, lanes, paths and views stand, by their ids."""
    steps = [step["id"] for stage in document["stages"] for step in stage["steps"]]

    def cells(lane: Json) -> str:
        filled = [s for s in steps if s in lane["cells"]]
        assert set(filled) == set(lane["cells"])
        assert all(lane["cells"].values()), "an empty cell is absent"
        inside = " ".join(f"{s}:{','.join(card['id'] for card in lane['cells'][s])}" for s in filled)
        return f"[{inside}]" if inside else ""

    return {
        "stages": " ".join(f"{g['id']}({' '.join(s['id'] for s in g['steps'])})" for g in document["stages"]),
        "lanes": " ".join(lane["id"] + cells(lane) for lane in document["lanes"]),
        "paths": " ".join(f"{path['id']}({' '.join(path['steps'])})" for path in document["paths"]),
        "views": " ".join(view["id"] for view in document["views"]),
    }


def things(document: Json) -> dict[str, tuple[str, Json]]:
    """Kind and own fields of everything on a map by its id; the map itself is `map`."""
    found = {"map": ("map", _own(document, "stages", "lanes", "paths", "views"))}
    for stage in document["stages"]:
        found[stage["id"]] = ("stage", _own(stage, "steps"))
        found |= {step["id"]: ("step", _own(step)) for step in stage["steps"]}
    for lane in document["lanes"]:
        found[lane["id"]] = ("lane", _own(lane, "cells"))
        found |= {card["id"]: ("card", _own(card)) for cards in lane["cells"].values() for card in cards}
    found |= {path["id"]: ("path", _own(path, "steps")) for path in document["paths"]}
    return found | {view["id"]: ("view", _own(view)) for view in document["views"]}


def _own(thing: Json, *children: str) -> Json:
    return {name: value for name, value in thing.items() if name not in ("id", *children)}


def expected(before: Json, case: Json) -> tuple[dict[str, str], dict[str, Json]]:
    """The outline and the fields of everything that a case says there is afterwards."""
    was = things(before)
    fields = {one: own for one, (_, own) in was.items()}
    for one, said in case.get("fields", {}).items():
        copied = fields.get(said.get("copy_of", one), {})
        new = {name: value for name, value in said.items() if name != "copy_of"}
        fields[one] = {**copied, **new}
    return {**outline(before), **case["after"]}, fields


def check_after(before: Json, after: Json, case: Json, defaults: Json) -> None:
    """Compares a map with what a case says, thing by thing."""
    stands, fields = expected(before, case)
    assert outline(after) == stands
    for one, (kind, own) in things(after).items():
        known = one in things(before) or "copy_of" in case["fields"][one]
        assert own == ({} if known else defaults[kind]) | fields[one], one


def canonical(value: Any) -> Any:
    """JSON that is written the same everywhere: 1.0 is 1."""
    if isinstance(value, dict):
        return {key: canonical(one) for key, one in sorted(value.items())}
    if isinstance(value, list):
        return [canonical(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value

"""Fictitious people with planted habits, for persona cards: rows of events, and the same as a workspace."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from desireline.model.definition import Definition
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace

MAPPING = {
    "person": [{"column": "who", "type": "customer_id"}], "time": {"column": "when"}, "event": {"column": "what"},
    "channel": {"columns": ["where"]}, "value": {"column": "paid"},
}  # fmt: skip
DEFINITION = {
    "stages": [{"name": "Look"}, {"name": "Buy"}],
    "touchpoints": [
        {"name": n, "stage": s, "match": [{"name": n}]}
        for n, s in (("Visit", "Look"), ("Ask", "Look"), ("Order", "Buy"))
    ],
    "goals": [{"name": "Bought", "touchpoints": ["Order"]}],
}


def rows(seed: int = 5, callers: int = 60, browsers: int = 140) -> list[dict[str, Any]]:
    """Callers ask by phone, mostly in Polish, and come every few days; browsers visit the web daily, in English.

    The first 9 browsers are the only ones who speak Croatian. Everyone's first event is a visit.
    """
    draw = np.random.default_rng(seed)
    found = []
    for person in range(callers + browsers):
        calls = person < callers
        language = "pl" if calls and draw.random() < 0.8 else "hr" if callers <= person < callers + 9 else "en"
        at = 1_704_067_200 + int(draw.integers(0, 40 * 86_400))
        for step in range(int(draw.integers(2, 9))):
            what = (
                "Visit"
                if step == 0
                else draw.choice(["Visit", "Ask", "Order"], p=[0.3, 0.6, 0.1] if calls else [0.7, 0.1, 0.2])
            )
            where = "phone" if what == "Ask" and calls else "web"
            paid = round(float(draw.gamma(2, 20)), 2) if what == "Order" else None
            more = {
                "language": language,
                **({"topic": str(draw.choice(["returns", "delivery"]))} if what == "Ask" else {}),
            }
            found.append({"who": f"f{person}", "when": at, "what": str(what), "where": where, "paid": paid, **more})
            at += int(draw.exponential(4 * 86_400 if calls else 86_400)) + 60
    return found


def workspace(folder: Path, events: list[dict[str, Any]]) -> Workspace:
    """A workspace that holds these events and a definition of three touchpoints."""
    made = Workspace(folder / "workspace")
    add(made, folder, events)
    made.save_definition(Definition.model_validate(DEFINITION))
    return made


def add(workspace: Workspace, folder: Path, events: list[dict[str, Any]]) -> None:
    """Import further events."""
    file = folder / "fictitious.jsonl"
    file.write_text("\n".join(map(json.dumps, events)), encoding="utf-8")
    done = workspace.import_files([file], "fictitious", mapping=Mapping.model_validate(MAPPING))
    assert done.new == len(events)

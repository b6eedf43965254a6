"""Writes seeded random sequences of map commands, which Python and the front end must both take to the same map.

Usage: python tools/command_sequences.py
"""

import hashlib
import json
import random
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desireline.errors import CommandRefused  # noqa: E402
from desireline.maps.commands import run  # noqa: E402
from tests.command_cases import FOLDER, canonical, load, whole  # noqa: E402

Json = dict[str, Any]
Outcome = tuple[Json, str | None]
"""A command, and why it was refused."""

SEQUENCES, LENGTH = 150, 20
KINDS = ("path", "actions", "touchpoints", "emotion", "text", "systems", "departments", "hand_offs")
TEXTS = ("", "I look", "żółw 🐢", "**ćevapi**\n- čaj", '"quoted"')


class Dice:
    """Picks from what a map holds; the same seed picks the same in every version of Python."""

    def __init__(self, seed: int, document: Json) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self.document = document
        self.made = 0

    def below(self, n: int) -> int:
        """A whole number from 0 up to `n`, without it."""
        return int(self._random.random() * n)

    def one(self, choices: Any, otherwise: str = "gone") -> Any:
        """One of the choices; now and then, and if there are none, something that is not there."""
        listed = list(choices)
        return listed[self.below(len(listed))] if listed and self.below(40) else otherwise

    def new(self) -> str:
        """A new id; now and then one that is taken."""
        self.made += 1
        return f"n{self.made}" if self.below(40) else self.card()

    def at(self) -> int | None:
        """A position, or the end."""
        return None if self.below(3) == 0 else self.below(4)

    def stage(self) -> str:
        """The id of a stage."""
        return str(self.one(stage["id"] for stage in self.document["stages"]))

    def step(self) -> str:
        """The id of a step."""
        return str(self.one(step["id"] for stage in self.document["stages"] for step in stage["steps"]))

    def lane(self) -> str:
        """The id of a lane."""
        return str(self.one(lane["id"] for lane in self.document["lanes"]))

    def card(self) -> str:
        """The id of a card."""
        rows = [lane["cells"] for lane in self.document["lanes"]]
        return str(self.one(card["id"] for row in rows for cards in row.values() for card in cards))

    def path(self) -> str:
        """The id of a path."""
        return str(self.one(path["id"] for path in self.document["paths"]))

    def text(self) -> str:
        """A text of a card."""
        return TEXTS[self.below(len(TEXTS))]


def _card(dice: Dice) -> Json:
    card: Json = {"id": dice.new(), "text": dice.text()}
    if dice.below(6) == 0:
        card["ref"] = "crm"
    return card


def _set_card(dice: Dice) -> Json:
    picked = dice.below(6)
    if picked == 0:
        return {"star": dice.below(2) == 0, "value": dice.below(9) / 4 - 1}
    if picked == 1:
        return {"bind": {"question": "time", "stage": "g1"}}
    if picked == 2:
        return {"ref": dice.one([None, "shop"], "not an id")}
    return {"text": dice.text(), "span": dice.below(4) + (dice.below(8) > 0)}


def _new_stage(dice: Dice) -> Json:
    steps = [{"id": dice.new(), "name": dice.text()} for _ in range(1 + dice.below(3))]
    return {"id": dice.new(), "steps": steps}


def _of_cards(dice: Dice) -> Json:
    verb = ("add", "add", "add", "move", "move", "set", "duplicate", "remove")[dice.below(8)]
    command: Json = {"do": f"card.{verb}"}
    if verb != "add":
        command["id"] = dice.card()
    if verb in ("add", "move"):
        command |= {"lane": dice.lane(), "step": dice.step(), "at": dice.at()}
    extra: Json = {
        "add": lambda: {"card": _card(dice)},
        "set": lambda: {"set": _set_card(dice)},
        "duplicate": lambda: {"as": dice.new(), "step": dice.step()},
    }.get(verb, dict)()
    return command | extra


def _of_steps(dice: Dice) -> Json:
    made = {
        "add": lambda: {"stage": dice.stage(), "step": {"id": dice.new()}, "at": dice.at()},
        "remove": lambda: {"id": dice.step()},
        "move": lambda: {"id": dice.step(), "stage": dice.stage(), "at": dice.at()},
        "set": lambda: {"id": dice.step(), "set": {"name": dice.text(), "optional": dice.below(2) == 0}},
        "duplicate": lambda: {"id": dice.step(), "as": dice.new()},
    }
    verb = list(made)[dice.below(len(made))]
    return {"do": f"step.{verb}", **made[verb]()}


def _of_stages(dice: Dice) -> Json:
    made = {
        "add": lambda: {"stage": _new_stage(dice), "at": dice.at()},
        "remove": lambda: {"id": dice.stage()},
        "move": lambda: {"id": dice.stage(), "at": dice.at()},
        "set": lambda: {"id": dice.stage(), "set": {"name": dice.text()}},
        "split": lambda: {"id": dice.stage(), "at": dice.below(3), "new": {"id": dice.new()}},
        "merge": lambda: {"id": dice.stage()},
        "duplicate": lambda: {"id": dice.stage(), "as": dice.new()},
    }
    verb = list(made)[dice.below(len(made))]
    return {"do": f"stage.{verb}", **made[verb]()}


def _of_lanes(dice: Dice) -> Json:
    made = {
        "add": lambda: {"lane": {"id": dice.new(), "kind": KINDS[dice.below(len(KINDS))]}, "at": dice.at()},
        "remove": lambda: {"id": dice.lane()},
        "move": lambda: {"id": dice.lane(), "at": dice.at()},
        "set": lambda: {"id": dice.lane(), "set": {"title": dice.text(), "collapsed": dice.below(2) == 0}},
        "duplicate": lambda: {"id": dice.lane(), "as": dice.new()},
    }
    verb = list(made)[dice.below(len(made))]
    return {"do": f"lane.{verb}", **made[verb]()}


def _of_paths(dice: Dice) -> Json:
    made = {
        "path.add": lambda: {"path": {"id": dice.new(), "steps": [dice.step(), dice.step()]}, "at": dice.at()},
        "path.remove": lambda: {"id": dice.path()},
        "path.set": lambda: {"id": dice.path(), "set": {"steps": [dice.step()]}},
        "map.set": lambda: {"set": {"name": dice.text(), "status": "review"}},
        "view.add": lambda: {"view": {"id": dice.new(), "name": dice.text(), "zoom": 0.5 + dice.below(3) / 2}},
    }
    name = list(made)[dice.below(len(made))]
    return {"do": name, **made[name]()}


def _command(dice: Dice) -> Json:
    makers = (_of_cards, _of_cards, _of_cards, _of_cards, _of_steps, _of_steps, _of_stages, _of_lanes, _of_paths)
    if dice.below(15) == 0:
        return {"do": "batch", "commands": [_of_cards(dice), _of_steps(dice)]}
    return makers[dice.below(len(makers))](dice)


def sequence(seed: int, document: Json, length: int = LENGTH) -> list[Outcome]:
    """Random commands with what became of them, one after the other."""
    dice = Dice(seed, document)
    made: list[Outcome] = []
    for _ in range(length):
        command = _command(dice)
        try:
            dice.document, _ = run(dice.document, command)
            made.append((command, None))
        except CommandRefused as refusal:
            made.append((command, refusal.reason))
    return made


def digest(document: Json) -> str:
    """The SHA-256 of a map as JSON with sorted keys and no blanks."""
    text = json.dumps(canonical(document), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def text() -> str:
    """The file of sequences, one a line."""
    documents = load("documents")
    lines = []
    for seed in range(SEQUENCES):
        start = "empty" if seed % 10 == 9 else "shop"
        document = whole(documents[start])
        made = sequence(seed, document)
        for command, reason in made:
            if reason is None:
                document, _ = run(document, command)
        entry = {"start": start, "commands": made, "digest": digest(document)}
        lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    (FOLDER / "sequences.json").write_text(text(), encoding="utf-8")

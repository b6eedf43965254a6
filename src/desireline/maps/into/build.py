"""A map in the making: importers add stages, steps, lanes and cards in the order in which they meet them."""

import re
import unicodedata
from collections import Counter
from typing import Any

from desireline.errors import MapUnreadable
from desireline.maps.into.reading import MOST_CARDS, MOST_STEPS, Note, Read, validated
from desireline.maps.notation import parsed
from desireline.maps.slug import slug
from desireline.model.journey_map import LIBRARY_OF, LaneKind, MapKind
from desireline.model.library import LibraryKind

_NAME, _TEXT = 200, 5000


class MapBuilder:
    """Ids count from 1 in the order of adding. Texts over a limit are cut, and a note says how many.

    Args:
        file: its name, for errors.
        form: the format it is read as.
        name: of the map.
        kind: of the map; a file of another tool is assumed, whatever it says.
    """

    def __init__(self, file: str, form: str, name: str, kind: MapKind = "current_assumed") -> None:
        self.file, self.form = file, form
        self.document: dict[str, Any] = {"id": slug(name) or "map", "name": self.named(name) or "?", "kind": kind}
        self.stages: list[dict[str, Any]] = []
        self.lanes: dict[tuple[str, str | None, str | None], dict[str, Any]] = {}
        self._items: dict[tuple[str, str], dict[str, Any]] = {}
        self._taken: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()

    def stage(self, name: str, description: str = "") -> None:
        """Opens a stage; the next steps are its own."""
        identifier = self._id("stage")
        self.stages.append(
            {"id": identifier, "name": self.named(name), "description": self.text(description), "steps": []}
        )

    def step(self, name: str = "", description: str = "") -> str:
        """A step of the open stage, which is opened if there is none; its id."""
        if not self.stages:
            self.stage("")
        identifier = self._id("step")
        step = {"id": identifier, "name": self.named(name), "description": self.text(description)}
        self.stages[-1]["steps"].append(step)
        return identifier

    def describe(self, thing: dict[str, Any], text: str) -> None:
        """Adds a paragraph to the description of a stage or step."""
        thing["description"] = self.text("\n\n".join(filter(None, (thing["description"], text))))

    def lane(self, kind: LaneKind, title: str | None = None, channel: str | None = None) -> dict[str, Any]:
        """The lane of this kind and title, a new one if there is none yet. `channel`: name of a channel."""
        title = self.named(title) or None if title else None
        found = self.lanes.get((kind, title, channel))
        if found is None:
            found = {"id": self._id("lane"), "kind": kind, "title": title, "cells": {}}
            if channel:
                found["channel"] = self.item("channel", channel)
            self.lanes[kind, title, channel] = found
        return found

    def card(self, lane: dict[str, Any], step: str, **fields: Any) -> None:
        """A card below the others of its cell. `name`: of the library item that it refers to."""
        if lane["kind"] == "path":  # which is drawn from measurement
            lane = self.lane("text", lane["title"] or "Path")
        name = self.named(str(fields.pop("name", "")))
        words = str(fields.pop("text", ""))
        if name:
            fields["ref"] = self.item(LIBRARY_OF[lane["kind"]], name)  # type: ignore[arg-type]
        given = {key: value for key, value in fields.items() if value is not None}
        lane["cells"].setdefault(step, []).append({"id": self._id("card"), "text": self.text(words), **given})

    def written_card(self, lane: dict[str, Any], step: str, text: str) -> None:
        """A card from its text, see `notation`. What is too long for a library item's name stays the card's text."""
        fields = parsed(text, lane["kind"])
        if "\n" in fields.get("name", "") or len(fields.get("name", "")) > _NAME:
            fields = {**fields, "name": "", "text": text}
        value = fields.get("value")
        if lane["kind"] == "emotion" and value is not None and not -2 <= value <= 2:
            self.note("emotion_cut")
            fields["value"] = max(-2.0, min(2.0, value))
        for name in ("from", "to"):
            if "hand_off" in fields:
                fields["hand_off"][name] = self.named(fields["hand_off"][name])
        if fields.get("unit") and len(fields["unit"]) > 40:
            fields = {"text": text}
        self.card(lane, step, **fields)

    def item(self, kind: LibraryKind, name: str, **fields: Any) -> str:
        """The id of the library item of this kind and name, a new one if there is none yet."""
        name = self.named(name)
        known = self._items.get((kind, name.casefold()))
        if known is None:
            base = f"{kind}-{slug(name)}".rstrip("-")[:56]
            self._taken[base] += 1
            identifier = base if self._taken[base] == 1 else f"{base}.{self._taken[base]}"
            known = {"id": identifier, "kind": kind, "name": name}
            self._items[kind, name.casefold()] = known
        known.update({key: value for key, value in fields.items() if value})
        return str(known["id"])

    def note(self, code: str, n: int = 1) -> None:
        """Something was left out or changed, `n` times; said once with the sum."""
        if n:
            self._notes[code] += n

    def read(self, **more: Any) -> Read:
        """The map. `more`: further fields of it. A stage without steps gets one without a name.

        Raises:
            MapUnreadable: it has no stage, or too many steps or cards.
        """
        if not self.stages:
            raise MapUnreadable(self.file, self.form, "no_stages", "0")
        for stage in self.stages:
            stage["steps"] = stage["steps"] or [{"id": self._id("step")}]
        lanes, library = list(self.lanes.values()), list(self._items.values())
        values = {**self.document, "stages": self.stages, "lanes": lanes, "library": library, **more}
        document = validated(self.file, self.form, values)
        return Read(document, [Note(code, {"n": n}) for code, n in sorted(self._notes.items())], self.form)

    def named(self, name: str | None) -> str:
        """A name in one line, cut at its limit."""
        clean = re.sub(r"\s+", " ", _clean(name or "")).strip()
        return self._cut(clean, _NAME)

    def text(self, text: str) -> str:
        """Markdown without control characters, cut at its limit."""
        return self._cut(_clean(text).strip(), _TEXT)

    def _cut(self, text: str, limit: int) -> str:
        self.note("texts_cut", int(len(text) > limit))
        return text[:limit]

    def _id(self, what: str) -> str:
        """The next id. A file that goes on beyond every limit is not read to its end."""
        self._counts[what] += 1
        most = MOST_CARDS if what == "card" else MOST_STEPS
        if self._counts[what] > most:
            reason = "too_many_cards" if what == "card" else "too_many_steps"
            raise MapUnreadable(self.file, self.form, reason, f"> {most}")
        return f"{what}-{self._counts[what]}"


def _clean(text: str) -> str:
    """Without control characters and halves of characters, which neither a file nor a screen can hold."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})

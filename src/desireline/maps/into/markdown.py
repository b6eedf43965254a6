"""A map from a Markdown outline: headings or nested lists as stages and steps, bold labels as lanes, bullets as cards.

Under headings, `##` is a stage and `###` a step. Where a stage has no steps as headings, its list is one: the first
level are steps, the second cards. Without any `##`, the first level of the list are stages.
"""

import re
from dataclasses import dataclass
from typing import Final

from desireline.maps.into.build import MapBuilder
from desireline.maps.into.reading import Read, decoded
from desireline.maps.lane_names import guessed, lane_of
from desireline.maps.notation import MEASURED
from desireline.model.journey_map import LIBRARY_OF

FORM: Final = "markdown"
_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_ITEM: Final = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s+(?:\[[ xX]\]\s+)?(.*))?")
_LABEL: Final = re.compile(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*")
_INLINE: Final = re.compile(r"(?:\*\*|__)(.+?):?(?:\*\*|__)\s*:?\s+(.+)", re.DOTALL)
_LONGEST_LABEL: Final = 500
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~&])")


@dataclass
class _Item:
    """A list item or heading. `depth`: of a list item, from 1; 0 for what is none."""

    depth: int
    text: str


def read(file: str, data: bytes, name: str) -> Read:
    """The map of the outline. `name`: of the map, unless a first-level heading is one.

    Raises:
        MapUnreadable: no text; no stage or step.
    """
    builder = MapBuilder(file, FORM, name)
    return _Outline(builder, decoded(file, FORM, data).split("\n")).read()


class _Outline:
    """Reads line by line; `where` is what a paragraph would describe."""

    def __init__(self, builder: MapBuilder, lines: list[str]) -> None:
        self.builder = builder
        self.lines = lines
        self.stages_as_headings = any(len(m[1]) >= 2 for line in lines if (m := _HEADING.match(line)))
        self.steps_as_headings = False
        self.step: str | None = None
        self.lane: str | None = None
        self.quoted: list[str] = []
        self.indents: list[int] = []
        self.item: _Item | None = None

    def read(self) -> Read:
        fenced = False
        for at, line in enumerate(self.lines):
            if _FENCE.match(line):
                fenced = not fenced
            if fenced:
                self._more(line)
            elif (heading := _HEADING.match(line)) and not (self.item and line.startswith("  ")):
                self._heading(len(heading[1]), _words(_unclosed(line[heading.end() :])), at)
            else:
                self._body(line)
        self._close()
        return self.builder.read()

    def _heading(self, level: int, name: str, at: int) -> None:
        self._close()
        name = "" if name in {"–", "—"} else name
        self.lane = None
        if level == 1:
            if name:
                self.builder.document["name"] = self.builder.named(name)
        elif level == 2:
            self.builder.stage(name)
            self.step = None
            self.steps_as_headings = self._steps_follow(at)
        elif level == 3:
            self.step = self.builder.step(name)
        else:
            self.lane = name

    def _steps_follow(self, at: int) -> bool:
        """Whether the stage whose heading stands here has a step as a heading."""
        for line in self.lines[at + 1 :]:
            heading = _HEADING.match(line)
            if heading and len(heading[1]) <= 3:
                return len(heading[1]) == 3
        return False

    def _body(self, line: str) -> None:
        item = _ITEM.fullmatch(line)
        indent = len(line) - len(line.lstrip())
        if item and not (self.item and self._inside(indent)):
            self._close()
            self._open(len(item[1].expandtabs(4)), item[2] or "")
        elif self.item and (not line.strip() or (self.indents and indent > self.indents[-1])):
            self._more(line)
        elif line.startswith(">"):
            self._close()
            self.quoted.append(line[2:] if line.startswith("> ") else line[1:])
        elif line.strip():
            self._close()
            self._paragraph(line.strip())
        elif self.quoted:
            self._describe()

    def _inside(self, indent: int) -> bool:
        """Whether a list item this far in belongs to the card above it: cards have no cards of their own."""
        return bool(self.item and self.item.depth >= self._card_depth() and indent > self.indents[-1])

    def _card_depth(self) -> int:
        """At which depth of a list the cards are."""
        if self.steps_as_headings or self.lane is not None:
            return 1
        return 2 if self.stages_as_headings else 3

    def _open(self, indent: int, text: str) -> None:
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)
        self.item = _Item(len(self.indents), text)

    def _more(self, line: str) -> None:
        if self.item:
            inner = (self.indents[-1] if self.indents else 0) + 2
            self.item.text += "\n" + (line[inner:] if not line[:inner].strip() else line.lstrip())

    def _paragraph(self, text: str) -> None:
        label = _LABEL.fullmatch(text) if len(text) < _LONGEST_LABEL else None
        if label or (text.endswith(":") and guessed(text)):
            self.lane = _words((label[1] if label else text).rstrip(":"))
            if self.step:
                self.builder.lane(*lane_of(self.lane))
        else:
            self.quoted.append(text)
            self._describe()
        self.indents = []

    def _describe(self) -> None:
        """What was quoted or stood in a paragraph describes the open step or stage."""
        told = [line for line in self.quoted if not line.startswith(MEASURED.rstrip())]
        self.builder.note("figures_left_out", len(self.quoted) - len(told))
        self.quoted = []
        if self.builder.stages and any(told):
            stage = self.builder.stages[-1]
            self.builder.describe(stage["steps"][-1] if self.step and stage["steps"] else stage, "\n".join(told))

    def _close(self) -> None:
        """Ends the open item: it becomes a stage, a step or a card."""
        self._describe()
        item, self.item = self.item, None
        if item is None:
            return
        text = item.text.strip()
        depth = item.depth + {1: 2, 2: 1, 3: 0}[self._card_depth()]
        if depth == 1:
            self.builder.stage(_words(text))
            self.step = None
        elif depth == 2:
            self.step = self.builder.step(_words(text))
        else:
            self._card(text)

    def _card(self, text: str) -> None:
        if self.step is None:
            self.step = self.builder.step()
        figures = [line for line in text.split("\n") if re.match(rf"\s*(?:- )?{MEASURED.rstrip()}", line)]
        self.builder.note("figures_left_out", len(figures))
        text = "\n".join(line for line in text.split("\n") if line not in figures).strip()
        inline = _INLINE.fullmatch(text) if self.lane is None and text.startswith(("**", "__")) else None
        label = self.lane
        if inline and guessed(inline[1]):
            label, text = _words(inline[1]), inline[2]
        lane = self.builder.lane(*lane_of(label)) if label is not None else self.builder.lane("actions")
        if text and lane["kind"] in LIBRARY_OF:
            name, dash, words = text.partition(" — ")
            text = _words(name) + dash + words
        if text:
            self.builder.written_card(lane, self.step, text)


def _unclosed(heading: str) -> str:
    """A heading without the signs that may close it."""
    text = heading.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare != text and (not bare or bare[-1].isspace()) else text


def _words(text: str) -> str:
    """A name without the backslashes before its signs, and without emphasis around it."""
    bare = re.sub(r"^(\*\*|__|\*|_)(.+)\1$", r"\2", text.strip())
    return _ESCAPED.sub(r"\1", bare)

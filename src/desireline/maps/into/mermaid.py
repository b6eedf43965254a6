"""A map from a Mermaid `journey`: sections become stages, tasks steps, scores points of emotion set by hand.

The grammar is Mermaid's (`journey.jison`), read leniently: comments, directives and front matter are passed over, a
score is whatever reads as a number, and one outside 1..5 is cut.
"""

import math
import re
from collections.abc import Iterator
from typing import Final

from desireline.maps.into.build import MapBuilder
from desireline.maps.into.reading import Read, decoded
from desireline.maps.out.mermaid import GAP

FORM: Final = "mermaid"
_FENCE: Final = re.compile(r"[ \t]*(?:`{3,}|~{3,}|:{3,})[ \t]*\{?mermaid\b", re.IGNORECASE)
_FENCE_END: Final = ("```", "~~~", ":::")
_DESCRIPTION: Final = re.compile(r"\s*accDescr\s*\{", re.IGNORECASE)
_STATEMENT: Final = re.compile(r"(title|section)\s+(.*)|(accTitle|accDescr)\s*:\s*(.*)", re.IGNORECASE)
_CUSTOMERS: Final = {"customer", "user", "me", "klient", "klientka", "ja", "kupac", "korisnik", ""}


def is_journey(text: str) -> bool:
    """Whether a text is a Mermaid `journey`, or a Markdown text with one in a fence."""
    first = next((line for line in _statements(_front(_diagram(text))[1]) if line != GAP), "")
    return re.match(r"journey\b", first, re.IGNORECASE) is not None


def read(file: str, data: bytes, name: str) -> Read:
    """The map of the diagram, of the first one in a Markdown text. `name`: of the map, unless the diagram has a title.

    Raises:
        MapUnreadable: no text; no task.
    """
    title, lines = _front(_diagram(decoded(file, FORM, data)))
    builder = MapBuilder(file, FORM, title or name)
    gap = False
    section = ""
    for line in _statements(lines):
        if line == GAP:
            gap = True
        elif match := _STATEMENT.fullmatch(line):
            section = _state(builder, match) or section
        elif line.casefold() != "journey":
            _task(builder, line, section, gap=gap)
            gap = False
    return builder.read()


def _diagram(text: str) -> list[str]:
    """The lines of the first fenced diagram, of the whole text if there is no fence."""
    lines = text.split("\n")
    start = next((k for k, line in enumerate(lines) if _FENCE.match(line)), None)
    if start is None:
        return lines
    end = next((k for k in range(start + 1, len(lines)) if lines[k].lstrip().startswith(_FENCE_END)), len(lines))
    return lines[start + 1 : end]


def _front(lines: list[str]) -> tuple[str, list[str]]:
    """The title that the front matter names, and the lines behind it."""
    filled = [k for k, line in enumerate(lines) if line.strip()]
    if not filled or lines[filled[0]].strip() != "---":
        return "", lines
    end = next((k for k in filled[1:] if lines[k].strip() == "---"), filled[0])
    named = [line.partition(":")[2] for line in lines[filled[0] + 1 : end] if line.startswith("title:")]
    return (named[0].strip(" \t\"'") if named else ""), lines[end + 1 :]


def _statements(lines: list[str]) -> Iterator[str]:
    """Lines with content and the marks of gaps, a description of several lines as one; no comments and directives."""
    within = ""
    told: list[str] = []
    for raw in lines:
        line = raw
        if not within and _DESCRIPTION.match(line):
            within, line = "}", line.partition("{")[2]
        elif not within and "%%{" in line:
            within, line = "}%%", line.partition("%%{")[2]
        if within:
            before, end, _ = line.partition(within)
            told.append(before.strip())
            if end:
                if within == "}":
                    yield "accDescr: " + " ".join(filter(None, told))
                within, told = "", []
        elif line.strip() == GAP:
            yield GAP
        else:
            yield from (part.strip() for part in re.sub(r"(?:%%|#).*", "", line).split(";") if part.strip())


def _state(builder: MapBuilder, match: re.Match[str]) -> str:
    """A title, section or description; the name of the section, if it is one."""
    word, text = (match[1] or match[3]).lower(), (match[2] or match[4]).strip()
    if word == "section":
        builder.stage("" if text == "–" else text)
        return text
    if word == "title" and text:
        builder.document["name"] = builder.named(text)
    if word == "accdescr" and text:
        builder.document["goal"] = {"text": builder.text(text)}
    return ""


def _task(builder: MapBuilder, line: str, section: str, *, gap: bool) -> None:
    name, *pieces = (part.strip() for part in line.split(":"))
    name = name.removeprefix("“").removesuffix("”") if name.startswith("“") else name
    step = builder.step("" if name in {section, "–"} else name)
    lane = builder.lane("emotion")
    score = _score(pieces[0] if pieces else "")
    if score is None:
        builder.note("scores_unread")
    elif not gap:
        builder.note("scores_cut", int(not 1 <= score <= 5))
        builder.card(lane, step, value=max(1.0, min(5.0, score)) - 3)
    for actor in (pieces[1] if len(pieces) > 1 else "").split(","):
        if actor.strip().casefold() not in _CUSTOMERS:
            builder.note("actors")
            builder.card(builder.lane("text", "Actors"), step, text=actor.strip())


def _score(text: str) -> float | None:
    try:
        score = float(text)
    except ValueError:
        return None
    return score if math.isfinite(score) else None

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
FENCE: Final = re.compile(
    r"^\s*(?:```|~~~|:::)\s*\{?mermaid\}?[^\n]*\n(.*?)^\s*(?:```|~~~|:::)", re.DOTALL | re.MULTILINE
)
_FRONT: Final = re.compile(r"\A\s*---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_DIRECTIVE: Final = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_DESCRIPTION: Final = re.compile(r"accDescr\s*\{([^}]*)\}", re.IGNORECASE)
_STATEMENT: Final = re.compile(r"(title|section)\s+(.*)|(accTitle|accDescr)\s*:\s*(.*)", re.IGNORECASE)
_CUSTOMERS: Final = {"customer", "user", "me", "klient", "klientka", "ja", "kupac", "korisnik", ""}


def is_journey(text: str) -> bool:
    """Whether a text is a Mermaid `journey`, or a Markdown text with one in a fence."""
    return any(re.match(r"journey\b", line.strip(), re.IGNORECASE) for line in _statements(_body(text))[:1])


def read(file: str, data: bytes, name: str) -> Read:
    """The map of the diagram, of the first one in a Markdown text. `name`: of the map, unless the diagram has a title.

    Raises:
        MapUnreadable: no text; no task.
    """
    text = decoded(file, FORM, data)
    builder = MapBuilder(file, FORM, name)
    if (front := _FRONT.match(text)) and (title := re.search(r"^title:\s*(.+)$", front[1], re.MULTILINE)):
        builder.document["name"] = builder.named(title[1].strip("\"' "))
    body = _body(text)
    if told := _DESCRIPTION.search(body):
        builder.document["goal"] = {"text": builder.text(told[1])}
    gap = False
    section = ""
    for line in _statements(_DESCRIPTION.sub("", body))[1:]:
        if line == GAP:
            gap = True
        elif match := _STATEMENT.fullmatch(line):
            section = _state(builder, match) or section
        elif not line.startswith("%%"):
            _task(builder, line, section, gap=gap)
            gap = False
    return builder.read()


def _body(text: str) -> str:
    fence = FENCE.search(text)
    return _DIRECTIVE.sub("", _FRONT.sub("", fence[1] if fence else text))


def _statements(body: str) -> list[str]:
    """Lines with content, the mark of a gap among them; other comments and what follows a `#` are left out."""
    return list(_lines(body))


def _lines(body: str) -> Iterator[str]:
    for raw in body.split("\n"):
        if raw.strip() == GAP:
            yield GAP
            continue
        for part in re.sub(r"(?:%%|#).*", "", raw).split(";"):
            if part.strip():
                yield part.strip()


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

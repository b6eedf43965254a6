"""The map as a Markdown outline: stages, steps, lanes as bold labels, cards as bullets."""

import re
from collections.abc import Iterator
from typing import Final

from desireline.maps.notation import MEASURED
from desireline.maps.out import Request
from desireline.maps.out.table import UNNAMED, entries, lane_name
from desireline.maps.parts import StageHead

LOSES: Final = ("ids", "map_fields", "card_fields", "figures_as_text", "paths", "pictures", "appearance")


def write(request: Request) -> bytes:
    """UTF-8 text. The first step names every lane, so that their order can be read back."""
    sheet, grid = request.sheet, request.grid
    told = [f"# {escaped(sheet.name)}", *(f"> {escaped(line)}" for line in (grid.subtitle, *grid.lines) if line)]
    for stage in grid.stages:
        told += _stage(request, stage)
    return ("\n\n".join(told) + "\n").encode()


def _stage(request: Request, head: StageHead) -> Iterator[str]:
    sheet = request.sheet
    stage = next(stage for stage in sheet.stages if stage.id == head.id)
    yield f"## {escaped(stage.name) or UNNAMED}"
    if head.measured:
        yield f"> {MEASURED}{escaped(head.measured)}"
    if stage.description:
        yield _paragraph(stage.description)
    for k, step in enumerate(stage.steps, head.first):
        yield f"### {escaped(step.name) or UNNAMED}"
        if step.description:
            yield _paragraph(step.description)
        yield from _lanes(request, k, step.id)


def _lanes(request: Request, k: int, step: str) -> Iterator[str]:
    lanes = {lane.id: lane for lane in request.sheet.lanes}
    for shown in request.grid.lanes:
        lane = lanes[shown.id]
        cards = [
            _card(text, figure) for text, figure in entries(request, lane, shown, k, step, escaped) if text or figure
        ]
        if cards or k == 0:
            yield "\n".join([f"**{escaped(lane_name(request, lane))}**", *(["", *cards] if cards else [])])


def _card(text: str, figure: str) -> str:
    """A list item; its measured figure is a list item below it."""
    lines = [f"- {text}".replace("\n", "\n  ")] if text else []
    indent = "  " if text else ""
    return "\n".join([*lines, *([f"{indent}- {MEASURED}{escaped(figure)}"] if figure else [])])


def escaped(words: str) -> str:
    r"""Words in one line, no sign of which is markup; other signs stay as they are, so that people can read the file.

    >>> escaped("*Basket* (2 [new])"), escaped("1. Buy")
    ('\\*Basket\\* (2 \\[new\\])', '1\\. Buy')
    """
    line = re.sub(r"([\\`*_\[\]<>#~])", r"\\\1", " ".join(words.split()))
    return re.sub(r"^(\d+)([.)])|^([-+])(?=\s)", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def _paragraph(text: str) -> str:
    """A text that cannot be taken for a heading, label or list: quoted as a whole."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())

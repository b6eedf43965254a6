"""A grid set by Typst: finished texts and outlines as JSON for the template, which holds no words of its own.

A name can only ever be text there: nothing in the JSON is evaluated.
"""

import datetime as dt
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import quote

import typst

from desireline.i18n import translate
from desireline.maps import drawn
from desireline.maps.drawn import Shape, View
from desireline.maps.marks import curve_title, marks, spark
from desireline.maps.out import Request
from desireline.maps.pages import Slot, rows, runs
from desireline.maps.parts import Curve, Grid, GridLane, Item, Picture, StageHead
from desireline.maps.pictures import data_uri
from desireline.maps.prose import blocks, breakable
from desireline.maps.wording import signed

Json = dict[str, Any]

_MM: Final = 72 / 25.4
_LONGEST: Final = 14_000.0
"""Points that a side of a PDF page may have in every reader."""


class Page(NamedTuple):
    """Lengths in points. `height` None: as high as the map. `column`: the narrowest and the widest."""

    width: float | None
    height: float | None
    scale: float
    column: tuple[float, float]


PAGES: Final = {
    "A3": Page(420 * _MM, 297 * _MM, 1.0, (38 * _MM, 76 * _MM)),
    "A4": Page(297 * _MM, 210 * _MM, 0.86, (32 * _MM, 64 * _MM)),
    "long": Page(None, None, 1.0, (46 * _MM, 46 * _MM)),
}
_MARGIN, _LABEL = 12 * _MM, 33 * _MM
_NARROWEST_PICTURE: Final = 240 * _MM


FileFormat = Literal["pdf", "svg", "png"]


def typeset(request: Request, paper: str, file_format: FileFormat, ppi: float = 144.0) -> bytes:
    """The map as a file of Typst's; of several pages the first, but for a PDF."""
    return compiled(request, paper, file_format, ppi)[0]


def compiled(request: Request, paper: str, file_format: FileFormat, ppi: float = 144.0) -> list[bytes]:
    """The map as a PDF, or as one picture for each page."""
    pages = typst.compile(
        templates() / "journey.typ",
        root=templates(),
        font_paths=_fonts(_needs_more_fonts(request.grid)),
        format=file_format,
        ppi=ppi,
        sys_inputs={"map": json.dumps(content(request.grid, paper), ensure_ascii=False)},
        timestamp=_moment(request),
    )
    return pages if isinstance(pages, list) else [pages]


def fonts(*texts: str) -> typst.Fonts:
    """Ours, and those of the machine where a text is in a script that ours do not write."""
    return _fonts(not all(_OURS.fullmatch(text) for text in texts))


def _moment(request: Request) -> int:
    """When the figures were counted, so that the same sheet gives the same bytes."""
    measured = request.sheet.measured
    return int((measured.as_of if measured else dt.datetime(2000, 1, 1, tzinfo=dt.UTC)).timestamp())


def templates() -> Path:
    """Where the templates are."""
    return _folder() / "typst"


def _folder() -> Path:
    return Path(str(files("desireline.maps")))


@cache
def _fonts(with_those_of_the_machine: bool) -> typst.Fonts:
    """Ours first: a map looks the same on every machine."""
    return typst.Fonts(with_those_of_the_machine, False, [str(_folder() / "fonts")])


_OURS: Final = re.compile(
    "[\u0000-\u024f\u0259\u02b0-\u02ff\u0300-\u036f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\u2000-\u2bff\ufe0f"
    "\U0001f000-\U0001fbff\U000e0020-\U000e007f]*"
)


def _needs_more_fonts(grid: Grid) -> bool:
    """Whether a text is in a script that our fonts do not write: the machine's are asked then."""
    texts = [grid.title, grid.subtitle, grid.goal, *grid.lines, *(s.name for s in grid.stages)]
    texts += [step.name for step in grid.steps]
    texts += [i.plain for lane in grid.lanes for i in lane.items()] + [lane.title for lane in grid.lanes]
    return not all(_OURS.fullmatch(text) for text in texts)


# --- what the template gets --------------------------------------------------------------------------------


def content(grid: Grid, paper: str) -> Json:
    """The whole map for the template."""
    page, scale, column, parts = _measures(grid, paper)
    label = _LABEL * scale
    width = page.width or max(_NARROWEST_PICTURE, 2 * _MARGIN * scale + label + len(grid.steps) * column)
    return {
        "language": grid.language,
        "scale": scale,
        "page": {"width": width, "height": page.height, "margin": _MARGIN * scale, "label": label},
        "title": breakable(grid.title),
        "lines": [breakable(line) for line in (grid.subtitle, *grid.lines)],
        "goal": breakable(grid.goal),
        "empty": grid.empty,
        "words": {key: translate(grid.language, f"map.{key}") for key in ("lane.continued", "hidden.figure")},
        "number": translate(grid.language, "map.page", page="{page}", pages="{pages}"),
        "footer": grid.footer,
        "legend": [{"grade": grade, "text": text} for grade, text in grid.legend],
        "signs": {key: translate(grid.language, f"map.legend.{key}") for key in ("typed", "band")},
        "sheets": [_sheet(grid, lo, hi, _column(page, hi - lo, column, scale), scale) for lo, hi in parts],
        "notes": [breakable(note) for note in grid.notes],
    }


def _measures(grid: Grid, paper: str) -> tuple[Page, float, float, list[tuple[int, int]]]:
    """The page, the scale of letters, the least width of a column, and the runs of columns."""
    page = PAGES[paper]
    least = page.column[0]
    n = len(grid.steps)
    if page.width is None:
        whole = 2 * _MARGIN + _LABEL + n * least
        scale = min(1.0, _LONGEST / whole)
        return page, scale, least * scale, [(0, n)] if n else []
    room = page.width - (2 * _MARGIN + _LABEL) * page.scale
    return page, page.scale, least, runs(grid, int(room / least))


def _column(page: Page, n: int, least: float, scale: float) -> float:
    """As wide as fills the page, but never so wide that lines get too long to read."""
    if page.width is None:
        return least
    return min(page.column[1], (page.width - (2 * _MARGIN + _LABEL) * scale) / n)


def _sheet(grid: Grid, lo: int, hi: int, column: float, scale: float) -> Json:
    part = {"first": lo + 1, "last": hi, "n": len(grid.steps)}
    whole = hi - lo == len(grid.steps)
    stages = [(s, max(s.first, lo), min(s.first + s.steps, hi)) for s in grid.stages]
    return {
        "range": None if whole else translate(grid.language, "map.steps_shown", **part),
        "column": column,
        "n": hi - lo,
        "stages": [_stage(grid, stage, start, end) for stage, start, end in stages if start < end],
        "steps": [
            {
                "name": breakable(step.name),
                "measured": step.measured,
                "optional": translate(grid.language, "map.optional") if step.optional else None,
            }
            for step in grid.steps[lo:hi]
        ]
        if any(step.name or step.measured for step in grid.steps)
        else None,
        "lanes": [_lane(grid, lane, View(lo, hi, column, 0), scale) for lane in grid.lanes],
    }


def _stage(grid: Grid, stage: StageHead, start: int, end: int) -> Json:
    name = stage.name if start == stage.first else translate(grid.language, "map.stage_continued", name=stage.name)
    begins = start == stage.first
    return {
        "name": breakable(name),
        "span": end - start,
        "measured": stage.measured,
        "grade": stage.grade,
        "facts": [list(fact) for fact in stage.facts] if begins else [],
        "lost": stage.lost,
    }


def _lane(grid: Grid, lane: GridLane, view: View, scale: float) -> Json:
    told: Json = {"id": lane.id, "kind": lane.kind, "title": breakable(lane.title), "hint": lane.hint, "rows": []}
    if lane.kind == "path":
        return {**told, **_path(grid, view._replace(height=31 * _MM * scale))}
    placed = rows(lane, view.lo, view.hi)
    told["rows"] = [[_slot(slot) for slot in row] for row in placed]
    told["cells"] = _stacks(placed, view.hi - view.lo) if lane.kind != "emotion" else None
    if lane.kind == "emotion":
        told |= _emotion(grid, lane, view._replace(height=30 * _MM * scale), scale)
    empty = not lane.items() and not lane.curves
    return {**told, "empty": lane.empty if empty else None}


def _stacks(placed: list[list[Slot]], n: int) -> list[list[Json]] | None:
    """The cards of each column, if they are few, short and one column wide."""
    slots = [slot for row in placed for slot in row]
    short = all(slot.width == 1 and not slot.came and len(slot.item.plain) < 160 for slot in slots)
    if not short or not 1 < len(placed) <= 3:
        return None
    return [[_slot(slot) for slot in slots if slot.start == k] for k in range(n)]


def _path(grid: Grid, view: View) -> Json:
    shapes = drawn.band(grid.stages, view)
    lost = [
        {"x": x, "text": stage.lost}
        for stage in grid.stages
        if stage.lost and 0 <= (x := (stage.first - view.lo + 0.46 * stage.steps) * view.column) < view.width
    ]
    measured = any(stage.flow for stage in grid.stages)
    empty = None if measured else next((lane.empty for lane in grid.lanes if lane.kind == "path"), None)
    return {"height": view.height, "shapes": [_shape(s) for s in shapes], "lost": lost, "empty": empty}


def _emotion(grid: Grid, lane: GridLane, view: View, scale: float) -> Json:
    size = 1.9 * scale
    shapes = drawn.emotion_grid(view)
    for series, curve in enumerate(lane.curves):
        shapes += drawn.emotion(curve, series, view, size)
    for step in range(view.lo, view.hi):
        for item in lane.cells[step]:
            if item.number is not None:
                shapes += drawn.hand_set(step, item.number, item.star, view, size)
    return {
        "height": view.height,
        "shapes": [_shape(s) for s in shapes],
        "curves": [_figures(grid, curve, view) for curve in lane.curves],
    }


def _figures(grid: Grid, curve: Curve, view: View) -> Json:
    """The numbers of a curve, step by step, as they stand below it."""
    cells: list[Json] = []
    for point in curve.points[view.lo : view.hi]:
        if point.value is None:
            key = "hidden.figure" if point.hidden else "emotion.gap"
            cells.append({"value": None, "gap": translate(grid.language, f"map.{key}")})
            continue
        cells.append(
            {
                "value": signed(grid.language, point.value),
                "n": translate(grid.language, "map.n", n=point.n),
                "grade": point.grade,
                "marks": [translate(grid.language, f"map.emotion.{m}") for m in marks(curve, point.step)],
            }
        )
    return {"title": curve_title(grid.language, curve), "of": curve.of, "cells": cells}


def _shape(shape: Shape) -> Json:
    return {"look": shape.look, "series": shape.series, "d": [[c, *v] for c, v in shape.commands]}


def _slot(slot: Slot) -> Json:
    return {"start": slot.start, "width": slot.width, "came": slot.came, "on": slot.goes_on, "card": _card(slot)}


def _card(slot: Slot) -> Json:
    item = slot.item
    if slot.came:
        return {"kind": item.kind, "words": breakable(item.plain[:90])}
    return {
        "kind": item.kind,
        "name": breakable(item.name),
        "text": [
            {
                "mark": block.mark,
                "level": block.level,
                "runs": [
                    {"t": breakable(r.text), "b": r.bold, "i": r.italic, "c": r.code, "href": _address(r.href)}
                    for r in block.runs
                ],
            }
            for block in blocks(item.text)
        ],
        "long": len(item.plain) > 500,
        "question": item.question,
        "measured": item.measured,
        "short": item.short,
        "value": item.value,
        "typed": item.typed,
        "part": item.part,
        "grade": item.grade,
        "hidden": item.hidden,
        "trend": _trend(item),
        "spark": spark(item.spark) if len([v for v in item.spark if v is not None]) > 1 else None,
        "channel": breakable(item.channel),
        "star": item.star,
        "image": _image(item.image) if item.image else None,
        "ratings": [{"label": r.label, "shown": r.shown, "typed": r.typed} for r in item.ratings],
        "remarks": [breakable(remark) for remark in item.remarks],
        "tags": [breakable(tag) for tag in item.tags],
        "url": _address(item.url),
    }


def _address(url: str | None) -> str | None:
    """Without signs that could end the attribute that it stands in."""
    return quote(url, safe="%/:=&?~#+!$,;@()*[]-._") if url else None


def _trend(item: Item) -> Json | None:
    if item.trend is None:
        return None
    good = item.trend.good
    tone = "even" if not item.trend.changed or good is None else "good" if good else "bad"
    return {"text": item.trend.text, "up": item.trend.up, "changed": item.trend.changed, "tone": tone}


def _image(picture: Picture) -> Json:
    """As an SVG around the picture: the one way to hand bytes to the template as text."""
    uri = data_uri(picture.data)
    if uri is None:
        return {"svg": None, "alt": picture.alt}
    w, h = picture.width, picture.height
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {w} {h}" '
        f'width="{w}" height="{h}"><image width="{w}" height="{h}" xlink:href="{uri}"/></svg>'
    )
    return {"svg": svg, "alt": picture.alt, "ratio": h / w}

"""HTML: one file that is read without a script and without a network, for those outside.

Figures of small groups are hidden, and the file says so. Every text is escaped; a content security policy forbids
scripts, frames and whatever comes from elsewhere.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from desireline.i18n import translate
from desireline.maps import drawn
from desireline.maps.drawn import Shape, View
from desireline.maps.marks import curve_title, marks
from desireline.maps.out import Request
from desireline.maps.out.html_cards import card, evidence, path
from desireline.maps.pages import Slot, rows
from desireline.maps.parts import Curve, Grid, GridLane, StageHead
from desireline.maps.wording import signed

LOSES: Final = ("bindings", "commands_and_history")

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_LABEL, _NARROWEST, _WIDEST, _SCREEN = 150, 168, 420, 1360


def write(request: Request) -> bytes:
    """The map as a page."""
    return _page(request.grid).encode()


@cache
def _style() -> str:
    return files("desireline.maps").joinpath("html", "journey.css").read_text(encoding="utf-8")


def _page(grid: Grid) -> str:
    body = f"<p>{escape(grid.empty)}</p>" if grid.empty else _table(grid)
    return (
        f'<!doctype html>\n<html lang="{grid.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="Desireline">\n'
        f"<title>{escape(grid.title)}</title>\n<style>\n{_style()}@page {{ size: {_sheet_size(grid)} landscape; "
        f"margin: 10mm; }}\n</style>\n</head>\n<body>\n{_header(grid)}\n<main>\n{body}\n</main>\n{_footer(grid)}\n"
        "</body>\n</html>\n"
    )


def _column(grid: Grid) -> int:
    return max(_NARROWEST, min(_WIDEST, (_SCREEN - _LABEL) // max(1, len(grid.steps))))


def _sheet_size(grid: Grid) -> str:
    """Paper on which the whole width of the map is printed without being cut."""
    millimetres = (_LABEL + _column(grid) * len(grid.steps)) * 25.4 / 96 + 20
    return "A3" if millimetres <= 420 else f"{millimetres:.0f}mm {max(297, millimetres * 0.7):.0f}mm"


def _header(grid: Grid) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in (grid.subtitle, *grid.lines))
    goal = f'<p class="goal">{escape(grid.goal)}</p>' if grid.goal else ""
    private = f'<p class="private">{escape(grid.notes[0])}</p>' if grid.threshold and grid.notes else ""
    return f"<header>\n<h1>{escape(grid.title)}</h1>\n{lines}{goal}{private}\n</header>"


def _footer(grid: Grid) -> str:
    legend = "".join(
        f'<li><span class="evidence {grade}" aria-hidden="true"></span> {escape(told)}</li>'
        for grade, told in grid.legend
    )
    typed, band = (escape(translate(grid.language, f"map.legend.{key}")) for key in ("typed", "band"))
    signs = f'<li><span class="typed">12</span> {typed}</li><li>{band}</li>'
    notes = "".join(f"<p>{escape(note)}</p>" for note in (grid.notes[1:] if grid.threshold else grid.notes))
    return f"<footer>\n<ul>{legend}{signs}</ul>\n{notes}<p>{escape(grid.footer)}</p>\n</footer>"


# --- the table ---------------------------------------------------------------------------------------------


def _table(grid: Grid) -> str:
    column, n = _column(grid), len(grid.steps)
    view = View(0, n, column, 0)
    starts = {stage.first for stage in grid.stages}
    bodies = "\n".join(_lane(grid, lane, view, starts) for lane in grid.lanes)
    return (
        f'<div class="map" tabindex="0" role="region" aria-label="{escape(grid.title)}">\n'
        f'<table style="width:{_LABEL + column * n}px">\n<caption class="hidden">{escape(grid.told)}</caption>\n'
        f'<colgroup><col style="width:{_LABEL}px"></colgroup>\n{_groups(grid, column)}'
        f"<thead>\n{_heads(grid, starts)}</thead>\n{bodies}\n</table>\n</div>"
    )


def _groups(grid: Grid, column: int) -> str:
    return "".join(
        f'<colgroup span="{s.steps}" style="width:{column * s.steps}px">{_cols(s, column)}</colgroup>\n'
        for s in grid.stages
    )


def _cols(stage: StageHead, column: int) -> str:
    return f'<col style="width:{column}px">' * stage.steps


def _heads(grid: Grid, starts: set[int]) -> str:
    stages = "".join(
        f'<th class="stage" colspan="{s.steps}" scope="colgroup"><b>{escape(s.name) or "–"}</b>'
        f"<small>{evidence(grid.language, s.grade)} {escape(s.measured)}</small></th>"
        for s in grid.stages
    )
    steps = "".join(
        f'<th class="{"first" if k in starts else ""}" scope="col"><b>{escape(step.name)}</b>'
        f"<small>{escape(' · '.join(filter(None, (step.measured, _optional(grid, step.optional)))))}</small></th>"
        for k, step in enumerate(grid.steps)
    )
    return f"<tr><td></td>{stages}</tr>\n<tr><td></td>{steps}</tr>\n"


def _optional(grid: Grid, optional: bool) -> str | None:
    return translate(grid.language, "map.optional") if optional else None


def _lane(grid: Grid, lane: GridLane, view: View, starts: set[int]) -> str:
    lines = _drawn(grid, lane, view, starts)
    cards = _cards(lane, view.hi, starts, grid.language)
    if not lane.items() and not lane.curves and lane.kind != "path":
        cards = [f'<td class="first empty" colspan="{view.hi}">{escape(lane.empty)}</td>']
    if lane.curves and cards:
        own = f"<small>{escape(translate(grid.language, 'map.emotion.hand_set'))}</small>"
        lines += [_row(own if k == 0 else "", line) for k, line in enumerate(cards)]
    else:
        lines += cards
    spanned = sum(1 for line in lines if not line.startswith("<th"))
    head = f'<th scope="rowgroup" rowspan="{spanned}">{escape(lane.title)}<small>{escape(lane.hint)}</small></th>'
    told = "\n".join(f"<tr>{head if k == 0 else ''}{line}</tr>" for k, line in enumerate(lines))
    return f"<tbody>\n{told}\n</tbody>"


def _row(head: str, cells: str) -> str:
    """Cells with a heading of their own."""
    return f'<th scope="row">{head}</th>{cells}'


def _cards(lane: GridLane, n: int, starts: set[int], language: str) -> list[str]:
    """Rows of cards; where none is wider than its step, those of a step stand below each other in one row."""
    placed = rows(lane, 0, n)
    if any(slot.width > 1 for row in placed for slot in row):
        return [_cells(row, n, starts, language) for row in placed]
    columns = ["".join(card(slot, language) for row in placed for slot in row if slot.start == k) for k in range(n)]
    joined = "".join(f'<td class="{"first" if k in starts else ""}">{told}</td>' for k, told in enumerate(columns))
    return [joined] if placed else []


def _cells(row: Sequence[Slot], n: int, starts: set[int], language: str) -> str:
    found, at = [], 0
    for slot in (*row, None):
        until = slot.start if slot else n
        found += [f'<td class="{"first" if k in starts else ""}"></td>' for k in range(at, until)]
        if slot:
            border = "first" if slot.start in starts else ""
            found.append(f'<td class="{border}" colspan="{slot.width}">{card(slot, language)}</td>')
            at = slot.start + slot.width
    return "".join(found)


# --- what is drawn -----------------------------------------------------------------------------------------


def _drawn(grid: Grid, lane: GridLane, view: View, starts: set[int]) -> list[str]:
    if lane.kind == "path":
        return _path(grid, lane, view._replace(height=118))
    if lane.kind == "emotion":
        return _emotion(grid, lane, view._replace(height=126), starts)
    return []


def _svg(view: View, told: str, shapes: Sequence[Shape], texts: str = "") -> str:
    inner = "".join(path(shape) for shape in shapes) + texts
    return (
        f'<svg viewBox="0 0 {view.width:g} {view.height:g}" width="{view.width:g}" height="{view.height:g}" role="img" '
        f'aria-label="{escape(told)}">{inner}</svg>'
    )


def _path(grid: Grid, lane: GridLane, view: View) -> list[str]:
    lost = "".join(
        f'<text class="lost" x="{(s.first + 0.46 * s.steps) * view.column:.0f}" y="{view.height - 4:g}">'
        f"{escape(s.lost)}</text>"
        for s in grid.stages
        if s.lost
    )
    if not any(s.flow for s in grid.stages):
        lost = f'<text x="8" y="{view.height - 12:g}">{escape(lane.empty)}</text>'
    drawing = _svg(view, grid.told, drawn.band(grid.stages, view), lost)
    found = [f'<td class="drawing" colspan="{view.hi}">{drawing}</td>']
    if any(s.facts for s in grid.stages):
        found.append("".join(f'<td class="first" colspan="{s.steps}">{_facts(s)}</td>' for s in grid.stages))
    return found


def _facts(stage: StageHead) -> str:
    told = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in stage.facts)
    return f'<dl class="facts">{told}</dl>' if told else ""


def _emotion(grid: Grid, lane: GridLane, view: View, starts: set[int]) -> list[str]:
    shapes = drawn.emotion_grid(view)
    for series, curve in enumerate(lane.curves):
        shapes += drawn.emotion(curve, series, view, 3.4)
    for step, cell in enumerate(lane.cells):
        for item in cell:
            if item.number is not None:
                shapes += drawn.hand_set(step, item.number, item.star, view, 3.4)
    texts = "".join(
        f'<text x="3" y="{drawn.height_of(v, view) + 4:.0f}">{sign}</text>'
        for v, sign in ((2, "+2"), (0, "0"), (-2, "−2"))
    )
    found = [f'<td class="drawing" colspan="{view.hi}">{_svg(view, f"{lane.title}: {lane.hint}", shapes, texts)}</td>']
    for series, curve in enumerate(lane.curves):
        figures = "".join(_figure(grid.language, curve, step, starts) for step in range(view.hi))
        found.append(_row(_key(grid.language, curve, series), figures))
    return found


def _key(language: str, curve: Curve, series: int) -> str:
    """Which curve the figures beside it belong to."""
    mark = '<rect class="square" x="6" y="1.5" width="6" height="6"/>'
    if curve.of != "behaviour":
        mark = '<circle class="dot" cx="9" cy="4.5" r="3.4"/>'
    line = '<path class="line" d="M0 4.5 H18"/>'
    key = f'<svg class="key s{series % 4}" aria-hidden="true">{line}{mark}</svg>'
    return f"<small>{key}{escape(curve_title(language, curve))}</small>"


def _figure(language: str, curve: Curve, step: int, starts: set[int]) -> str:
    point, border = curve.points[step], "first" if step in starts else ""
    if point.value is None:
        key = "hidden.figure" if point.hidden else "emotion.gap"
        return f'<td class="{border} gap">{escape(translate(language, f"map.{key}"))}</td>'
    names = ", ".join(translate(language, f"map.emotion.{m}") for m in marks(curve, step))
    return (
        f'<td class="{border}">{evidence(language, point.grade)} <strong>{signed(language, point.value)}</strong> '
        f"<small>{escape(translate(language, 'map.n', n=point.n))}</small> {escape(names)}</td>"
    )

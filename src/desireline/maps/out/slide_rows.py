"""Rows of a map on a slide: each knows its height before it is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pptx.util import Pt

from desireline.i18n import translate
from desireline.maps import drawn
from desireline.maps.drawn import Shape, View
from desireline.maps.marks import curve_title, marks, spark
from desireline.maps.out.slide_shapes import (
    badge,
    bar,
    card_box,
    described,
    outline,
    paint,
    picture,
    text_box,
    write_into,
)
from desireline.maps.out.slide_texts import BADGE, PAD_X, PAD_Y, SMALL, Told, card, paragraph, simple
from desireline.maps.pages import Slot, rows
from desireline.maps.parts import Curve, Grid, GridLane, Item, StageHead
from desireline.maps.pictures import fitting
from desireline.maps.typeface import Span
from desireline.maps.wording import signed

GAP: Final = 3.0
BAND, CHART, PICTURE, SPARK = 80.0, 84.0, 96.0, 12.0

Draw = Callable[[Any, float, float], None]
"""Draws a row on shapes, with its left and upper edge at (x, y)."""

FILLS: Final[dict[str, tuple[str | None, str | None, bool]]] = {
    # kind: fill, outline, dashed
    "actions": ("white", "rule", False),
    "touchpoints": ("white", "rule", False),
    "pain_points": ("bad-soft", None, False),
    "opportunities": ("good-soft", None, False),
    "thoughts": (None, "path-soft", False),
    "metrics": (None, None, False),
    "emotion": (None, "ochre-mid", True),
    "hand_offs": (None, "good", False),
    "links": (None, "good", False),
    "questions": (None, "plan", True),
}


@dataclass
class Row:
    """One row. `cut`: texts that did not fit, each with where it stands."""

    lane: GridLane
    height: float
    draw: Draw
    cut: list[str] = field(default_factory=list)


def lane_rows(grid: Grid, lane: GridLane, view: View) -> list[Row]:
    """The rows of a lane in the columns of `view`."""
    if lane.kind == "path":
        return _path(grid, lane, view)
    found = _emotion(grid, lane, view) if lane.kind == "emotion" else []
    placed = rows(lane, view.lo, view.hi)
    found += [_cards(grid, lane, row, view) for row in placed]
    if not lane.items() and not lane.curves:
        told = simple(lane.empty, SMALL, view.width - 2 * PAD_X, look="faint")
        found.append(Row(lane, told.height + 2 * GAP, _words(told, view.width)))
    return found or [Row(lane, 0.0, _words(Told(()), 0.0))]


def _words(told: Told, width: float) -> Draw:
    def draw(shapes: Any, x: float, y: float) -> None:
        if told.paragraphs:
            text_box(shapes, told, x + PAD_X, y + GAP, width - 2 * PAD_X, told.height)

    return draw


# --- cards -------------------------------------------------------------------------------------------------


def _cards(grid: Grid, lane: GridLane, row: Sequence[Slot], view: View) -> Row:
    heights, draws, cut = [], [], []
    for slot in row:
        width = slot.width * view.column - 2 * GAP
        told = _told(slot, grid.language, width)
        image = 0.0 if slot.came else _image_height(slot.item, width)
        extra = (5.0 if _has_bar(slot) else 0.0) + (SPARK if _has_spark(slot) else 0.0)
        words = told.height + 2 * PAD_Y if told.paragraphs else 0.0
        height = words + extra + image
        heights.append(height)
        draws.append((slot, told, width, height, image))
        if told.cut:
            step = grid.steps[view.lo + slot.start]
            where = ", ".join(filter(None, (lane.title, grid.stages[step.stage].name, step.name)))
            cut.append(f"{where}: {told.cut}")

    def draw(shapes: Any, x: float, y: float) -> None:
        for slot, told, width, height, image in draws:
            left = x + slot.start * view.column + GAP
            if image:
                _draw_image(shapes, slot.item, left, y + GAP, width, image - GAP)
            if told.paragraphs:
                _draw_card(shapes, slot, told, left, y + GAP + image, width, height - image)

    return Row(lane, max(heights) + 2 * GAP, draw, cut)


def _told(slot: Slot, language: str, width: float) -> Told:
    if slot.came:
        return simple(f"← {slot.item.plain}", SMALL, width - 2 * PAD_X, look="faint", most=1)
    return card(slot.item, language, width)


def _has_bar(slot: Slot) -> bool:
    return slot.item.kind == "touchpoints" and slot.item.part is not None and not slot.came


def _has_spark(slot: Slot) -> bool:
    return not slot.came and len([v for v in slot.item.spark if v is not None]) > 1


def _image_height(item: Item, width: float) -> float:
    if item.image is None or fitting(item.image.data) is None:
        return 0.0
    return min(PICTURE, width * item.image.height / item.image.width) + GAP


def _draw_image(shapes: Any, item: Item, x: float, y: float, width: float, height: float) -> None:
    if item.image:
        wide = min(width, height * item.image.width / item.image.height)
        picture(shapes, item.image, x, y, wide, height)


def _draw_card(shapes: Any, slot: Slot, told: Told, x: float, y: float, width: float, height: float) -> None:
    item = slot.item
    fill, line, dashed = FILLS.get(item.kind, ("lane", None, False))
    if slot.came:
        fill, line, dashed = None, "plan", True
    alone = slot.came or not (item.grade or _has_bar(slot) or _has_spark(slot))
    if not alone:
        group = shapes.add_group_shape()
        group.name = f"{item.kind} {item.id}"
        shapes = group.shapes
    box = card_box(shapes, x, y, width, height, fill, line, dashed)
    box.name = item.id
    write_into(box.text_frame, told)
    if alone:
        return
    if item.grade:
        box.text_frame.margin_right = Pt(PAD_X + BADGE)
        badge(shapes, x + width - 6 - PAD_X, y + 5, item.grade)
    below = y + height - 5
    if _has_bar(slot):
        bar(shapes, x + PAD_X, below, width - 2 * PAD_X, item.part or 0.0)
        below -= 5
    if _has_spark(slot):
        _spark(shapes, item, x + PAD_X, below - SPARK + 4, min(60.0, width - 2 * PAD_X))


def _spark(shapes: Any, item: Item, x: float, y: float, width: float) -> None:
    for run in spark(item.spark):
        if len(run) > 1:
            builder = shapes.build_freeform(Pt(x + run[0][0] * width), Pt(y + run[0][1] * (SPARK - 3)))
            corners = [(Pt(x + a * width), Pt(y + b * (SPARK - 3))) for a, b in run[1:]]
            builder.add_line_segments(corners, close=False)
            line = builder.convert_to_shape()
            line.name = "sparkline"
            paint(line, None, "path-mid", 1)


def drawing_on(shapes: Any, name: str, told: str, outlines: Sequence[Shape], x: float, y: float) -> None:
    """Outlines as one group with its text for those who do not see it."""
    group = shapes.add_group_shape()
    described(group, name, told)
    for shape in outlines:
        outline(group.shapes, shape, x, y)


# --- the path ----------------------------------------------------------------------------------------------


def _path(grid: Grid, lane: GridLane, view: View) -> list[Row]:
    drawing = view._replace(height=BAND)
    shapes_of = drawn.band(grid.stages, drawing)
    measured = any(stage.flow for stage in grid.stages)

    def draw(shapes: Any, x: float, y: float) -> None:
        drawing_on(shapes, lane.title, grid.told, shapes_of, x, y)
        if not measured:
            told = simple(lane.empty, SMALL, view.width - 2 * PAD_X, look="faint")
            text_box(shapes, told, x + PAD_X, y + BAND / 2, view.width - 2 * PAD_X, told.height)
        for stage in grid.stages:
            at = (stage.first - view.lo + 0.46 * stage.steps) * view.column
            if stage.lost and 0 <= at < view.width - 50:
                lost = simple(stage.lost, SMALL, 50, look="bad")
                text_box(shapes, lost, x + at, y + BAND - 10, 50, lost.height, "bad")

    found = [Row(lane, BAND + GAP, draw)]
    return [*found, _facts(grid, lane, view)] if any(s.facts for s in grid.stages) else found


def _facts(grid: Grid, lane: GridLane, view: View) -> Row:
    """What became of the people of each stage, as a native table."""
    seen = [(s, max(s.first, view.lo), min(s.first + s.steps, view.hi)) for s in grid.stages]
    shown = [(s, a, b) for s, a, b in seen if a < b]
    widths = [(b - a) * view.column for _, a, b in shown]
    cells = [_fact(s, w) if a == s.first else Told(()) for (s, a, _), w in zip(shown, widths, strict=True)]
    return _table(lane, [cells], widths)


def _fact(stage: StageHead, width: float) -> Told:
    spans = []
    for label, value in stage.facts:
        spans += [Span(f"{label} ", SMALL, look="faint"), Span(f"{value}   ", SMALL, bold=True)]
    return Told((paragraph(spans, width - 2 * PAD_X),)) if spans else Told(())


def _table(lane: GridLane, cells: list[list[Told]], widths: list[float], indent: float = 0.0) -> Row:
    heights = [max((told.height for told in line), default=0.0) + 6 for line in cells]

    def draw(shapes: Any, x: float, y: float) -> None:
        left = x - indent
        framed = shapes.add_table(len(cells), len(widths), Pt(left), Pt(y), Pt(sum(widths)), Pt(sum(heights)))
        table = framed.table
        table.first_row = table.horz_banding = False
        for k, width in enumerate(widths):
            table.columns[k].width = Pt(width)
        for r, line in enumerate(cells):
            table.rows[r].height = Pt(heights[r])
            for c, told in enumerate(line):
                cell = table.cell(r, c)
                cell.fill.background()
                write_into(cell.text_frame, told, pad=(PAD_X, 2))

    return Row(lane, sum(heights) + GAP, draw)


# --- the emotion curve -------------------------------------------------------------------------------------


def _emotion(grid: Grid, lane: GridLane, view: View) -> list[Row]:
    drawing = view._replace(height=CHART)
    shapes_of = drawn.emotion_grid(drawing)
    for series, curve in enumerate(lane.curves):
        shapes_of += drawn.emotion(curve, series, drawing, 2.2)
    for step in range(view.lo, view.hi):
        for item in lane.cells[step]:
            if item.number is not None:
                shapes_of += drawn.hand_set(step, item.number, item.star, drawing, 2.2)

    def draw(shapes: Any, x: float, y: float) -> None:
        drawing_on(shapes, lane.title, f"{lane.title}: {lane.hint}", shapes_of, x, y)

    found = [Row(lane, CHART + GAP, draw)]
    if lane.curves:
        widths = [LABEL, *([view.column] * (view.hi - view.lo))]
        cells = [_figures(grid.language, curve, k, view) for k, curve in enumerate(lane.curves)]
        found += [_table(lane, [line], widths, LABEL) for line in cells]
    return found


LABEL: Final = 108.0
"""Width of the column of lane names."""


def _figures(language: str, curve: Curve, series: int, view: View) -> list[Told]:
    mark = Span("■ " if curve.of == "behaviour" else "● ", SMALL, look=("path", "link", "star", "faint")[series % 4])
    told = [Told((paragraph([mark, Span(curve_title(language, curve), SMALL)], LABEL - 2 * PAD_X),))]
    room = view.column - 2 * PAD_X
    for point in curve.points[view.lo : view.hi]:
        if point.value is None:
            key = "hidden.figure" if point.hidden else "emotion.gap"
            told.append(simple(translate(language, f"map.{key}"), SMALL, room, look="faint"))
            continue
        spans = [Span(f"{signed(language, point.value)} ", SMALL, bold=True)]
        spans.append(Span(translate(language, "map.n", n=point.n), SMALL, look="faint"))
        names = ", ".join(translate(language, f"map.emotion.{m}") for m in marks(curve, point.step))
        if names:
            spans.append(Span(f" {names}", SMALL))
        told.append(Told((paragraph(spans, room),)))
    return told

"""A series on a slide: its interval as a band, whole periods as a line, what is not over yet dashed."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from desireline.maps.out.slide_shapes import paint, rgb, rule
from desireline.maps.report.content import FigureCard

XY = tuple[float, float]


def chart(shapes: Any, card: FigureCard, x: float, y: float, w: float, h: float) -> None:
    """Draw the series of a card into a box, in points."""
    ends = [v for p in card.points for v in (p.value, p.low, p.high) if v is not None]
    ends += [card.target] if card.target is not None else []
    least, span = min(ends), (max(ends) - min(ends)) or 1.0
    group = shapes.add_group_shape()
    group.name = card.name

    def at(k: int, value: float) -> XY:
        return x + w * k / max(1, len(card.points) - 1), y + h - h * (value - least) / span

    rule(group.shapes, x, y + h, x + w, y + h)
    if card.target is not None:
        line = rule(group.shapes, *at(0, card.target), *at(len(card.points) - 1, card.target), "ochre", 0.75)
        line.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    for run in _runs(card):
        part = [(k, card.points[k]) for k in run]
        upper = [at(k, p.high) for k, p in part if p.low is not None and p.high is not None]
        lower = [at(k, p.low) for k, p in part if p.low is not None and p.high is not None]
        if len(upper) > 1:
            paint(_path(group.shapes, [*upper, *reversed(lower)], closed=True), "path-soft", None)
        whole = [at(k, p.value) for k, p in part if p.over and p.value is not None]
        if len(whole) > 1:
            paint(_path(group.shapes, whole, closed=False), None, "path", 1.75)
        rest = [at(k, p.value) for k, p in part if p.value is not None][len(whole) - 1 if whole else 0 :]
        if len(rest) > 1:
            line = _path(group.shapes, rest, closed=False)
            paint(line, None, "plan", 1)
            line.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    last = max(k for k, p in enumerate(card.points) if p.value is not None)
    px, py = at(last, card.points[last].value or 0.0)
    dot = group.shapes.add_shape(9, Pt(px - 2.5), Pt(py - 2.5), Pt(5), Pt(5))
    paint(dot, "path" if card.points[last].over else "paper", "path", 1)
    dot.line.color.rgb = rgb("path")


def _runs(card: FigureCard) -> list[list[int]]:
    """Places of points that follow each other without a gap."""
    found: list[list[int]] = []
    for k, point in enumerate(card.points):
        if point.value is None:
            continue
        if found and found[-1][-1] == k - 1:
            found[-1].append(k)
        else:
            found.append([k])
    return found


def _path(shapes: Any, points: Sequence[XY], *, closed: bool) -> Any:
    builder = shapes.build_freeform(Pt(points[0][0]), Pt(points[0][1]))
    builder.add_line_segments([(Pt(px), Pt(py)) for px, py in points[1:]], close=closed)
    return builder.convert_to_shape()

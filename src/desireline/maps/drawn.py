"""The drawn lanes as outlines: the path that people wore, and the emotion curve.

All lengths are in the caller's unit, y grows downwards. A drawing shows the columns `lo`..`hi` of the whole map, each
`column` wide; what lies beyond is cut off exactly, so that pages fit together.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from desireline.maps.parts import Curve, Flow, StageHead

Look = Literal[
    "plan", "plan-covered", "walked", "leaving", "grid", "zero", "interval", "line", "dot", "ring", "square", "diamond",
    "star",
]  # fmt: skip
Command = tuple[str, tuple[float, ...]]
"""As in SVG: M x y, L x y, C x1 y1 x2 y2 x y, Z."""


@dataclass(frozen=True)
class Shape:
    """One outline. `series`: which of the curves of a lane it belongs to."""

    look: Look
    commands: tuple[Command, ...]
    series: int = 0


class Knot(NamedTuple):
    """A place that a smooth line goes through, and its slope there."""

    x: float
    y: float
    slope: float = 0.0


class View(NamedTuple):
    """What part of the map is drawn how large."""

    lo: int
    hi: int
    column: float
    height: float

    @property
    def width(self) -> float:
        """Of the drawing."""
        return (self.hi - self.lo) * self.column


# --- smooth lines ------------------------------------------------------------------------------------------


def smooth(points: Sequence[tuple[float, float]]) -> list[Knot]:
    """Knots whose line rises and falls with the points and never beyond them (Fritsch & Carlson 1980)."""
    rises = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(points)]
    slopes = [0.0] * len(points)
    for i, (a, b) in enumerate(pairwise(rises), 1):
        slopes[i] = 0.0 if a * b <= 0 else 2 * a * b / (a + b)
    if rises:
        slopes[0], slopes[-1] = rises[0] / 2, rises[-1] / 2
    return [Knot(x, y, m) for (x, y), m in zip(points, slopes, strict=True)]


def cut(knots: Sequence[Knot], left: float, right: float) -> list[Knot]:
    """The part of a smooth line between two x."""
    found: list[Knot] = []
    for a, b in pairwise(knots):
        if b.x <= left or a.x >= right:
            continue
        start = _at(a, b, left) if a.x < left else a
        if not found:
            found.append(start)
        found.append(_at(a, b, right) if b.x > right else b)
    return found or [k for k in knots if left <= k.x < right][:1]


def _at(a: Knot, b: Knot, x: float) -> Knot:
    """The line between two knots at x: cubic Hermite interpolation."""
    width = b.x - a.x
    t = (x - a.x) / width
    y = (
        (1 + 2 * t) * (1 - t) ** 2 * a.y
        + t * (1 - t) ** 2 * width * a.slope
        + t * t * (3 - 2 * t) * b.y
        + t * t * (t - 1) * width * b.slope
    )
    slope = 6 * t * (t - 1) * (a.y - b.y) / width + (1 - 4 * t + 3 * t * t) * a.slope + (3 * t * t - 2 * t) * b.slope
    return Knot(x, y, slope)


def along(knots: Sequence[Knot]) -> list[Command]:
    """Bézier curves through the knots, which the pen stands on the first of."""
    found: list[Command] = []
    for a, b in pairwise(knots):
        third = (b.x - a.x) / 3
        found.append(("C", (a.x + third, a.y + a.slope * third, b.x - third, b.y - b.slope * third, b.x, b.y)))
    return found


def between(top: Sequence[Knot], bottom: Sequence[Knot]) -> tuple[Command, ...]:
    """The closed outline between two lines."""
    back = [Knot(k.x, k.y, k.slope) for k in reversed(bottom)]
    start: Command = ("M", (top[0].x, top[0].y))
    turn: Command = ("L", (back[0].x, back[0].y))
    return (start, *along(top), turn, *along(back), ("Z", ()))


def ring(x: float, y: float, r: float) -> tuple[Command, ...]:
    """A circle of four Bézier curves."""
    k = 0.5523 * r
    return (
        ("M", (x + r, y)),
        ("C", (x + r, y + k, x + k, y + r, x, y + r)),
        ("C", (x - k, y + r, x - r, y + k, x - r, y)),
        ("C", (x - r, y - k, x - k, y - r, x, y - r)),
        ("C", (x + k, y - r, x + r, y - k, x + r, y)),
        ("Z", ()),
    )


def polygon(points: Sequence[tuple[float, float]]) -> tuple[Command, ...]:
    """Straight lines around."""
    (x, y), *rest = points
    return (("M", (x, y)), *(("L", point) for point in rest), ("Z", ()))


def star(x: float, y: float, r: float) -> tuple[Command, ...]:
    """A star of five points."""
    radii = (r, r * 0.42) * 5
    angles = [math.pi * k / 5 - math.pi / 2 for k in range(10)]
    return polygon([(x + q * math.cos(a), y + q * math.sin(a)) for q, a in zip(radii, angles, strict=True)])


# --- the path ----------------------------------------------------------------------------------------------


class _Section(NamedTuple):
    """The walked way at x: its middle and its thickness."""

    x: float
    middle: float
    width: float


def band(stages: Sequence[StageHead], view: View) -> list[Shape]:
    """The walked way as thick as the people on it, those who leave it, and the straight dashed plan.

    Stages that nothing measures leave a gap in the walked way.
    """
    most = max((s.flow.people for s in stages if s.flow), default=0)
    room = view.height * 0.55
    shapes: list[Shape] = []
    sections: list[list[_Section]] = []
    for k, stage in enumerate(stages):
        if stage.flow is None:
            continue
        before = stages[k - 1].flow if k else None
        found = _sections(k, stage, stage.flow, before, most, room, view)
        if before:
            sections[-1] += found[1:]
        else:
            sections.append(found)
        shapes += _leaving(stage, stage.flow, found[2], most, room, view)
    left, right = 0.0, view.width
    for run in sections:
        top = cut([Knot(s.x, s.middle - s.width / 2) for s in run], left, right)
        bottom = cut([Knot(s.x, s.middle + s.width / 2) for s in run], left, right)
        if len(top) > 1:
            shapes.append(Shape("walked", between(top, bottom)))
    return shapes + _planned(sections, view)


def _thickness(people: int, most: int, room: float) -> float:
    return max(room / 50, people / most * room) if people > 0 and most > 0 else 0.0


def _sections(
    k: int, stage: StageHead, flow: Flow, before: Flow | None, most: int, room: float, view: View
) -> list[_Section]:
    """Three cuts: all of the stage at its first third, those who stay on the way at its right edge."""
    width = stage.steps * view.column
    x = (stage.first - view.lo) * view.column
    rest = flow.open if stage.last else flow.goes_on + flow.open
    counts = [(0.0, before.goes_on if before else flow.people), (0.22, flow.people), (0.42, flow.people), (1.0, rest)]
    sway = view.height * 0.052 * math.sin((k + 1) * 1.9 + 0.6)
    found = []
    for part, people in counts:
        w = _thickness(people, most, room)
        stray = 0.0 if part == 0 else sway * (1 - w / (room * 1.06))
        found.append(_Section(x + part * width, view.height * 0.36 + stray, w))
    return found


def _leaving(stage: StageHead, flow: Flow, full: _Section, most: int, room: float, view: View) -> list[Shape]:
    """As thick as those who leave; it starts flush with the lower edge of the way and bends down."""
    if flow.dropped == 0 or not 0 <= full.x < view.width:
        return []
    w = _thickness(flow.dropped, most, room)
    span = min(stage.steps * view.column, 1.5 * view.height)
    x, y, reach = full.x, full.middle + full.width / 2 - w, 0.2 * span
    end = view.height * 0.84
    right = x + reach + w * 0.35
    left = right - min(w, 0.29 * view.height)
    outline: tuple[Command, ...] = (
        ("M", (x, y)),
        ("C", (x + reach * 0.6, y, right, y + w * 0.2, right, end)),
        ("L", (left, end)),
        ("C", (x + reach - w * 0.5, y + w, x + reach * 0.3, y + w, x - 0.04 * span, y + w)),
        ("Z", ()),
    )
    return [Shape("leaving", _within(outline, view.width))]


def _within(commands: tuple[Command, ...], width: float) -> tuple[Command, ...]:
    """Pushed back from the edges of the page."""
    return tuple(
        (c, tuple(min(max(v, 0.0), width) if i % 2 == 0 else v for i, v in enumerate(vs))) for c, vs in commands
    )


def _planned(runs: Sequence[Sequence[_Section]], view: View) -> list[Shape]:
    """Dashes from left to right; those on the walked way are told apart, to be drawn light."""
    y, dash = view.height * 0.36, view.height / 30
    kinds: dict[Look, list[Command]] = {"plan": [], "plan-covered": []}
    lines = [
        ([Knot(s.x, s.middle - s.width / 2) for s in run], [Knot(s.x, s.middle + s.width / 2) for s in run])
        for run in runs
    ]
    for k in range(int(view.width / (2 * dash))):
        x = 2 * dash * k
        covered = any(_covers(top, bottom, x + dash / 2, y) for top, bottom in lines)
        kinds["plan-covered" if covered else "plan"] += [("M", (x, y)), ("L", (x + dash, y))]
    return [Shape(look, tuple(commands)) for look, commands in kinds.items() if commands]


def _covers(top: Sequence[Knot], bottom: Sequence[Knot], x: float, y: float) -> bool:
    for i, (a, b) in enumerate(pairwise(top)):
        if a.x <= x < b.x:
            return _at(a, b, x).y < y < _at(bottom[i], bottom[i + 1], x).y
    return False


# --- the emotion curve -------------------------------------------------------------------------------------


def emotion_grid(view: View) -> list[Shape]:
    """Lines at -2, 0 and +2."""
    rows: list[tuple[Look, float]] = [("grid", 2), ("zero", 0), ("grid", -2)]
    return [Shape(look, (("M", (0, height_of(v, view))), ("L", (view.width, height_of(v, view))))) for look, v in rows]


def height_of(value: float, view: View) -> float:
    """Where an emotion of -2..+2 lies."""
    return view.height * (0.08 + 0.84 * (2 - min(2.0, max(-2.0, value))) / 4)


def emotion(curve: Curve, series: int, view: View, size: float) -> list[Shape]:
    """Interval band, line and points of a curve. Steps without evidence stay empty; nothing is drawn across them."""
    shapes: list[Shape] = []
    for run in _runs(curve):
        shapes += _run(curve, run, series, view, size)
    points: list[Shape] = []
    for point in curve.points[view.lo : view.hi]:
        if point.value is None:
            continue
        x, y = (point.step - view.lo + 0.5) * view.column, height_of(point.value, view)
        if curve.of == "behaviour":
            r = size * 0.8
            points.append(
                Shape("square", polygon([(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]), series)
            )
        else:
            points.append(Shape("dot", ring(x, y, size), series))
        if point.step in (curve.peak, curve.lowest, curve.end):
            points.append(Shape("ring", ring(x, y, size * 1.9), series))
    return shapes + points


def hand_set(step: int, value: float, starred: bool, view: View, size: float) -> list[Shape]:
    """A point that somebody set: an open diamond on no line, with a star above it for a moment of truth."""
    x, y, r = (step - view.lo + 0.5) * view.column, height_of(value, view), size * 1.7
    found = [Shape("diamond", polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)]))]
    if starred:
        found.append(Shape("star", star(x + 3.4 * size, y, size * 1.8)))
    return found


def _runs(curve: Curve) -> list[list[int]]:
    """Stretches of neighbouring steps with evidence."""
    found: list[list[int]] = []
    for point in curve.points:
        if point.value is None:
            continue
        if found and found[-1][-1] == point.step - 1:
            found[-1].append(point.step)
        else:
            found.append([point.step])
    return found


def _run(curve: Curve, steps: list[int], series: int, view: View, size: float) -> list[Shape]:
    points = [curve.points[step] for step in steps]
    columns = [(step - view.lo + 0.5) * view.column for step in steps]

    def line(values: list[float | None]) -> list[Knot]:
        shown = [v if v is not None else p.value or 0.0 for v, p in zip(values, points, strict=True)]
        return cut(smooth([(x, height_of(v, view)) for x, v in zip(columns, shown, strict=True)]), 0, view.width)

    middle, top, bottom = line([p.value for p in points]), line([p.high for p in points]), line([p.low for p in points])
    if len(middle) > 1:
        start: Command = ("M", (middle[0].x, middle[0].y))
        return [
            Shape("interval", between(top, bottom), series),
            Shape("line", (start, *along(middle)), series),
        ]
    if not middle:
        return []
    x, r = middle[0].x, 1.6 * size
    return [
        Shape(
            "interval",
            polygon([(x - r, top[0].y), (x + r, top[0].y), (x + r, bottom[0].y), (x - r, bottom[0].y)]),
            series,
        )
    ]

"""The path and the emotion curve as outlines: thickness by people, gaps that stay gaps, pages that fit together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.maps.drawn import Knot, View, along, band, cut, emotion, hand_set, height_of, smooth
from desireline.maps.parts import Curve, Flow, Point, StageHead

VIEW = View(0, 6, 100.0, 100.0)


def stage(first, steps, flow, last=False):
    return StageHead(f"s{first}", "", "", "", first, steps, flow=flow, last=last)


def curve(values):
    return Curve("scores", None, tuple(Point(k, v, v, v, 30, "measured") for k, v in enumerate(values)))


def sampled(commands, n=24):
    """Points along Bézier curves, from their definition."""
    x, y = commands[0][1]
    found = [(x, y)]
    for kind, values in commands[1:]:
        if kind == "C":
            x1, y1, x2, y2, x3, y3 = values
            for k in range(1, n + 1):
                t, u = k / n, 1 - k / n
                found.append(
                    (
                        u**3 * x + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t**3 * x3,
                        u**3 * y + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t**3 * y3,
                    )
                )
            x, y = x3, y3
        elif kind == "L":
            x, y = values
            found.append((x, y))
    return found


def thickness(shapes, x):
    """How thick the walked way is at x."""
    ys = [y for s in shapes if s.look == "walked" for px, y in sampled(s.commands, 400) if abs(px - x) < 0.6]
    return max(ys) - min(ys) if ys else 0.0


def test_the_way_is_as_thick_as_the_people_on_it():
    stages = [stage(0, 3, Flow(1000, 500, 400, 100, 0)), stage(3, 3, Flow(500, 0, 400, 100, 0), last=True)]
    shapes = band(stages, VIEW)
    full = 55.0  # the fullest stage fills 55 % of the height
    assert thickness(shapes, 100) == pytest.approx(full, abs=0.2)
    assert thickness(shapes, 300 + 100) == pytest.approx(full / 2, abs=0.2)
    assert thickness(shapes, 299.7) == pytest.approx(full * 0.6, abs=0.6)  # those who go on and those still open
    assert thickness(shapes, 599.7) == pytest.approx(full * 0.1, abs=0.6)
    assert len([s for s in shapes if s.look == "leaving"]) == 2


def test_a_stage_that_nothing_measures_is_a_gap_in_the_way():
    flow = Flow(1000, 900, 100, 0, 0)
    shapes = band([stage(0, 2, flow), stage(2, 2, None), stage(4, 2, flow, last=True)], VIEW)
    assert len([s for s in shapes if s.look == "walked"]) == 2
    assert thickness(shapes, 300) == 0
    planned = [x for s in shapes if s.look in {"plan", "plan-covered"} for _, (x, _) in s.commands]
    assert (min(planned), max(planned) > 590) == (0, True)
    bare = band([stage(0, 6, None)], VIEW)
    assert {s.look for s in bare} == {"plan"}


def test_the_plan_is_light_only_where_the_way_covers_it():
    shapes = band([stage(0, 6, Flow(1000, 0, 1000, 0, 0), last=True)], VIEW)
    covered = [x for s in shapes if s.look == "plan-covered" for _, (x, _) in s.commands]
    open_ = [x for s in shapes if s.look == "plan" for _, (x, _) in s.commands]
    assert max(covered) < 600
    assert max(open_) > 590  # everybody has left by then


@pytest.mark.parametrize("border", [1, 2, 3, 4, 5])
def test_pages_of_the_way_fit_together(border):
    stages = [stage(0, 3, Flow(1000, 500, 400, 100, 0)), stage(3, 3, Flow(700, 0, 400, 300, 0), last=True)]
    left, right = (band(stages, View(lo, hi, 100.0, 100.0)) for lo, hi in ((0, border), (border, 6)))
    assert thickness(left, border * 100 - 0.2) == pytest.approx(thickness(right, 0.2), abs=0.7)
    for shapes, width in ((left, border * 100), (right, 600 - border * 100)):
        xs = [v for s in shapes for _, values in s.commands for v in values[::2]]
        assert min(xs) >= -1e-9
        assert max(xs) <= width + 1e-9


def test_nothing_is_drawn_across_a_gap():
    shapes = emotion(curve([1.0, 0.5, None, None, -1.0, -1.5]), 0, VIEW, 2.0)
    spans = sorted((c[0][1][0], c[-1][1][-2]) for c in (s.commands for s in shapes if s.look == "line"))
    assert spans == [(50.0, 150.0), (450.0, 550.0)]
    dots = [s for s in shapes if s.look == "dot"]
    assert len(dots) == 4


def test_one_point_alone_shows_its_interval_without_a_line():
    alone = Curve("scores", None, (Point(0, 0.0, -1.0, 1.0, 9, "some"), Point(1, None, None, None, 0, "assumed")))
    shapes = emotion(alone, 0, View(0, 2, 100.0, 100.0), 2.0)
    assert [s.look for s in shapes] == ["interval", "dot"]
    ys = [v[1] for c, v in shapes[0].commands if v]
    assert (min(ys), max(ys)) == (height_of(1.0, VIEW), height_of(-1.0, VIEW))


def test_peak_and_end_are_ringed_and_hand_set_points_are_diamonds():
    marked = Curve("scores", None, curve([1.0, -1.9, 0.2]).points, peak=1, end=2)
    shapes = emotion(marked, 0, View(0, 3, 100.0, 100.0), 2.0)
    assert [s.look for s in shapes if s.look in {"ring", "dot"}] == ["dot", "dot", "ring", "dot", "ring"]
    assert [s.look for s in hand_set(1, 0.5, True, VIEW, 2.0)] == ["diamond", "star"]
    assert [s.look for s in hand_set(1, 0.5, False, VIEW, 2.0)] == ["diamond"]
    behaviour = Curve("behaviour", None, curve([1.0]).points)
    assert {s.look for s in emotion(behaviour, 1, VIEW, 2.0)} == {"interval", "square"}


values = st.lists(st.none() | st.floats(-2, 2), min_size=2, max_size=8)


@settings(max_examples=40)
@given(values)
def test_a_curve_never_goes_beyond_its_points(found):
    view = View(0, len(found), 100.0, 100.0)
    for shape in emotion(curve(found), 0, view, 2.0):
        if shape.look != "line":
            continue
        for x, y in sampled(shape.commands):
            k = min(int((x - 50) / 100 + 1e-9), len(found) - 2)
            heights = [height_of(v, view) for v in found[k : k + 2] if v is not None]
            assert min(heights) - 1e-6 <= y <= max(heights) + 1e-6


@settings(max_examples=40)
@given(st.lists(st.floats(-2, 2), min_size=2, max_size=7), st.data())
def test_pages_of_a_curve_fit_together(found, data):
    border = data.draw(st.integers(1, len(found) - 1))
    parts = [
        [s for s in emotion(curve(found), 0, View(lo, hi, 100.0, 100.0), 2.0) if s.look == "line"]
        for lo, hi in ((0, border), (border, len(found)))
    ]
    if all(parts):
        left, right = parts[0][0].commands[-1][1][-2:], parts[1][0].commands[0][1]
        assert left[0] == pytest.approx(100 * border)
        assert right[0] == pytest.approx(0)
        assert left[1] == pytest.approx(right[1], abs=1e-6)


def test_a_smooth_line_passes_its_points_and_cutting_changes_nothing():
    knots = smooth([(0, 0), (1, 1), (2, 3), (3, 2)])
    assert [(k.x, k.y) for k in knots] == [(0, 0), (1, 1), (2, 3), (3, 2)]
    assert knots[1].slope == pytest.approx(2 * 1 * 2 / 3)  # harmonic mean of the rises 1 and 2
    assert knots[2].slope == 0  # a turning point is level
    whole = dict(sampled([("M", (0, 0)), *along([Knot(0, 0, 1), Knot(4, 2, -1)])], 8))
    part = sampled(
        [
            ("M", tuple(cut([Knot(0, 0, 1), Knot(4, 2, -1)], 1, 3)[0][:2])),
            *along(cut([Knot(0, 0, 1), Knot(4, 2, -1)], 1, 3)),
        ],
        4,
    )
    for x, y in part:
        assert whole[x] == pytest.approx(y)

"""Runs of columns and rows of cards."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.maps.grid import grid
from desireline.maps.pages import rows, runs
from desireline.maps.parts import GridLane, Item
from tests.unit.maps.sheets import wide


def lane(cells):
    """Cells of (id, span)."""
    items = [tuple(Item(i, "", "", i, "text", span=span) for i, span in cell) for cell in cells]
    return GridLane("l", "text", "", "", tuple(items))


def placed(found):
    return [[(s.item.id, s.start, s.width, s.came, s.goes_on) for s in row] for row in found]


def cut(stages, steps, most):
    return runs(grid(wide(stages, steps, 0), "en"), most)


def test_few_steps_stay_together_and_none_are_none():
    assert cut(2, 5, 9) == [(0, 5)]
    assert cut(1, 1, 9) == [(0, 1)]


def test_cuts_fall_between_stages_where_these_are_near():
    assert cut(4, 16, 9) == [(0, 8), (8, 16)]
    assert cut(8, 25, 9) == [(0, 9), (9, 18), (18, 25)]  # stages of 3 and 4 steps begin at 9 and 18


def test_one_long_stage_is_cut_into_like_parts():
    assert cut(1, 20, 9) == [(0, 6), (6, 13), (13, 20)] or [b - a for a, b in cut(1, 20, 9)] in ([7, 7, 6], [7, 6, 7])


@settings(max_examples=40)
@given(st.integers(1, 6), st.integers(1, 40), st.integers(1, 12))
def test_runs_cover_every_step_once_in_as_few_parts_as_can_be(stages, steps, most):
    found = cut(min(stages, steps), steps, most)
    assert [k for lo, hi in found for k in range(lo, hi)] == list(range(steps))
    assert len(found) == -(-steps // most)
    assert all(hi - lo <= most for lo, hi in found)


def test_cards_of_a_cell_stand_below_each_other():
    assert placed(rows(lane([[("a", 1), ("b", 1)], [("c", 1)]]), 0, 2)) == [
        [("a", 0, 1, False, False), ("c", 1, 1, False, False)],
        [("b", 0, 1, False, False)],
    ]


def test_a_wide_card_pushes_those_under_it_down():
    found = rows(lane([[("wide", 3)], [("b", 1)], [("c", 1)], [("d", 1)]]), 0, 4)
    assert placed(found) == [
        [("wide", 0, 3, False, False), ("d", 3, 1, False, False)],
        [("b", 1, 1, False, False), ("c", 2, 1, False, False)],
    ]


def test_a_wide_card_goes_on_behind_the_cut():
    cells = [[("wide", 3)], [], [("c", 1)]]
    assert placed(rows(lane(cells), 0, 2)) == [[("wide", 0, 2, False, True)]]
    assert placed(rows(lane(cells), 2, 3)) == [[("wide", 0, 1, True, False)], [("c", 0, 1, False, False)]]


cells = st.lists(st.lists(st.integers(1, 4), max_size=3), min_size=1, max_size=8)


@settings(max_examples=60)
@given(cells)
def test_no_two_cards_share_a_place_and_order_holds(spans):
    named = [[(f"{k}.{i}", min(s, len(spans) - k)) for i, s in enumerate(cell)] for k, cell in enumerate(spans)]
    found = rows(lane(named), 0, len(spans))
    taken = [(r, c) for r, row in enumerate(found) for s in row for c in range(s.start, s.start + s.width)]
    assert len(taken) == len(set(taken))
    row_of = {s.item.id: r for r, row in enumerate(found) for s in row}
    assert sorted(row_of) == sorted(i for cell in named for i, _ in cell)
    for cell in named:
        depths = [row_of[i] for i, _ in cell]
        assert depths == sorted(set(depths))

"""A first-ever step means the person's first of all, also where dates or a segment hide what came before."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import funnel
from desireline.analyze.funnel import FunnelRequest
from desireline.analyze.units import Units
from tests.scopes import make_scope

NAMES = {"a": "A", "b": "B", "c": "C", "later": "A again"}
journeys = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.sampled_from("abc")), min_size=1, max_size=24)


class History:
    """What the store knows of all events."""

    def __init__(self, scope):
        self._all = scope.offsets, scope.code

    def history(self):
        return self._all


def part_of(scope, keep):
    """The scope that is left when only some events are kept, as filters leave it."""
    left = Units(scope.offsets, scope.owner).where(keep)
    rows = {name: getattr(scope, name)[left.position] for name in ("time", "code", "arrival")}
    return replace(
        scope, **rows, offsets=left.offsets, owner=left.owner, position=left.position, columns=History(scope)
    )


def answer(scope, first_ever, order):
    steps = [{"name": "A", "first_ever": first_ever}, "B", "C"]
    return [s.people for s in funnel.answer(scope, FunnelRequest(steps=steps, order=order, within="1h")).steps]


@given(journeys, st.integers(0, 5), st.sampled_from(["ordered", "strict", "any"]))
def test_what_came_before_the_filter_counts(events, since, order):
    events = sorted(events, key=lambda e: e[:2])  # equal times keep the order of the list
    seen = set()
    told = []
    for unit, time, name in events:
        again = name == "a" and unit in seen
        seen |= {unit} if name == "a" else set()
        told.append((unit, time, "later" if again else name))
    scope = make_scope(events, NAMES)
    filtered = part_of(scope, scope.time >= since)
    kept = [e for e in told if e[1] >= since]
    expected = answer(make_scope([*kept, (9, 0, "c"), (9, 0, "b"), (9, 0, "a")], NAMES), False, order)
    alone = answer(make_scope([(9, 0, "c"), (9, 0, "b"), (9, 0, "a")], NAMES), False, order)
    wanted = [n - m for n, m in zip(expected, alone, strict=True)]
    if {"A", "B", "C"} <= set(filtered.touchpoints.names):
        assert answer(filtered, True, order) == wanted


def test_a_second_visit_after_the_filter_is_no_first() -> None:
    scope = make_scope([(1, 0, "a"), (1, 5, "a"), (1, 6, "b"), (2, 5, "a"), (2, 6, "b"), (2, 7, "c")], NAMES)
    filtered = part_of(scope, scope.time >= 4)
    assert answer(filtered, False, "ordered") == [2, 2, 1]
    assert answer(filtered, True, "ordered") == [1, 1, 1]
    assert np.array_equal(filtered.position, [1, 2, 3, 4, 5])

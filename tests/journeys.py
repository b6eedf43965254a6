"""Random journeys for property tests: few units, names and moments, so that ties and repeats are common."""

import pytest
from hypothesis import strategies as st

from tests.scopes import make_scope

journeys = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.sampled_from("abcd")), max_size=28)
"""Events (unit, µs, name)."""

definitions = st.sampled_from([None, {"a": "A", "b": "B", "c": "C"}, {"a": "A", "b": "B", "c": "A"}, {"d": "D"}])
"""Event name -> touchpoint; names that are not in it are outside. None: no definition."""

scopes = st.builds(lambda events, known: make_scope([*events, (9, 0, "a"), (9, 1, "d")], known), journeys, definitions)
"""No scope is empty, and every definition matches something."""


def micros(value):
    """A time in µs as an answer gives it: in seconds, nearly."""
    return None if value is None else pytest.approx(value / 1e6)

"""Kernels of stages and types of journeys against their plain twins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.journey_types import assign
from desireline.kernels.precedence import precedence, surroundings
from desireline.kernels.touching import people_meeting
from tests.journeys import scopes
from tests.scopes import sequences
from tests.twins import journey_types as types_twin
from tests.twins import precedence as twin


def walks(scope):
    return [[label for label, _ in unit] for unit in sequences(scope, scope.touchpoints.table)]


@given(scopes)
def test_what_is_met_soon_after_what(scope):
    labels = len(scope.touchpoints.names)
    found = precedence(scope.offsets, scope.code, scope.touchpoints.table, labels).sum(axis=0)
    pairs = twin.precedence(walks(scope))
    assert {(a, b): int(found[a, b]) for a, b in zip(*np.nonzero(found), strict=True)} == pairs
    met = people_meeting(scope.offsets, scope.code, scope.touchpoints.table, labels)
    assert met.tolist() == np.diag(found).tolist()


@given(scopes, st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_what_stands_on_both_sides(scope, stages):
    labels = len(scope.touchpoints.names)
    stage = np.array(stages[:labels], np.int32)
    found = surroundings(scope.offsets, scope.code, scope.touchpoints.table, stage, 3)
    counted = twin.surroundings(walks(scope), stage)
    told = {(a, None if s == 3 else s): int(found[a, s]) for a, s in zip(*np.nonzero(found), strict=True)}
    assert told == counted


@given(st.lists(st.lists(st.integers(0, 2), max_size=6), min_size=1, max_size=8), st.integers(0, 99))
def test_the_likeliest_chain(journeys, seed):
    rng = np.random.default_rng(seed)
    weight, step = rng.dirichlet(np.ones(2)), rng.dirichlet(np.ones(4), (2, 4))
    tokens = [t for walk in journeys for t in ([3, *walk] if walk else [])]
    starts = np.cumsum([0] + [len(walk) + 1 if walk else 0 for walk in journeys])
    best, probability = assign(
        starts, np.array(tokens, np.int32), np.log(weight), np.log(step).transpose(1, 2, 0)
    )  # fmt: skip
    for found, sure, (chain, likely) in zip(best, probability, types_twin.assign(journeys, weight, step), strict=True):
        assert sure == pytest.approx(likely)
        assert found == chain or likely == pytest.approx(0.5)

"""Which units touch some codes, and how often each code happens."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.touching import tally, units_touching
from tests.journeys import scopes


@given(scopes, st.sets(st.integers(0, 3)))
def test_units_touching_and_tally(scope, wanted):
    mask = np.array([c in wanted for c in range(len(scope.event_names.names))])
    assert units_touching(scope.offsets, scope.code, mask).tolist() == [
        any(c in wanted for c in scope.code[a:b]) for a, b in pairwise(scope.offsets)
    ]
    assert tally(scope.code, len(mask)).tolist() == np.bincount(scope.code, minlength=len(mask)).tolist()

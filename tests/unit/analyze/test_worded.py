"""What people wrote, as emotions: by hand."""

import numpy as np
import pytest

from desireline.analyze.worded import Worded, feelings
from desireline.model.counted import Voices

BAD, SO_SO, GOOD = 0, 1, 2
NAMES = ["Page", "Call"]


def texts(*rows):
    """Of (touchpoint, person, label), a second apart."""
    touchpoint, person, label = np.array(rows, np.int64).reshape(-1, 3).T
    return Worded(touchpoint, person, np.arange(len(rows)) * 1_000_000, label)


def told(rows, **weights):
    return feelings(NAMES, texts(*rows), {"one": Voices(weights=tuple(weights.items()))})["one"]


def test_people_are_averaged_first_and_then_touchpoints_by_their_weights():
    rows = [(1, 7, BAD), (1, 7, GOOD), (0, 7, BAD), (1, 8, GOOD), (-1, 9, BAD)]
    found = told(rows, Page=1.0, Call=2.0)
    # 7: Call (-1.5 + 1.5) / 2 = 0, Page -1.5: (2·0 + 1·-1.5) / 2 of weight 1.5; 8: 2·1.5 of weight 2
    assert found.value == pytest.approx((-0.75 + 3) / (1.5 + 2))
    assert (found.n, found.people) == (4, 2)
    assert found.by_label == {"negative": 2, "positive": 2}
    assert found.last is not None
    assert found.last.second == 3
    assert found.cell is None


def test_the_interval_is_that_of_a_mean_of_people():
    rows = [(0, person, person % 3) for person in range(9)]
    found = told(rows, Page=1.0)
    # s = sqrt(6 · 2.25 / 8), s / 3 = .4330, t(8) = 2.3060
    assert (found.value, found.low, found.high) == pytest.approx((0, -0.99853, 0.99853), abs=1e-5)


def test_an_interval_ends_where_emotions_do_and_a_single_person_has_none():
    assert told([(0, 1, BAD), (0, 2, GOOD)], Page=1.0)[:3] == (0, -2, 2)
    assert told([(0, 1, GOOD)], Page=1.0)[:3] == (1.5, None, None)


def test_nobody_wrote_and_what_weighs_nothing_is_a_gap():
    assert told([(0, 1, BAD)], Call=1.0).value is None
    assert told([(0, 1, BAD)], Page=0.0).value is None
    assert told([(0, 1, BAD)], Fax=1.0).value is None

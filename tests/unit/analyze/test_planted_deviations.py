"""Deviations that are known to be there are found, and no others."""

import pytest

from desireline.analyze import conformance
from tests.planted import deviations as planted


@pytest.mark.parametrize("case", [{"rate": 0.05}, {"rate": 0.2}, {"rate": 0.1, "paths": 3}])
def test_every_kind_is_recognised(case, monkeypatch):
    monkeypatch.setattr(conformance, "LISTED", 100_000)
    told, counts = planted.gathered(range(4), people=250, **case)
    assert all(counts[kind] > 100 for kind in planted.KINDS)
    missed = {kind: f1 for kind, (_, _, f1) in told.items() if f1 < 0.95}
    assert not missed


def test_people_who_keep_to_the_plan_deviate_in_nothing():
    assert planted.recognised(planted.planted(3, people=50, rate=0.0)) == set()

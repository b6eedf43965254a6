"""Habits measured in one pass equal their plain twin on random journeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.grouping.measuring import measured
from desireline.analyze.personas import PersonasRequest
from desireline.kernels.habits import EVENING, EVENTS, JOURNEYS, REPEATS, VISITS, WEEKEND
from tests.scopes import make_scope
from tests.twins import habits as twin

CHANNELS = {"a": "web", "b": "web", "c": "shop"}
START = 1_735_689_600
JOURNEY = 2 * 86_400
events = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 20 * 86_400), st.sampled_from("abcd")), min_size=1, max_size=40
)


@given(events)
def test_habits(given_events):
    rows = sorted(given_events, key=lambda e: (e[0], e[1]))
    scope = make_scope(
        [(unit, (START + second) * 1_000_000, name) for unit, second, name in rows], channels=CHANNELS, gap_days=2.0
    )
    found = measured(scope, PersonasRequest())
    known = sorted({unit for unit, _, _ in rows})
    units = [[(name, CHANNELS.get(name), START + s) for u, s, name in rows if u == unit] for unit in known]
    counts = found.habits.counts
    for place, expected in enumerate(twin.habits(units, 30 * 60, JOURNEY)):
        touched = dict(zip(found.touchpoints, found.habits.touched[place].tolist(), strict=True))
        assert {name: n for name, n in touched.items() if n} == expected["touched"]
        channels = dict(zip(found.channels, found.habits.channels[place].tolist(), strict=True))
        assert {name: n for name, n in channels.items() if n} == expected["channels"]
        columns = {
            "events": EVENTS, "repeats": REPEATS, "visits": VISITS, "journeys": JOURNEYS, "weekend": WEEKEND,
            "evening": EVENING,
        }  # fmt: skip
        assert {name: int(counts[place, column]) for name, column in columns.items()} == {
            name: expected[name] for name in columns
        }
        assert found.habits.sums[place, :2].tolist() == pytest.approx(
            [expected["log_gaps"], expected["log_gaps_squared"]]
        )
        assert found.habits.last[place] == expected["last"] * 1_000_000

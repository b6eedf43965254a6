"""Durations equal their plain twin and an SQL oracle on random journeys, and add up."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import durations
from desireline.kernels.touching import tally, units_touching
from tests import oracles
from tests.journeys import definitions, journeys, micros, scopes
from tests.scopes import make_scope, sequences
from tests.twins import durations as durations_twin


@given(journeys, definitions, st.integers(0, 9), st.integers(0, 9))
def test_durations(events, known, pick_from, pick_to):
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "d")], known, channels={"a": "web", "b": "shop", "c": "web"})
    labels = scope.labels(durations.DurationsRequest(from_="", to=""))
    choices = [*labels.names, "@first", "@last"]
    start, goal = choices[pick_from % len(choices)], choices[pick_to % len(choices)]
    request = durations.DurationsRequest(from_=start, to=goal, by="channel")
    result = durations.answer(scope, request)

    def label(name):
        return name if name.startswith("@") else labels.names.index(name)

    units = sequences(scope, labels.table)
    twin = durations_twin.durations(units, label(start), label(goal))
    waits = [w for _, w in twin.values() if w is not None]
    assert (result.entered, result.n) == (len(twin), len(waits))
    assert result.median_seconds == (micros(np.percentile(waits, 50)) if waits else None)
    assert result.p90_seconds == (micros(np.percentile(waits, 90)) if waits else None)
    if not start.startswith("@") and not goal.startswith("@"):
        by_sql = oracles.durations(scope, labels.table, label(start), label(goal))
        assert (result.entered, result.n, result.median_seconds, result.p90_seconds) == (
            *by_sql[:2], micros(by_sql[2]), micros(by_sql[3])
        )  # fmt: skip
    assert sum(g.entered for g in result.groups) == result.entered
    assert sum(g.n for g in result.groups) == result.n
    for name, which, size in [
        ("entered", "", result.entered), ("reached", "", result.n), ("missed", "", result.entered - result.n),
        *(("entered", f":{g.name or ''}", g.entered) for g in result.groups),
        *(("reached", f":{g.name or ''}", g.n) for g in result.groups),
        *(("missed", f":{g.name or ''}", g.entered - g.n) for g in result.groups),
    ]:  # fmt: skip
        assert len(durations.members(scope, request, name + which)) == size


@given(scopes, st.sets(st.integers(0, 3)))
def test_units_touching_and_tally(scope, wanted):
    mask = np.array([c in wanted for c in range(len(scope.event_names.names))])
    assert units_touching(scope.offsets, scope.code, mask).tolist() == [
        any(c in wanted for c in scope.code[a:b]) for a, b in pairwise(scope.offsets)
    ]
    assert tally(scope.code, len(mask)).tolist() == np.bincount(scope.code, minlength=len(mask)).tolist()

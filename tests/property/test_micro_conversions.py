"""Small steps held against a goal equal their plain twin on random journeys, and add up."""

import json

from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import micro_conversions
from tests.journeys import definitions, journeys
from tests.scopes import make_scope, sequences
from tests.twins import micro_conversions as twin


@given(journeys, definitions, st.integers(0, 9))
def test_reach_and_lift(events, known, pick):
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "d")], known)
    labels = scope.labels(micro_conversions.MicroConversionsRequest(goal=""))
    goal = labels.names[pick % len(labels.names)]
    request = micro_conversions.MicroConversionsRequest(goal=goal)
    result = micro_conversions.answer(scope, request)

    units = [[(labels.names[x], labels.names[x] == goal) for x, _ in unit] for unit in sequences(scope, labels.table)]
    happen = {name for unit in units for name, _ in unit} - {goal}
    converted, expected = twin.reach(units, sorted(happen))
    assert result.converted == converted
    assert {r.name: (r.people, r.before_goal, r.converted_with) for r in result.rows if r.people} == expected
    assert len(micro_conversions.members(scope, request, "converted")) == converted
    for row in result.rows:
        others = scope.units - row.before_goal
        assert row.converted_with + row.converted_without == converted
        assert row.rate_with == (row.converted_with / row.before_goal if row.before_goal else None)
        assert row.rate_without == (row.converted_without / others if others else None)
        if row.lift is not None and row.lift_low is not None:
            assert row.lift_low <= row.lift <= row.lift_high
        name = json.dumps(row.name)
        assert len(micro_conversions.members(scope, request, f"reached:{name}")) == row.people
        assert len(micro_conversions.members(scope, request, f"converted:{name}")) == row.converted_with
    assert [(r.people, r.name) for r in result.rows] == sorted(
        ((r.people, r.name) for r in result.rows), key=lambda row: (-row[0], row[1])
    )

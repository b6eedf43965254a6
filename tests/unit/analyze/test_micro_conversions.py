"""Small steps by hand: before and after the goal, what takes no part, and the interval of the lift."""

from dataclasses import replace

import pytest

from desireline.analyze import micro_conversions
from desireline.errors import BadDrilldown, UnknownStep
from desireline.model.definition import Definition, Goal, MatchRule, Touchpoint
from tests.scopes import make_scope


def ask(scope, **more):
    return micro_conversions.answer(scope, micro_conversions.MicroConversionsRequest(goal="order", **more))


def people(step_then_order, step_only, order_then_step, order_only, neither):
    """Events of as many units of each kind."""
    kinds = [["step", "order"]] * step_then_order + [["step"]] * step_only + [["order", "step"]] * order_then_step
    kinds += [["order"]] * order_only + [["other"]] * neither
    return [(unit, time, name) for unit, kind in enumerate(kinds) for time, name in enumerate(kind)]


def test_who_takes_the_step_after_the_goal_only_is_one_of_the_others():
    (row,) = ask(make_scope(people(3, 2, 4, 1, 10)), names=["step"]).rows
    assert (row.people, row.share) == (9, 9 / 20)
    assert (row.before_goal, row.converted_with, row.rate_with) == (5, 3, 3 / 5)
    assert (row.converted_without, row.rate_without) == (5, 5 / 15)
    assert row.lift == pytest.approx(1.8)


def test_the_interval_of_the_lift_is_that_of_the_aspirin_trial():
    """104 of 11,037 against 189 of 11,034: relative risk 0.55, 0.43 to 0.70 (Physicians' Health Study 1989)."""
    (row,) = ask(make_scope(people(104, 11_037 - 104, 0, 189, 11_034 - 189)), names=["step"]).rows
    assert (round(row.lift, 2), round(row.lift_low, 2), round(row.lift_high, 2)) == (0.55, 0.43, 0.70)


def test_a_side_without_anybody_has_no_lift():
    (never,) = ask(make_scope(people(0, 5, 0, 5, 0)), names=["step"]).rows
    assert (never.lift, never.lift_low, never.lift_high) == (0.0, None, None)
    (always,) = ask(make_scope(people(5, 0, 0, 0, 5)), names=["step"]).rows
    assert (always.rate_without, always.lift, always.lift_low) == (0.0, None, None)
    (everyone,) = ask(make_scope(people(5, 5, 0, 0, 0)), names=["step"]).rows
    assert (everyone.rate_without, everyone.lift) == (None, None)


def test_events_known_only_with_a_purchase_take_no_part():
    listed = [(1, 0, "card"), (1, 1, "step"), (1, 2, "order"), (2, 0, "step")]
    result = ask(make_scope(listed, caveats=("card",)))
    assert [row.name for row in result.rows] == ["step"]
    (row,) = ask(make_scope(listed, caveats=("card",)), names=["card"]).rows
    assert (row.people, row.converted_with) == (0, 0)
    assert result.naive


def test_micro_conversions_of_the_definition_go_before_touchpoints():
    names = {"step": "Step", "other": "Other", "order": "Order"}
    definition = Definition(
        touchpoints=[Touchpoint(name=t, match=[MatchRule(name=n)]) for n, t in names.items()],
        goals=[Goal(name="Bought", touchpoints=["Order"])],
        micro_conversions=[
            Goal(name="Either", touchpoints=["Step", "Other"]),
            Goal(name="Both", touchpoints=["Step", "Order"]),
        ],
    )
    scope = replace(make_scope(people(3, 2, 0, 1, 4), names), definition=definition)

    def asked(**more):
        return micro_conversions.answer(scope, micro_conversions.MicroConversionsRequest(goal="Bought", **more))

    assert {row.name: row.people for row in asked().rows} == {"Either": 9, "Both": 5}
    assert {row.name: row.people for row in asked(names=["Other", "Either", "step"]).rows} == {
        "Either": 9, "Other": 4, "step": 5,
    }  # fmt: skip
    with pytest.raises(UnknownStep):
        asked(names=["Party"])


def test_cells_that_are_none():
    scope = make_scope(people(1, 1, 1, 1, 1))
    for cell in ("", "reached", 'reached:"order"', "reached:step", 'missed:"step"'):
        with pytest.raises(BadDrilldown):
            micro_conversions.members(scope, micro_conversions.MicroConversionsRequest(goal="order"), cell)

"""Credit by hand: what is a touch, where paths begin and end, and every rule's figures."""

from dataclasses import replace

import numpy as np
import pytest

from desireline.analyze import attribution
from desireline.errors import BadDrilldown, BadQuestion, UnknownStep
from desireline.model.definition import Definition, Goal, MatchRule, Touchpoint
from tests.scopes import make_scope

DAY = 86_400_000_000
CHANNELS = {"ad": "ads", "mail": "e-mail", "visit": "Direct", "order": "shop", "card": "store card"}


def ask(scope, goal="order", intervals=False, **more):
    return attribution.answer(scope, attribution.AttributionRequest(goal=goal, intervals=intervals, **more))


def test_three_paths():
    """One path that converts and two that do not: p = 1/3, removal effects 1/2, 1, 1 (Bryl's example)."""
    listed = [(1, 1, "a"), (1, 2, "b"), (1, 3, "c"), (1, 4, "goal"), (2, 1, "a"), (3, 1, "b"), (3, 2, "c")]
    scope = make_scope(listed, channels={"a": "C1", "b": "C2", "c": "C3"})
    result = ask(scope, "goal")
    assert result.removal_effects == pytest.approx({"C1": 0.5, "C2": 1.0, "C3": 1.0}, abs=1e-12)
    assert result.models["markov"] == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}, abs=1e-12)
    assert result.models["shapley"] == pytest.approx(dict.fromkeys(("C1", "C2", "C3"), 1 / 3), abs=1e-12)
    assert (result.conversions, result.nulls, result.paths, result.unattributed) == (1, 2, 3, 0)


def test_each_rule_by_hand():
    scope = make_scope(
        [(1, 0, "ad"), (1, 7 * DAY, "mail"), (1, 7 * DAY, "mail"), (1, 14 * DAY, "visit"), (1, 14 * DAY, "order")],
        channels=CHANNELS,
    )
    models = ask(scope).models
    assert models["first"] == {"ads": 1.0, "e-mail": 0.0, "Direct": 0.0}
    assert models["last"] == {"ads": 0.0, "e-mail": 0.0, "Direct": 1.0}
    assert models["last_non_direct"] == {"ads": 0.0, "e-mail": 1.0, "Direct": 0.0}
    assert models["linear"] == {"ads": 0.25, "e-mail": 0.5, "Direct": 0.25}
    # weights 1/4, 1/2, 1/2, 1 of 9/4
    assert models["time_decay"] == pytest.approx({"ads": 1 / 9, "e-mail": 4 / 9, "Direct": 4 / 9})
    assert models["position"] == pytest.approx({"ads": 0.4, "e-mail": 0.2, "Direct": 0.4})
    assert models["shapley"] == pytest.approx(dict.fromkeys(("ads", "e-mail", "Direct"), 1 / 3))


@pytest.mark.parametrize(("path", "credit"), [(["ad"], [1, 0]), (["ad", "mail"], [0.5, 0.5]), (["ad", "ad"], [1, 0])])
def test_position_of_short_paths(path, credit):
    scope = make_scope([(1, t, name) for t, name in enumerate([*path, "order"])] + [(2, 0, "mail")], channels=CHANNELS)
    assert [ask(scope).models["position"][name] for name in ("ads", "e-mail")] == pytest.approx(credit)


def test_direct_touches_keep_the_credit_where_there_is_nothing_else():
    scope = make_scope([(1, 0, "visit"), (1, 1, "order")], channels=CHANNELS)
    assert ask(scope).models["last_non_direct"] == {"Direct": 1.0}
    both = make_scope([(1, 0, "ad"), (1, 1, "mail"), (1, 2, "order")], channels=CHANNELS)
    assert ask(both, direct=["E-MAIL"]).models["last_non_direct"] == {"ads": 1.0, "e-mail": 0.0}


def test_goals_caveats_and_events_without_channel_are_no_touches():
    listed = [(1, 0, "card"), (1, 1, "silent"), (1, 2, "order"), (1, 3, "ad"), (1, 4, "order")]
    result = ask(make_scope(listed, channels=CHANNELS, caveats=("card",)))
    assert result.models["first"] == {"ads": 1.0}
    assert (result.conversions, result.unattributed, result.paths) == (2, 1, 1)
    defined = make_scope(listed, {"ad": "Ad", "card": "Card", "order": "Order"}, channels=CHANNELS)
    definition = Definition(
        touchpoints=[
            Touchpoint(
                name=t, match=[MatchRule(name=t.lower())], caveat="known_only_with_purchase" if t == "Card" else None
            )
            for t in ("Ad", "Card", "Order")
        ],
        goals=[Goal(name="Bought", touchpoints=["Order", "Card"])],
    )
    assert ask(replace(defined, definition=definition), "Order").models["first"] == {"ads": 1.0}
    bought = ask(replace(defined, definition=definition), "Bought", touch="touchpoint")
    assert (bought.conversions, bought.models["last"]) == (3, {"Ad": 1.0})


def test_events_of_one_moment_keep_their_order():
    scope = make_scope([(1, 5, "ad"), (1, 5, "order"), (1, 5, "mail")], channels=CHANNELS)
    result = ask(scope)
    assert result.models["last"] == {"ads": 1.0, "e-mail": 0.0}
    assert result.nulls == 1


def test_the_window_ends_with_exactly_its_length():
    scope = make_scope(
        [(1, 0, "ad"), (1, 2 * DAY, "mail"), (1, 7 * DAY, "order"), (2, 0, "ad"), (2, 8 * DAY, "mail")],
        channels=CHANNELS,
    )
    assert ask(scope, within="7d").models["first"] == {"ads": 1.0, "e-mail": 0.0}
    short = ask(scope, within="6d")
    assert short.models["first"] == {"ads": 0.0, "e-mail": 1.0}
    assert short.within_seconds == 6 * 86_400
    none = ask(scope, within="1d")
    assert (none.unattributed, none.models["markov"], none.nulls) == (1, {"ads": 0.0, "e-mail": 0.0}, 1)
    # the null ends with its last touch, and a touch eight days before that is outside its window
    assert ask(scope, within="7d").removal_effects["ads"] == pytest.approx(0.5)
    assert ask(scope, within="8d").removal_effects["ads"] == pytest.approx(1.0)


def test_value_is_shared_out_and_missing_values_are_nothing():
    scope = make_scope(
        [(1, 0, "ad"), (1, 1, "order"), (2, 0, "mail"), (2, 1, "order"), (3, 0, "mail"), (3, 1, "order")],
        channels=CHANNELS, values=[np.nan, 30.0, 99.0, 10.0, np.nan, np.nan],
    )  # fmt: skip
    result = ask(scope, credit="value")
    assert (result.value, result.conversions) == (40.0, 3)
    assert result.models["linear"] == {"ads": 30.0, "e-mail": 10.0}
    assert result.models["markov"] == pytest.approx({"ads": 30.0, "e-mail": 10.0})
    assert ask(scope).value is None


def test_the_rarest_touches_are_one_and_said_to_be(monkeypatch):
    from desireline.analyze import crediting

    monkeypatch.setitem(crediting.MOST_TOUCHES, 1, 2)
    listed = [(u, t, name) for u, path in enumerate((["ad", "order"], ["ad"], ["mail", "order"], ["visit"]))
              for t, name in enumerate(path)]  # fmt: skip
    scope = make_scope(listed, channels=CHANNELS)
    result = ask(scope)
    assert result.models["first"] == {"ads": 1.0, "@other": 1.0}
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("touches", 1, 3)]
    request = attribution.AttributionRequest(goal="order")
    assert attribution.members(scope, request, 'touched:"@other"').tolist() == [2]


def test_nothing_to_share_out():
    empty = ask(make_scope([(1, 0, "order")], channels={}), intervals=True)
    assert (empty.models["markov"], empty.conversions, empty.rows, empty.intervals) == ({}, 1, [], {})
    never = make_scope([(1, 0, "ad"), (2, 0, "ad"), (3, 0, "never")], channels={"ad": "ads"})
    assert ask(never, "never", intervals=True).models["linear"] == {"ads": 0.0}
    assert ask(never, "never", intervals=True).intervals == {}


def test_touches_may_be_touchpoints_or_sources():
    scope = make_scope(
        [(1, 0, "ad"), (1, 1, "silent"), (1, 2, "order")], {"ad": "Ad", "silent": "Note", "order": "Order"}
    )
    assert ask(scope, "Order", touch="touchpoint").models["last"] == {"Ad": 0.0, "Note": 1.0}
    assert ask(scope, "Order", touch="source").models["last"] == {"shop": 1.0}


def test_only_the_models_that_are_asked_for():
    scope = make_scope([(1, 0, "ad"), (1, 1, "order")], channels=CHANNELS)
    result = ask(scope, models=["position", "first"])
    assert list(result.models) == ["first", "position"]
    assert (result.rows[0].markov, result.rows[0].first, result.removal_effects) == (None, 1.0, {})


@pytest.mark.parametrize("wrong", [{"within": "soon"}, {"half_life": "0d"}])
def test_lengths_of_time_that_are_none(wrong):
    with pytest.raises(BadQuestion):
        ask(make_scope([(1, 0, "order")]), **wrong)


def test_cells_that_are_none():
    scope = make_scope([(1, 0, "ad"), (1, 1, "order")], channels=CHANNELS)
    request = attribution.AttributionRequest(goal="order")
    for cell in ("", "touched", 'touched:"order"', "converted:1", "lost", "touched:ads"):
        with pytest.raises(BadDrilldown):
            attribution.members(scope, request, cell)
    with pytest.raises(UnknownStep):
        ask(scope, "party")

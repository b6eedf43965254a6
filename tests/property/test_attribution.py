"""Credit equals its plain twin, SQL and brute force on random journeys, and obeys what must hold for any data."""

from collections import Counter

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import attribution
from desireline.kernels import attribution as kernel
from tests.scopes import make_scope
from tests.twins import attribution as twin

CHANNELS = {"a": "mail", "b": "web", "c": "direct", "d": None, "e": "web", "g": "shop"}
HALF_LIFE = 3
ENGINE = duckdb.connect(config={"threads": 1})

events = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 9), st.sampled_from("aabbccdeggg")), min_size=1, max_size=40
)
windows = st.one_of(st.none(), st.integers(1, 8))


def scope_of(listed, **more):
    values = [float((k * 7) % 5) or None for k in range(len(listed))]
    filled = [np.nan if v is None else v for v in values]
    return make_scope(listed, channels=CHANNELS, values=filled, caveats=("e",), **more), values


def ask(goal="g", within=None, **more):
    return attribution.AttributionRequest(
        goal=goal, within=within and f"0.{within:06}s", half_life=f"0.{HALF_LIFE:06}s", **more
    )


def units_of(listed, values):
    """The twin's form: each unit's (touch, time, value) in order; "e" is known only with a purchase."""
    units = {}
    for (unit, time, name), value in sorted(zip(listed, values, strict=True), key=lambda row: row[0][:2]):
        touch = twin.GOAL if name == "g" else None if name == "e" else CHANNELS[name]
        units.setdefault(unit, []).append((touch, time, value))
    return [units[unit] for unit in sorted(units)]


def nearly(credit, names):
    return {name: pytest.approx(credit[name], abs=1e-9) for name in names}


@given(events, windows, st.booleans())
def test_rules_and_shapley(listed, window, by_value):
    scope, values = scope_of([*listed, (9, 0, "g")])
    request = ask(within=window, intervals=False, credit="value" if by_value else "conversions")
    result = attribution.answer(scope, request)
    walks = twin.paths(units_of([*listed, (9, 0, "g")], values), window, by_value)
    converted = [(path, worth) for _, path, worth in walks if worth is not None]
    touched = [(path, worth) for path, worth in converted if path]
    nulls = [path for _, path, worth in walks if worth is None]
    assert (result.conversions, result.nulls) == (len(converted), len(nulls))
    assert (result.unattributed, result.paths) == (len(converted) - len(touched), len(touched) + len(nulls))
    expected = {**twin.rules(touched, HALF_LIFE, {"direct"}), "shapley": twin.shapley(touched)}
    for model in ("first", "last", "last_non_direct", "linear", "time_decay", "position", "shapley"):
        names = result.models[model]
        assert names == nearly(expected[model], names) if touched else not any(names.values())
    if by_value:
        assert result.value == pytest.approx(sum(worth for _, worth in converted))
    for row in result.rows:
        who = {u for u, path, worth in walks if worth is not None and row.channel in {x for x, _ in path}}
        assert row.people == len(who)
        assert attribution.members(scope, request, f'touched:"{row.channel}"').tolist() == sorted(who)
    assert result.people_converted == len(attribution.members(scope, request, "converted"))
    left_over = attribution.members(scope, request, "nulls").tolist()
    assert left_over == sorted({u for u, _, worth in walks if worth is None})


@given(events, windows, st.sampled_from([1, 2, 3]), st.booleans())
def test_markov_by_exact_elimination(listed, window, order, by_value):
    scope, values = scope_of([*listed, (9, 0, "g")])
    request = ask(
        within=window, models=["markov"], order=order, intervals=False, credit="value" if by_value else "conversions"
    )
    result = attribution.answer(scope, request)
    walks = twin.paths(units_of([*listed, (9, 0, "g")], values), window, by_value)
    walks = [([name for name, _ in path], worth) for _, path, worth in walks if path]
    worth = sum(value for _, value in walks if value is not None)
    if not worth:
        assert not any(result.models["markov"].values())
        return
    whole, effects = twin.removal_effects(walks, order)
    assert float(whole) == pytest.approx(worth / len(walks))
    assert result.removal_effects == nearly(Counter(effects), result.removal_effects)
    total = sum(effects.values())
    assert result.models["markov"] == nearly(
        Counter({t: float(e / total) * worth for t, e in effects.items()}), result.removal_effects
    )


@given(events)
def test_first_last_and_linear_by_sql(listed):
    scope, _ = scope_of(listed)
    if "g" not in scope.event_names.names:
        return
    result = attribution.answer(scope, ask(models=["first", "last", "linear"], intervals=False))
    rows = [(u, k, name == "g", None if name in "ge" else CHANNELS[name]) for k, (u, _, name) in
            enumerate(sorted(listed, key=lambda row: row[:2]))]  # fmt: skip
    table = pa.table(dict(zip(("unit", "pos", "goal", "touch"), zip(*rows, strict=True), strict=True)))
    ENGINE.register("e", table.set_column(3, "touch", table["touch"].cast(pa.string())))
    found = (
        ENGINE.sql("""
        WITH p AS (SELECT *, coalesce(sum(goal::INT) OVER (PARTITION BY unit ORDER BY pos
                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS path FROM e),
             t AS (SELECT unit, path, touch, pos, count(*) OVER w AS n,
                          pos = min(pos) OVER w AS first, pos = max(pos) OVER w AS last
                   FROM p SEMI JOIN (SELECT unit, path FROM p WHERE goal) USING (unit, path)
                   WHERE touch IS NOT NULL WINDOW w AS (PARTITION BY unit, path))
        SELECT touch, sum(first::INT) AS first, sum(last::INT) AS last, sum(1 / n) AS linear
        FROM t GROUP BY touch""")
        .to_arrow_table()
        .to_pylist()
    )
    for model in ("first", "last", "linear"):
        expected = {row["touch"]: pytest.approx(float(row[model])) for row in found}
        assert {name: x for name, x in result.models[model].items() if x} == {
            name: x for name, x in expected.items() if x != 0
        }


def sums_of(scope, groups, **more):
    _, _, asked = attribution._asked(scope, ask(**more))
    nothing = np.zeros(0)
    group = (np.arange(scope.units) % groups).astype(np.int32)
    walks = kernel.Walks(scope.offsets, scope.time, scope.code, group, nothing, nothing, False)
    return kernel.path_sums(walks, asked, groups)


@given(events, windows, st.sampled_from([1, 2, 3]))
def test_groups_add_up_to_the_whole(listed, window, order):
    scope, _ = scope_of([*listed, (9, 0, "g")])
    whole, parts = (sums_of(scope, groups, within=window, order=order) for groups in (1, 3))
    for name in ("credit", "steps", "reward", "totals"):
        assert getattr(parts, name).sum(axis=0) == pytest.approx(getattr(whole, name)[0])
    assert parts.people.tolist() == whole.people.tolist()
    for kept in parts.steps:
        into = np.zeros(len(kept))
        for state in range(len(kept)):  # what enters a state leaves it
            if order == 1:
                into[1:] += kept[state, : kept.shape[1] - 2]
        if order == 1:
            assert into[1:].tolist() == kept[1:].sum(axis=1).tolist()


@given(events, st.randoms())
def test_laws(listed, random):
    distinct = [(u, 10 * k, name) for k, (u, _, name) in enumerate(listed)] + [(9, 0, "g")]
    result = attribution.answer(scope_of(distinct)[0], ask(intervals=False))
    for credit in result.models.values():
        touched = result.conversions - result.unattributed
        assert sum(credit.values()) == pytest.approx(touched)
        assert all(-1e-9 <= x <= touched + 1e-9 for x in credit.values())
    shuffled = random.sample(distinct, len(distinct))
    again = attribution.answer(scope_of(shuffled)[0], ask(intervals=False))
    same = {"models", "conversions", "nulls", "removal_effects"}
    assert again.model_dump(include=same) == {
        name: pytest.approx(value) if not isinstance(value, dict) else _approx(value)
        for name, value in result.model_dump(include=same).items()
    }
    with_noise = [*distinct, *((u, 10 * k + 5, "d") for k, (u, _, _) in enumerate(listed)), (9, 5, "e")]
    assert attribution.answer(scope_of(with_noise)[0], ask(intervals=False)).model_dump(include=same) == {
        name: pytest.approx(value) if not isinstance(value, dict) else _approx(value)
        for name, value in result.model_dump(include=same).items()
    }
    wider = [attribution.answer(scope_of(distinct)[0], ask(within=w, intervals=False)).unattributed
             for w in (1, 15, 80, 999)]  # fmt: skip
    assert wider == sorted(wider, reverse=True)
    assert wider[-1] >= result.unattributed


def _approx(value):
    return {k: _approx(v) if isinstance(v, dict) else pytest.approx(v, abs=1e-9) for k, v in value.items()}

"""KPIs from counts: hand-checked cases, what cannot be, and how often the intervals hold the truth."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desireline.act.kpis.comparing import difference, distance
from desireline.act.kpis.kind import together
from desireline.act.kpis.kinds import KINDS, compute
from desireline.errors import BadCounts, UnknownKpiKind
from desireline.i18n import LANGUAGES, catalogue
from desireline.model.intervals import newcombe

CASES = yaml.safe_load((Path(__file__).parents[3] / "cases" / "kpis.yaml").read_text("utf-8"))["counts"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['is']}")
def test_worked_out_by_hand(case):
    found = compute(case["kind"], case["counts"])
    assert (found.n, found.refused) == (case["n"], case.get("refused"))
    for name in ("value", "low", "high"):
        if name in case:
            expected = case[name]
            assert getattr(found, name) == (None if expected is None else pytest.approx(expected, abs=6e-5, rel=1e-5))


@pytest.mark.parametrize(
    ("kind", "counts", "reason", "name"),
    [
        ("churn", {"lost": 3, "start": 2}, "more_than_all", "lost"),
        ("churn", {"lost": -1, "start": 2}, "negative", "lost"),
        ("churn", {"lost": 1.5, "start": 2}, "not_whole", "lost"),
        ("churn", {"lost": float("nan"), "start": 2}, "not_a_number", "lost"),
        ("churn", {"lost": 1}, "missing", "start"),
        ("churn", {"lost": 1, "start": 2, "gone": 1}, "unknown", "gone"),
        ("churn", {"lots": 1, "start": 2}, "unknown", "lots"),
        ("share", {"numerator": 1, "denominator": 1e300}, "too_many", "denominator"),
        ("reaching_value", {"reached@3": 1e20}, "too_many", "reached@3"),
        ("reaching_value", {"reached@1e30": 1}, "unknown", "reached@1e30"),
        ("crr", {"start": 10, "end": 20, "new": 5}, "more_than_all", "end"),
        ("crr", {"start": 10, "end": 2, "new": 5}, "more_than_all", "new"),
        ("nps", {"promoters": 1, "passives": 1, "detractors": float("inf")}, "not_a_number", "detractors"),
        ("time_to_value", {"reached@soon": 1}, "unknown", "reached@soon"),
        # 10 customers worth 1,000 in all: the least sum of squares is 10 x 100^2 = 100,000, where all are alike
        ("clv", {"customers": 10, "value": 1000, "value_squared": 99_000}, "too_small_squares", "value_squared"),
        ("number", {"readings": 2, "sum": 1e300, "sum_of_squares": 5}, "too_small_squares", "sum_of_squares"),
        (
            "aov",
            {"orders": 10, "revenue": 1000, "revenue_squared": 150_000, "customers": 5, "orders_squared": 30},
            "too_small_squares",
            "revenue_squared",
        ),  # of 5 customers 200,000 are needed
        (
            "aov",
            {"orders": 10, "revenue": 1000, "revenue_squared": 3e5, "customers": 5, "orders_squared": 19},
            "too_small_squares",
            "orders_squared",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(kind, counts, reason, name):
    with pytest.raises(BadCounts) as refused:
        compute(kind, counts)
    assert (refused.value.reason, refused.value.count) == (reason, name)
    for language in LANGUAGES:
        assert str(catalogue(language)[f"kpi.bad_counts.{reason}"]) in refused.value.sentence(language)


def test_the_least_sum_of_squares_is_one():
    assert compute("clv", {"customers": 10, "value": 1000, "value_squared": 100_000}).value == 100
    thirds = compute("mean_score", {"answers": 3, "sum": 1, "sum_of_squares": 0.3333333})  # written to seven digits
    assert thirds.value == pytest.approx(1 / 3)


def test_squares_that_a_day_does_not_say_are_not_known_of_the_whole():
    kind = KINDS["clv"]
    days = [{"customers": 10, "value": 1000, "value_squared": 110_000}, {"customers": 10, "value": 1000}]
    assert together(days, kind.optional) == {"customers": 20, "value": 2000}
    closed = {"customers": 0, "value": 0}
    assert together([days[0], closed], kind.optional)["value_squared"] == 110_000


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_fails_at_what_somebody_may_type(kind):
    """All zeros are refused with a reason, or are a count of 0; whatever else cannot be is refused by name."""
    names = [f"{name}3" if name.endswith("@") else name for name in KINDS[kind].counts]
    nothing = compute(kind, dict.fromkeys(names, 0))
    assert (nothing.n, nothing.value) == (0, 0.0 if kind == "people" else None)
    assert nothing.refused == (None if kind == "people" else "nothing_counted")
    for wrong in ({names[0]: -1}, {names[0]: 2.5}, {names[0]: float("nan")}, {names[0]: 1e300}, {"nobody": 1}):
        with pytest.raises(BadCounts) as refused:
            compute(kind, {**dict.fromkeys(names, 0), **wrong})
        assert refused.value.count == next(iter(wrong))
    if KINDS[kind].family != "times" or "contacts" in names:
        with pytest.raises(BadCounts) as refused:
            compute(kind, {})
        assert refused.value.reason == "missing"


def test_an_unknown_kind_says_which_there_are():
    with pytest.raises(UnknownKpiKind) as refused:
        compute("happiness", {})
    assert "'nps'" in str(refused.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_count_has_its_words(language):
    texts = catalogue(language)
    needed = {f"kpi.{part}.{kind}" for kind in KINDS for part in ("kind", "formula")}
    needed |= {f"kpi.count.{name.rstrip('@')}" for kind in KINDS.values() for name in kind.counts}
    assert needed <= set(texts)


counts = st.integers(0, 40).map(float)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_an_interval_holds_its_value_and_nothing_counted_is_no_error(kind, data):
    names = [f"{name}{data.draw(st.integers(0, 9))}" if name.endswith("@") else name for name in KINDS[kind].counts]
    drawn = {name: data.draw(counts) for name in names}
    try:
        found = compute(kind, drawn)
    except BadCounts as refused:
        possible = {"more_than_all", "too_small_squares"}
        assert refused.reason in possible  # noqa: PT017 other reasons would be a fault of these counts
        return
    assert (found.value is None) == (found.refused is not None)
    if found.value is not None:
        assert found.low is None or found.low <= found.value + 1e-12
        assert found.high is None or found.high >= found.value - 1e-12


@given(st.lists(st.fixed_dictionaries({"answered": st.integers(0, 9), "invited": st.integers(9, 20)}), min_size=1))
def test_counts_of_parts_are_counts_of_the_whole(parts):
    whole = compute("response_rate", together(parts))
    assert whole.value == pytest.approx(sum(p["answered"] for p in parts) / sum(p["invited"] for p in parts))


def test_the_difference_of_two_shares_is_newcombes():
    a, b = (compute("share", {"numerator": n, "denominator": of}) for n, of in ((56, 70), (48, 80)))
    found = difference(a, b)
    assert (found.low, found.high) == pytest.approx(tuple(newcombe(56, 70, 48, 80)))
    assert found.changed
    assert (found.better("up"), found.better("down")) == (True, False)
    assert difference(a, a).changed is False
    assert difference(a, compute("share", {"numerator": 0, "denominator": 0})).changed is None


def test_a_target_within_the_interval_is_not_missed():
    found = compute("share", {"numerator": 56, "denominator": 70})
    assert distance(found, 0.75).changed is False
    assert distance(found, 0.9).better("up") is False


# --- how often intervals hold the truth ---------------------------------------------------------------------

DRAWS = 2000
LOW, HIGH = 0.93, 0.972
"""93 to 97 % with two standard errors of 2,000 draws on the upper side for formulas that err on the safe side."""


def _covered(figures, truth):
    return np.mean([f.low is not None and f.high is not None and f.low <= truth <= f.high for f in figures])


def test_nps_of_fifty_answers():
    rng = np.random.default_rng(1)
    drawn = rng.multinomial(50, [0.5, 0.3, 0.2], DRAWS)
    figures = [compute("nps", dict(zip(("promoters", "passives", "detractors"), d, strict=True))) for d in drawn]
    assert LOW <= _covered(figures, 30) <= HIGH


def test_a_rate_of_three_hundred():
    figures = [compute("churn", {"lost": n, "start": 300}) for n in np.random.default_rng(2).binomial(300, 0.12, DRAWS)]
    assert LOW <= _covered(figures, 0.12) <= HIGH


def test_the_mean_of_sixty_satisfactions():
    names = KINDS["csat_mean"].counts
    drawn = np.random.default_rng(3).multinomial(60, [0.05, 0.1, 0.2, 0.4, 0.25], DRAWS)
    figures = [compute("csat_mean", dict(zip(names, d, strict=True))) for d in drawn]
    assert LOW <= _covered(figures, 3.7) <= HIGH


def test_orders_of_customers_who_differ():
    """Each customer has a level and 1 to 5 orders; taking orders as independent would hold the truth far less often."""
    rng = np.random.default_rng(4)
    figures, naive = [], []
    for _ in range(600):
        orders = rng.integers(1, 6, 150)
        spent = orders * rng.gamma(9, 5, 150) + rng.normal(0, 10 * np.sqrt(orders))
        each = {"orders": orders.sum(), "revenue": spent.sum()}
        squares = {"revenue_squared": (spent**2).sum(), "customers": 150, "orders_squared": (orders**2).sum(),
                   "orders_by_revenue": (orders * spent).sum()}  # fmt: skip
        figures.append(compute("aov", {**each, **squares}))
        of_orders = ((spent / orders) ** 2 * orders).sum()
        naive.append(compute("aov", {**each, "revenue_squared": of_orders}))
    assert 0.92 <= _covered(figures, 45) <= 0.975
    assert _covered(naive, 45) < 0.85


def test_the_median_time_of_eighty_who_are_watched_for_different_times():
    rng = np.random.default_rng(5)
    medians = []
    for _ in range(600):
        time, watched = rng.exponential(10, 80), rng.uniform(8, 30, 80)
        rounded = np.ceil(np.minimum(time, watched) * 24) / 24
        table: dict[str, float] = {}
        for days, reached in zip(rounded, time <= watched, strict=True):
            name = f"{'reached' if reached else 'left'}@{days:.6g}"
            table[name] = table.get(name, 0) + 1
        medians.append(compute("time_to_value", table))
    assert 0.92 <= _covered(medians, 10 * np.log(2)) <= 0.975

"""Models of customer lifetime, against published parameters and against people who were drawn from the models."""

import datetime as dt

import numpy as np
import pytest

from desireline.act.lifetime import bg_nbd, gamma_gamma, sbg
from desireline.act.lifetime.bg_nbd import BgNbd
from desireline.act.lifetime.customers import Customers, purchase_days, summarised
from desireline.errors import BadCounts, BadCustomerRow, NoCustomerTable, TooFewBuyers
from desireline.service.lifetime import Wanted, fit_clv, fit_contracts

CDNOW = BgNbd(0.2426, 4.4135, 0.7929, 2.4258, -9582.43)


@pytest.mark.parametrize(
    ("active", "alpha", "beta", "likelihood"),
    [
        ((1000, 869, 743, 653, 593, 551, 517, 491), 0.668, 3.806, -1611.2),
        ((1000, 631, 468, 382, 326, 289, 262, 241), 0.704, 1.182, -1680.3),
    ],
    ids=["high end", "regular"],
)
def test_sbg_of_fader_and_hardie_2007(active, alpha, beta, likelihood):
    found = sbg.fit(active)
    assert (round(found.alpha, 3), round(found.beta, 3)) == (alpha, beta)
    assert round(found.log_likelihood, 1) == likelihood
    sums = (found.survival(4000) / 1.1 ** np.arange(4001)).sum()
    assert found.lifetime(0.1) == pytest.approx(sums, rel=1e-6)
    rest = found.survival(4000)[3:] / found.survival(4000)[2]
    assert found.residual(2, 0.1) == pytest.approx((rest / 1.1 ** np.arange(len(rest))).sum(), rel=1e-6)


@pytest.mark.parametrize("active", [(10, 12, 9), (10, -1, 0), (10, 8), (5, 5, 5)])
def test_cohorts_that_cannot_be(active):
    with pytest.raises(BadCounts):
        sbg.fit(active)


def test_what_fader_and_hardie_expect_of_the_first_customer():
    """Customer 1 of CDNOW: 1.226 purchases in the 39 weeks ahead."""
    one = (np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert CDNOW.purchases(*one, 39.0)[0] == pytest.approx(1.226, abs=5e-4)
    assert CDNOW.alive(np.array([0.0, 2]), np.array([0.0, 30.43]), np.array([38.86, 38.86])).tolist() == [
        1.0,
        pytest.approx(0.7266, abs=5e-4),
    ]


def _drawn(n):
    """Customers of a BG/NBD world: r = 1, alpha = 5, a = 1, b = 3, watched for 20 to 40 weeks."""
    rng = np.random.default_rng(1)
    age, rate, leaving = rng.uniform(20, 40, n), rng.gamma(1, 1 / 5, n), rng.beta(1, 3, n)
    frequency, recency = np.zeros(n), np.zeros(n)
    for k in range(n):
        moment = rng.exponential(1 / rate[k])
        while moment <= age[k]:
            frequency[k], recency[k] = frequency[k] + 1, moment
            moment = np.inf if rng.random() < leaving[k] else moment + rng.exponential(1 / rate[k])
    return frequency, recency, age


def test_the_unit_of_time_changes_only_alpha():
    frequency, recency, age = _drawn(600)
    weeks = bg_nbd.fit(Customers([""] * 600, frequency, recency, age, None))
    days = bg_nbd.fit(Customers([""] * 600, frequency, recency * 7, age * 7, None))
    assert (days.r, days.alpha, days.b) == pytest.approx((weeks.r, 7 * weeks.alpha, weeks.b), rel=5e-3)
    assert days.log_likelihood == pytest.approx(weeks.log_likelihood - frequency.sum() * np.log(7), abs=1e-3)


def test_gamma_gamma_finds_what_was_drawn():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 20, 4000).astype(float)
    mean = rng.gamma(5 * x) / x / rng.gamma(4.0, 1 / 30.0, 4000)
    found = gamma_gamma.fit(Customers([""] * 4000, x, x, x, mean))
    assert found is not None
    truth = gamma_gamma._likelihood(np.array([5.0, 4, 30]), x, mean)
    assert 0 <= found.log_likelihood - truth <= 5.7  # half the 99 % point of chi-square with 3 degrees of freedom
    everyone = found.expected(np.zeros(1), np.zeros(1))[0]
    assert everyone == pytest.approx(5 * 30 / 3, rel=0.05)


def test_days_refunds_and_gifts():
    """a buys twice on a day and gives one day back; b buys for 0 once; c only gives back."""
    customer = np.array([0, 0, 0, 0, 0, 1, 2])
    day = np.array([1, 1, 8, 15, 15, 3, 4])
    amount = np.array([10.0, 5, 20, 30, -30, 0, -5])
    found = summarised(["a", "b", "c"], purchase_days(customer, day, amount), 22, "week", priced=True)
    assert found.ids == ["a", "b"]
    assert (found.frequency.tolist(), found.recency.tolist()) == ([1, 0], [1, 0])
    assert found.age.tolist() == [3, pytest.approx(19 / 7)]
    assert found.value is not None
    assert found.value.tolist() == [20, 0]


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("customer,day\na,2026-01-01\n", TooFewBuyers, "Only 0 of 1"),
        ("who,day\na,2026-01-01\n", NoCustomerTable, "'customer'"),
        ("customer,date\na,2026-01-01\nb,soon\n", BadCustomerRow, "Line 3"),
        ("customer,date,value\na,2026-01-01,ten\n", BadCustomerRow, "'ten'"),
        ("customer,date\n,2026-01-01\n", BadCustomerRow, "'customer'"),
        ("frequency,recency,T\n1,5,4\n", BadCustomerRow, "≤ 4"),
        ("frequency,recency,T\n0,5,9\n", BadCustomerRow, "'5'"),
        ("frequency,recency,T\n1.5,5,9\n", BadCustomerRow, "'1.5'"),
        ("frequency,recency,T\n-1,0,9\n", BadCustomerRow, "'-1'"),
    ],
)
def test_bad_files_are_refused_with_the_place(tmp_path, text, error, said):
    file = tmp_path / "customers.csv"
    file.write_text(text)
    with pytest.raises(error) as refused:
        fit_clv(file, Wanted())
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("year,active\n0,10\n1,12\n2,9\n", BadCounts, "12 > 10"),
        ("year,active\n0,10\n1,10\n2,10\n", BadCounts, "0, 0"),
        ("year,active\n0,10\n1,5\n", BadCounts, "10, 5"),
        ("year,active\n0,10\n1,5.5\n2,5\n", BadCustomerRow, "'5.5'"),
        ("year,who\n0,10\n", NoCustomerTable, "'active'"),
        ("customer,start\na,2026-01-01\n", NoCustomerTable, "'end'"),
        ("customer,start,end\na,2026-01-01,2025-12-31\n", BadCustomerRow, "≥ 2026-01-01"),
        ("customer,start,end\na,2026-01-01,soon\n", BadCustomerRow, "'soon'"),
    ],
)
def test_contracts_that_cannot_be(tmp_path, text, error, said):
    file = tmp_path / "contracts.csv"
    file.write_text(text)
    with pytest.raises(error) as refused:
        fit_contracts(file, Wanted(unit="month"))
    assert said in str(refused.value)


def test_contracts_that_began_at_different_times_find_what_was_drawn():
    """alpha 1, beta 3, each watched for 2 to 9 periods: the truth is no less likely than chance allows."""
    rng = np.random.default_rng(5)
    chance, watched = rng.beta(1, 3, 4000), rng.integers(2, 10, 4000)
    left = rng.geometric(chance)
    lost = np.bincount(left[left <= watched], minlength=10)[1:]
    kept = np.bincount(watched[left > watched], minlength=10)
    found = sbg.fit_stays(lost.tolist(), kept.tolist())
    truth = -sbg._likelihood(np.array([1.0, 3.0]), lost.astype(float), kept.astype(float))
    assert 0 <= found.log_likelihood + truth <= 4.6  # half the 99 % point of chi-square with 2 degrees of freedom


def test_a_time_with_an_offset_is_of_the_local_day(tmp_path):
    rows = [f"c{k},2026-01-0{1 + j}T23:30:00Z,5" for k in range(12) for j in range(3)]
    file = tmp_path / "orders.csv"
    file.write_text("customer,date,value\n" + "\n".join(rows))
    assert fit_clv(file, Wanted(zone="UTC")).summary.until == dt.date(2026, 1, 3)
    assert fit_clv(file, Wanted(zone="Europe/Warsaw")).summary.until == dt.date(2026, 1, 4)

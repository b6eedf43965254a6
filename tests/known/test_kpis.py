"""KPIs of real data sets against published figures."""

import csv
import json
from itertools import pairwise

import pytest
from scipy.special import beta as beta_function

from desireline.act.kpis.kinds import compute
from desireline.service.lifetime import Wanted, fit_clv
from tests.commands import desireline_command

PUBLISHED = {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258}


def test_cdnow_to_the_published_digits(data, tmp_path):
    fitted = fit_clv(data / "cdnow" / "cdnow_customers_summary_with_transactions.csv", Wanted())
    found = fitted.summary
    assert {name: round(getattr(found, name), 4) for name in PUBLISHED} == PUBLISHED
    assert (found.customers, round(found.log_likelihood, 2)) == (2357, -9582.43)
    spending = found.spending
    assert spending is not None
    assert (round(spending.p, 2), round(spending.q, 2)) == (6.25, 3.74)
    assert spending.gamma == pytest.approx(15.44, abs=0.01)
    assert (spending.customers, spending.linked) == (946, False)
    assert len(fitted.as_csv().splitlines()) == 2358


def test_cdnow_from_its_purchases(data):
    """Also on the command line; the summary rounds weeks to two digits."""
    arguments = ("--calibration-end", "1997-09-30", "--unit", "week", "--json")
    found = desireline_command("clv", "fit", str(data / "cdnow" / "cdnowElog.csv"), *arguments).json
    assert {name: pytest.approx(value, abs=2e-3) for name, value in PUBLISHED.items()} == {
        name: found[name] for name in PUBLISHED
    }
    assert (found["model"], found["customers"]) == ("bg_nbd", 2357)
    assert found["log_likelihood"] == pytest.approx(-9582.43, abs=0.1)
    assert found["holdout"]["error"] < 0.8 * found["holdout"]["naive_error"]


@pytest.mark.parametrize(
    ("active", "alpha", "beta"),
    [
        ((1000, 869, 743, 653, 593, 551, 517, 491), 0.668, 3.806),
        ((1000, 631, 468, 382, 326, 289, 262, 241), 0.704, 1.182),
    ],
    ids=["high end", "regular"],
)
def test_contracts_of_fader_and_hardie_2007(tmp_path, active, alpha, beta):
    """A cohort of seven years, and the same customers as single contracts of whole years."""
    cohort, contracts = tmp_path / "cohort.csv", tmp_path / "contracts.csv"
    cohort.write_text("year,active\n" + "".join(f"{t},{n}\n" for t, n in enumerate(active)))
    ends = [t for t, (before, now) in enumerate(pairwise(active), 1) for _ in range(before - now)]
    rows = [f"c{k},2000-01-01,{2000 + t}-01-01" for k, t in enumerate(ends)]
    contracts.write_text("\n".join(["customer,start,end", *rows, *(f"k{k},2000-01-01," for k in range(active[-1]))]))
    typed = ("--model", "sbg", "--unit", "year", "--calibration-end", "2007-01-02", "--json")
    for file in (cohort, contracts):
        found = desireline_command("clv", "fit", str(file), *typed).json
        assert (found["model"], round(found["alpha"], 3), round(found["beta"], 3)) == ("sbg", alpha, beta)
        assert (found["customers"], found["lost"], found["periods"]) == (1000, 1000 - active[-1], 7)
        assert [one["observed"] for one in found["stays"][:7]] == pytest.approx([n / 1000 for n in active[1:]])
        assert (found["stays"][7]["observed"], len(found["stays"])) == (None, 12)
        assert found["stays"][11]["survival"] == pytest.approx(
            beta_function(alpha, beta + 12) / beta_function(alpha, beta), abs=1e-3
        )


def test_sfo_2017(data):
    """NPS 39.84 and top-2-box 82.07 % of 2,688, counted here from the file."""
    with (data / "sfo_customer_survey" / "2017_SFO_Customer_Survey_20250817.csv").open(encoding="utf-8-sig") as file:
        rows = [{name.lower(): cell for name, cell in row.items()} for row in csv.DictReader(file)]
    overall = [row["q7all"] for row in rows]
    names = ("very_unsatisfied", "unsatisfied", "neutral", "satisfied", "very_satisfied")
    counts = {name: overall.count(str(k)) for k, name in enumerate(names, 1)}
    top, mean = compute("csat", counts), compute("csat_mean", counts)
    assert (top.n, round(top.value or 0, 4), round(mean.value or 0, 3)) == (2688, 0.8207, 4.064)
    told = desireline_command(
        "kpi", "compute", "nps", "--counts", "promoters=1436,passives=968,detractors=342", "--json"
    )
    assert (told.json["value"], told.json["n"]) == (39.84, 2746)


def test_telco_churn(data):
    with (data / "telco_churn_ibm" / "Telco-Customer-Churn.csv").open(encoding="utf-8") as file:
        left = [row["Churn"] for row in csv.DictReader(file)]
    found = compute("churn", {"lost": left.count("Yes"), "start": len(left)})
    assert (found.n, round(100 * (found.value or 0), 2)) == (7043, 26.54)
    assert json.loads(found.model_dump_json())["counts"] == {"lost": 1869, "start": 7043}

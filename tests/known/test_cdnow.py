"""Retention of the CDNOW sample (Fader and Hardie; 2,357 customers who first bought in the first quarter of 1997)."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from desireline.errors import UnknownStep
from desireline.model.mapping import Mapping
from desireline.service.lifetime import Buying, Wanted, fit_clv, fit_own
from desireline.service.workspace import Workspace

MAPPING = {
    "person": [{"column": "masterid"}],
    "time": {"column": "date", "format": "%Y%m%d"},
    "event": {"constant": "Purchase"},
    "value": {"column": "sales"},
}
END = dt.date(1998, 6, 30)


@pytest.fixture(scope="module")
def file(data: Path) -> Path:
    return data / "cdnow" / "cdnowElog.csv"


@pytest.fixture(scope="module")
def buyers(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = Workspace(tmp_path_factory.mktemp("cdnow"))
    ws.import_files([file], "cdnow", mapping=Mapping.model_validate(MAPPING))
    return ws


def by_sql(file: Path, period: str) -> tuple[dict[dt.date, int], dict[tuple[dt.date, int], int]]:
    """Buyers by the period of their first purchase; and of these, who buys so many periods later."""
    between = "(m - first) // 7" if period == "week" else f"datediff('{period}', first, m)"
    found = duckdb.sql(f"""
        WITH e AS (SELECT masterid, date_trunc('{period}', strptime(date::TEXT, '%Y%m%d'))::DATE AS m
                   FROM read_csv('{file}')),
             c AS (SELECT masterid, min(m) AS first FROM e GROUP BY masterid)
        SELECT first, {between} AS since, count(DISTINCT masterid) AS n FROM e JOIN c USING (masterid) GROUP BY ALL
    """).to_arrow_table().to_pylist()  # fmt: skip
    returned = {(r["first"], r["since"]): r["n"] for r in found}
    return {first: n for (first, since), n in returned.items() if since == 0}, returned


def test_size(buyers: Workspace) -> None:
    assert buyers.status().people == 2_357


@pytest.mark.parametrize(("period", "cohorts", "periods"), [("month", 3, 17), ("week", 13, 60)])
def test_cohorts(buyers: Workspace, file: Path, period: str, cohorts: int, periods: int) -> None:
    people, returned = by_sql(file, period)
    found = buyers.ask("retention", {"period": period, "periods": periods, "today": END})
    assert {c.start: c.people for c in found.cohorts} == people
    assert (len(people), sum(people.values())) == (cohorts, 2_357)
    assert period == "week" or found.cohorts[0].returned[:6] == [781, 124, 95, 70, 65, 77]
    known = 0
    for cohort in found.cohorts:
        for n, back in enumerate(cohort.returned):
            if back is not None:
                known += 1
                assert back == returned.get((cohort.start, n), 0)
    assert known > 0.9 * cohorts * (periods + 1)
    for n, column in enumerate(found.overall):
        assert column.returned == sum(c.returned[n] or 0 for c in found.cohorts)


def test_what_is_not_over_stays_open(buyers: Workspace) -> None:
    found = buyers.ask("retention", {"period": "month", "periods": 17, "today": dt.date(1998, 6, 29)})
    assert [[n is None for n in c.returned].index(True) for c in found.cohorts] == [17, 16, 15]
    over = buyers.ask("retention", {"period": "month", "periods": 17, "today": END})
    assert [c.returned.count(None) for c in over.cohorts] == [0, 1, 2]
    assert [r.people for r in over.overall][15:] == [2_357, *(sum(c.people for c in over.cohorts[:k]) for k in (2, 1))]


def test_rolling_ends_with_who_bought_last(buyers: Workspace, file: Path) -> None:
    """Bought in month N or later: everyone whose last purchase is so late."""
    found = buyers.ask("retention", {"period": "month", "periods": 15, "mode": "rolling", "today": END})
    rows = duckdb.sql(f"""
        WITH e AS (SELECT masterid, date_trunc('month', strptime(date::TEXT, '%Y%m%d'))::DATE AS m
                   FROM read_csv('{file}')),
             s AS (SELECT masterid, datediff('month', min(m), max(m)) AS span FROM e GROUP BY masterid)
        SELECT n, count(*) AS back FROM s, range(16) r(n) WHERE span >= n GROUP BY n
    """).to_arrow_table().to_pylist()  # fmt: skip
    assert {n: column.returned for n, column in enumerate(found.overall)} == {r["n"]: r["back"] for r in rows}


def test_life_cycle_says_what_retention_says(buyers: Workspace) -> None:
    months = buyers.ask("lifecycle", {"period": "month", "today": END}).periods
    assert [p.new for p in months[:4]] == [c.people for c in
            buyers.ask("retention", {"period": "month", "today": END}).cohorts] + [0]  # fmt: skip
    assert len(months) == 18
    for before, now in pairwise(months):
        assert now.returning + now.dormant == before.new + before.returning + before.resurrecting


def test_what_customers_are_worth_is_said_of_events_as_of_files(buyers: Workspace, file: Path) -> None:
    wanted = Wanted(calibration_end=dt.date(1997, 9, 30))
    own = fit_own(buyers, Buying(["Purchase"], []), wanted)
    of_file = fit_clv(file, replace(wanted, columns={"customer": "masterid", "value": "sales"}))
    a, b = own.summary, of_file.summary
    assert (a.customers, a.repeating, a.until) == (b.customers, b.repeating, b.until)
    assert (a.customers, a.repeating) == (2_357, 946)
    assert (round(a.log_likelihood, 2), round(a.r, 4), round(a.alpha, 4)) == (-9582.43, 0.2426, 4.4136)
    assert a.worth is not None
    assert b.worth is not None
    assert a.worth.total == pytest.approx(b.worth.total, rel=1e-5)
    assert len(own.as_csv().splitlines()) == 2_358
    with pytest.raises(UnknownStep):
        fit_own(buyers, Buying(["Nothing of the kind"], []), wanted)

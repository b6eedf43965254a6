"""Before/after of a file with bad input, and of a workspace against SQL."""

import datetime as dt

import duckdb
import numpy as np
import pytest

import desireline as dl
from desireline.act.beforeafter.panel import NEVER
from desireline.errors import BadCell, BadQuestion, MissingColumn, StaleDocument
from desireline.model.mapping import Mapping
from desireline.service.before_after.measuring import panel_of
from tests.unit.act.beforeafter.test_judging import panel

FIRST = dt.date(2025, 1, 6)
START = FIRST + dt.timedelta(days=150)
COLUMNS = {"unit": "shop", "time": "day", "value": "sales", "treated": "treated", "start": START.isoformat()}


def rows(one=None, **made):
    """Rows of a panel as (shop, day, sales, treated)."""
    one = one or panel(before=150, seed=1, **{"effect": 4.0, **made})
    return [
        [name, (FIRST + dt.timedelta(days=k)).isoformat(), f"{value:.4f}", str(int(begin != NEVER))]
        for name, line, begin in zip(one.units, one.values, one.start, strict=True)
        for k, value in enumerate(line)
    ]


@pytest.fixture
def judge(tmp_path):
    def judged(listed, header="shop,day,sales,treated", **columns):
        file = tmp_path / "days.csv"
        file.write_text("\n".join([header, *(",".join(row) for row in listed)]))
        return dl.open(tmp_path / "ws").before_after.analyse(file, **{**COLUMNS, **columns})

    return judged


class TestFiles:
    def test_a_good_file(self, judge, tmp_path):
        found = judge(rows())
        assert (found.verdict, found.grade, found.pre_days, found.post_days) == ("worked", "B", 150, 28)
        assert found.low < 4 < found.high
        assert "(grade B)" in found.sentence
        assert not (tmp_path / "ws").exists()

    def test_treated_by_day_and_a_column_of_starts_say_the_same(self, judge):
        listed = rows()
        by_day = [[*row[:3], str(int(row[3] == "1" and row[1] >= START.isoformat()))] for row in listed]
        starts = [[*row[:3], START.isoformat() if row[3] == "1" else ""] for row in listed]
        found = [
            judge(listed), judge(by_day),
            judge(starts, "shop,day,sales,start", treated=None, start=None, start_column="start"),
        ]  # fmt: skip
        assert found[0] == found[1] == found[2]

    def test_missing_days_are_said_and_handled(self, judge):
        listed = rows()
        whole, holes = judge(listed), judge([row for k, row in enumerate(listed) if k % 40 != 7])
        assert holes.missing_days == len(listed) // 40 + (len(listed) % 40 > 7)
        assert "days_missing" in holes.not_checked
        assert holes.effect == pytest.approx(whole.effect, abs=0.5)

    @pytest.mark.parametrize(
        ("spoil", "reason"),
        [(lambda r: [*r, r[0]], "duplicate_days"),
         (lambda r: [[*x[:3], "0"] for x in r], "no_treated_units"),
         (lambda r: [[*x[:2], "5", x[3]] for x in r], "no_variation"),
         (lambda r: [x for x in r if x[1] < START.isoformat()], "no_days_after"),
         (lambda r: [[*x[:3], str(int(x[3] == "1" and x[1] >= "2025-03-01"))] for x in r], "treated_before_start"),
         (lambda r: [[*x[:3], str(int(x[3] == "1" and "2025-06-07" > x[1] >= "2025-06-05"))] for x in r],
          "treated_not_constant")],
    )  # fmt: skip
    def test_what_is_refused_with_its_facts(self, judge, spoil, reason):
        found = judge(spoil(rows()))
        assert (found.verdict, found.reason, found.effect) == ("refused", reason, None)
        assert found.details

    def test_one_unit_and_all_treated_are_single_series(self, judge):
        one, all_treated = judge(rows()[:178]), judge([[*row[:3], "1"] for row in rows()])
        assert (one.design, one.grade, one.treated_units) == ("single", "C", 1)
        assert (all_treated.design, all_treated.grade, all_treated.treated_units) == ("single", "C", 4)

    def test_cells_that_cannot_be_read(self, judge):
        for column, text in ((1, "some day"), (2, "many"), (3, "maybe")):
            listed = rows()
            listed[3][column] = text
            with pytest.raises(BadCell) as refused:
                judge(listed)
            assert (refused.value.row, refused.value.given) == (4, text)
        with pytest.raises(MissingColumn):
            judge(rows(), value="turnover")
        with pytest.raises(BadQuestion):
            judge(rows(), start="soon")
        with pytest.raises(BadQuestion):
            judge(rows(), start=None)


MAPPING = Mapping.model_validate(
    {"person": [{"column": "who", "type": "customer_id"}], "time": {"column": "at"}, "event": {"column": "what"},
     "channel": {"columns": ["where"]}, "score": {"column": "score"}}
)  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """60 people over 170 days, web and store; the web's calls halve from day 145 on."""
    folder, rng = tmp_path_factory.mktemp("shop"), np.random.default_rng(4)
    lines = ["who,at,what,where,score"]
    for day in range(170):
        for where, calls in (("web", 9 if day < 145 else 4), ("store", 8)):
            for _ in range(rng.poisson(calls)):
                when = dt.datetime(2025, 1, 6, tzinfo=dt.UTC) + dt.timedelta(
                    days=day, seconds=int(rng.integers(86_400))
                )
                lines += [f"{where}{rng.integers(30)},{when:%Y-%m-%d %H:%M:%S},{what},{where},{rng.integers(11)}"
                          for what in (["Visit", "Call"] if rng.random() < 0.7 else ["Visit"])]  # fmt: skip
    file = folder / "events.csv"
    file.write_text("\n".join(lines))
    ws = dl.open(folder / "ws")
    ws.import_files([file], "shop", mapping=MAPPING)
    return ws, str(file)


def _figure(value):
    return np.nan if value is None else value


def plan(measure="people", **fields):
    return {
        "name": f"Help page {measure}", "measure": measure, "of": "Call", "direction": "down", "start": "2025-05-31",
        "treated": {"of": "events", "where": 'channel = "web"'},
        "comparison": {"of": "events", "where": 'channel = "store"'}, **fields,
    }  # fmt: skip


class TestWorkspace:
    @pytest.mark.parametrize(
        ("measure", "sql"),
        [("people", "count(DISTINCT who) FILTER (what = 'Call')"), ("contacts", "count(*) FILTER (what = 'Call')"),
         ("conversion", "count(DISTINCT who) FILTER (what = 'Call') / count(DISTINCT who)"),
         ("mean_score", "avg(score) FILTER (what = 'Call')")],
    )  # fmt: skip
    def test_a_day_s_figures_are_those_of_sql(self, shop, measure, sql):
        ws, file = shop
        absent = 0 if measure in {"people", "contacts"} else None
        made = ws.before_after.create(plan(measure))
        found = panel_of(ws, made)
        ws.before_after.remove(made.id)
        with duckdb.connect() as con:
            asked = f"""SELECT CAST("at" AS DATE), {sql} FROM '{file}' WHERE "where" = ? GROUP BY 1"""
            for row, where in enumerate(("web", "store")):
                theirs = dict(con.execute(asked, [where]).fetchall())
                days = [found.first + dt.timedelta(days=k) for k in range(found.values.shape[1])]
                assert found.values[row] == pytest.approx(
                    [_figure(theirs.get(day, absent)) for day in days], nan_ok=True
                )
        assert len(days) == 169  # the last day is not over
        assert found.start.tolist() == [145, NEVER]

    def test_it_is_planned_measured_kept_and_told_in_each_language(self, shop):
        ws, _ = shop
        made = ws.before_after.create(plan(wait_days=14, value=3.0))
        done = ws.before_after.measure(made.name)
        assert (done.verdict.verdict, done.verdict.grade, done.verdict.unit) == ("worked", "B", "count")
        assert done.result.low < -2.5 < done.result.high
        assert done.verdict.money.value == pytest.approx(-done.result.effect * 3 * 365.25)  # fewer is better
        assert ws.before_after.get(made.id) == done
        assert ws.before_after.in_language(done, "pl").result.sentence.startswith("Zmiana zadziałała")
        with pytest.raises(StaleDocument):
            ws.before_after.change(made.id, 1, {"start": "2025-06-10"})
        done = ws.before_after.change(made.id, done.revision, {"name": "Renamed", "cost": 500.0})
        assert (done.name, done.verdict.grade, done.computed is not None) == ("Renamed", "B", True)
        assert done.verdict.money.net.value == pytest.approx(done.verdict.money.value - 500)
        assert ws.before_after.in_language(done, "pl").result.money_told[3] == "Koszt zmiany: 500 (wpisano)."
        changed = ws.before_after.change(made.id, done.revision, {"start": "2025-06-10"})
        assert (changed.result, changed.verdict, changed.start) == (None, None, dt.date(2025, 6, 10))
        ws.before_after.remove(made.id)

    def test_a_roll_out_over_channels_is_the_same_comparison(self, shop):
        ws, _ = shop
        rolled = {"treated": None, "comparison": None, "start": None,
                  "roll_out": {"by": "channel", "starts": {"web": "2025-05-31", "store": None}}}  # fmt: skip
        two = [ws.before_after.create(plan(name="a")), ws.before_after.create(plan(name="b", **rolled))]
        panels = [panel_of(ws, one) for one in two]
        assert np.array_equal(panels[0].values, panels[1].values)
        assert panels[0].start.tolist() == panels[1].start.tolist()
        for one in two:
            ws.before_after.remove(one.id)

"""KPIs of a workspace: kept, refused, measured, compared, drilled into, exchanged."""

import datetime as dt
import json

import pytest

from desireline.errors import (
    BadCounts,
    BadDrilldown,
    BadKpiFile,
    BadQuestion,
    ModelledElsewhere,
    NameTaken,
    StaleDocument,
    UnknownKpiKind,
    UnknownStep,
)
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace

MAPPING = {
    "person": [{"column": "who"}], "time": {"column": "time"}, "event": {"column": "name"},
    "value": {"column": "value"},
}  # fmt: skip
BUYERS = {"origin": "events", "start": ["visit"], "goal": ["order"], "within": "2d"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Four weeks of ten visitors a day; in the last two weeks 6 of 10 order, before 2; every second is a member."""
    folder = tmp_path_factory.mktemp("kpis")
    rows = ["who,time,name,value"]
    for day in range(28):
        for k in range(10):
            moment, who = dt.date(2026, 1, 5) + dt.timedelta(days=day), f"p{day}-{k}"
            rows.append(f"{who},{moment}T10:00:00,visit,")
            if k % 2:
                rows.append(f"{who},{moment}T09:00:00,member,")
            if k < (6 if day >= 14 else 2):
                rows.append(f"{who},{moment}T11:00:00,order,{10 + k}")
    (folder / "events.csv").write_text("\n".join(rows))
    ws = Workspace(folder / "workspace")
    ws.import_files([folder / "events.csv"], "shop", mapping=Mapping.model_validate(MAPPING))
    return ws


@pytest.fixture
def kpis(shop):
    yield shop.kpis
    for one in shop.kpis.all():
        shop.kpis.remove(one.id)


def test_what_changed_is_said_with_its_interval(kpis):
    target = {"value": 0.9, "by": "2026-01-31"}
    kpis.create({"name": "Buyers", "kind": "conversion", "source": BUYERS, "target": target})
    found = kpis.measure("Buyers", since=dt.date(2026, 1, 19), until=dt.date(2026, 2, 1), by="week")
    # the visitors of the last two days had no two days yet
    assert (found.figure.counts["converted"], found.figure.n, found.not_yet_mature) == (72, 120, 20)
    assert [(point.since.isoformat(), point.figure.n, point.over) for point in found.points] == [
        ("2026-01-19", 70, True),
        ("2026-01-26", 50, False),
    ]
    previous, target = found.comparisons
    assert previous.difference == pytest.approx(0.6 - 0.2)
    assert (previous.changed, previous.better, target.changed, target.better) == (True, True, True, False)
    assert found.target_past
    weeks = kpis.measure("Buyers", since=dt.date(2026, 1, 5), until=dt.date(2026, 1, 11)).comparisons[0]
    assert (weeks.difference, weeks.changed) == (None, None)


def test_a_period_is_whole_only_where_nothing_of_it_is_missing(kpis):
    kpis.create({"name": "Buyers", "kind": "conversion", "source": BUYERS})
    whole = {"since": dt.date(2026, 1, 5), "until": dt.date(2026, 1, 18), "by": "week"}
    assert [point.over for point in kpis.measure("Buyers", **whole).points] == [True, True]
    cut = kpis.measure("Buyers", **{**whole, "since": dt.date(2026, 1, 7), "until": dt.date(2026, 1, 16)}).points
    assert [(point.since.day, point.until.day, point.over) for point in cut] == [(7, 11, False), (12, 16, False)]
    days = kpis.measure("Buyers", since=dt.date(2026, 1, 28), until=dt.date(2026, 1, 31), by="day").points
    # visitors of the last two days have not had two days yet
    assert [point.over for point in days] == [True, True, True, False]


def test_the_last_periods_end_where_it_is_said(kpis):
    kpis.create({"name": "Buyers", "kind": "conversion", "source": BUYERS})
    found = kpis.measure("Buyers", until=dt.date(2026, 1, 27), last=3, by="week")  # a Tuesday
    assert [one.since for one in found.points] == [dt.date(2026, 1, day) for day in (12, 19, 26)]
    assert (found.since, found.until) == (dt.date(2026, 1, 12), dt.date(2026, 1, 27))
    with pytest.raises(BadQuestion, match="not both"):
        kpis.measure("Buyers", since=dt.date(2026, 1, 12), last=3)


def test_segments_are_held_against_each_other(kpis):
    kpis.create({"name": "Buyers", "kind": "conversion", "source": BUYERS})
    days = {"since": dt.date(2026, 1, 5), "until": dt.date(2026, 1, 11)}
    found = kpis.measure("Buyers", segment={"where": 'did "member"'}, versus={"where": 'not did "member"'}, **days)
    assert (found.figure.n, found.comparisons[1].other.n, found.comparisons[1].shared) == (35, 35, 0)
    assert found.comparisons[1].changed is False


def test_the_very_people_behind_a_count(kpis):
    kpis.create({"name": "Buyers", "kind": "conversion", "source": BUYERS})
    first = dt.date(2026, 1, 5)
    listed = kpis.people("Buyers", first, first, "converted")
    assert sorted(one.identifiers[0].value for one in listed.people) == ["p0-0", "p0-1"]
    assert kpis.people("Buyers", first, first).total == 10


def test_a_question_is_a_source(kpis):
    source = {"origin": "question", "question": "funnel", "fields": {"steps": ["visit", "order"]}}
    kpis.create({"name": "Funnel", "kind": "share", "source": source})
    found = kpis.measure("Funnel", since=dt.date(2026, 1, 5), until=dt.date(2026, 1, 18))
    assert found.figure.counts == {"numerator": 28, "denominator": 140}
    with pytest.raises(BadDrilldown):
        kpis.people("Funnel", dt.date(2026, 1, 5), dt.date(2026, 1, 6))


def test_several_at_once_are_each_alone(kpis):
    orders = {"origin": "events", "touchpoints": ["order"]}
    made = [kpis.create({"name": kind, "kind": kind, "source": orders}) for kind in ("aov", "people")]
    together = kpis.measure_all([one.id for one in made], by="day")
    assert together == [kpis.measure(one.id, by="day") for one in made]
    assert together[0].figure.value == pytest.approx((14 * 21 + 14 * 75) / (14 * 2 + 14 * 6))


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"kind": "happiness"}, UnknownKpiKind),
        ({"source": {"origin": "events", "start": ["visit"]}}, BadQuestion),
        ({"source": {**BUYERS, "within": "soon"}}, BadQuestion),
        ({"kind": "nps", "source": {"origin": "events", "scale": "csat_5"}}, BadQuestion),
        ({"kind": "clv"}, ModelledElsewhere),
        ({"target": {"value": 95, "by": "2026-12-31"}}, BadQuestion),
        ({"name": " "}, BadQuestion),
        (
            {"kind": "churn", "source": {"origin": "typed", "readings": [{"day": "2026-01-01",
             "counts": {"lost": 3, "start": 2}}]}},
            BadCounts,
        ),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_not_kept(kpis, fields, error):
    with pytest.raises(error):
        kpis.create({"name": "Buyers", "kind": "conversion", "source": BUYERS, **fields})
    assert kpis.all() == []


def test_names_revisions_and_the_tree(kpis):
    top = kpis.create({"name": "Top", "kind": "conversion", "source": BUYERS})
    below = kpis.create({"name": "Below", "kind": "conversion", "source": BUYERS, "serves": top.id})
    with pytest.raises(NameTaken):
        kpis.create({"name": "Top", "kind": "conversion", "source": BUYERS})
    with pytest.raises(BadQuestion):
        kpis.change("Top", {"revision": 1, "serves": below.id})
    assert kpis.change("Below", {"revision": 1, "owner": "Service", "serves": None}).serves is None
    with pytest.raises(StaleDocument):
        kpis.change("Below", {"revision": 1, "owner": "Sales"})


def test_a_step_that_is_gone_is_said(kpis):
    kpis.create({"name": "Buyers", "kind": "conversion", "source": {**BUYERS, "goal": ["purchase"]}})
    with pytest.raises(UnknownStep) as refused:
        kpis.measure("Buyers")
    assert "'order'" in str(refused.value)


THEYDO = {
    "format": "THEYDO_METRICS_V1",
    "metrics": [
        {"type": "NPS", "importKey": "nps-1", "title": "NPS", "unit": "points", "target": 40,
         "targetComparisonOperator": "MORE_THAN_OR_EQUAL_TO",
         "dataPoints": [{"dateOfMeasurement": "2026-01-05", "promoters": 5, "passives": 3, "detractors": 2},
                        {"dateOfMeasurement": "2026-01-12", "promoters": 6, "passives": 3, "detractors": 1,
                         "dimensions": [{"key": "channel", "value": "store"}]}]},
        {"type": "CSAT", "importKey": "csat-1", "title": "CSAT", "unit": "%",
         "dataPoints": [{"dateOfMeasurement": "2026-01-05", "veryUnsatisfied": 0, "unsatisfied": 1, "neutral": 2,
                         "satisfied": 3, "verySatisfied": 4}]},
        {"type": "CES", "importKey": "ces-1", "title": "CES", "unit": "%",
         "dataPoints": [{"dateOfMeasurement": "2026-01-05", "score": 7, "respondents": 10}]},
        {"type": "RATIO", "importKey": "ratio-1", "title": "Ratio", "unit": "%",
         "dataPoints": [{"dateOfMeasurement": "2026-01-05", "numerator": 1, "denominator": 4}]},
        {"type": "OTHER", "importKey": "other-1", "title": "Other", "unit": "count", "aggregationMethod": "AVERAGE",
         "dataPoints": [{"dateOfMeasurement": "2026-01-05", "value": 12.5}]},
    ],
}  # fmt: skip


def test_metrics_of_theydo_come_in_and_go_out_the_same(kpis, tmp_path):
    file = tmp_path / "metrics.json"
    file.write_text(json.dumps(THEYDO))
    assert kpis.read(file).created == ["NPS", "CSAT", "CES", "Ratio", "Other"]
    found = kpis.measure("NPS", since=dt.date(2026, 1, 5), until=dt.date(2026, 1, 18))
    assert (found.figure.value, found.figure.n) == (40.0, 20)
    assert kpis.measure("NPS", since=dt.date(2026, 1, 5), dimensions={"channel": "store"}).figure.value == 50
    out = json.loads(kpis.export("theydo"))
    assert [metric["dataPoints"] for metric in out["metrics"]] == [m["dataPoints"] for m in THEYDO["metrics"]]
    assert [(m["type"], m["importKey"], m.get("target")) for m in out["metrics"]] == [
        (m["type"], m["importKey"], m.get("target")) for m in THEYDO["metrics"]
    ]
    assert kpis.read(file).changed == ["NPS", "CSAT", "CES", "Ratio", "Other"]
    assert len(kpis.get("NPS").source.readings) == 2


def test_our_csv_comes_in_and_goes_out_the_same(kpis, tmp_path):
    file = tmp_path / "kpis.csv"
    rows = "kpi,kind,day,lost,start,region\r\nChurn,churn,2026-01-01,3,100,north\r\nChurn,churn,2026-02-01,0,0,\r\n"
    file.write_text(rows, newline="")
    assert kpis.read(file).readings == 2
    assert kpis.export("csv").replace("3.0", "3").replace("100.0", "100").replace("0.0", "0") == rows
    found = kpis.measure("Churn", since=dt.date(2026, 1, 1), until=dt.date(2026, 2, 28), by="month")
    assert [point.figure.refused for point in found.points] == [None, "nothing_counted"]


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("kpi,kind,day,lost,start\nChurn,churn,soon,1,2\n", BadKpiFile, "at 2, 'day' is 'soon'"),
        ("kpi,kind,day,lost,start\nChurn,churn,2026-01-01,many,2\n", BadKpiFile, "'many'"),
        ("kpi,day,lost,start\nChurn,2026-01-01,1,2\n", BadKpiFile, "'kind'"),
        ("kpi,kind,day,lost,start\nChurn,churn,2026-01-01,3,2\n", BadCounts, "3 > 2"),
        ("kpi,kind,day,lost,start\nA,churn,2026-01-01,1,2\nA,nps,2026-01-02,1,2\n", BadCounts, "'nps'"),
    ],
)
def test_files_that_cannot_be_are_refused_whole(kpis, tmp_path, text, error, said):
    file = tmp_path / "kpis.csv"
    file.write_text(text)
    with pytest.raises(error) as refused:
        kpis.read(file)
    assert said in str(refused.value)
    assert kpis.all() == []


def test_a_dashboard_is_looked_at_otherwise_than_it_is_kept(kpis, shop):
    buyers = kpis.create({"name": "Buyers", "kind": "conversion", "source": BUYERS, "target": {"value": 0.5}})
    shop.save_segment({"name": "Members", "where": 'did "member"'})
    shop.save_segment({"name": "Guests", "where": 'not did "member"'})
    tiles = [{"id": "all", "kpi": buyers.id}, {"id": "some", "kpi": buyers.id, "column": 3, "segment": "Members"}]
    window = {"since": "2026-01-05", "until": "2026-01-11"}
    shop.dashboards.create({"name": "Shop", "tiles": tiles, "window": window})

    def shown(**looked):
        return shop.dashboards.show("Shop", **looked)

    kept = shown()
    assert [one.series.figure.n for one in kept.tiles] == [70, 35]
    assert shop.dashboards.get("Shop") == kept.dashboard
    later = shown(by="day", since=dt.date(2026, 1, 19), until=dt.date(2026, 1, 20), segment="Guests", against="target")
    assert [(one.series.figure.n, len(one.series.points)) for one in later.tiles] == [(10, 2)] * 2
    # 0, 2 and 4 of each day's six buyers are no members: 3 of 5
    assert later.tiles[0].series.figure.value == 0.6
    assert {one.comparison.against for one in later.tiles} == {"target"}
    against = shown(segment="Members", against="segment", versus="Guests").tiles[0].comparison
    assert (against.against, against.other.n, against.shared) == ("segment", 35, 0)
    assert [one.series.segment for one in shown(segment="Guests").tiles] == ["Guests"] * 2
    with pytest.raises(BadQuestion):
        shown(against="segment")
    shop.dashboards.remove("Shop")
    shop.delete_segment("Members")
    shop.delete_segment("Guests")

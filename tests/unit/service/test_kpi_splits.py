"""A KPI taken apart: by what its events and people have, held against SQL over the same rows."""

import datetime as dt

import duckdb
import numpy as np
import pytest

from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace

FIRST = dt.date(2026, 1, 5)
WINDOW = {"since": FIRST, "until": dt.date(2026, 2, 1), "previous": False}
EVENTS = {
    "person": [{"column": "who"}], "time": {"column": "time"}, "event": {"column": "name"},
    "value": {"column": "value"}, "channel": {"columns": ["channel"]}, "properties": ["city"],
}  # fmt: skip
TRIALS = """
    select {by}, count(*) filter (exists (
        from t g where g.name = 'order' and g.who = s.who and g.time between s.time and s.time + interval 2 hour
    )) converted, count(*) starters
    from t s where s.name = 'visit' and s.time < '2026-02-02' group by all order by all"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """400 people; one visit a person and day, and an order an hour later from 4 in 10 on the web and 7 in 10 else."""
    folder, chance = tmp_path_factory.mktemp("splits"), np.random.default_rng(7)
    rows = ["who,time,name,value,channel,city"]
    for k in range(400):
        for day in sorted(chance.choice(30, 3, replace=False).tolist()):
            moment = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC) + dt.timedelta(days=day)
            channel = chance.choice(["web", "web", "shop", "app"])
            city = chance.choice(["Split", "Pula", "Zadar", ""]) if k > 12 else "Vis"
            rows.append(f"p{k},{moment.isoformat()},visit,,{channel},{city}")
            if chance.random() < (0.4 if channel == "web" else 0.7):
                later = moment + dt.timedelta(hours=1)
                rows.append(f"p{k},{later.isoformat()},order,{chance.integers(5, 90)},shop,{city}")
    (folder / "events.csv").write_text("\n".join(rows))
    ws = Workspace(folder / "workspace")
    ws.import_files([folder / "events.csv"], "shop", mapping=Mapping.model_validate(EVENTS))
    buyers = {"origin": "events", "start": ["visit"], "goal": ["order"], "within": "2h"}
    ws.kpis.create({"name": "Buyers", "kind": "conversion", "source": buyers, "dimensions": ["channel"]})
    ws.kpis.create({"name": "Basket", "kind": "aov", "source": {"origin": "events", "touchpoints": ["order"]}})
    ws.kpis.create({"name": "People", "kind": "people", "source": {"origin": "events"}})
    ws.kpis.create({"name": "Quiet", "kind": "churn_non_contractual",
                    "source": {"origin": "events", "touchpoints": ["visit"], "within": "10d"}})  # fmt: skip
    return ws


@pytest.fixture(scope="module")
def sql(shop):
    con = duckdb.connect()
    con.execute("create table t as from read_csv(?)", [str(shop.places.root.parent / "events.csv")])
    return lambda query: con.execute(query).fetchall()


def test_a_trial_stands_in_the_part_that_it_began_in(shop, sql):
    found = shop.kpis.measure("Buyers", **WINDOW, split="channel")
    told = {one.value: (one.figure.counts["converted"], one.figure.n) for one in found.split.parts}
    assert told == {by: (converted, starters) for by, converted, starters in sql(TRIALS.format(by="channel"))}
    assert sum(n for _, n in told.values()) == found.figure.n
    assert (found.split.apart, found.split.found, found.split.not_compared) == (True, 3, None)
    web = next(one for one in found.split.parts if one.value == "web")
    assert web.rest.differs
    assert web.rest.high < 0


@pytest.mark.parametrize(("kind", "source", "name"), [
    ("aov", {"touchpoints": ["order"]}, "order"),
    ("conversion", {"start": ["visit"], "goal": ["order"], "within": "2h"}, "visit"),
])  # fmt: skip
def test_how_many_people_a_figure_is_of(shop, sql, kind, source, name):
    made = shop.kpis.create({"name": f"People of {kind}", "kind": kind, "source": {"origin": "events", **source}})
    found = shop.kpis.measure(made.id, **WINDOW, by="week")
    of = f"select count(distinct who) from t where name = '{name}' and time"
    weeks = [
        sql(f"{of} >= '{point.since}' and time < '{point.until + dt.timedelta(days=1)}'") for point in found.points
    ]
    assert [[(point.figure.people,)] for point in found.points] == weeks
    assert [(found.figure.people,)] == sql(f"{of} < '2026-02-02'")
    assert found.figure.people < found.figure.n


def test_a_count_of_people_needs_no_other(shop):
    source = {"origin": "events", "touchpoints": ["visit"]}
    for kind in ("people", "churn_non_contractual"):
        made = shop.kpis.create({"name": f"Plain {kind}", "kind": kind, "source": source})
        assert shop.kpis.measure(made.id, **WINDOW).figure.people is None


def test_parts_come_apart_by_the_figure_and_not_by_their_name(shop):
    # the difference of two shares and Newcombe's interval, as the comparison of two segments computes it
    whole = shop.kpis.measure("Buyers", **WINDOW, split="channel").split.parts
    web, others = whole[0], [one for one in whole if one.value != "web"]
    converted, n = sum(one.figure.counts["converted"] for one in others), sum(one.figure.n for one in others)
    assert web.rest.difference == pytest.approx(web.figure.value - converted / n)


def test_few_people_are_hidden_and_do_not_follow_from_the_others(shop, sql):
    found = shop.kpis.measure("Buyers", **WINDOW, split="property.city").split
    people = dict(
        sql("select city, count(distinct who) from t where name = 'visit' and time < '2026-02-02' group by 1")
    )
    assert people["Vis"] < found.threshold
    hidden = {one.value: one.hidden for one in found.parts if one.hidden}
    assert (hidden.pop("Vis"), list(hidden.values())) == ("few_people", ["would_tell"])
    assert all((one.figure is None) == (one.hidden is not None) for one in found.parts)
    assert found.parts[-1].value is None
    with pytest.raises(BadDrilldown):
        shop.kpis.people("Buyers", FIRST, WINDOW["until"], split="property.city", value="Vis")


def test_who_is_in_two_parts_is_counted_in_both_and_nothing_is_compared(shop, sql):
    found = shop.kpis.measure("People", **WINDOW, split="channel").split
    told = {one.value: one.figure.value for one in found.parts}
    assert told == dict(sql("select channel, count(distinct who) from t where time < '2026-02-02' group by 1"))
    assert (found.apart, found.not_compared) == (False, "overlapping")


def test_orders_and_silences_by_where_they_were(shop, sql):
    baskets = shop.kpis.measure("Basket", **WINDOW, split="property.city").split.parts
    shown = {one.value: one.figure.value for one in baskets if one.figure}
    told = dict(sql("select city, avg(value) from t where name = 'order' and time < '2026-02-02' group by 1"))
    assert len(shown) > 1
    assert shown == pytest.approx({city: told[city] for city in shown})
    quiet = shop.kpis.measure("Quiet", **WINDOW, split="channel").split.parts
    last = """select channel, count(*) filter (time < timestamp '2026-02-02' - interval 10 day), count(*) from (
        select who, arg_max(channel, time) channel, max(time) time from t
        where name = 'visit' and time < '2026-02-02' group by 1) group by all"""
    assert {one.value: (one.figure.counts["inactive"], one.figure.n) for one in quiet} == {
        channel: (silent, n) for channel, silent, n in sql(last)
    }


def test_the_very_people_of_a_part(shop, sql):
    query = "select count(distinct who) from t where name = 'visit' and channel = 'app' and time < '2026-02-02'"
    assert shop.kpis.people("Buyers", FIRST, WINDOW["until"], split="channel", value="app").total == sql(query)[0][0]


def test_persona_cards_are_parts_and_whoever_is_in_none(shop, sql):
    card = shop.persona_cards.create({"name": "Fictitious app users", "segment": {"where": 'channel = "app"'}})
    found = shop.kpis.measure("Buyers", **WINDOW, split="persona").split
    shop.persona_cards.remove(card.id)
    by = "s.who in (select who from t where channel = 'app')"
    told = {inside: (converted, n) for inside, converted, n in sql(TRIALS.format(by=by))}
    assert {one.value is not None: (one.figure.counts["converted"], one.figure.n) for one in found.parts} == told
    assert next(one.value for one in found.parts) == "Fictitious app users"


def test_readings_are_taken_apart_by_what_they_say(shop):
    counts = [("web", 30, 10), ("shop", 40, 20), (None, 25, 5)]
    readings = [
        {"day": FIRST.isoformat(), "counts": {"promoters": up, "passives": 0, "detractors": down},
         "dimensions": {"channel": name} if name else {}}
        for name, up, down in counts
    ]  # fmt: skip
    shop.kpis.create({"name": "NPS", "kind": "nps", "source": {"origin": "typed", "readings": readings}})
    parts = shop.kpis.measure("NPS", **WINDOW, split="channel").split.parts
    assert [(one.value, one.figure.n) for one in parts] == [("shop", 60), ("web", 40), (None, 30)]
    with pytest.raises(BadQuestion, match="channel"):
        shop.kpis.measure("NPS", **WINDOW, split="city")


@pytest.mark.parametrize("split", ["mood", "trait", ""])
def test_what_there_is_not_is_refused(shop, split):
    with pytest.raises(BadQuestion):
        shop.kpis.measure("Buyers", **WINDOW, split=split)


def test_one_part_and_nothing_counted(shop):
    assert shop.kpis.measure("Basket", **WINDOW, split="channel").split.not_compared == "one_part"
    early = {"since": dt.date(2025, 1, 1), "until": dt.date(2025, 1, 31), "previous": False}
    none = shop.kpis.measure("Buyers", **early, split="channel")
    assert (none.split.parts, none.figure.refused) == ([], "nothing_counted")

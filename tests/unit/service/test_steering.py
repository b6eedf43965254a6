"""Dashboards, goals, anomalies, alerts and reports of a workspace."""

import datetime as dt
import io
import json

import numpy as np
import pytest
from pptx import Presentation
from pypdf import PdfReader

from desireline.errors import BadQuestion, DeliverySettled, NameTaken, StaleDocument, UnknownDocument
from desireline.model.alert import QuietHours
from desireline.model.kpi import KpiValue
from desireline.model.mapping import Mapping
from desireline.model.report import Schedule
from desireline.service import settings
from desireline.service.alerts.quiet import sending_time
from desireline.service.kpis.telling import told
from desireline.service.reports import gathering
from desireline.service.reports.scheduling import last_time
from desireline.service.workspace import Workspace

MONDAY = dt.date(2026, 1, 5)
DAYS = 100


def readings(shares, of=400):
    """A day each from the first Monday on."""
    return [
        {"day": str(MONDAY + dt.timedelta(days=k)), "counts": {"numerator": round(of * share), "denominator": of}}
        for k, share in enumerate(shares)
    ]


def kpi(ws, name, shares, **more):
    source = {"origin": "typed", "readings": readings(shares, more.pop("of", 400))}
    return ws.kpis.create({"name": name, "kind": "share", "source": source, **more})


@pytest.fixture
def ws(tmp_path):
    return Workspace(tmp_path / "ws")


def noisy(seed=1, days=DAYS):
    """Binomial days around 40 %."""
    return np.random.default_rng(seed).binomial(400, 0.4, days) / 400


def queued(ws):
    """What waits to be sent, as JSON, oldest first."""
    late, found = dt.datetime(2030, 1, 1, tzinfo=dt.UTC), []
    while claimed := ws.records.deliveries.claim(late, late + dt.timedelta(days=1)):
        found.append((claimed[0], json.loads(claimed[1])))
    return found


# --- dashboards and goals ------------------------------------------------------------------------------------


def test_a_dashboard_shows_all_of_its_tiles_in_one_answer(ws):
    one = kpi(ws, "Solved", [*[0.3] * 7, *[0.5] * 7], target={"value": 0.4})
    other = kpi(ws, "Opened", [0.2] * 14)
    tiles = [
        {"id": "a", "kpi": one.id, "against": "previous"}, {"id": "b", "kpi": one.id, "column": 3, "against": "target"},
        {"id": "c", "kpi": other.id, "column": 6, "against": None},
    ]  # fmt: skip
    ws.dashboards.create({"name": "Service", "tiles": tiles, "window": {"by": "week", "last": 1}})
    ws.annotations.create({"name": "Release", "kind": "release", "day": "2026-01-14", "kpis": [one.id]})
    ws.annotations.create({"name": "Before", "kind": "release", "day": "2026-01-01"})
    ws.kpis.remove(other.id)
    shown = ws.dashboards.show("Service", "pl")
    a, b, c = shown.tiles
    assert (a.series.figure.value, a.series.figure.n, len(a.series.points)) == (0.5, 2800, 1)
    # .5 - .3 of 2,800 each, by hand (Newcombe): .175 to .225
    assert (a.comparison.difference, a.comparison.changed, a.comparison.better) == (pytest.approx(0.2), True, True)
    assert (a.comparison.low, a.comparison.high) == (pytest.approx(0.1748, abs=5e-4), pytest.approx(0.2248, abs=5e-4))
    assert (b.comparison.against, b.comparison.difference) == ("target", pytest.approx(0.1))
    assert (c.series, c.refused) == (None, "unknown_document")
    assert "Nie ma" in c.message or "nie ma" in c.message
    assert [note.name for note in shown.annotations] == ["Release"]


def test_two_tiles_cannot_take_one_place(ws):
    one = kpi(ws, "Solved", [0.3])
    for tiles in (
        [{"id": "a", "kpi": one.id}, {"id": "b", "kpi": one.id, "column": 2}],
        [{"id": "a", "kpi": one.id, "column": 11}],
        [{"id": "a", "kpi": one.id}, {"id": "a", "kpi": one.id, "row": 5}],
        [{"id": "a", "kpi": one.id, "against": "segment"}],
    ):  # fmt: skip
        with pytest.raises(BadQuestion):
            ws.dashboards.create({"name": "x", "tiles": tiles})
    with pytest.raises(UnknownDocument):
        ws.dashboards.create({"name": "x", "tiles": [{"id": "a", "kpi": "k-none"}]})
    made = ws.dashboards.create({"name": "x", "tiles": [{"id": "a", "kpi": one.id}]})
    moved = ws.dashboards.change("x", {"revision": 1, "tiles": [{"id": "a", "kpi": one.id, "row": 4, "width": 12}]})
    assert (moved.tiles[0].row, moved.revision) == (4, 2)
    with pytest.raises(StaleDocument):
        ws.dashboards.change(made.id, {"revision": 1, "name": "y"})
    with pytest.raises(NameTaken):
        ws.dashboards.create({"name": "x"})


def test_kpis_hang_under_goals(ws):
    top = ws.goals.create({"name": "Customers who stay"})
    below = ws.goals.create({"name": "Answers that help", "under": top.id})
    main = kpi(ws, "Solved", [0.3], serves=below.id)
    kpi(ws, "In time", [0.3], serves=main.id)
    kpi(ws, "Loose", [0.3])
    tree = ws.goals.tree()
    inner = tree.goals[0].goals[0]
    assert (tree.goals[0].goal.name, inner.kpis[0].kpi.name) == ("Customers who stay", "Solved")
    assert [inner.kpis[0].kpis[0].kpi.name, *(one.kpi.name for one in tree.loose)] == ["In time", "Loose"]
    with pytest.raises(BadQuestion):
        ws.goals.change(top.id, {"revision": 1, "under": below.id})
    ws.goals.remove(top.id)
    assert [one.goal.name for one in ws.goals.tree().goals] == ["Answers that help"]


# --- anomalies -----------------------------------------------------------------------------------------------


def test_a_fall_is_told_with_what_was_expected_and_the_rate_of_false_alarms(ws):
    shares = noisy()
    shares[-1] = 0.4 * 0.7
    kpi(ws, "Solved", shares)
    kpi(ws, "Young", [0.3, 0.4])
    found = ws.anomalies.look()
    [odd] = found.found
    assert (odd.name, odd.day, odd.value, odd.n, odd.better) == (
        "Solved",
        MONDAY + dt.timedelta(DAYS - 1),
        0.28,
        400,
        False,
    )
    assert odd.expected == pytest.approx(0.4, abs=0.04)
    assert odd.value < odd.low < odd.expected < odd.high
    assert (found.false_alarms, found.looked, found.rate) == (0.05, 16, 0.05 / 16)
    assert [(one.name, one.reason) for one in found.unjudged] == [("Young", "too_few_days")]
    assert ws.anomalies.look(until=MONDAY + dt.timedelta(DAYS - 2)).found == []
    with pytest.raises(BadQuestion):
        ws.anomalies.look(false_alarms=0.9)


# --- alerts --------------------------------------------------------------------------------------------------


def alert(ws, rule, **more):
    return ws.alerts.create({
        "name": "A", "kpi": "Solved", "rule": rule, "to": ["https://example.com/in"], **more,
    } | {"kpi": ws.kpis.get("Solved").id})  # fmt: skip


def add_day(ws, share, of=400):
    one = ws.kpis.get("Solved")
    kept = [reading.model_dump(mode="json") for reading in one.source.readings]
    day = dt.date.fromisoformat(kept[-1]["day"]) + dt.timedelta(days=1)
    new = {"day": str(day), "counts": {"numerator": round(of * share), "denominator": of}}
    ws.kpis.change(one.id, {"revision": one.revision, "source": {"origin": "typed", "readings": [*kept, new]}})


def test_an_alert_fires_once_each_time_that_it_begins(ws):
    kpi(ws, "Solved", [0.5, 0.5])
    alert(ws, {"on": "threshold", "below": 0.4}, when_over=True)
    assert (ws.alerts.check().fired, ws.alerts.get("A").state.state) == ([], "calm")
    add_day(ws, 0.3)
    first = ws.alerts.check()
    assert (first.fired, first.queued) == (["A"], 1)
    assert ws.alerts.check().fired == [], "it holds on: nothing new"
    add_day(ws, 0.35)
    assert Workspace(ws.places.root).alerts.check().queued == 0
    add_day(ws, 0.5)
    assert ws.alerts.check().over == ["A"]
    add_day(ws, 0.2)
    assert ws.alerts.check().fired == ["A"]
    told_of = [(one[1]["data"]["state"], one[1]["data"]["figure"]["value"]) for one in queued(ws)]
    assert told_of == [("firing", 0.3), ("calm", 0.5), ("firing", 0.2)]


def test_two_who_check_at_once_and_one_who_was_killed_tell_it_once(ws, monkeypatch):
    kpi(ws, "Solved", [0.3])
    alert(ws, {"on": "threshold", "below": 0.4})
    monkeypatch.setattr(
        "desireline.service.alerts.door.Alerts._keep", lambda *_: None
    )  # killed before the state is kept
    assert ws.alerts.check().queued == 1
    monkeypatch.undo()
    again = Workspace(ws.places.root).alerts.check()
    assert (again.fired, again.queued, ws.deliveries.page().total) == (["A"], 0, 1)


@pytest.mark.parametrize(
    ("rule", "shares", "fires"),
    [
        ({"on": "threshold", "above": 0.45}, [0.5], True),
        ({"on": "threshold", "above": 0.47, "sure": True}, [0.5], False),  # Wilson of 200 of 400: .451 to .549
        ({"on": "target"}, [0.5], True),
        ({"on": "target"}, [0.58], False),  # .531 to .627 does not exclude .6
        ({"on": "change"}, [0.5, 0.4], True),
        ({"on": "change", "way": "better"}, [0.5, 0.4], False),
        ({"on": "change", "way": "worse"}, [0.5, 0.48], False),
        ({"on": "anomaly"}, [*noisy(2), 0.25], True),
        ({"on": "anomaly", "way": "better"}, [*noisy(2), 0.25], False),
        ({"on": "anomaly"}, noisy(3), False),
    ],
)  # fmt: skip
def test_each_rule_looks_at_the_last_whole_period(ws, rule, shares, fires):
    kpi(ws, "Solved", shares, target={"value": 0.6})
    alert(ws, rule)
    assert bool(ws.alerts.check().fired) is fires


def test_what_is_too_young_or_not_over_is_not_looked_at(tmp_path):
    """Six weeks of ten visitors a day of whom nine order within five days, and a seventh week that ends on Thursday.

    The orders of the last week are still to come, so that its figure, and that of the week before, would be alarms.
    """
    rows = ["who,time,name"]
    for day in range(46):
        moment = dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC) + dt.timedelta(days=day)
        rows += [f"p{day}-{k},{moment:%FT%T},visit" for k in range(10)]
        rows += [f"p{day}-{k},{moment + dt.timedelta(days=4):%FT%T},order" for k in range(9) if day < 42]
    (tmp_path / "e.csv").write_text("\n".join(rows))
    shop = Workspace(tmp_path / "shop")
    mapping = {"person": [{"column": "who"}], "time": {"column": "time"}, "event": {"column": "name"}}
    shop.import_files([tmp_path / "e.csv"], "shop", mapping=Mapping.model_validate(mapping))
    source = {"origin": "events", "start": ["visit"], "goal": ["order"], "within": "5d"}
    one = shop.kpis.create({"name": "Buyers", "kind": "conversion", "source": source})
    asked = {"kpi": one.id, "rule": {"on": "threshold", "below": 0.8}, "to": ["ana@example.com"]}
    for by, last in (("day", dt.date(2026, 2, 14)), ("week", dt.date(2026, 2, 8))):
        shop.alerts.create({**asked, "name": by, "by": by})
        assert shop.alerts.check().fired == []
        state = shop.alerts.get(by).state
        assert (state.day, state.value) == (last, 0.9)


def test_what_cannot_be_said_changes_nothing(ws):
    kpi(ws, "Solved", [0.3])
    alert(ws, {"on": "threshold", "below": 0.4})
    ws.alerts.check()
    add_day(ws, 0, of=0)
    checked = ws.alerts.check()
    standing = ws.alerts.get("A").state
    assert (checked.unknown, standing.state, standing.reason) == (["A"], "firing", "nothing_counted")
    ws.kpis.remove("Solved")
    ws.alerts.check()
    assert ws.alerts.get("A").state.reason == "unknown_document"


def test_quiet_hours_put_off_what_is_sent(ws):
    settings.save(ws.places.root, settings.Settings(zone="Europe/Zagreb"))
    kpi(ws, "Solved", [0.3])
    alert(ws, {"on": "threshold", "below": 0.4}, quiet={"start": "20:00", "end": "08:00"})
    ws.alerts.check(dt.datetime(2026, 3, 28, 22, 0, tzinfo=dt.UTC))  # 23:00; clocks are put on in this night
    assert ws.deliveries.page().deliveries[0].due == dt.datetime(2026, 3, 29, 6, 0, tzinfo=dt.UTC)


def test_quiet_hours_of_one_day_and_none():
    noon = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
    assert sending_time(noon, QuietHours(start=dt.time(12), end=dt.time(13)), "UTC") == noon + dt.timedelta(hours=1)
    assert sending_time(noon, QuietHours(start=dt.time(13), end=dt.time(12)), "UTC") == noon
    assert sending_time(noon, QuietHours(start=dt.time(9), end=dt.time(9)), "UTC") == noon


def test_an_alert_tells_no_figure_of_few_people(ws):
    kpi(ws, "Solved", [0.5, 0.2], of=40)
    alert(ws, {"on": "change"})
    ws.alerts.check()
    [(_, sent)] = queued(ws)
    assert sent["data"]["figure"] is None
    assert "20" not in sent["data"]["text"].replace("2026", "")


# --- reports -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "now", "at"),
    [
        # Zagreb skips 2:00 to 3:00 on 29 March and has 2:00 to 3:00 twice on 25 October
        ({"every": "day", "hour": 2, "minute": 30}, "2026-03-29T05:00", "2026-03-29T01:00"),
        ({"every": "day", "hour": 2, "minute": 30}, "2026-10-25T05:00", "2026-10-25T00:30"),
        ({"every": "day", "hour": 8}, "2026-03-28T07:30", "2026-03-28T07:00"),
        ({"every": "day", "hour": 8}, "2026-03-29T06:30", "2026-03-29T06:00"),
        ({"every": "week", "weekday": 0, "hour": 8}, "2026-03-29T12:00", "2026-03-23T07:00"),
        ({"every": "month", "day": 31, "hour": 8}, "2026-03-05T12:00", "2026-02-28T07:00"),
        ({"every": "month", "day": 31, "hour": 8}, "2026-03-31T05:59", "2026-02-28T07:00"),
        ({"every": "month", "day": 31, "hour": 8}, "2026-03-31T06:00", "2026-03-31T06:00"),
    ],
)
def test_a_report_is_due_by_the_clock_on_the_wall(schedule, now, at):
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    found = last_time(Schedule.model_validate(schedule), moment, "Europe/Zagreb")
    assert found == dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)


def report(ws, **more):
    parts = [{"part": "text", "title": "Sažetak", "text": "Riječ."}, {"part": "kpis", "by": "day"}]
    return ws.reports.create({"name": "Mjesečno", "language": "hr", "parts": parts, **more})


def test_a_report_says_every_figure_with_its_interval_and_hides_small_groups(ws):
    kpi(ws, "Riješeno", [0.5, 0.5])
    kpi(ws, "Tajno", [0.35], of=40)
    kpi(ws, "Sitno", [0.45] * 4, of=20)  # no day may be shown, all of them may
    report(ws)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(ws.reports.make("Mjesečno").body)).pages]
    text = " ".join(" ".join(pages).split())
    # Wilson of 400 of 800: 46.5 to 53.5 %
    for said in (
        "Mjesečno",
        "Sažetak",
        "Riješeno",
        "50,00",
        "46,5",
        "53,4",
        "n = 800",
        "Tajno",
        "skriveno",
        "n = 80",
        "Wilson",
    ):
        assert said in text, said
    assert "35,00" not in text
    deck = Presentation(io.BytesIO(ws.reports.make("Mjesečno", "pptx").body))
    slides = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "n = 800" in slides
    assert "35,00" not in slides
    with pytest.raises(BadQuestion):
        ws.reports.make("Mjesečno", "docx")


def test_a_report_is_sent_once_for_each_time(ws):
    kpi(ws, "Riješeno", [0.5])
    made = report(ws, schedule={"every": "day", "hour": 8}, to=["ana@example.com", "https://example.com/in"])
    morning = (made.changed + dt.timedelta(days=2)).replace(hour=8, minute=5)
    assert ws.reports.send_due(morning) == ["Mjesečno"]
    assert Workspace(ws.places.root).reports.send_due(morning + dt.timedelta(hours=3)) == []
    assert ws.reports.send_due(morning + dt.timedelta(days=1)) == ["Mjesečno"]
    sent = ws.deliveries.page()
    assert (sent.total, {one.channel for one in sent.deliveries}) == (4, {"email", "webhook"})
    assert ws.reports.send("Mjesečno", ["iva@example.com"]) == 1


def test_a_report_that_cannot_be_made_holds_up_no_other_and_is_seen(ws, monkeypatch):
    schedule, to = {"every": "day", "hour": 8}, ["ana@example.com", "https://example.com/in"]
    parts = [{"part": "text", "title": "Broken", "text": "–"}]
    ws.reports.create({"name": "Broken", "parts": parts, "schedule": schedule, "to": to})
    made = report(ws, schedule=schedule, to=to)
    asked = []

    def breaks(workspace, part, language, real=gathering._section):
        asked.append(part.title)
        return 1 / 0 if part.title == "Broken" else real(workspace, part, language)

    monkeypatch.setattr(gathering, "_section", breaks)
    morning = (made.changed + dt.timedelta(days=2)).replace(hour=8, minute=5)
    assert ws.reports.send_due(morning) == ["Mjesečno"]
    failed = ws.deliveries.page("failed")
    assert {(one.name, one.to, one.error, one.detail) for one in failed.deliveries} == {
        ("Broken", one, "not_made", "ZeroDivisionError") for one in to
    }
    assert "ZeroDivisionError" in "".join(file.read_text() for file in (ws.places.root / "logs").iterdir())
    assert ws.reports.send_due(morning + dt.timedelta(seconds=20)) == []
    assert asked.count("Broken") == 1, "it is not made again and again"
    with pytest.raises(DeliverySettled):
        ws.deliveries.again(failed.deliveries[0].id)


def test_a_new_schedule_makes_up_for_nothing_before_it(ws):
    made = report(ws, schedule={"every": "day", "hour": 0}, to=["ana@example.com"])
    assert ws.reports.send_due(made.changed) == []


def test_figures_are_written_as_the_language_does():
    share = KpiValue(kind="share", value=0.5, low=0.465, high=None, n=800, formula="share", unit="share", counts={})
    assert told("pl", share) == "50,00% (46,50% – …), n = 800"
    assert told("en", share.model_copy(update={"n": 49})) == "hidden: fewer than 50 people"
    assert told("en", share.model_copy(update={"people": 2})) == "hidden: fewer than 50 people", "800 answers of two"
    assert told("en", share.model_copy(update={"people": 50})).endswith("n = 800")
    money = share.model_copy(update={"unit": "money", "value": 1234.5, "low": None})
    assert told("en", money, "EUR") == "1,234.50\xa0EUR, n = 800"

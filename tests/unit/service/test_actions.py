"""Actions: the plan, sealed bets, verdicts that go back to opportunities, maps and annotations."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from desireline.act.bets import of_share
from desireline.errors import ActionState, BadQuestion, NoBet, StaleDocument, UnknownDocument, UnknownOpportunity
from desireline.maps import commands
from desireline.model.action import Action
from desireline.model.map_history import NewMap
from desireline.service import settings
from desireline.service.actions.days import local_day, today
from desireline.service.actions.sealing import hash_of, plan_changes
from desireline.service.maps import keeping
from desireline.service.notifying import subscribe, unsubscribe
from desireline.service.workspace import Workspace
from tests.planted.bets import BET, CHANGE, FORM, planted

TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "ws")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return planted(tmp_path_factory.mktemp("bets"))


def backdated(ws: Workspace, which: str, **moments: dt.datetime) -> Action:
    """The action as if it had begun and been finished then."""
    found = ws.actions.get(which)
    seal = found.seal and found.seal.model_copy(update={"at": moments["started"]})
    made = found.model_copy(update={**moments, "seal": seal, "revision": found.revision + 1})
    assert ws.records.documents.advance("action", made.id, made.revision, made.model_dump_json())
    return made


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), dt.UTC)


class TestPlan:
    def test_an_action_of_an_opportunity_takes_what_it_knows(self, ws):
        drawn = ws.maps.new(NewMap(name="Buying"))
        about = ws.opportunities.create(
            {"title": "Long form", "owner": "Ana", "cost": 900, "place": {"map": drawn.id}, "effort": 2}
        )
        made = ws.actions.create({"opportunity": "Long form"})
        assert (made.name, made.owner, made.cost, made.opportunity) == ("Long form", "Ana", 900, about.id)
        assert [(one.map, one.before, one.after) for one in made.places] == [(drawn.id, drawn.version, None)]
        typed = ws.actions.create({"opportunity": about.id, "name": "Shorter form", "owner": "Iva", "cost": 5})
        assert (typed.name, typed.owner, typed.cost) == ("Shorter form", "Iva", 5)

    def test_what_is_not_there_is_refused(self, ws):
        for fields, error in (
            ({"opportunity": "o-1"}, UnknownOpportunity), ({}, BadQuestion),
            ({"name": "x", "start": "2026-03-02", "due": "2026-03-01"}, BadQuestion),
            ({"name": "x", "bet": {**BET, "kpi": "k-1"}}, UnknownDocument),
            ({"name": "x", "bet": {**BET, "experiment": "e-1"}}, UnknownDocument),
            ({"name": "x", "bet": {**BET, "expected": {"value": 0}}}, BadQuestion),
            ({"name": "x", "bet": {**BET, "expected": {"value": 3, "low": 4, "high": 5}}}, BadQuestion),
            ({"name": "x", "bet": {**BET, "of": None}}, BadQuestion),
            ({"name": "x", "links": [{"url": "javascript:alert(1)"}]}, BadQuestion),
        ):  # fmt: skip
            with pytest.raises(error):
                ws.actions.create(fields)
        assert ws.actions.all() == []

    def test_board_timeline_and_due_list(self, ws):
        day = dt.timedelta(days=1)
        plan = {"late": (3.0, -1), "soon": (2.0, 3), "later": (1.0, 60), "open": (0.0, None)}
        for name, (order, due) in plan.items():
            fields = {} if due is None else {"due": (TODAY + due * day).isoformat()}
            ws.actions.create({"name": name, "order": order, "status": "planned", **fields})
        ws.actions.start("soon")
        columns = {column.status: [one.name for one in column.actions] for column in ws.actions.board()}
        assert columns == {"idea": [], "planned": ["open", "later", "late"], "in_progress": ["soon"], "done": [],
                           "measured": [], "dropped": []}  # fmt: skip
        assert [(one.name, one.overdue) for one in ws.actions.due(7)] == [("late", True), ("soon", False)]
        spans = ws.actions.timeline()
        assert [(one.name, one.since, one.until, one.planned) for one in spans] == [
            ("late", None, TODAY - day, True), ("soon", TODAY, TODAY + 3 * day, True),
            ("later", None, TODAY + 60 * day, True), ("open", None, None, True),
        ]  # fmt: skip

    def test_a_day_ends_at_midnight_where_the_workspace_is(self, ws):
        settings.save(ws.places.root, settings.Settings(zone="Europe/Warsaw"))
        before, after = (dt.datetime(2026, 3, 28, hour, minute, tzinfo=dt.UTC) for hour, minute in ((22, 59), (23, 0)))
        assert [local_day(ws, one) for one in (before, after)] == [dt.date(2026, 3, 28), dt.date(2026, 3, 29)]
        settings.save(ws.places.root, settings.Settings(zone="Etc/GMT+12"))
        first = ws.actions.shown([ws.actions.create({"name": "Call", "due": today(ws).isoformat()})])[0]
        assert (first.overdue, first.today) == (False, first.due)
        settings.save(ws.places.root, settings.Settings(zone="Etc/GMT-14"))
        later = ws.actions.shown(ws.actions.all())[0]
        assert later.overdue
        assert 1 <= (later.today - first.today).days <= 2
        backdated(ws, later.id, started=before, finished=before)
        assert ws.actions.shown(ws.actions.all())[0].finished_on == dt.date(2026, 3, 29)  # 22:59 UTC is their next day

    def test_states_follow_each_other(self, ws):
        ws.actions.create({"name": "Sign"})
        for step, needed in ((ws.actions.finish, ["in_progress"]), (ws.actions.verdict, None)):
            with pytest.raises((ActionState, NoBet)) as refused:
                step("Sign")
            assert needed is None or refused.value.needed == needed
        begun = ws.actions.start("Sign")
        with pytest.raises(ActionState):
            ws.actions.start("Sign")
        for wrong in (TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)):
            with pytest.raises(BadQuestion):
                ws.actions.finish("Sign", wrong)
        done = ws.actions.finish("Sign")
        assert (done.status, begun.finished, done.started) == ("done", None, begun.started)
        assert [(one.kind, one.name, one.day) for one in ws.annotations.all()] == [("action", "Sign", TODAY)]
        again = ws.actions.change("Sign", {"revision": done.revision, "status": "in_progress"})
        assert (again.finished, again.seal) == (None, done.seal)
        with pytest.raises(StaleDocument):
            ws.actions.change("Sign", {"revision": 1, "owner": "Ana"})

    def test_subscribers_are_told_of_every_change(self, ws):
        told = []

        def listen(workspace, notice):
            told.append((notice.kind, notice.noun, notice.revision, sorted(notice.change)))
            raise RuntimeError("a subscriber that fails does not undo the change")

        subscribe(listen)
        try:
            ws.actions.create({"name": "Sign"})
            ws.actions.change("Sign", {"revision": 1, "owner": "Ana"})
            ws.actions.start("Sign")
            ws.actions.finish("Sign")
            ws.actions.remove("Sign")
        finally:
            unsubscribe(listen)
        of_action = [one for one in told if one[1] == "action"]
        assert [one[0] for one in of_action] == ["created", "changed", "started", "finished", "removed"]
        assert of_action[1] == ("changed", "action", 2, ["owner"])
        assert of_action[2][3] == ["seal", "started", "status"]
        assert ws.actions.all() == []


class TestBets:
    def test_a_bet_is_sealed_with_the_start_and_its_changes_are_kept(self, ws):
        made = ws.actions.create({"name": "Help page", "bet": BET})
        easier = {**BET, "expected": {"value": -2}}
        free = ws.actions.change(made.id, {"revision": 1, "bet": easier})
        assert (free.changes, free.seal) == ([], None)
        begun = ws.actions.start(made.id)
        assert begun.seal.hash == hash_of(begun.bet)
        assert begun.seal.detectable is None
        changed = ws.actions.change(made.id, {"revision": begun.revision, "bet": {**easier, "evaluate": "2025-09-01"}})
        [change] = changed.changes
        assert (change.field, change.before, change.after, change.by) == (
            "evaluate", "2025-07-20", "2025-09-01", "local",
        )  # fmt: skip
        assert changed.seal == begun.seal
        gone = ws.actions.change(made.id, {"revision": changed.revision, "bet": None})
        assert (gone.changes[-1].field, gone.changes[-1].after) == ("bet", None)
        [placed] = ws.actions.bets().bets
        assert (placed.evaluate, placed.expected.value, placed.changed) == (dt.date(2025, 7, 20), -2, 2)
        assert "evaluate" in ws.actions.shown([gone], "pl")[0].told["changed"]
        assert "is not after the start" in ws.actions.shown([begun])[0].told["past"]

    def test_what_can_be_detected_is_said_in_words(self, shop):
        told = shop.actions.detectable(BET, CHANGE)
        found = told.detectable
        assert (found.kind, found.n) == ("daily", 25)
        assert 0 < found.minimum_detectable < 6
        assert found.power > 0.8
        assert told.told.startswith("After 25 days, an effect of ")
        tiny = shop.actions.detectable({**BET, "expected": {"value": -0.05}, "evaluate": "2025-06-26"}, CHANGE)
        assert "After 1 day, " in tiny.told
        assert tiny.told.endswith("Even a year is not long enough to find it four times in five.")
        assert shop.actions.detectable({**BET, "evaluate": "9999-12-31"}, CHANGE).detectable is None
        unknown = Workspace(shop.places.root.parent / "empty").actions.detectable(BET, CHANGE, "hr")
        assert unknown.detectable is None
        assert "56 dana" in unknown.told

    def test_of_an_experiment_by_the_people_of_its_metric(self, shop):
        """People of the last 28 days and the share of them who order, by SQL; both arms get half of them a day."""
        form = shop.experiments.create({**FORM, "name": "Form 2"})
        bet = {"experiment": form.id, "expected": {"value": -0.1}, "evaluate": "2025-07-25"}
        found = shop.actions.detectable(bet, CHANGE).detectable
        [row] = shop.sql(
            "WITH near AS (SELECT person, bool_or(event = 'Order') AS ordered FROM events "
            "WHERE time >= (SELECT max(time) FROM events) - INTERVAL 28 DAY GROUP BY 1) "
            "SELECT count(*) AS people, avg(ordered::int) AS base FROM near"
        ).to_pylist()
        assert (found.kind, found.n) == ("share", int(row["people"] / 28 / 2 * 30))
        assert found == of_share(row["base"], row["people"] / 28 / 2, 30, -0.1)


class TestVerdicts:
    def test_a_before_after_is_made_of_the_bet_and_its_verdict_goes_back(self, shop):
        drawn = shop.maps.new(NewMap(name="Calling"))
        lane = next(one.id for one in drawn.lanes if one.kind == "pain_points")
        step = drawn.stages[0].steps[0].id
        shop.maps.apply(
            drawn.id, [{"do": "card.add", "lane": lane, "step": step, "card": {"id": "pain", "text": "Nobody answers"}}]
        )
        other = shop.maps.new(NewMap(name="Calling twice"))
        about = shop.opportunities.create({"title": "Too many calls"})
        kpi = shop.kpis.create({"name": "Calls", "kind": "nps", "source": {"origin": "typed"}})
        made = shop.actions.create({
            "opportunity": about.id, "name": "Help page", "bet": {**BET, "kpi": kpi.id}, "cost": 500,
            "places": [{"map": drawn.id, "card": "pain"}, {"map": other.id, "step": other.stages[0].steps[0].id}],
        })  # fmt: skip
        started = shop.actions.start(made.id)
        assert [one.before for one in started.places] == [shop.maps.sheet(one).version for one in (drawn.id, other.id)]
        with pytest.raises(ActionState):
            shop.actions.verdict(made.id)
        shop.actions.finish(made.id)
        backdated(shop, made.id, started=at(CHANGE - dt.timedelta(days=9)), finished=at(CHANGE))

        judged = shop.actions.verdict(made.id)
        verdict = judged.verdict
        assert (judged.status, verdict.verdict, verdict.grade, verdict.cost) == ("measured", "worked", "B", 500)
        assert verdict.low < -8 < verdict.high
        plan = shop.before_after.get(judged.proof)
        assert (plan.name, plan.start, plan.wait_days) == ("Help page", CHANGE, 25)
        self._went_back(shop, judged, about.id, kpi.id)

        again = shop.actions.verdict(made.id)
        assert (len(again.verdicts), again.proof) == (2, judged.proof)
        self._went_back(shop, again, about.id, kpi.id)

    def _went_back(self, shop, judged, about, kpi):
        found = shop.opportunities.get(about)
        assert (found.status, found.grade, len(found.verdicts)) == ("done", "B", 1)
        assert [len(found.evidence[language]) for language in ("en", "pl", "hr")] == [1, 1, 1]
        assert found.evidence["en"][0].startswith("Help page: ")
        of_action = [one for one in shop.annotations.between(kpi=kpi) if one.action == judged.id]
        kinds = {one.kind: (one.day, one.kpis) for one in of_action}
        assert kinds == {"action": (CHANGE, [kpi]), "verdict": (TODAY, [kpi])}
        [place, elsewhere] = judged.places
        differences = shop.maps.diff(place.map, version=place.before, other_version=place.after)
        changed = [(one.kind, one.what, one.field, one.before, one.after) for one in differences]
        assert changed == [("changed", "card", "verdicts", [], [judged.id])]
        kept = {one.version for one in shop.maps.versions(place.map)}
        assert {place.before, place.after} <= kept
        [added] = shop.maps.diff(elsewhere.map, version=elsewhere.before, other_version=elsewhere.after)
        assert (added.kind, added.what, added.where[-1]) == ("added", "card", "Help page")
        entries = shop.maps.since(elsewhere.map, elsewhere.before)
        [written] = [one for one in entries if one.commands]
        taken_back = commands.apply(_document(shop, elsewhere.map), written.inverse)[0]
        assert taken_back == keeping.at(shop.records, elsewhere.map, elsewhere.before)

    def test_an_experiment_proves_a_bet(self, shop):
        form = shop.experiments.create(FORM)
        made = shop.actions.create({
            "name": "Short form",
            "bet": {"experiment": form.id, "expected": {"value": 0.2}, "evaluate": "2025-07-01", "value": 10},
        })  # fmt: skip
        shop.actions.start(made.id)
        judged = shop.actions.verdict(made.id)
        verdict = judged.verdict
        assert (judged.status, verdict.verdict, verdict.grade, verdict.unit) == ("measured", "worked", "A", "share")
        assert verdict.effect == pytest.approx(0.3)
        assert verdict.money.value == pytest.approx(0.3 * 10 * 800 / _days_of(shop, form.id) * 365.25)
        shown = shop.actions.shown([judged])[0]
        assert (shown.metric, shown.unit) == ("Order", "share")
        assert "+20 pp" in shown.told["bet"]

    def test_a_bet_on_what_had_begun_does_not_count(self, shop):
        plan = {"name": "Old", "measure": "contacts", "of": "Call", "direction": "down", "treated": BET["segment"],
                "comparison": BET["comparison"], "start": CHANGE.isoformat(), "wait_days": 14}  # fmt: skip
        old = shop.before_after.create(plan)
        bet = {"before_after": old.id, "expected": {"value": -6}, "evaluate": "2025-07-20"}
        made = shop.actions.create({"name": "Known before", "bet": bet})
        begun = shop.actions.start(made.id)
        assert begun.seal.late
        shop.before_after.change(old.id, old.revision, {"wait_days": 20})
        judged = shop.actions.verdict(made.id)
        assert [(one.field, one.before, one.after) for one in judged.changes] == [("before_after.wait_days", 14, 20)]
        now = shop.before_after.get(old.id)
        assert plan_changes(judged, now, now.changed, "local") == []
        assert [one.sealed for one in shop.actions.bets().bets if one.action == made.id] == [False]
        assert "does not count" in shop.actions.shown([judged])[0].told["late"]


def _document(shop, which):
    return keeping.at(shop.records, which, None)


def _days_of(shop, experiment):
    """From the first exposure on."""
    until = shop.experiments.result(experiment).until
    return (until - dt.datetime(2025, 7, 1, 8, tzinfo=dt.UTC)) / dt.timedelta(days=1)


class TestFiles:
    def plan(self, ws):
        ws.opportunities.create({"title": "Parcel", "customer_value": 4, "business_value": 5})
        ws.actions.create({"name": "=cmd|' /C calc'!A0", "owner": "@Ana", "due": "2026-03-01",
                           "tags": ["help page", "web"], "description": "One,\n\"two\""})  # fmt: skip
        ws.actions.create({"name": "Say when", "opportunity": "Parcel", "status": "planned", "bet": BET})
        ws.actions.create({"name": "Żółw", "status": "planned"})
        ws.actions.start("Żółw")
        ws.actions.create({"name": "Never"})
        ws.actions.change("Never", {"revision": 1, "status": "dropped"})

    def test_jira_gets_its_columns(self, ws):
        self.plan(ws)
        head, *rows = csv.reader(io.StringIO(ws.actions.export("jira")))
        assert head == ["External ID", "Summary", "Description", "Issue Type", "Status", "Resolution", "Priority",
                        "Assignee", "Start Date", "Due Date", "Labels", "Labels"]  # fmt: skip
        ids = [one.id for one in ws.actions.all()]
        assert [row[0] for row in rows] == ids
        assert rows[0][1:2] + rows[0][3:] == ["'=cmd|' /C calc'!A0", "Task", "To Do", "", "", "'@Ana", "", "2026-03-01",
                                              "help-page", "web"]  # fmt: skip
        assert rows[0][2].startswith('One,\n"two"\n\n')
        assert "−6 (from −9 to −3)" in rows[1][2]
        assert [(row[4], row[5], row[6]) for row in rows[1:]] == [
            ("To Do", "", "Highest"), ("In Progress", "", ""), ("Done", "Won't Do", ""),
        ]  # fmt: skip
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)

    @pytest.mark.parametrize("form", ["jira", "csv"])
    def test_what_comes_back_unchanged_changes_nothing(self, ws, tmp_path, form):
        self.plan(ws)
        before = ws.actions.all()
        file = tmp_path / "actions.csv"
        file.write_text(ws.actions.export(form), encoding="utf-8-sig", newline="")
        found = ws.actions.read(file)
        assert (found.changed, found.same, found.left, found.absent) == (0, 4, 0, [])
        assert ws.actions.all() == before

    def test_status_owner_and_due_day_come_back_by_key(self, ws, tmp_path):
        self.plan(ws)
        first, second, third, never = ws.actions.all()
        file = tmp_path / "jira.csv"
        file.write_text(
            "Summary,Issue key,Status,Resolution,Assignee,Due date,Labels,Labels,Custom field (External ID)\n"
            f"x,DL-1,In Progress,,Iva,05/Mar/26 12:00 AM,a,b,{first.id}\n"
            f"x,DL-2,Done,Won't Do,,,a,b,{second.id}\n"
            f"x,DL-3,Somewhere,,Iva,,,,{third.id}\n"
            f"x,DL-3,To Do,,,soon,,,{never.id}\n"
            f"x,DL-1,Done,,,,,,{first.id}\n"
            "x,DL-9,Done,,,,,,a-gone\n"
            "x,,Done,,,,,,\n"
        )
        found = ws.actions.read(file)
        assert [(row.line, row.reason, row.given, row.fields) for row in found.rows] == [
            (2, "changed", "", ["due", "key", "owner", "status"]), (3, "changed", "", ["key", "status"]),
            (4, "bad_status", "Somewhere", []), (5, "bad_date", "soon", []), (6, "twice", first.id, []),
            (7, "unknown", "a-gone", []), (8, "no_key", "", []),
        ]  # fmt: skip
        assert (found.changed, found.same, found.left, found.absent) == (2, 0, 5, [])
        now = {one.id: one for one in ws.actions.all()}
        assert (now[first.id].status, now[first.id].owner, now[first.id].due) == (
            "in_progress", "Iva", dt.date(2026, 3, 5),
        )  # fmt: skip
        assert now[first.id].seal is not None
        assert (now[first.id].tags, now[first.id].description) == (first.tags, first.description)
        assert (now[second.id].status, now[second.id].owner, now[second.id].bet) == ("dropped", None, second.bet)
        assert (now[third.id], now[never.id]) == (third, never)
        file.write_text("Issue key;Status;Assignee\nDL-1;In Progress;\n")
        assert [row.action for row in ws.actions.read(file).rows] == [first.id]
        assert ws.actions.get(first.id).owner == "Iva"

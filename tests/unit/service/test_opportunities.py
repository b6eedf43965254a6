"""Opportunities: kept with their revisions, ranked as far as there is an order, measured of what was found."""

import datetime as dt

import numpy as np
import pytest

import desireline as dl
from desireline.errors import BadExpression, BadQuestion, NothingToMeasure, StaleOpportunity, UnknownOpportunity
from desireline.model.formula import Formula
from desireline.model.opportunity import Opportunity
from desireline.service.opportunities.ranking import ranked
from tests.planted.hindrance import hindered

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def idea(name, **fields):
    return Opportunity(id=name, title=name, kind="idea", created=NOW, changed=NOW, **fields)


def measured(value, low, high):
    return {"origin": "measured", "value": value, "low": low, "high": high, "n": 100, "at": NOW}


class TestRanks:
    def test_far_apart_have_an_order(self):
        """(5 + 5) / 2 / 1 = 5, 3 / 3 = 1 and 1 / 5: half a point each way cannot swap them."""
        listed = [idea("c", customer_value=1, business_value=1, effort=5),
                  idea("a", customer_value=5, business_value=5, effort=1),
                  idea("b", customer_value=3, business_value=3, effort=3)]  # fmt: skip
        found = ranked(listed, Formula("balanced"))
        assert [(r.opportunity.id, r.value, r.rank_low, r.rank_high, r.overlaps) for r in found] == [
            ("a", 5.0, 1, 1, []), ("b", 1.0, 2, 2, []), ("c", 0.2, 3, 3, []),
        ]  # fmt: skip

    def test_overlapping_intervals_have_no_order(self):
        """100 ± 60 and 120 ± 60 swap in a third of the draws; 1,000 ± 10 is above both in all of them."""
        stakes = {"low": (100, 40, 160), "high": (120, 60, 180), "top": (1000, 990, 1010)}
        listed = [idea(name, money_per_year=measured(*money)) for name, money in stakes.items()]
        found = {r.opportunity.id: r for r in ranked(listed, Formula("money"))}
        assert (found["top"].rank_low, found["top"].rank_high) == (1, 1)
        for one, other in (("low", "high"), ("high", "low")):
            assert (found[one].rank_low, found[one].rank_high) == (2, 3)
            assert found[one].overlaps == [other]

    def test_range_of_the_value_is_that_of_the_interval(self):
        [found] = ranked([idea("x", money_per_year=measured(100, 40, 160))], Formula("2 * money"))
        assert found.value == 200
        assert found.value_low == pytest.approx(80, abs=12)
        assert found.value_high == pytest.approx(320, abs=12)

    def test_what_is_missing_is_named_and_has_no_place(self):
        found = ranked(
            [idea("x", effort=2), idea("y", customer_value=1, business_value=1, effort=1)], Formula("balanced")
        )
        assert [r.opportunity.id for r in found] == ["y", "x"]
        assert found[1].missing == ["customer", "business"]
        assert (found[1].value, found[1].rank_low, found[1].overlaps) == (None, None, [])

    def test_confidence_is_that_of_the_grade_unless_typed(self):
        listed = [idea("c", grade="C"), idea("typed", grade="C", confidence=0.9), idea("a", grade="A")]
        assert [r.value for r in ranked(listed, Formula("confidence"))] == [1.0, 0.9, 0.5]

    def test_kano_by_hand(self):
        """30 attractive, 20 one-dimensional, 40 must-be, 10 indifferent: better .5, worse -.6."""
        kano = {"attractive": 30, "one_dimensional": 20, "must_be": 40, "indifferent": 10}
        [found] = ranked([idea("x", kano=kano)], Formula("better * 10 - worse"))
        assert found.value == pytest.approx(5.6)

    def test_same_question_same_answer(self):
        listed = [idea(str(n), money_per_year=measured(n, 0, 2 * n)) for n in range(1, 9)]
        assert ranked(listed, Formula("money")) == ranked(listed, Formula("money"))


class TestDocuments:
    def test_life_of_an_idea(self, tmp_path):
        door = dl.open(tmp_path / "w").opportunities
        assert door.all() == []
        made = door.create({"title": " Say when it comes ", "effort": 2, "money_per_year": {"value": 10}})
        assert (made.title, made.revision, made.kind, made.grade) == ("Say when it comes", 1, "idea", "D")
        assert made.money_per_year.origin == "typed"
        changed = door.change(made.id, {"revision": 1, "status": "planned", "effort": None})
        assert (changed.revision, changed.status, changed.effort) == (2, "planned", None)
        assert {name: stamp.by for name, stamp in changed.typed.items()} == {
            "title": "local", "money_per_year": "local", "status": "local",
        }  # fmt: skip
        assert made.typed["title"].at == changed.typed["title"].at < changed.typed["status"].at
        assert changed.money_per_year == made.money_per_year
        assert door.get("Say when it comes") == changed
        with pytest.raises(StaleOpportunity) as stale:
            door.change(made.id, {"revision": 1, "status": "done"})
        assert (stale.value.seen, stale.value.now) == (1, 2)
        assert door.change(made.id, {"revision": 2, "effort": 2.5}).effort == 2.5
        with pytest.raises(NothingToMeasure):
            door.measure(made.id)
        door.remove(made.id, revision=3)
        with pytest.raises(UnknownOpportunity):
            door.get(made.id)

    @pytest.mark.parametrize(
        "fields",
        [{}, {"title": ""}, {"title": "a\x00b"}, {"title": "x", "effort": 6}, {"title": "x", "effort": 2.25},
         {"title": "x", "impact": 1.5},
         {"title": "x", "grade": "A"}, {"title": "x", "people_per_month": {"value": 5, "low": 6, "high": 7}},
         {"title": "x", "money_per_year": measured(1, 0, 2)}, {"title": "x", "cost": float("nan")}],
    )  # fmt: skip
    def test_refused(self, tmp_path, fields):
        """No grade can be typed, and no measured figure."""
        with pytest.raises(BadQuestion):
            dl.open(tmp_path / "w").opportunities.create(fields)

    def test_title_cannot_be_taken_away(self, tmp_path):
        door = dl.open(tmp_path / "w").opportunities
        door.create({"title": "x"})
        with pytest.raises(BadQuestion):
            door.change("x", {"revision": 1, "title": None})

    def test_formula_of_the_workspace(self, tmp_path):
        door = dl.open(tmp_path / "w").opportunities
        door.create({"title": "x", "money_per_year": {"value": 7}})
        assert (door.portfolio().formula, door.portfolio().opportunities[0].value) == ("balanced", None)
        door.choose("money * 2")
        assert (door.portfolio().formula, door.portfolio().opportunities[0].value) == ("own", 14.0)
        with pytest.raises(BadExpression):
            door.choose("money *")
        assert door.formula() == "money * 2"

    def test_export_runs_no_formula(self, tmp_path):
        door = dl.open(tmp_path / "w").opportunities
        door.create({"title": "=HYPERLINK(1)", "tags": ["@x"], "description": "+1+1"})
        row = door.export().splitlines()[1]
        assert ",'=HYPERLINK(1)," in row
        assert row.endswith(",'@x,'+1+1")


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    """900 people with planted trouble; who meets it gets help at once, and clicks on pay, half of them in anger."""
    folder = tmp_path_factory.mktemp("troubled")
    lines = ["person_id,timestamp,event"]
    for person, time, name in hindered(900, 3, factor=0.1).events:
        stamps = [(time, name)]
        if name == "trouble":
            stamps += [(time + 1_000_000, "help")]
            clicks = 4 if person % 2 else 1
            stamps += [(time + 2_000_000 + 200_000 * click, "click on pay") for click in range(clicks)]
        lines += [f"p{person},{np.datetime64(1_700_000_000_000_000 + at, 'us')}Z,{what}" for at, what in stamps]
    (folder / "events.csv").write_text("\n".join(lines) + "\n")
    workspace = dl.open(folder / "w")
    workspace.import_files([folder / "events.csv"], "shop", preset="generic")
    return workspace


class TestMeasured:
    def test_of_what_is_at_stake(self, troubled):
        stakes = troubled.stakes("order", "trouble", value=100.0)
        source = {"question": "stakes", "fields": {"goal": "order", "touchpoint": "trouble"}}
        made = troubled.opportunities.create({"source": source, "value": 100.0, "effort": 3})
        assert (made.title, made.kind, made.grade, made.effort) == ("“trouble”", "obstacle", stakes.grade, 3)
        assert made.money_per_year.origin == "measured"
        assert made.money_per_year.value == pytest.approx(stakes.money.per_year.estimate)
        assert made.people_per_month.value == pytest.approx(stakes.per_month)
        assert made.people_per_month.low < made.people_per_month.value < made.people_per_month.high
        assert made.evidence["en"] == stakes.sentences
        assert made.evidence["pl"] == troubled.stakes("order", "trouble", value=100.0, language="pl").sentences
        behind = troubled.opportunities.people(made.id, limit=1000)
        assert behind.total == stakes.met
        typed = troubled.opportunities.change(made.id, {"revision": 1, "money_per_year": {"value": 5}})
        again = troubled.opportunities.measure(typed.id)
        assert (again.money_per_year.origin, again.people_per_month.origin) == ("typed", "measured")
        troubled.opportunities.remove(made.id)

    def test_stakes_of_the_same_people_are_not_added_up(self, troubled):
        """Everyone who meets trouble gets help at once: together these are no more people, and no more money."""
        door = troubled.opportunities
        for touchpoint in ("trouble", "help"):
            fields = {"goal": "order", "touchpoint": touchpoint}
            door.create({"source": {"question": "stakes", "fields": fields}, "value": 100.0})
        totals = door.portfolio("money").totals
        met = troubled.stakes("order", "trouble").met
        assert totals.additive is False
        assert totals.people == met
        single = [max(one.money_per_year.value, 0) for one in door.all()]
        assert totals.money_at_least == pytest.approx(max(single))
        assert totals.money_at_most == pytest.approx(max(sum(single) / 2, *single))
        door.change("“help”", {"revision": 1, "status": "rejected"})
        assert door.portfolio().totals.count == 1
        for one in door.all():
            door.remove(one.id)

    def test_of_an_obstacle(self, troubled):
        found = troubled.ask("obstacles", {"kinds": ["rage_click"]})
        [first] = found.obstacles
        source = {"question": "obstacles", "fields": {"kinds": ["rage_click"]}, "cell": first.cell}
        made = troubled.opportunities.create({"source": source, "title": "Mine", "goal": "order", "value": 100.0})
        assert (made.title, made.place.touchpoint) == ("Mine", "click on pay")
        assert made.people_per_month.value == pytest.approx(first.people_per_month)
        assert made.evidence["en"][0] == first.sentence
        croatian = troubled.ask("obstacles", {"kinds": ["rage_click"], "language": "hr"})
        assert made.evidence["hr"][0] == croatian.obstacles[0].sentence
        assert troubled.opportunities.people("Mine").total == first.people
        fields = {"goal": "order", "touchpoint": "click on pay", "obstacle": "rage_click", "channel": first.channel}
        stakes = troubled.ask("stakes", {**fields, "value": 100.0})
        assert (stakes.later, made.grade) == (0, stakes.grade)
        assert stakes.effects[0].low < 0 < stakes.effects[0].high
        assert made.money_per_year.high == pytest.approx(stakes.money.per_year.high)
        assert troubled.drill(stakes.drilldown, "met").total == stakes.met == first.people
        troubled.opportunities.remove("Mine")

    def test_obstacle_that_is_not_there(self, troubled):
        source = {"question": "obstacles", "fields": {}, "cell": 'obstacle:["self_loop","nowhere",null]'}
        with pytest.raises(NothingToMeasure):
            troubled.opportunities.create({"source": source})

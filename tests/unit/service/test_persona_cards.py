"""Persona cards: typed and measured apart, figures against SQL on the same rows, revisions, maps, questions."""

import io
import json
import math

import duckdb
import pytest
from PIL import Image

from desireline.analyze import scoping
from desireline.errors import (
    BadDrilldown,
    BadExpression,
    BadName,
    BadQuestion,
    NameTaken,
    PersonaWithoutPeople,
    SegmentCycle,
    StalePersona,
    UnknownImage,
    UnknownSegment,
)
from desireline.model.definition import Definition
from desireline.model.intervals import wilson
from desireline.service.personas import measuring
from desireline.service.workspace import Workspace
from tests.planted import cards as planted

ROWS = planted.rows(callers=160, browsers=240)
CALLERS = {"where": 'channel = "phone"'}
OF_CALLERS = "who IN (SELECT who FROM rows WHERE \"where\" = 'phone')"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """400 fictitious people; tests clean up the cards that they make."""
    return planted.workspace(tmp_path_factory.mktemp("shop"), ROWS)


@pytest.fixture
def cards(shop: Workspace):
    yield shop.persona_cards
    for card in shop.persona_cards.all():
        shop.persona_cards.remove(card.id)
    for segment in shop.segments():
        shop.delete_segment(segment.name)


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory):
    """A query on the same rows, by an engine that knows nothing of us."""
    file = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    con = duckdb.connect()
    con.execute(f"CREATE TABLE rows AS FROM read_json('{file}')")
    return lambda query: con.execute(query).fetchall()


def trait(measured, key):
    return next(t for t in measured.traits if t.key == key)


def shown(measured, key):
    return {part.name: part.n for part in trait(measured, key).parts if part.hidden is None}


def event(person, day, what):
    return {"who": f"f{person}", "when": 1_704_067_200 + day * 86_400, "what": what, "where": "web", "paid": 0}


@pytest.fixture(scope="class")
def callers(shop):
    card = shop.persona_cards.create({"name": "Fictitious callers", "segment": CALLERS})
    yield shop.persona_cards.measure(card.id)
    shop.persona_cards.remove(card.id)


class TestMeasured:
    def test_size_and_share(self, callers, sql):
        ((n,),) = sql(f"SELECT count(DISTINCT who) FROM rows WHERE {OF_CALLERS}")
        found = trait(callers, "share")
        assert (callers.people, callers.everyone, trait(callers, "size").value, found.n) == (n, 400, n, n)
        assert (found.value, found.low, found.high) == (n / 400, *wilson(n, 400))

    def test_value_is_a_mean_over_all_of_them_with_students_interval(self, callers, sql):
        spent = [paid for (paid,) in sql(f"SELECT sum(coalesce(paid, 0)) FROM rows WHERE {OF_CALLERS} GROUP BY who")]
        from scipy import stats

        mean = math.fsum(spent) / len(spent)
        low, high = stats.t.interval(0.95, len(spent) - 1, mean, stats.sem(spent))
        found = trait(callers, "value")
        assert (found.value, found.low, found.high) == pytest.approx((mean, low, high))
        ((every,),) = sql("SELECT sum(paid) / 400 FROM rows")
        assert found.everyone == pytest.approx(every)

    def test_pace_is_the_median_of_each_ones_median_gap(self, callers, sql):
        since = 'lag("when") OVER (PARTITION BY who ORDER BY "when")'
        gaps = f'SELECT who, "when" - {since} AS gap FROM rows WHERE {OF_CALLERS}'
        ((pace,),) = sql(f"SELECT median(m) FROM (SELECT median(gap) AS m FROM ({gaps}) GROUP BY who)")
        found = trait(callers, "pace")
        assert found.value == pytest.approx(pace)
        assert found.low < pace < found.high
        assert found.differs, "they come every four days, the others every day"

    @pytest.mark.parametrize(
        ("key", "column"),
        [("channels", '"where"'), ("touchpoints", "what"), ("topics", "topic"), ("languages", "language")],
    )
    def test_distributions_count_people(self, callers, sql, key, column):
        counted = f"SELECT {column} AS name, count(DISTINCT who) FROM rows WHERE {{}} AND name IS NOT NULL GROUP BY 1"
        listed = dict(sql(counted.format(OF_CALLERS)))
        of = callers.people
        large = {name: n for name, n in listed.items() if n >= 20 and (of - n >= 20 or of == n)}
        assert shown(callers, key) == large
        assert {part.name for part in trait(callers, key).parts} == set(listed)
        every = dict(sql(counted.format("true")))
        told = [p for p in trait(callers, key).parts if p.everyone is not None]
        assert [p.everyone for p in told] == [every[p.name] / 400 for p in told]
        assert [p.log2 for p in told] == pytest.approx([math.log2(p.share / p.everyone) for p in told])

    def test_what_sets_them_apart_is_marked(self, callers):
        phone = next(p for p in trait(callers, "channels").parts if p.name == "phone")
        visit = next(p for p in trait(callers, "touchpoints").parts if p.name == "Visit")
        assert (phone.share, phone.differs) == (1.0, True)
        assert (visit.share, visit.log2, visit.differs) == (1.0, 0.0, False), "everyone begins with a visit"

    def test_months_and_goals(self, callers, sql):
        month = "strftime(to_timestamp(\"when\")::TIMESTAMP, '%Y-%m')"
        listed = dict(sql(f"SELECT {month}, count(DISTINCT who) FROM rows WHERE {OF_CALLERS} GROUP BY 1"))
        assert [p.name for p in trait(callers, "trend").parts] == sorted(listed)
        assert shown(callers, "trend").items() <= listed.items()
        ((bought,),) = sql(f"SELECT count(DISTINCT who) FROM rows WHERE what = 'Order' AND {OF_CALLERS}")
        assert shown(callers, "goals") == {"Bought": bought}

    def test_every_part_lists_its_people(self, callers, shop):
        parts = [p for t in callers.traits for p in t.parts if p.where is not None and p.hidden is None]
        assert len(parts) >= 6
        for part in parts:
            assert shop.persona_cards.people(callers.id, part.where, limit=1).total == part.n
        with pytest.raises(BadExpression):
            shop.persona_cards.people(callers.id, "channel = ")


class TestSmallGroups:
    def test_a_card_of_few_says_nothing_but_that(self, cards):
        few = cards.create({"name": "Nine", "segment": {"where": 'property.language = "hr"'}})
        found = cards.measure(few.id)
        assert (found.people, found.hidden, found.traits) == (None, "few_people", [])
        assert cards.measure(few.id, threshold=5).people == 9

    def test_everyone_but_a_few_does_not_give_them_back(self, cards):
        most = cards.create({"name": "All but nine", "segment": {"where": 'not property.language = "hr"'}})
        found = cards.measure(most.id)
        assert (found.people, found.everyone) == (391, None)
        assert (trait(found, "share").hidden, trait(found, "value").everyone) == ("would_tell", None)
        assert all(part.everyone is None for t in found.traits for part in t.parts)

    def test_nobody_is_an_answer(self, cards):
        found = cards.measure(cards.create({"name": "Blank"}).id)
        assert (found.people, found.hidden) == (0, "no_people")

    def test_cards_side_by_side_do_not_give_back_what_is_left_of_everyone(self, cards):
        """English, Polish and Croatian speakers are everyone: those of 9 are hidden, so another one goes too."""
        made = {
            language: cards.create({"name": language, "segment": {"where": f'property.language = "{language}"'}}).id
            for language in ("en", "pl", "hr")
        }
        matrix = cards.compare(list(made.values()))
        (row,) = [r for r in matrix.rows if (r.key, r.part) == ("touchpoints", "Visit")]
        hidden = {cell.persona: cell.hidden for cell in row.cells}
        assert hidden[made["hr"]] == "few_people"
        assert list(hidden.values()).count("would_tell") == 1
        assert matrix.overlap == []


class TestMatrix:
    def test_only_intervals_that_lie_apart_are_marked(self, cards):
        a = cards.create({"name": "A", "segment": CALLERS}).id
        b = cards.create({"name": "B", "segment": {"where": 'not channel = "phone"'}}).id
        same = cards.create({"name": "C", "segment": CALLERS}).id
        matrix = cards.compare([a, b, same])
        pace = next(r for r in matrix.rows if r.key == "pace")
        assert pace.differ == [(a, b), (b, same)]
        for row in matrix.rows:
            ends = {c.persona: (c.low, c.high) for c in row.cells if c.low is not None}
            assert all(ends[x][1] < ends[y][0] or ends[y][1] < ends[x][0] for x, y in row.differ)
            assert (a, same) not in row.differ
        assert [(x, y) for x, y, _ in matrix.overlap] == [(a, same)]

    def test_a_person_belongs_to_the_cards_that_list_them(self, cards):
        card = cards.create({"name": "A", "segment": CALLERS})
        cards.create({"name": "Blank"})
        member = cards.people(card.id).people[0].person
        assert [found.id for found in cards.of_person(member)] == [card.id]
        inside = {row.person for row in cards.people(card.id, limit=400).people}
        outside = next(f"customer_id:f{k}" for k in range(400) if f"customer_id:f{k}" not in inside)
        assert cards.of_person(outside) == []


class TestDocuments:
    def test_each_field_keeps_who_typed_it_and_when(self, cards):
        first = cards.create(
            {"name": "A", "fields": {"age": "30–40", "interests": ["tea"], "custom": {"Motto": "Slow"}}}
        )
        cards.author = "someone else"
        then = cards.change("A", {"revision": 1, "fields": {"age": "30–40", "quote": "So?", "interests": []}})
        assert then.typed.age == first.typed.age, "it says what it said"
        assert (then.typed.quote.origin.by, then.typed.quote.origin.kind) == ("someone else", "typed")
        assert (then.typed.interests, then.typed.custom) == (None, first.typed.custom)
        assert (then.revision, cards.get(first.id)) == (2, then)
        assert cards.change("A", {"revision": 2, "fields": {"custom": {"Motto": None}}}).typed.custom == {}

    def test_a_change_of_an_earlier_revision_brings_the_newer_one(self, cards):
        cards.create({"name": "A"})
        newer = cards.change("A", {"revision": 1, "fields": {"age": "50"}})
        with pytest.raises(StalePersona) as refused:
            cards.change("A", {"revision": 1, "fields": {"age": "20"}})
        assert refused.value.details["card"] == newer.model_dump(mode="json")
        assert cards.get("A").typed.age.value == "50"

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"name": " "}, BadName),
            ({"name": "Taken"}, NameTaken),
            ({"name": "X", "segment": "nowhere"}, UnknownSegment),
            ({"name": "X", "segment": {"of": "events", **CALLERS}}, BadQuestion),
            ({"name": "X", "group": {"question": "sorcery", "cell": "a"}}, BadQuestion),
            (
                {"name": "X", "group": {"question": "funnel", "fields": {"steps": ["Visit", "Ask"]}, "cell": "step:7"}},
                BadDrilldown,
            ),
            ({"name": "X", "fields": {"age": "a\x1b[31m"}}, BadQuestion),
            ({"name": "X", "fields": {"personality": [{"pair": "price_quality", "value": 3}]}}, BadQuestion),
            ({"name": "X", "fields": {"personality": [{"left": "slow", "value": 1}]}}, BadQuestion),
            ({"name": "X", "fields": {"picture": {"sha256": "0" * 64, "width": 1, "height": 1}}}, UnknownImage),
            ({"name": "X", "nonsense": 1}, BadQuestion),
        ],
    )
    def test_what_makes_no_sense_is_not_kept(self, cards, given, error):
        cards.create({"name": "Taken"})
        with pytest.raises(error):
            cards.create(given)
        assert [card.name for card in cards.all()] == ["Taken"]

    def test_kinds_follow_from_the_people(self, cards, shop):
        shop.save_segment({"name": "Callers", **CALLERS})
        group = {"question": "funnel", "fields": {"steps": ["Visit", "Ask"]}, "cell": "step:2"}
        kinds = {
            "assumed": cards.create({"name": "A"}),
            "rules": cards.create({"name": "B", "segment": "Callers"}),
            "measured": cards.create({"name": "C", "group": group}),
            "ideal_customer": cards.create({"name": "D", "segment": "Callers", "ideal_customer": True}),
        }
        assert {card.kind for card in kinds.values()} == set(kinds)
        assert all(card.kind == kind for kind, card in kinds.items())
        assert cards.change("D", {"revision": 1, "segment": None, "ideal_customer": False}).kind == "assumed"

    def test_a_picture_is_one_of_the_workspace(self, cards, shop):
        body = io.BytesIO()
        Image.new("RGB", (4, 3), "red").save(body, "PNG")
        kept = shop.maps.add_image("face.png", body.getvalue())
        made = cards.create({"name": "A", "fields": {"picture": kept.model_dump()}})
        assert cards.all()[0].picture == made.typed.picture.value == kept


class TestGroups:
    def test_a_group_is_frozen_under_its_definition_and_its_people_are_found_anew(self, cards, shop):
        steps = {"steps": ["Visit", "Ask"]}
        card = cards.create({"name": "A", "group": {"question": "funnel", "fields": steps, "cell": "step:2"}})
        expected = shop.funnel(**steps)
        assert cards.people(card.id).total == expected.steps[1].people
        swapped = {"Ask": "Order", "Order": "Ask"}
        touchpoints = [
            {**t, "match": [{"name": swapped.get(t["name"], t["name"])}]} for t in planted.DEFINITION["touchpoints"]
        ]
        shop.save_definition(Definition.model_validate({**planted.DEFINITION, "touchpoints": touchpoints}))
        try:
            assert shop.funnel(**steps).steps[1].people != expected.steps[1].people
            assert cards.people(card.id).total == expected.steps[1].people
        finally:
            shop.save_definition(shop.definition(1))

    def test_it_warns_when_another_group_stands_in_its_cell(self, tmp_path, monkeypatch):
        """30 only visit, 25 also ask: the commonest way is theirs. A month later 20 newcomers ask: now it is not."""
        monkeypatch.setattr(measuring, "_types", lambda _: [])
        visits = [event(k, 0, "Visit") for k in range(55)]
        asks = [event(k, 1, "Ask") for k in range(30, 55)]
        shop = planted.workspace(tmp_path, visits + asks)
        card = shop.persona_cards.create({"name": "Commonest", "group": {"question": "variants", "cell": "variant:0"}})
        first = shop.persona_cards.measure(card.id, thorough=True).kept
        assert (first.n, first.of, first.alarm) == (30, 30, False)
        later = [event(k, 30 + day, what) for k in range(60, 80) for day, what in enumerate(("Visit", "Ask"))]
        planted.add(shop, tmp_path, later)
        then = shop.persona_cards.measure(card.id, thorough=True)
        assert (then.people, then.kept.n, then.kept.of, then.kept.alarm) == (45, 0, 30, True)
        assert (then.kept.low, then.kept.high) == wilson(0, 30)

    def test_a_group_that_is_not_found_any_more_is_an_answer(self, tmp_path):
        asks = [event(k, 1, "Ask") for k in range(25)]
        shop = planted.workspace(tmp_path, [*(event(k, 0, "Visit") for k in range(50)), *asks])
        card = shop.persona_cards.create({"name": "Second", "group": {"question": "variants", "cell": "variant:1"}})
        assert shop.persona_cards.measure(card.id).people == 25
        planted.add(shop, tmp_path, [event(k, 30, "Ask") for k in range(25, 50)])
        found = shop.persona_cards.measure(card.id)
        assert (found.people, found.hidden, found.traits) == (None, "no_group", [])
        assert shop.persona_cards.of_person("customer_id:f1") == []
        assert shop.persona_cards.compare().personas[0].hidden == "no_group"


class TestEverywhere:
    def test_every_question_knows_a_card_by_name_and_id(self, cards, shop):
        card = cards.create({"name": "Callers", "segment": CALLERS})
        direct = shop.funnel(["Visit", "Order"], segment=CALLERS)
        for name in ("persona:Callers", card.segment):
            found = shop.funnel(["Visit", "Order"], segment=name)
            assert found.steps == direct.steps
        assert found.segment.startswith("persona:Callers (1)")
        assert shop.check_segment({"where": 'not in segment "persona:Callers"'}).people == 400 - direct.people_in_scope
        with pytest.raises(UnknownSegment) as refused:
            shop.funnel(["Visit"], segment="persona:Nobody")
        assert refused.value.details["available"] == ["persona:Callers"]

    def test_a_card_without_people_says_so(self, cards, shop):
        cards.create({"name": "Blank"})
        with pytest.raises(PersonaWithoutPeople):
            shop.funnel(["Visit"], segment="persona:Blank")

    def test_a_card_is_not_made_of_itself(self, cards):
        cards.create({"name": "A", "segment": CALLERS})
        with pytest.raises(SegmentCycle):
            cards.change("A", {"revision": 1, "segment": "persona:A"})

    def test_its_name_is_no_name_of_a_saved_segment(self, cards, shop):
        cards.create({"name": "A", "segment": CALLERS})
        with pytest.raises(BadName):
            shop.save_segment({"name": "persona:A", **CALLERS})
        with pytest.raises(UnknownSegment):
            shop.delete_segment("persona:A")


def test_the_people_of_everyone_are_gathered_once_for_many_cards(cards, shop, monkeypatch):
    for k in range(6):
        cards.create({"name": f"At least {k}", "segment": {"where": f'did "Ask" at least {k} times'}})
    made = []
    gather = scoping.scope_of
    monkeypatch.setattr(
        scoping, "scope_of", lambda *given, **named: made.append(given[2].segment) or gather(*given, **named)
    )
    for card in cards.all():
        cards.measure(card.id)
    assert made.count(None) <= 1, "what was used last is kept longest"


class TestMarkdown:
    def test_typed_and_measured_stand_apart_and_no_word_is_markup(self, cards):
        fields = {"quote": "<script>alert(1)</script> *now*", "personality": [{"pair": "careful_daring", "value": -2}]}
        card = cards.create({"name": "Cal*lers*", "segment": CALLERS, "fields": fields})
        text = cards.markdown(card.id, "en")
        assert text.index("## Written by the team") < text.index("## Measured")
        assert "<script>" not in text
        assert "\\<script\\>" in text
        assert text.startswith("# Cal\\*lers\\*\n")
        assert "careful ● · · · · daring" in text
        assert "hidden: fewer than 50 people" in text, "a file needs more people than a screen"

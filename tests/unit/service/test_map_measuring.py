"""A map, measured: what is counted for its things, what they need, and that each figure has its people."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.analyze.crossing import crossings
from desireline.analyze.drilldown import question_of
from desireline.analyze.overlay import MapRequest, measure, members
from desireline.analyze.worded import Worded
from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem
from desireline.model.question import Asked, Filters
from desireline.service.map_measuring import before, measured
from tests.mapped import scope_of

LIBRARY = [
    LibraryItem(id="ad", kind="touchpoint", name="Poster", measures=["Ad"]),
    LibraryItem(id="help", kind="touchpoint", name="Help", measures=["Call", "Page"]),
    LibraryItem(id="buy", kind="touchpoint", name="Till", measures=["Buy"]),
    LibraryItem(id="gone", kind="touchpoint", name="Fax", measures=["Fax"]),
    LibraryItem(id="blank", kind="touchpoint", name="Letter"),
    LibraryItem(id="store", kind="channel", name="Our shop", measures=["shop"]),
]


def bind(card, question, **of):
    return {"id": card, "bind": {"question": question, **of}}


def met(card, item, **more):
    return {"id": card, "ref": item, **more}


def the_map(**more):
    cells = {
        "t": {"s1": [met("c-ad", "ad")], "s2": [met("c-help", "help", span=2)],
              "s4": [met("c-buy", "buy"), met("c-gone", "gone"), met("c-blank", "blank")]},
        "m": {"s1": [bind("m-drop", "drop_off", stage="see"), bind("m-none", "people", stage="later"),
                     bind("m-conv", "conversion", touchpoint="ad", to="buy"),
                     bind("m-lost", "conversion", touchpoint="ad"),
                     bind("m-score", "feedback", touchpoint="help", scale="csat"),
                     bind("m-mute", "feedback", touchpoint="ad")]},
        "h": {"s2": [{"id": "h-yes", "hand_off": {"from": "web", "to": "Our shop"}},
                     {"id": "h-no", "hand_off": {"from": "web", "to": "post"}}]},
        "e": {"s1": [{"id": "e-hand", "value": 1}], "s2": [{"id": "e-known", "value": 1}]},
        "p": {"s1": [{"id": "p-typed", "text": "Waits"}, bind("p-open", "open", stage="try")]},
        "x": {"s1": [{"id": "x-note", "text": "A note"}]},
    }  # fmt: skip
    kinds = {"t": "touchpoints", "m": "metrics", "h": "hand_offs", "e": "emotion", "p": "pain_points", "x": "text"}
    recipe = {"scales": {"help": "csat", "buy": "csat"}, "behaviour": True}
    lanes = [
        {"id": lane, "kind": kind, "cells": cells[lane], **({"recipe": recipe} if lane == "e" else {})}
        for lane, kind in kinds.items()
    ]
    stages = [
        {"id": "see", "name": "Look", "measures": "See", "steps": [{"id": "s1"}]},
        {"id": "try", "measures": "Try", "steps": [{"id": "s2"}, {"id": "s3"}]},
        {"id": "own", "measures": "Own", "steps": [{"id": "s4"}]},
        {"id": "later", "steps": [{"id": "s5"}]},
    ]
    return JourneyMap.model_validate({"id": "m1", "name": "Map", "stages": stages, "lanes": lanes, **more})


EVENTS = [
    # unit, day, name, score
    ("anna", 1, "ad", None), ("anna", 3, "page", 2), ("anna", 4, "call", 4), ("anna", 6, "buy", 5),
    ("ben", 2, "ad", None), ("ben", 5, "call", 1), ("ben", 9, "call", 1), ("ben", 10, "ad", None),
    ("cleo", 20, "call", 1), ("dora", 80, "page", None), ("emil", 50, "banner", 5), ("emil", 100, "ad", None),
]  # fmt: skip
CHANNELS = {"ad": "post", "page": "web", "call": "phone", "buy": "shop", "banner": "web"}


def of_events(rows, **more):
    scores = [None if score is None else str(float(score)) for *_, score in rows]
    return scope_of([row[:3] for row in rows], channels=CHANNELS, columns={"@score": scores}, **more)


def figures(rows=EVENTS, previous=None, document=None, segments=None, **more):
    scope = of_events(rows)
    return measured(
        scope, previous, document or the_map(), LIBRARY, scope.definition, segments or {}, **more
    )  # fmt: skip


def test_cards_by_hand():
    found = figures().cards
    values = {card: (m.figure and (m.figure.value, m.figure.n, m.figure.of), m.needs) for card, m in found.items()}
    assert values == {
        "c-ad": ((3, 3, None), None),
        "c-help": ((4, 4, None), None),  # calls and pages together
        "c-buy": ((1, 1, None), None),
        "c-gone": (None, "definition"),
        "c-blank": (None, "touchpoint"),
        "m-drop": ((0, 0, 3), None),  # anna and ben went on, emil may
        "m-none": (None, "binding"),
        "m-conv": ((1 / 3, 1, 3), None),
        "m-lost": (None, "binding"),
        "m-score": ((pytest.approx((3 + 1 + 1) / 3), 5, None), None),  # anna's mean is 3
        "m-mute": (None, "scores"),
        "h-yes": (None, "handoff_events"),
        "h-no": (None, "handoff_events"),
        "e-hand": (None, "scores"),
        "e-known": (None, None),
        "p-typed": (None, "complaints_or_friction"),
        "p-open": ((1 / 4, 1, 4), None),
        "x-note": (None, None),
    }
    assert found["c-help"].channels == ["phone", "web"]
    rating = found["c-help"].ratings["expectation"]
    assert (rating.value, rating.n, rating.unit) == (pytest.approx(3 + (0 - 2 - 2) / 3), 5, "score")
    assert "expectation" not in found["c-ad"].ratings


def test_stages_steps_and_what_stands_nowhere():
    found = figures()
    see = found.stages["see"]
    assert (see.people, see.goes_on, see.dropped, see.open, see.loops, see.index) == (3, 2, 0, 1, 1, 1)
    assert [(flow.to, flow.people) for flow in see.onward] == [("try", 2)]
    assert see.goes_on_interval == pytest.approx((0.2077, 0.9385), abs=1e-4)  # Wilson, 2 of 3
    assert "later" not in found.stages
    assert {step: f.value for step, f in found.steps.items()} == {"s1": 3, "s2": 4, "s3": 4, "s4": 1}
    assert [(u.name, u.channel, u.stage, u.people) for u in found.unplaced] == [("Banner", "web", None, 1)]


def test_coverage_counts_whatever_can_carry_evidence():
    """4 stages, 5 steps of the emotion lane, 5 touchpoint cards, 6 metrics, 2 hand-offs, 2 pain points; no note."""
    found = figures().coverage
    assert found.measured == 0  # nobody is 20 people
    assert found.some == 3 + 3 + 3 + 3 + 1  # stages; s2, s3, s4; ad, help, buy; drop, conv, score; open
    assert found.assumed == 24 - 13


def test_the_emotion_curve_has_gaps_and_marks():
    scores, behaviour = figures().emotion
    assert (scores.of, behaviour.of) == ("scores", "behaviour")
    values = [None, -4 / 3, -4 / 3, 2, None]
    assert [p.value for p in scores.points] == [v if v is None else pytest.approx(v) for v in values]
    assert [(p.n, p.people) for p in scores.points] == [(0, 0), (5, 3), (5, 3), (1, 1), (0, 0)]
    assert (scores.peak, scores.lowest, scores.end) == ("s4", "s2", "s4")
    assert scores.points[0].proof.grade == "assumed"
    # s1: ben came back, of anna and ben (emil's week is not over); s2: ben called again, cleo left, of four
    assert [p.value for p in behaviour.points] == [-1, -1, -1, 0, None]
    assert [p.people for p in behaviour.points] == [2, 4, 4, 1, 0]


def test_words_are_a_curve_of_their_own_where_a_lane_asks_for_it():
    def texts(scope):
        page, call = (scope.touchpoints.names.index(name) for name in ("Page", "Call"))
        rows = np.array([(page, 0, 0), (call, 1, 0), (call, 2, 2)])  # bad, bad, good
        return Worded(rows[:, 0], rows[:, 1], np.zeros(3, np.int64), rows[:, 2])

    document = the_map()
    lane = next(one for one in document.lanes if one.kind == "emotion")
    assert [curve.of for curve in figures(texts=texts).emotion] == ["scores", "behaviour"]
    lane.recipe = lane.recipe.model_copy(update={"words": True})
    found = figures(document=document, texts=texts).emotion
    assert [curve.of for curve in found] == ["scores", "words", "behaviour"]
    assert found[0] == figures().emotion[0]
    words = found[1]
    assert [p.value for p in words.points] == [None, -0.5, -0.5, None, None]
    assert [p.by_label for p in words.points[:2]] == [{}, {"negative": 2, "positive": 1}]
    assert [(p.n, p.people, p.cell) for p in words.points[:2]] == [(0, 0, None), (3, 3, None)]
    assert (words.lowest, words.end) == ("s2", "s3")


def test_each_segment_has_its_own_curve_and_token():
    some = of_events([row for row in EVENTS if row[0] in {"ben", "cleo"}])
    everyone, regulars, _ = figures(segments={"Regulars": some}).emotion
    assert (everyone.segment, everyone.drilldown) == (None, None)
    assert regulars.segment == "Regulars"
    assert [p.value for p in regulars.points] == [None, -2, -2, None, None]
    assert question_of(regulars.drilldown) == ("map", {"segment": "Regulars", "definition": 1})


def test_hand_offs_by_stage():
    rows = [
        ("anna", 1, "page", None), ("anna", 1.5, "call", None), ("ben", 1, "page", None), ("ben", 7, "call", None),
        ("cleo", 1, "page", None), ("cleo", 2, "buy", None),
    ]  # fmt: skip
    found = figures(rows)
    assert {
        stage: [(h.from_, h.to, h.people, h.median_seconds) for h in of] for stage, of in found.hand_offs.items()
    } == {"try": [("web", "phone", 2, 3.25 * 86400), ("web", "shop", 1, 86400)]}
    card = found.cards["h-yes"].figure  # the library's name for the channel
    assert (card.value, card.cell) == (1, 'switch:2:"web":"shop"')


def test_a_hand_off_is_repeated_if_the_same_comes_again_soon():
    def repeated(hours):
        rows = [(1, 0, "ad"), (1, hours / 24, "call")]
        scope = scope_of(rows, channels={"ad": "post", "call": "phone"})
        same = np.zeros(len(scope.touchpoints.table), np.int32)
        alike = type(scope.touchpoints)(scope.touchpoints.names, same)
        object.__setattr__(scope, "touchpoints", alike)
        return crossings(scope, measure(scope, MapRequest()))["See"][0].repeated

    assert [repeated(hours) for hours in (1, 72, 72.1)] == [1, 1, 0]


def test_changes_are_against_the_period_before():
    earlier = of_events([("zoe", 1, "ad", None), ("zoe", 2, "call", 5)])
    found = figures(previous=earlier)
    change = found.cards["c-ad"].figure.change
    assert (change.before, change.difference, change.changed) == (1, 2, False)
    assert found.cards["m-score"].figure.change.before == 5
    assert found.cards["c-buy"].figure.change.before == 0
    assert figures().cards["c-ad"].figure.change is None


def test_the_period_before_has_the_same_length_and_is_watched_as_long():
    scope = of_events(EVENTS)  # until day 100, which is 11 April
    filters = Filters(since=dt.date(1970, 4, 2), until=dt.date(1970, 4, 6))
    found = before(Asked(filters=filters), scope, 0)
    assert (found.filters.since, found.filters.until) == (dt.date(1970, 3, 28), dt.date(1970, 4, 1))
    assert found.today == dt.date(1970, 4, 6)  # five days later, as the end of the data is
    open_end = before(Asked(filters=Filters(since=dt.date(1970, 3, 1))), scope, 0)
    assert (open_end.filters.since, open_end.filters.until) == (dt.date(1970, 1, 18), dt.date(1970, 2, 28))
    assert open_end.today == dt.date(1970, 2, 28)
    assert before(Asked(), scope, 0) is None
    assert before(Asked(filters=Filters(since=dt.date(1970, 2, 1))), scope, 0) is None  # only partly in the data


def cells(found):
    """Every figure with a cell and the people that it speaks of."""
    for card in found.cards.values():
        for figure in [card.figure, *card.ratings.values()]:
            if figure is not None and figure.unit != "score":
                yield figure.cell, figure.n
    yield from ((figure.cell, figure.n) for figure in found.steps.values())
    yield from ((stage.cell, stage.people) for stage in found.stages.values())
    yield from ((h.cell, h.people) for of in found.hand_offs.values() for h in of)
    yield from ((p.cell, p.people) for c in found.emotion if c.of == "scores" for p in c.points if p.cell)


names = st.sampled_from(["ad", "page", "call", "buy", "banner", "noise"])
rows = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 60), names, st.sampled_from([None, None, 1, 3, 5, 9])),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rows)
def test_every_figure_opens_exactly_its_people(events):
    scope = of_events(events)
    found = figures(events)
    request = MapRequest.model_validate(question_of(found.drilldown)[1])
    for cell, n in cells(found):
        assert len(members(scope, request, cell)) == n, cell
    for stage in found.stages.values():
        assert stage.people == stage.goes_on + stage.dropped + stage.open
        assert sum(flow.people for flow in stage.onward) == stage.goes_on


def test_the_token_asks_for_the_same_people():
    scope = of_events(EVENTS)
    goal = the_map(goal={"goal": "No such goal"})
    found = measured(scope, None, goal, LIBRARY, scope.definition, {}, segment="Regulars")
    assert question_of(found.drilldown) == ("map", {"segment": "Regulars", "definition": 1})
    assert (found.segment, found.goal_people) == ("Regulars", None)
    assert found.as_of.tzinfo is not None


def test_without_sparks_the_figures_are_the_same():
    with_them, without = figures(), figures(sparks=False)
    assert len(with_them.cards["c-ad"].figure.spark) == 12
    assert without.cards["c-ad"].figure.spark == []
    for card, measured_card in with_them.cards.items():
        if measured_card.figure is not None:
            plain = measured_card.figure.model_copy(update={"spark": []})
            assert plain == without.cards[card].figure
    assert with_them.coverage == without.coverage


def test_the_window_of_the_proof():
    proof = figures().cards["c-buy"].figure.proof
    assert (proof.n, proof.grade, proof.last_true) == (1, "some", dt.date(1970, 1, 7))
    assert (proof.since, proof.until) == (dt.date(1970, 1, 2), dt.date(1970, 4, 11))
    assert proof.freshness == pytest.approx(0.5 ** (94 / 90))

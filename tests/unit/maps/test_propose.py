"""What the data suggests: a new map, and changes to one that has fallen behind."""

import dataclasses
import datetime as dt

import pytest

from desireline.maps.bindings import Bindings
from desireline.maps.check import problems
from desireline.maps.commands import apply
from desireline.maps.evidence import proof
from desireline.maps.propose import READABLE, drawn, suggestions
from desireline.model.definition import Definition
from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem
from desireline.service.map_measuring import data
from tests.mapped import scope_of
from tests.scopes import make_scope

CHANNELS = {"ad": "post", "page": "web", "call": "phone", "buy": "web", "banner": "web"}
EVENTS = [
    ("anna", 1, "ad"), ("anna", 3, "page"), ("anna", 4, "call"), ("anna", 6, "buy"), ("ben", 2, "ad"),
    ("ben", 5, "page"), ("cleo", 20, "page"), ("dora", 80, "banner"),
]  # fmt: skip


def findings(events=EVENTS, **more):
    scope = scope_of(events, channels=CHANNELS, **more)
    return data(scope, scope.definition)


def bare(file):
    """The map of a file."""
    return JourneyMap.model_validate(file.model_dump(by_alias=True, exclude={"library"}))


def kinds(listed):
    return [(s.kind, *s.names.values()) for s in listed]


def test_a_map_drawn_from_the_data():
    made = drawn("Shopping", findings(), "pl")
    assert (made.name, made.kind, made.languages, made.definition) == ("Shopping", "current_measured", ["pl"], None)
    assert [(s.id, s.name, s.measures, len(s.steps), s.steps[0].name) for s in made.stages] == [
        ("stage-see", "See", "See", 1, ""), ("stage-try", "Try", "Try", 1, ""), ("stage-own", "Own", "Own", 1, ""),
    ]  # fmt: skip
    assert [(lane.kind, lane.channel) for lane in made.lanes] == [
        ("path", None), ("touchpoints", "channel-web"), ("touchpoints", "channel-post"),
        ("touchpoints", "channel-phone"), ("emotion", None), ("hand_offs", None), ("metrics", None),
        ("pain_points", None), ("opportunities", None),
        ("questions", None),
    ]  # fmt: skip
    cells = {lane.id: {step: [c.ref for c in cards] for step, cards in lane.cells.items()} for lane in made.lanes}
    assert cells["lane-touchpoints-web"] == {"step-try": ["touchpoint-page"], "step-own": ["touchpoint-buy"]}
    assert cells["lane-touchpoints-phone"] == {"step-try": ["touchpoint-call"]}
    metrics = [(c.bind.stage, c.bind.question) for c in made.cards() if c.bind]
    assert metrics == [
        ("stage-see", "drop_off"), ("stage-see", "time"), ("stage-see", "loops"), ("stage-try", "drop_off"),
        ("stage-try", "time"), ("stage-try", "loops"), ("stage-own", "loops"),
    ]  # fmt: skip
    items = {item.id: (item.kind, item.channel, item.measures) for item in made.library}
    assert items["touchpoint-call"] == ("touchpoint", "channel-phone", ["Call"])
    assert items["channel-phone"] == ("channel", None, ["phone"])
    assert "touchpoint-banner" not in items  # of no stage
    assert drawn("Shopping", findings(), "pl") == made
    assert suggestions(made, made.library, findings()) == []


def test_what_is_in_the_library_is_used():
    library = [
        LibraryItem(id="t1", kind="touchpoint", name="Hotline", measures=["Call"]),
        LibraryItem(id="t2", kind="touchpoint", name="page"),
        LibraryItem(id="t3", kind="touchpoint", name="Buy", measures=["Banner"]),
        LibraryItem(id="touchpoint-ad", kind="touchpoint", name="Old", measures=["No"]),
        LibraryItem(id="c1", kind="channel", name="Internet", measures=["web", "app"]),
    ]
    made = drawn("Shopping", findings(), "en", library)
    by_name = {item.name: item for item in made.library}
    assert by_name["Hotline"].id == "t1"
    assert (by_name["page"].id, by_name["page"].measures) == ("t2", ["Page"])  # bound now
    assert (by_name["Buy (2)"].measures, by_name["Buy (2)"].channel) == (["Buy"], "c1")
    assert by_name["Ad"].id == "touchpoint-ad-2"
    assert "Old" not in by_name
    assert next(lane.channel for lane in made.lanes if lane.kind == "touchpoints") == "c1"


def accept(document, library, suggestion):
    kept = {item.id: item for item in [*library, *suggestion.library]}
    return apply(document, suggestion.commands)[0], list(kept.values())


def test_every_suggestion_can_be_accepted_by_itself_and_all_in_their_order():
    old = drawn("Old", findings(), "en")
    document, library = apply(bare(old), [{"do": "stage.remove", "id": "stage-try"}])[0], old.library
    first = suggestions(document, library, findings())
    assert kinds(first) == [("stage", "Try")]
    empty = JourneyMap(id="m", name="Empty")
    for start, known in ((document, library), (empty, [])):
        for suggestion in suggestions(start, known, findings()):
            accept(start, known, suggestion)
        changed, items = start, known
        for _ in range(4):
            for suggestion in suggestions(changed, items, findings()):
                changed, items = accept(changed, items, suggestion)
        assert suggestions(changed, items, findings()) == []
        assert [s.measures for s in changed.stages] == ["See", "Try", "Own"]
        assert {name for item in items for name in item.measures} >= {"Ad", "Page", "Call", "Buy"}


def test_stages_between_others_come_where_they_belong():
    base = JourneyMap.model_validate({"id": "m", "name": "M", "stages": [
        {"id": "mine", "name": "Before all", "steps": [{"id": "a"}]},
        {"id": "own", "measures": "Own", "steps": [{"id": "b"}]},
    ]})  # fmt: skip
    listed = [s for s in suggestions(base, [], findings()) if s.kind == "stage"]
    document = base
    for suggestion in listed:
        document = apply(document, suggestion.commands)[0]
    assert [s.measures for s in document.stages] == ["See", "Try", None, "Own"]


def test_an_order_that_differs_from_the_data():
    made = drawn("M", findings(), "en")
    turned = apply(bare(made), [{"do": "stage.move", "id": "stage-own", "at": 0}])[0]
    (found,) = suggestions(turned, made.library, findings())
    assert (found.kind, found.names) == ("order", {"names": "See, Try"})
    assert [s.id for s in apply(turned, found.commands)[0].stages] == ["stage-see", "stage-try", "stage-own"]


def test_a_map_that_has_fallen_behind():
    made = drawn("M", findings(EVENTS[:2]), "en")  # nobody had called or bought yet
    found = suggestions(made, made.library, findings())
    assert kinds(found) == [("lane", "touchpoints", "phone"), ("touchpoint", "Buy", "Own", "web")]
    changed, library = bare(made), made.library
    for suggestion in found:
        changed, library = accept(changed, library, suggestion)
    assert kinds(suggestions(changed, library, findings())) == [("touchpoint", "Call", "Try", "phone")]


def test_names_that_the_definition_knows_can_be_bound():
    stages = [{"id": "s", "name": "see", "steps": [{"id": "a"}]}]
    lanes = [{"id": "t", "kind": "touchpoints", "cells": {"a": [{"id": "c", "ref": "x"}]}}]
    base = JourneyMap.model_validate({"id": "m", "name": "M", "stages": stages, "lanes": lanes})
    library = [LibraryItem(id="x", kind="touchpoint", name="AD")]
    found = [s for s in suggestions(base, library, findings()) if s.kind == "bind"]
    assert [s.names for s in found] == [{"stage": "see", "name": "See"}, {"touchpoint": "AD", "name": "Ad"}]
    assert found[0].commands == [{"do": "stage.set", "id": "s", "set": {"measures": "See"}}]
    assert found[1].library[0].measures == ["Ad"]


def test_a_cell_holds_as_many_as_can_be_read():
    many = [f"t{k:02}" for k in range(READABLE + 3)]
    rows = [(u, 1, name) for k, name in enumerate(many) for u in range(k + 1)]
    touchpoints = [{"name": n, "stage": "All", "channel": "web", "match": [{"name": n}]} for n in many]
    definition = Definition.model_validate({"version": 1, "stages": [{"name": "All"}], "touchpoints": touchpoints})
    scope = make_scope(rows, {n: n for n in many}, dict.fromkeys(many, "All"), dict.fromkeys(many, "web"))
    found = data(dataclasses.replace(scope, definition=definition), definition)
    made = drawn("M", found, "en")
    shown = [card.ref for card in made.cards() if card.ref]
    assert shown == [f"touchpoint-{name}" for name in sorted(many, reverse=True)[:READABLE]]
    left = suggestions(made, made.library, found)
    assert [s.names["name"] for s in left] == ["t02", "t01", "t00"]
    assert [s.people for s in left] == [3, 2, 1]


# --- evidence and checks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "days", "grade", "freshness"),
    [
        (20, 0, "measured", 1), (19, 0, "some", 1), (20, 90, "measured", 0.5), (20, 91, "some", 0.5 ** (91 / 90)),
        (500, 180, "some", 0.25), (0, 0, "assumed", 0),
    ],
)  # fmt: skip
def test_proof_decays(n, days, grade, freshness):
    counts = findings([("anna", 300, "ad")]).measurements
    last = counts.until - dt.timedelta(days=days)
    found = proof(n, last, counts)
    assert (found.grade, found.freshness) == (grade, pytest.approx(freshness))
    assert (found.last_true is None) == (n == 0)


def test_what_stopped_being_measured():
    library = [
        LibraryItem(id="ad", kind="touchpoint", name="Poster", measures=["Ad"]),
        LibraryItem(id="old", kind="touchpoint", name="Fax", measures=["Fax", "Page"]),
        LibraryItem(id="call", kind="touchpoint", name="Hotline", measures=["Call"]),
        LibraryItem(id="none", kind="touchpoint", name="Letter"),
    ]
    refs = ["ad", "old", "call", "none", "lost"]
    lanes = [
        {"id": "t", "kind": "touchpoints", "cells": {"a": [{"id": f"c-{ref}", "ref": ref} for ref in refs]}},
        {"id": "m", "kind": "metrics", "cells": {"a": [
            {"id": "b1", "bind": {"question": "people", "stage": "nowhere"}},
            {"id": "b2", "bind": {"question": "people", "touchpoint": "away"}},
            {"id": "b3", "bind": {"question": "people", "touchpoint": "none"}},
        ]}},
    ]  # fmt: skip
    stages = [{"id": "s", "name": "Look", "measures": "Looked", "steps": [{"id": "a"}]}]
    document = JourneyMap.model_validate({"id": "m", "name": "M", "stages": stages, "lanes": lanes})
    found = findings([("anna", 1, "ad"), ("ben", 91.5, "page")])
    listed = problems(Bindings(document, library, found.definition), found.measurements)
    assert [(p.code, p.on) for p in listed] == [
        ("stage_gone", "s"), ("binding_gone", "b1"), ("binding_gone", "b2"), ("touchpoint_silent", "c-ad"),
        ("touchpoint_gone", "c-old"), ("touchpoint_never", "c-call"), ("item_unmeasured", "c-none"),
        ("item_missing", "c-lost"),
    ]  # fmt: skip
    assert {p.map for p in listed} == {"m"}
    assert listed[3].sentence("en") == (
        "“Poster” has had no event since 1970-01-02, more than 90 days before the end of the data."
    )
    assert listed[4].sentence("hr") == "„Fax” mjeri dodirna točka „Fax”, koju definicija više nema."
    fresh = findings([("anna", 1.5, "ad"), ("ben", 91.5, "page")])
    still = problems(Bindings(document, library, fresh.definition), fresh.measurements)
    assert "touchpoint_silent" not in {p.code for p in still}

"""Sessions small enough to count by hand, and what they refuse."""

import pytest

from desireline.analyze.sessions import SessionsRequest, answer, members, proportions
from desireline.errors import BadDrilldown, BadQuestion
from tests.scopes import make_scope

MINUTE = 60_000_000


def sessions(events, known=None, channels=None, **fields):
    return answer(make_scope(events, known, channels=channels), SessionsRequest(**fields))


@pytest.mark.parametrize(("after", "count"), [(30 * MINUTE - 1, 1), (30 * MINUTE, 1), (30 * MINUTE + 1, 2)])
def test_a_silence_of_exactly_the_gap_does_not_split(after, count):
    result = sessions([(1, 0, "a"), (1, after, "b")])
    assert (result.sessions, result.bounced) == (count, 0 if count == 1 else 2)
    assert result.median_seconds == (after / 1e6 if count == 1 else 0)


def test_by_hand():
    result = sessions([
        (1, 0, "home"), (1, 10 * MINUTE, "basket"), (1, 20 * MINUTE, "pay"),
        (1, 60 * MINUTE, "home"),
        (2, 0, "home"),
        (3, 0, "pay"), (3, 0, "home"),
    ])  # fmt: skip
    assert (result.sessions, result.people_with_sessions, result.bounced, result.bounce_share) == (4, 3, 2, 0.5)
    assert (result.low, result.high) == pytest.approx((0.1500, 0.8500), abs=5e-5)
    assert (result.events_per_session, result.sessions_per_person) == (7 / 4, 4 / 3)
    assert (result.median_seconds, result.p90_seconds) == (0, pytest.approx(0.7 * 1200))
    assert [(e.name, e.sessions, e.bounced, e.share) for e in result.entries] == [
        ("home", 3, 2, 0.75), ("pay", 1, 0, 0.25),
    ]  # fmt: skip
    assert [(e.name, e.sessions) for e in result.exits] == [("home", 3), ("pay", 1)]
    assert proportions(result)[0][2:] == (2, 4)


def test_one_person_with_one_event_is_one_bounce():
    result = sessions([(1, 0, "a")])
    assert (result.sessions, result.bounced, result.median_seconds, result.p90_seconds) == (1, 1, 0, 0)


def test_the_gap_is_that_of_the_channel_before_the_silence():
    events = [(1, 0, "mail"), (1, 120 * MINUTE, "click"), (1, 240 * MINUTE, "mail")]
    channels = {"mail": "e-mail", "click": "web"}
    assert sessions(events, channels=channels).sessions == 3
    assert sessions(events, channels=channels, gaps={"e-mail": "2h"}).sessions == 2
    assert sessions(events, channels=channels, gaps={"web": "2h"}).sessions == 2
    assert sessions(events, channels=channels, gaps={"web": "2h", "e-mail": "2h"}).sessions == 1


def test_events_outside_the_definition_do_not_prolong_a_session():
    events = [(1, 0, "a"), (1, 20 * MINUTE, "noise"), (1, 40 * MINUTE, "a"), (2, 0, "noise")]
    result = sessions(events, {"a": "A"})
    assert (result.sessions, result.bounced, result.people_with_sessions, result.outside_definition) == (2, 2, 1, 2)
    assert sessions(events, {"a": "A"}, by_event_name=True).sessions == 2


def test_groups_by_the_first_event():
    events = [(1, 0, "a"), (1, 10 * MINUTE, "b"), (2, 0, "a"), (3, 0, "b"), (4, 0, "c"), (4, 4 * MINUTE, "c")]
    result = sessions(events, channels={"a": "web", "b": "shop"}, by="channel")
    assert [(g.name, g.sessions, g.bounced, g.median_seconds) for g in result.groups] == [
        ("web", 2, 1, 300), (None, 1, 0, 240), ("shop", 1, 1, 0),
    ]  # fmt: skip
    few = sessions(events, by="event", top=1)
    assert ([g.name for g in few.groups], [(c.what, c.kept, c.total) for c in few.cut]) == (
        ["@other", "a"], [("groups", 1, 3)]
    )  # fmt: skip
    scope = make_scope(events, channels={"a": "web", "b": "shop"})
    assert members(scope, SessionsRequest(by="channel"), "group:null").tolist() == [3]


@pytest.mark.parametrize(
    "fields", [{"gap": "soon"}, {"gap": "0m"}, {"gaps": {"fax": "1h"}}, {"gaps": {"web": "x"}}, {"by": "weather"},
               {"by": "channel", "top": 0}],
)  # fmt: skip
def test_nonsense_is_refused(fields):
    with pytest.raises(BadQuestion):
        sessions([(1, 0, "a")], channels={"a": "web"}, **fields)


@pytest.mark.parametrize(
    "cell", ["", "session", "entry", 'entry:"x"', "entry:a", "entry:[1]", 'group:"a"', "exit:null"]
)
def test_cells_that_do_not_exist_are_refused(cell):
    with pytest.raises(BadDrilldown):
        members(make_scope([(1, 0, "a")]), SessionsRequest(), cell)


def test_no_events_no_sessions():
    result = sessions([])
    assert (result.sessions, result.people_with_sessions, result.bounced, result.median_seconds) == (0, 0, 0, None)
    assert (result.entries, result.exits, result.low, result.high) == ([], [], 0, 1)

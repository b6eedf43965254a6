"""Obstacles in small logs counted by hand, forecasts against scipy, and troubles that were planted."""

import json

import numpy as np
import pytest
from scipy.stats import betabinom

from desireline.analyze import obstacles
from desireline.analyze.detectors import drop_off
from desireline.analyze.detectors.kinds import has
from desireline.analyze.detectors.model import KINDS
from desireline.analyze.detectors.rates import false_discovery, upper_tail
from desireline.analyze.obstacles import ObstaclesRequest
from desireline.errors import BadDrilldown, UnknownStep
from tests.planted.obstacles import everyday
from tests.scopes import make_scope

S, M, H, D = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
LATER = 100 * D


def found(events, *, kinds=None, **rest):
    """(kind, touchpoint, channel): (count, people, of); times in seconds and the last one past every window."""
    asked = {k: rest.pop(k) for k in ("goal", "contacts", "top", "language") if k in rest}
    scope = make_scope([(u, round(t * S), n) for u, t, n in events], until=LATER, **rest)
    result = obstacles.answer(scope, ObstaclesRequest(kinds=kinds, **asked))
    return {(o.kind, o.touchpoint, o.channel): (o.count, o.people, o.of) for o in result.obstacles}, result


def test_three_clicks_of_one_element_in_a_second_are_rage():
    events = [
        (1, 5, "Pay"),
        (1, 5.4, "Pay"),
        (1, 5.9, "Pay"),
        (1, 6.5, "Pay"),  # one burst of four
        (2, 5, "Pay"),
        (2, 5.6, "Pay"),
        (2, 6.1, "Pay"),  # three, but in 1.1 s
        (3, 5, "Pay"),
        (3, 5.1, "Pay"),
        (3, 5.2, "Pay"),
    ]  # three, on two elements
    elements = [*"xxxx", *"xxx", *"xyx"]
    by_element, _ = found(events, kinds=["rage_click"], columns={"element": elements}, channels={"Pay": "web"})
    assert by_element == {("rage_click", "Pay", "web"): (1, 1, 3)}
    by_name, _ = found(events, kinds=["rage_click"])
    assert by_name == {("rage_click", "Pay", None): (2, 2, 3)}


def test_a_click_that_only_the_same_click_follows_is_dead():
    events = [(1, 5, "Buy"), (1, 9, "Buy"), (2, 5, "Buy"), (2, 6, "Page"), (2, 9, "Buy"), (3, 5, "Buy"), (3, 30, "Buy"),
              (4, 5, "Buy"), (4, 5.5, "Buy")]  # fmt: skip
    columns = {"element": ["x", "x", "x", None, "x", "x", "x", "x", "x"]}
    assert found(events, kinds=["dead_click"], columns=columns)[0] == {("dead_click", "Buy", None): (1, 1, 4)}
    marked = {"dead": [None, "true", "false", None, None, None, None, None, None]}
    assert found(events, kinds=["dead_click"], columns=marked)[0] == {("dead_click", "Buy", None): (1, 1, 2)}


def test_errors_come_of_the_last_click_within_five_seconds():
    events = [(1, 5, "Click A"), (1, 6, "Click B"), (1, 8, "Payment declined"),
              (2, 5, "Click A"), (2, 11, "Payment declined"),
              (3, 5, "Click A"), (3, 7, "Page")]  # fmt: skip
    assert found(events, kinds=["error_after_click"])[0] == {("error_after_click", "Click B", None): (1, 1, 1)}
    status = {"status": [None, None, None, "500", None, "shipped", "404"]}
    both, _ = found(events, kinds=["error_after_click"], columns=status)
    assert both["error_after_click", "Click A", None] == (2, 2, 3)


def test_back_and_forth_twice_in_half_an_hour_is_ping_pong():
    def walk(unit, names, step):
        return [(unit, 7 + k * step, n) for k, n in enumerate(names)]

    events = [*walk(1, "ABABABAB", 60), *walk(2, "AABBAAB", 60), *walk(3, "ABAB", 601), *walk(4, "ABAC", 60)]
    counts, result = found(events, kinds=["ping_pong"])
    assert counts == {("ping_pong", "A", None): (2, 2, 4)}
    assert result.obstacles[0].other == "B"
    assert "“B”" in result.obstacles[0].sentence


def test_runs_longer_than_usual_are_loops():
    once = [(u, 7 + k * H / S, n) for u in range(60) for k, n in enumerate("ABA")]
    stuck = [(u, 7 + k * M / S, n) for u in (90, 91, 92, 93, 94) for k, n in enumerate("ABBBBBBBBBBA")]
    _, result = found([*once, *stuck], kinds=["self_loop"])
    (one,) = result.obstacles
    assert (one.touchpoint, one.count, one.people, one.of) == ("B", 5, 5, 65)
    assert one.expected == pytest.approx((5 / 65) ** 2)  # 5 of 65 runs go on at all, and twice more by the same chance


def test_a_contact_about_the_same_on_any_channel_is_a_repeat():
    day = D / S
    events = [(1, 7, "Call us"), (1, 7 + 600, "Call us"), (1, 7 + 3 * day, "Chat"),  # one call, in two events
              (2, 7, "Call us"), (2, 7 + 0.5 * day, "Call us"),
              (3, 7, "Call us"), (3, 7 + 20 * day, "Chat"),
              (4, 7, "Call us"), (4, 7 + 3 * day, "Chat")]  # fmt: skip
    topics = {"topic": ["bill", "bill", "bill", "bill", "bill", "bill", "bill", "bill", "parcel"]}
    channels = {"Call us": "phone", "Chat": "chat"}
    counts, result = found(events, kinds=["repeat_contact"], columns=topics, channels=channels)
    assert counts == {("repeat_contact", "Call us", "phone"): (2, 2, 4)}
    assert [(w.days, w.people, w.of) for w in result.obstacles[0].within] == [(1, 1, 4), (7, 2, 4), (30, 3, 4)]
    without, _ = found(events, kinds=["repeat_contact"], channels=channels)
    assert without == {("repeat_contact", "Call us", "phone"): (3, 3, 4)}


def test_a_contact_that_may_still_be_followed_does_not_count():
    events = [(1, 7, "Call us"), (2, 95 * D / S, "Call us"), (3, 95 * D / S, "Call us"), (3, 97 * D / S, "Call us")]
    counts, _ = found(events, kinds=["repeat_contact"])
    assert counts == {("repeat_contact", "Call us", None): (1, 1, 2)}


def test_the_same_again_in_another_channel_within_three_days_is_starting_over():
    events = [(u, 7 + k * 3600, n) for u in range(8) for k, n in enumerate(["Form web", "Form phone"])]
    events += [(u, 7 + k * 3600, n) for u in range(20, 60) for k, n in enumerate(["News web", "Offer phone"])]
    events += [(99, 7, "Form web"), (99, 7 + 73 * 3600, "Form phone")]
    channels = {n: n.split()[1] for n in ("Form web", "Form phone", "News web", "Offer phone")}
    touchpoints = {n: n.split()[0] for n in channels}
    counts, result = found(events, kinds=["channel_switch_repeat"], touchpoints=touchpoints, channels=channels)
    assert counts == {("channel_switch_repeat", "Form", "phone"): (8, 8, 8)}
    assert result.obstacles[0].expected == pytest.approx(0, abs=1e-9)


def test_more_than_twice_the_usual_touchpoints_before_the_goal_are_too_many():
    events = [(u, 7 + k * 60, n) for u in range(5) for k, n in enumerate(["a", "b", "Order"])]
    events += [(9, 7 + k * 60, n) for k, n in enumerate([*"abababa", "Order"])]
    events += [(10, 7 + k * 60, n) for k, n in enumerate("abababababab")]
    assert found(events, kinds=["too_many_touchpoints"], goal="Order")[0] == {
        ("too_many_touchpoints", "Order", None): (1, 1, 6)
    }


def test_a_promise_that_nothing_answers_in_its_time_is_silence():
    events = [(1, 7, "Callback promised"), (2, 7, "Callback promised"), (2, 7 + 3 * 3600, "Callback"),
              (3, 7, "Callback promised"), (3, 7 + 80 * 3600, "Callback"),
              (4, 99 * D / S, "Callback promised"),
              (5, 7, "Callback promised"), (5, 7 + 3 * 3600, "Callback")]  # fmt: skip
    times = {"promise": [None, None, None, None, None, None, "2h", None]}
    assert found(events, kinds=["silence_after_promise"], columns=times)[0] == {
        ("silence_after_promise", "Callback promised", None): (3, 3, 4)
    }


def test_a_page_without_results_is_held_against_all_who_searched_there():
    """Of four who search on the web two find nothing, one of them twice; who searches in the app does not count."""
    nothing, on = "No search results", {"Search": "web", "No search results": "web", "Home": "web", "App search": "app"}
    events = [(1, 7, "Search"), (1, 9, nothing), (1, 20, nothing), (2, 7, "Search"), (3, 7, "Search"), (3, 9, nothing),
              (4, 7, "Search"), (5, 7, "App search"), (6, 7, "Home")]  # fmt: skip
    listed, _ = found(events, kinds=["not_found"], channels=on, contacts=["Home"])
    assert listed == {("not_found", nothing, "web"): (3, 2, 4)}
    scope = make_scope([(u, t * S, n) for u, t, n in events], until=LATER, channels=on)
    cell = '["not_found","No search results","web"]'
    assert len(obstacles.members(scope, ObstaclesRequest(), f"exposed:{cell}")) == 4
    assert len(obstacles.members(scope, ObstaclesRequest(), f"obstacle:{cell}")) == 2
    alone, _ = found(
        [(1, 7, nothing), (2, 7, "Home"), (3, 7, "Shelf")], kinds=["not_found"], channels=on | {"Shelf": "shop"}
    )
    assert alone == {("not_found", nothing, "web"): (1, 1, 2)}


def test_searches_without_results_or_before_a_contact_did_not_find():
    events = [(1, 7, "Search"), (2, 7, "Search"), (2, 7 + 600, "Search"), (2, 7 + 1200, "Call us"),
              (3, 7, "Search"), (3, 7 + 3600, "Call us"), (4, 7, "FAQ"), (4, 7 + 3600, "Call us"),
              (5, 7, "FAQ"), (5, 7 + 25 * 3600, "Call us"), (6, 7, "Search")]  # fmt: skip
    results = {"results": ["0", "5", "5", None, "5", None, None, None, None, None, "12"]}
    assert found(events, kinds=["not_found"], columns=results)[0] == {
        ("not_found", "Search", None): (2, 2, 4), ("not_found", "FAQ", None): (1, 1, 2),
    }  # fmt: skip


def test_bare_data_say_what_they_can_and_what_would_help():
    _, result = found([(1, 7, "a"), (1, 70, "b"), (2, 7, "a")])
    reasons = {m.kind: m.reason for m in result.not_measurable}
    assert reasons == {
        "dead_click": "no_elements", "error_after_click": "no_errors", "repeat_contact": "no_contacts",
        "channel_switch_repeat": "one_channel", "too_many_touchpoints": "no_goal",
        "silence_after_promise": "no_promises", "not_found": "no_searches",
    }  # fmt: skip
    assert set(result.measured) == set(KINDS) - set(reasons)
    _, daily = found([(1, 0, "a"), (1, 86_400, "b")], kinds=["rage_click", "ping_pong"])
    assert {m.reason for m in daily.not_measurable} == {"coarse_times"}


def test_a_request_may_name_its_contacts_and_nothing_unknown():
    events = [(1, 7, "Letter"), (1, 7 + 3 * D / S, "Letter")]
    counts, _ = found(events, kinds=["repeat_contact"], contacts=["Letter"])
    assert counts == {("repeat_contact", "Letter", None): (1, 1, 1)}
    with pytest.raises(UnknownStep):
        found(events, contacts=["Fax"])


def test_cells_that_are_none_are_refused():
    scope = make_scope([(1, 7 * S, "a")])
    for cell in ('obstacle:["rage_click","b",null]', 'obstacle:["wonder","a",null]', 'repeat:["a",null,0]',
                 'example:["rage_click","a",null,-1]', 'repeat:["a",null,7]', "obstacle"):  # fmt: skip
        with pytest.raises(BadDrilldown):
            obstacles.members(scope, ObstaclesRequest(), cell)


def test_people_a_month_are_those_of_whole_months_back_from_the_end():
    month = 30.4375 * 86_400
    start = 7
    end = start + 2.5 * month
    events = [(u, t, "Call us") for u in range(3) for t in (start, start + 4 * 86_400)]  # before the two whole months
    events += [
        (u, end - month + d * 86_400, "Call us") for u in range(4) for d in (1, 5, 9)
    ]  # the last month: 4 people
    scope = make_scope([(u, round(t * S), n) for u, t, n in events], until=round(end * S))
    (one,) = obstacles.answer(scope, ObstaclesRequest(kinds=["repeat_contact"])).obstacles
    assert (one.people, one.people_per_month) == (4, 2.0)


def test_what_is_listed_is_cut_after_it_is_ranked():
    events = [(u, 7 + k / 10, n) for n, people in (("few", 2), ("many", 30)) for u in range(people) for k in range(3)]
    _, result = found([(f"{n} {u:02}", t, n) for u, t, n in events], kinds=["rage_click"], top=1)
    assert [(o.touchpoint, o.rank_low, o.rank_high) for o in result.obstacles] == [("many", 1, 1)]
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("obstacles", 1, 2)]


@pytest.mark.parametrize(
    ("role", "name", "channel", "yes"),
    [
        ("contacts", "Zgłoszenie reklamacji", None, True), ("contacts", "Upit kupca", None, True),
        ("contacts", "Order status", "Call centre", True), ("contacts", "Callback promised", "phone", False),
        ("contacts", "Newsletter", "email", False), ("contacts", "Recall notice", None, False),
        ("errors", "Błąd płatności", "web", True), ("errors", "Plaćanje odbijeno", "web", True),
        ("errors", "Card declined", None, True), ("errors", "Blade sharpener", None, False),
        ("searches", "Wyszukiwanie", "web", True), ("searches", "Search ad", "ads", False),
        ("searches", "Pretraživanje", None, True), ("help_pages", "FAQ article", "web", True),
        ("promises", "Zapowiedź dostawy", None, True), ("promises", "Najavljena dostava", None, True),
        ("answers", "Callback", "phone", True), ("answers", "Callback promised", "phone", False),
        ("nothing", "No search results", "web", True), ("nothing", "Search: no results", "web", True),
    ],
)  # fmt: skip
def test_names_say_what_events_are(role, name, channel, yes):
    assert has(role, (name, None), channel) is yes


def test_forecasts_are_the_beta_binomial_of_the_eight_weeks_before():
    random = np.random.default_rng(3)
    counts = np.zeros((1, 12, 7, 2), np.int64)
    counts[0, :, 0, 0] = random.integers(40, 80, 12)
    counts[0, :, 0, 1] = random.binomial(counts[0, :, 0, 0], 0.3)
    made = drop_off.forecasts(counts)
    for week in (4, 9, 11):
        n, k = counts[0, max(0, week - 8) : week, 0].sum(axis=0)
        exact = betabinom(counts[0, week, 0, 0], k + 0.5, n - k + 0.5)
        assert made.expected[0, week] == pytest.approx(exact.mean())
        scatter = made.variance[0, week] / exact.var()
        assert scatter >= 1 - 1e-12
    assert not made.events[0, :4].any()


def test_tails_and_false_discovery_are_those_of_scipy():
    from scipy.stats import binom, false_discovery_control

    random = np.random.default_rng(5)
    of, people = random.integers(12, 90, 40), random.integers(0, 12, 40)
    expected = of * random.uniform(0.01, 0.3, 40)
    tail = upper_tail(people, of, expected)
    assert tail == pytest.approx(binom.sf(people - 1, of, expected / of))
    assert false_discovery(tail) == pytest.approx(false_discovery_control(tail))


TESTED = ["long_wait", "channel_switch_repeat", "drop_off"]


def test_what_is_planted_is_found_and_no_more():
    """Three kinds that stand out of a forecast: found where planted, with its people, and next to nothing elsewhere."""
    slow, _ = everyday(1, slow="basket web")
    left, planted = everyday(2, collapse="basket app", share=0.8)
    again, _ = everyday(3, again="product app", share=0.5)
    by = [obstacles.answer(s, ObstaclesRequest(kinds=TESTED)).obstacles for s in (slow, left, again)]
    assert (by[0][0].kind, by[0][0].touchpoint, by[0][0].channel) == ("long_wait", "basket", "web")
    (gone,) = [o for o in by[1] if o.kind == "drop_off"]
    assert (gone.touchpoint, gone.channel) == ("basket", "app")
    assert 0.7 * len(planted) <= gone.above <= 1.3 * len(planted)
    assert (by[2][0].kind, by[2][0].touchpoint, by[2][0].channel) == ("channel_switch_repeat", "product", "app")


def test_where_nothing_is_planted_next_to_nothing_is_found():
    flagged = [
        len(obstacles.answer(everyday(seed)[0], ObstaclesRequest(kinds=[*TESTED, "self_loop"])).obstacles)
        for seed in range(10, 16)
    ]
    assert sum(n > 0 for n in flagged) <= 2, flagged


def test_cells_are_json_in_every_script():
    _, result = found([(1, 5, "Płać"), (1, 5.1, "Płać"), (1, 5.2, "Płać")], kinds=["rage_click"])
    assert json.loads(result.obstacles[0].cell.partition(":")[2]) == ["rage_click", "Płać", None]


@pytest.mark.parametrize(("language", "words"), [("pl", "1 z 2 osób (50,0%)"), ("hr", "1 od 2 osoba (50,0 %)")])
def test_sentences_are_in_the_language_asked_for(language, words):
    events = [(1, 5, "Pay"), (1, 5.1, "Pay"), (1, 5.2, "Pay"), (2, 5, "Pay")]
    _, result = found(events, kinds=["rage_click"], language=language)
    assert words in result.obstacles[0].sentence.replace("\xa0", " ")
    assert "“" not in result.obstacles[0].sentence

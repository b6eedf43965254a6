"""Durations by hand and against published estimates: censoring, journeys that are over, nobody there."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from desireline.analyze import durations
from desireline.analyze.following import followed
from desireline.analyze.survival import curve, differ
from desireline.errors import BadDrilldown, BadQuestion
from desireline.kernels.log_rank import log_rank
from desireline.model.definition import Definition, Goal, JourneyRules, MatchRule, Touchpoint
from desireline.model.question import Filters
from tests.scopes import make_scope

SECOND = 1_000_000
DAY = 86_400 * SECOND

# Weeks in remission, Freireich et al. 1963, Blood 21: 6-mercaptopurine (negative: still in remission) and placebo.
TREATED = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def weeks(listed):
    rows = sorted(((abs(w), w > 0) for w in listed), key=lambda row: (row[0], not row[1]))
    return np.array([w for w, _ in rows], np.int64), np.array([event for _, event in rows])


def test_the_remission_times_of_1963():
    treated, placebo = curve(*weeks(TREATED)), curve(*weeks(PLACEBO))
    assert dict(zip(treated.time.tolist(), (1 - treated.reached).round(3).tolist(), strict=True)) == {
        6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448,
    }  # fmt: skip
    assert treated.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert treated.by_half() == (23, 13, None)
    assert placebo.by_half() == (8, 4, 11)


def test_the_two_treatments_of_1963_differ():
    rows = sorted([(abs(w), w < 0, 0) for w in TREATED] + [(w, False, 1) for w in PLACEBO])
    time, lost, group = (np.array(column) for column in zip(*rows, strict=True))
    statistic, degrees, p = differ(log_rank(time, ~lost, group.astype(np.int32), 2))
    assert (round(statistic, 2), degrees) == (16.79, 1)
    assert p == pytest.approx(4.17e-5, rel=0.01)


def test_who_is_still_on_the_way_counts_until_the_end_of_the_observation():
    events = [(1, 0, "ask"), (1, 10, "pay"), (2, 0, "ask"), (3, 15, "ask"), (4, 0, "ask"), (4, 30, "pay")]
    scope = make_scope([(u, t * SECOND, name) for u, t, name in events], until=30 * SECOND)
    result = durations.answer(scope, durations.DurationsRequest(from_="ask", to="pay"))
    # 4 watched at 10 s: one of them there; the third is lost at 15 s; at 30 s two are watched and one gets there
    assert [(p.seconds, p.at_risk) for p in result.curve] == [(10.0, 4), (30.0, 2)]
    assert [p.reached for p in result.curve] == pytest.approx([0.25, 1 - 0.75 * 0.5])
    assert (result.entered, result.n, result.censored, result.share) == (4, 2, 2, 0.5)
    assert result.survival.share_reached == pytest.approx(0.625)
    assert result.survival.median_seconds == 30.0


def test_a_horizon_ends_the_watch():
    scope = make_scope([(1, 0, "ask"), (1, 10 * SECOND, "pay"), (2, 0, "ask"), (2, 20 * SECOND, "pay")])
    request = durations.DurationsRequest(from_="ask", to="pay", horizon="10s")
    result = durations.answer(scope, request)
    assert (result.n, result.censored, result.survival.share_reached) == (1, 1, 0.5)
    assert durations.members(scope, request, "missed").tolist() == [1]
    with pytest.raises(BadQuestion):
        durations.answer(scope, request.model_copy(update={"horizon": "soon"}))


def test_nobody_gets_there():
    scope = make_scope([(1, 0, "ask"), (2, 5 * SECOND, "ask"), (3, 0, "pay")], channels={"ask": "web"})
    result = durations.answer(scope, durations.DurationsRequest(from_="ask", to="pay", by="channel"))
    assert (result.entered, result.n, result.censored, result.curve, result.log_rank) == (2, 0, 2, [], None)
    assert result.survival.share_reached == 0.0
    assert (result.survival.median_seconds, result.survival.low, result.survival.share_high) == (None, None, None)


def test_everybody_gets_there_at_once():
    scope = make_scope([(u, t, name) for u in range(4) for t, name in ((0, "ask"), (SECOND, "pay"))])
    survival = durations.answer(scope, durations.DurationsRequest(from_="ask", to="pay")).survival
    assert (survival.share_reached, survival.share_low, survival.share_high) == (1.0, 0.0, 1.0)
    assert survival.median_seconds == 1.0


def test_rare_groups_are_one_and_said_to_be():
    events = [(u, 0, f"ask {u % 5}") for u in range(15)]
    scope = make_scope(
        events, channels={f"ask {k}": f"c{k}" for k in range(5)}, stages={f"ask {k}": "s" for k in range(5)}
    )
    request = durations.DurationsRequest(from_="s", to="s", of="stage", by="channel", top=2)
    result = durations.answer(scope, request)
    assert [(g.name, g.entered) for g in result.groups] == [("@other", 9), ("c0", 3), ("c1", 3)]
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("groups", 2, 5)]
    assert len(durations.members(scope, request, 'missed:"@other"')) == 9
    with pytest.raises(BadDrilldown):
        durations.members(scope, request, 'missed:"c4"')


def test_until_when_units_are_watched():
    events = [(1, 0, "ask"), (1, DAY, "pay"), (2, 0, "ask"), (3, 50 * DAY, "ask")]
    names = {"ask": "Ask", "pay": "Pay"}
    definition = Definition(
        touchpoints=[Touchpoint(name=t, match=[MatchRule(name=n)]) for n, t in names.items()],
        goals=[Goal(name="Paid", touchpoints=["Pay"])], journey=JourneyRules(ends=["Paid"], gap_days=30),
    )  # fmt: skip
    people = make_scope(events, names, until=60 * DAY)
    assert followed(people).tolist() == [60 * DAY] * 3
    journeys = replace(people, grain="journey", definition=definition)
    assert followed(journeys).tolist() == [DAY, 0, 60 * DAY]  # closed by its goal, silent too long, open
    cut = replace(people, filters=Filters(until=dt.date(1970, 1, 3)), zone="Europe/Warsaw")
    assert followed(cut).tolist() == [3 * DAY - 3600 * SECOND - 1] * 3  # midnight in Warsaw is 23:00 UTC

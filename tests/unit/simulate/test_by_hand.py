"""Journeys whose every draw is chosen, so that what comes of them can be worked out on paper."""

from typing import Any

import numpy as np
import pytest

from desireline.simulate import world
from desireline.simulate.behaviours import behaviours
from desireline.simulate.counterfactuals import value_of, without_friction
from desireline.simulate.draws import MOST_STEPS, Draw
from desireline.simulate.people import People
from desireline.simulate.record import Record
from desireline.simulate.settings import SETTINGS
from desireline.simulate.tables import tables_of
from desireline.simulate.walking import World, walk

STOPS, GOES_ON, REACHES = 0.999, 0.5, 0.0
SETTINGS_BY_HAND = SETTINGS["medium"]._replace(intent_on_goal=0.0, intent_on_end=0.0, treatment=0.0)


class Chosen:
    """The outcome draw of each step by person; all other draws are in the middle."""

    def __init__(self, outcomes: list[list[float]]) -> None:
        self.outcomes = outcomes

    def step(self, k: int) -> Draw:
        n = len(self.outcomes)
        at = [row[k] if k < len(row) else STOPS for row in self.outcomes]
        middle = np.full(n, 0.5, np.float32)
        return Draw(np.array(at, np.float32), middle, middle, middle, middle, middle, np.zeros(n, np.float32))


def people(n: int) -> People:
    zeros, ones = np.zeros(n, np.int64), np.ones(n)
    return People(
        persona=zeros, type=zeros, intent=np.zeros(n), level=zeros, language=zeros, region=zeros,
        android=np.zeros(n, bool), consent=np.ones(n, bool), campaign=zeros, pace=ones, within=ones * 0.65,
        order=np.arange(1, n + 1) * 100.0, value_class=zeros, start=np.zeros(n), mood=np.zeros(n),
    )  # fmt: skip


def rubbing(n: int, where: list[int]) -> World:
    friction = np.zeros(len(world.PLACES), bool)
    friction[where] = True
    return World(SETTINGS_BY_HAND, tables_of(SETTINGS_BY_HAND), friction, np.zeros(n, bool), np.full(n, np.inf))


def path(walked: Any, person: int) -> list[str]:
    rows = np.flatnonzero(walked.person == person)
    return [world.NAMES[k] for k in walked.touchpoint[rows[np.argsort(walked.step[rows])]]]


def test_who_reaches_stops_and_goes_on() -> None:
    walked = walk(people(3), rubbing(3, []), Chosen([[REACHES, STOPS], [STOPS], [GOES_ON, GOES_ON, REACHES, STOPS]]))
    assert walked.converted.tolist() == [True, False, True]
    assert [len(path(walked, k)) for k in range(3)] == [2, 1, 4]
    assert path(walked, 0)[-1] == path(walked, 2)[-1] == "Order"
    assert walked.steps_at_risk.tolist() == [1, 1, 3]
    assert value_of(people(3), walked).tolist() == [100.0, 0.0, 300.0]


def test_friction_takes_those_whose_draw_lies_between_the_hazard_and_its_part() -> None:
    # At the first step on the first day the hazard of the goal is 0.05 x 0.3 x 0.95 = 0.01425, and 0.6 of it,
    # 0.00855, where it rubs; that of the end is 0.04 x 0.3 = 0.012, or 0.012 / 0.6 = 0.02. So the third person reaches
    # the goal either way, the fourth neither way, and the fifth stops only where it rubs, to reach the goal at the
    # second step without.
    draws = Chosen([[0.009, STOPS], [0.014, STOPS], [0.0001, STOPS], [0.0145, STOPS], [0.985, REACHES, STOPS]])
    first = int(walk(people(1), rubbing(1, []), Chosen([[STOPS]])).touchpoint[0])
    actual = rubbing(5, [first])
    walked = walk(people(5), actual, draws)
    assert walked.converted.tolist() == [False, False, True, False, False]
    without = without_friction(people(5), actual, walked, draws)
    assert without.converted.tolist() == [True, True, True, False, True]
    assert without.joint.conversions == int(without.converted.sum() - walked.converted.sum())
    assert [loss.touchpoint for loss in without.losses] == [world.NAMES[first]]
    assert without.joint.value == pytest.approx((without.value - value_of(people(5), walked)).sum())


def test_nobody_is_walked_again_who_met_no_friction() -> None:
    elsewhere = world.INDEX["Return"]
    draws = Chosen([[GOES_ON, REACHES, STOPS], [STOPS]])
    actual = rubbing(2, [elsewhere])
    walked = walk(people(2), actual, draws)
    without = without_friction(people(2), actual, walked, draws)
    assert (without.joint.people, without.joint.conversions, without.joint.value) == (0, 0, 0.0)
    assert without.converted.tolist() == walked.converted.tolist() == [True, False]


def test_the_first_touchpoint_is_drawn_by_a_step_of_its_own() -> None:
    draws = Chosen([[STOPS]])
    assert draws.step(MOST_STEPS).next[0] == 0.5
    assert path(walk(people(1), rubbing(1, []), draws), 0)[0] in world.NAMES[:30]


def record(*rows: tuple[int, str, float]) -> Record:
    person, name, time = zip(*rows, strict=True)
    at = np.array([world.INDEX[n] for n in name])
    channel = np.array([world.CHANNELS.index(world.CHANNEL[k]) for k in at])
    n = len(rows)
    return Record(
        person=np.array(person), touchpoint=at, channel=channel, time=np.array(time, float), visit=np.zeros(n, bool),
        value=np.full(n, np.nan), topic=np.zeros(n, np.int64), element=np.full(n, -1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "rows", "people"),
    [
        ("rage_click", [(0, "Click", 0), (0, "Click", 0.4), (0, "Click", 0.9)], 1),
        ("rage_click", [(0, "Click", 0), (0, "Click", 0.4), (0, "Click", 1.1)], 0),
        ("rage_click", [(0, "Click", 0), (0, "Click", 0.4), (1, "Click", 0.9)], 0),
        ("dead_click", [(0, "Click", 0), (0, "Click", 4)], 1),
        ("dead_click", [(0, "Click", 0), (0, "Basket", 2), (0, "Click", 4)], 0),
        ("error_after_click", [(0, "Click", 0), (0, "Error message", 4)], 1),
        ("error_after_click", [(0, "Click", 0), (0, "Error message", 6)], 0),
        ("error_after_click", [(0, "Click", 0), (1, "Error message", 4)], 0),
        ("ping_pong", [(0, n, 60 * k) for k, n in enumerate(["Basket", "Checkout"] * 2)], 1),
        ("ping_pong", [(0, n, 700 * k) for k, n in enumerate(["Basket", "Checkout"] * 2)], 0),
        ("ping_pong", [(0, "Basket", k) for k in range(4)], 0),
        ("repeat_contact", [(0, "Live chat", 0), (0, "Live chat", 6 * 86_400)], 1),
        ("repeat_contact", [(0, "Live chat", 0), (0, "Live chat", 8 * 86_400)], 0),
        ("channel_switch_repeat", [(0, "Live chat", 0), (0, "Call centre", 86_400)], 1),
        ("channel_switch_repeat", [(0, "Live chat", 0), (0, "Live chat", 86_400)], 0),
        ("silence_after_promise", [(0, "Callback promised", 0), (0, "Callback", 5)], 0),
        ("silence_after_promise", [(0, "Callback promised", 0), (1, "Callback", 5)], 1),
        ("not_found", [(0, "No search results", 0), (0, "No search results", 9)], 1),
    ],
)
def test_behaviours(kind: str, rows: list[tuple[int, str, float]], people: int) -> None:
    assert sum(one["people"] for one in behaviours(record(*rows))[kind]) == people

"""Intervals by groups of persons cover what they should, and are those of a bootstrap over persons."""

import numpy as np
import pytest

from desireline.analyze import crediting
from desireline.analyze.crediting import MODELS, Crediting, credits_of
from desireline.analyze.resampling import GROUPS, groups_of, middle
from desireline.kernels import attribution as kernel

CHANNELS = 4
NOTHING = np.zeros(0)
KEEN = np.array([0.1, 0.2, 0.35, 0.5])
"""How likely the goal follows a touch of each channel."""


def journeys(people, seed):
    """Up to two paths a person, whose likes differ from person to person: (offsets, code); CHANNELS is the goal."""
    random = np.random.default_rng(seed)
    favourite = random.integers(0, CHANNELS, people)
    length = random.integers(1, 7, people)
    offsets = np.r_[0, np.cumsum(length)]
    touch = random.integers(0, CHANNELS, offsets[-1])
    usual = random.random(offsets[-1]) < 0.5
    touch[usual] = np.repeat(favourite, length)[usual]
    goal = random.random(offsets[-1]) < KEEN[touch] * 0.5
    place = np.arange(offsets[-1]) + np.cumsum(goal) - goal
    code = np.full(offsets[-1] + goal.sum(), CHANNELS, np.int32)
    code[place] = touch
    return np.r_[0, np.cumsum(np.add.reduceat(1 + goal, offsets[:-1]))].astype(np.int64), code


def ask(order=1):
    touch = np.append(np.arange(CHANNELS), kernel.GOAL).astype(np.int32)
    return kernel.Asked(touch, CHANNELS, np.zeros(CHANNELS, np.bool_), order, kernel.NO_WINDOW, 3.0, False)


def credited(data, order=1, weight=NOTHING, intervals=True):
    offsets, code = data
    time = np.arange(len(code), dtype=np.int64)
    person = np.arange(len(offsets) - 1, dtype=np.int32)
    group, groups, hashed = groups_of(person, GROUPS if intervals else 1)
    walks = kernel.Walks(offsets, time, code, group, weight, NOTHING, hashed)
    return credits_of(walks, ask(order), groups, Crediting(order=order, intervals=intervals))


def shares(data, order=1, weight=NOTHING):
    found = credited(data, order, weight, intervals=False).models
    return np.array([found[model] / found[model].sum() for model in MODELS])


def ends(data, order=1):
    """float64[2, models, channels], the ends of the intervals of the shares."""
    found = credited(data, order)
    whole = found.models["first"].sum()
    return np.array([[found.intervals[model][end] / whole for model in MODELS] for end in (0, 1)])


def test_intervals_cover_the_truth_in_19_of_20_cases():
    truth = shares(journeys(400_000, seed=1))
    covered = []
    for seed in range(150):
        low, high = ends(journeys(700, seed=100 + seed))
        covered.append((low <= truth) & (truth <= high))
    by_model = np.mean(covered, axis=(0, 2))
    assert np.mean(covered) == pytest.approx(0.95, abs=0.02)
    assert (np.abs(by_model - 0.95) < 0.035).all(), dict(zip(MODELS, by_model, strict=True))


def by_person(data, order=1, draws=600):
    """The ends by drawing persons one by one with replacement."""
    people = len(data[0]) - 1
    random = np.random.default_rng(5)
    drawn = [
        shares(data, order, np.bincount(random.integers(0, people, people), minlength=people).astype(float))
        for _ in range(draws)
    ]
    return np.quantile(drawn, [0.025, 0.975], axis=0)


@pytest.mark.parametrize("people", [200, 3_000])  # each a group of its own; many to a group
def test_intervals_are_those_of_a_bootstrap_over_persons(people):
    data = journeys(people, seed=3)
    ours, theirs = ends(data), by_person(data)
    width = theirs[1] - theirs[0]
    assert np.abs((ours - theirs) / width).mean() < 0.06
    assert (ours[1] - ours[0]) / width == pytest.approx(np.ones_like(width), abs=0.2)


def test_a_large_chain_is_expanded_as_if_it_were_solved(monkeypatch):
    data = journeys(3_000, seed=4)
    solved = ends(data, order=2)
    monkeypatch.setattr(crediting, "SOLVED_STATES", 0)
    expanded = ends(data, order=2)
    markov = MODELS.index("markov")
    width = (solved[1] - solved[0])[markov]
    assert not np.array_equal(solved[:, markov], expanded[:, markov])
    assert np.abs((solved - expanded)[:, markov] / width).max() < 0.12
    assert np.array_equal(np.delete(solved, markov, axis=1), np.delete(expanded, markov, axis=1))


def test_intervals_do_not_move_the_credit():
    data = journeys(500, seed=6)
    with_them, without = credited(data).models, credited(data, intervals=False).models
    for model in MODELS:
        assert with_them[model] == pytest.approx(without[model])


def test_persons_are_groups_while_they_are_few():
    owner = np.array([7, 7, 3, 9, 3], np.int32)
    group, groups, hashed = groups_of(owner, 256)
    assert (group.tolist(), groups, hashed) == ([1, 1, 0, 2, 0], 3, False)
    group, groups, hashed = groups_of(owner, 2)
    assert (group.tolist(), groups, hashed) == (owner.tolist(), 2, True)


def test_draws_that_say_nothing_are_left_out():
    values = np.full((1000, 1), np.nan)
    assert middle(values) is None
    values[:600, 0] = np.arange(600)
    low, high = middle(values)
    assert (low[0], high[0]) == pytest.approx((0.025 * 599, 0.975 * 599))

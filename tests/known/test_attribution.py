"""Known answers of the table of paths that the package ChannelAttribution 2.2.5 comes with, and what it makes of it."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_array, eye_array
from scipy.sparse.linalg import spsolve

from desireline.service.path_tables import attribution_of_paths

EFFECTS = {
    "alpha": 0.5584, "iota": 0.4058, "eta": 0.3490, "beta": 0.2640, "theta": 0.2060, "lambda": 0.1340,
    "epsilon": 0.0626, "zeta": 0.0398, "kappa": 0.0287, "gamma": 0.0179, "delta": 0.0005, "mi": 0.0002,
}  # fmt: skip
MARKOV = {
    "alpha": 5344.9, "iota": 3884.6, "eta": 3340.8, "beta": 2527.4, "theta": 1971.9, "lambda": 1282.8,
    "epsilon": 599.6, "zeta": 381.1, "kappa": 274.4, "gamma": 171.1, "delta": 4.6, "mi": 1.7,
}  # fmt: skip
"""The exact chain of order 1 with nulls, worked out apart from this program."""


@pytest.fixture(scope="module")
def table(data: Path) -> Path:
    return data / "channelattribution_pathdata" / "Data.csv"


@pytest.fixture(scope="module")
def printed(data: Path) -> dict[str, dict[str, float]]:
    """What the package printed for the rules: channel -> column -> figure."""
    lines = (data / "channelattribution_pathdata" / "expected_channelattribution.txt").read_text().splitlines()
    head = next(k for k, line in enumerate(lines) if "first_touch_conversions" in line)
    columns = lines[head].split()[1:]
    return {
        words[1]: dict(zip(columns, map(float, words[2:]), strict=True))
        for words in (line.split() for line in lines[head + 1 : head + 13])
    }


def test_rules_are_the_package_s_to_the_last_digit(table: Path, printed: dict[str, dict[str, float]]) -> None:
    found = attribution_of_paths(table, {"intervals": False})
    assert (found.conversions, found.nulls, found.unattributed) == (19_785, 68_602, 0)
    value = attribution_of_paths(table, {"intervals": False, "credit": "value"})
    assert value.value == pytest.approx(74_802.972, abs=0.0006)
    assert len(printed) == 12
    for channel, figures in printed.items():
        for model, name in (("first", "first_touch"), ("last", "last_touch"), ("linear", "linear_touch")):
            assert round(found.models[model][channel], 3) == figures[f"{name}_conversions"]
            assert round(value.models[model][channel], 3) == figures[f"{name}_value"]


def test_the_markov_chain_is_the_exact_one(table: Path) -> None:
    found = attribution_of_paths(table, {"models": ["markov"], "intervals": False})
    assert {c: round(x, 4) for c, x in found.removal_effects.items()} == EFFECTS
    assert {c: round(x, 1) for c, x in found.models["markov"].items()} == MARKOV


@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_markov_chain_equals_another_solver(table: Path, order: int) -> None:
    found = attribution_of_paths(table, {"models": ["markov"], "order": order, "intervals": False})
    with table.open(newline="") as file:
        paths = [
            (row["path"].split(" > "), int(row["total_conversions"]), int(row["total_null"]))
            for row in csv.DictReader(file, delimiter=";")
        ]
    whole = probability(paths, order, None)
    assert whole == pytest.approx(0.223845, abs=5e-7)
    effects = {channel: 1 - probability(paths, order, channel) / whole for channel in EFFECTS}
    credit = {channel: effect / sum(effects.values()) * 19_785 for channel, effect in effects.items()}
    assert found.removal_effects == pytest.approx(effects, abs=1e-6)
    assert found.models["markov"] == pytest.approx(credit, abs=1e-6 * 19_785)


def probability(paths: list[tuple[list[str], int, int]], order: int, removed: str | None) -> float:
    """How likely the goal is from the start, by a sparse solve over the states that happen."""
    number: dict[tuple[str, ...], int] = defaultdict(lambda: len(number))
    start = number[()]
    steps: dict[tuple[int, int], float] = defaultdict(float)
    leaving: dict[int, float] = defaultdict(float)
    goals: dict[int, float] = defaultdict(float)
    for names, conversions, nulls in paths:
        state: tuple[str, ...] = ()
        for name in names:
            after = (*state, name)[-order:]
            leaving[number[state]] += conversions + nulls
            if name != removed:
                steps[number[state], number[after]] += conversions + nulls
            state = after
        leaving[number[state]] += conversions + nulls
        goals[number[state]] += conversions
    n = len(number)
    (rows, columns), counts = zip(*steps, strict=True), list(steps.values())
    parts = np.array(counts) / np.array([leaving[row] for row in rows])
    chain = eye_array(n) - coo_array((parts, (rows, columns)), shape=(n, n))
    reward = np.array([goals[state] / leaving[state] for state in range(n)])
    return float(spsolve(chain.tocsc(), reward)[start])


def test_shapley_is_an_equal_part_for_each_channel_of_a_path(table: Path) -> None:
    found = attribution_of_paths(table, {"models": ["shapley"], "intervals": False})
    expected: dict[str, float] = defaultdict(float)
    with table.open(newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            channels = set(row["path"].split(" > "))
            for channel in channels:
                expected[channel] += int(row["total_conversions"]) / len(channels)
    assert found.models["shapley"] == pytest.approx(dict(expected), rel=1e-12)
    assert sum(found.models["shapley"].values()) == pytest.approx(19_785)


def test_intervals_hold_the_credit(table: Path) -> None:
    found = attribution_of_paths(table, {})
    assert "time_decay" not in found.models
    for model, credit in found.models.items():
        for channel, share in credit.items():
            low, high = found.intervals[model][channel]
            assert low <= share <= high
    low, high = found.intervals["first"]["alpha"]
    # of 19,785 paths 31.9 %: the normal interval is 2 · 1.96 · √(p (1 - p) n) = 257 wide
    assert high - low == pytest.approx(257, rel=0.15)

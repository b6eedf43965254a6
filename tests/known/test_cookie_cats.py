"""Cookie Cats: a real randomised test of a mobile game (90,189 players), with the figures that others published."""

from pathlib import Path

import numpy as np
import pytest

from desireline.model.experiment_result import Analysis
from desireline.service.experiments.of_file import analyse_file
from tests.commands import series


def analysed(data: Path, outcome: str, **fields: object) -> Analysis:
    return analyse_file(
        data / "cookie_cats_ab" / "cookie_cats.csv", {"arm": "version", "outcome": outcome, "unit": "userid", **fields}
    )


def test_the_first_day(data: Path) -> None:
    found = analysed(data, "retention_1")
    assert [(a.arm, a.n) for a in found.arms] == [("gate_30", 44_700), ("gate_40", 45_489)]
    assert [round(100 * (a.value or 0), 2) for a in found.arms] == [44.82, 44.23]
    assert found.fixed.statistic == pytest.approx(-1.784, abs=5e-4)
    assert found.fixed.p == pytest.approx(0.0744, abs=5e-5)
    assert (found.kind, found.verdict) == ("binary", "no_evidence")


def test_the_seventh_day(data: Path) -> None:
    found = analysed(data, "retention_7", kind="binary", control="gate_30")
    assert [round(100 * (a.value or 0), 2) for a in found.arms] == [19.02, 18.20]
    figures = found.effect, found.fixed.low, found.fixed.high, found.fixed.p
    assert [round(100 * (f or 0), 2) for f in figures] == [-0.82, -1.33, -0.31, 0.16]
    assert found.always.low is not None
    assert found.fixed.low is not None
    assert found.always.low < found.fixed.low, "always-valid intervals are wider"


def test_its_split_is_suspicious(data: Path) -> None:
    found = analysed(data, "retention_1")
    assert found.srm.status == "warn"
    assert 0.001 < found.srm.p < 0.01
    assert "sample_ratio_warning" in found.reasons


def test_one_player_of_49_854_rounds_widens_the_interval(data: Path) -> None:
    rows = np.genfromtxt(data / "cookie_cats_ab" / "cookie_cats.csv", delimiter=",", skip_header=1, usecols=2)
    found = analysed(data, "sum_gamerounds")
    assert (found.kind, rows.max()) == ("mean", 49_854)
    assert found.fixed.low is not None
    assert found.fixed.high is not None
    assert found.fixed.low < 0 < found.fixed.high


def test_treating_the_first_arm_as_the_treatment_turns_the_sign(data: Path) -> None:
    one, other = analysed(data, "retention_7"), analysed(data, "retention_7", control="gate_40")
    assert other.effect == pytest.approx(-(one.effect or 0))
    assert other.fixed.low == pytest.approx(-(one.fixed.high or 0))


def test_the_command_line_gives_the_published_figures(data: Path) -> None:
    """One day: z -1.784, p .0744; seven days: -.82 points [-1.33, -.31]; the split warns."""
    file = data / "cookie_cats_ab" / "cookie_cats.csv"
    asked = ("experiment", "analyse", file, "--arm", "version", "--json")
    one, seven = (ran.json for ran in series(
        (*asked, "--outcome", "retention_1", "--value-per-unit", "3"),
        (*asked, "--outcome", "retention_7", "--value-per-unit", "3", "--people", "100000", "--cost", "1000"),
    ))  # fmt: skip
    assert (round(one["fixed"]["statistic"], 3), round(one["fixed"]["p"], 4)) == (-1.784, 0.0744)
    assert round(100 * seven["effect"], 2) == -0.82
    assert [round(100 * seven["fixed"][end], 2) for end in ("low", "high")] == [-1.33, -0.31]
    assert (one["srm"]["status"], seven["verdict"], one["verdict"]) == ("warn", "harmed", "no_evidence")
    assert one["money"]["low"] < 0 < one["money"]["high"]
    assert one["money"]["says"] == "open"
    # 100,000 people, 3 apiece, by the always-valid interval
    money = [seven["money"][name] for name in ("value", "low", "high")]
    assert money == pytest.approx([3e5 * x for x in (seven["effect"], *(seven["always"][e] for e in ("low", "high")))])
    assert seven["money"]["net"]["value"] == pytest.approx(money[0] - 1000)
    assert seven["money"]["says"] == "loss"

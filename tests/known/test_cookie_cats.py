"""Cookie Cats: a real randomised test of a mobile game (90,189 players), with the figures that others published."""

from pathlib import Path

import numpy as np
import pytest

from desireline.model.experiment_result import Analysis
from desireline.service.experiments.of_file import analyse_file


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

"""All bets together, against calibration worked out by hand."""

import datetime as dt
from pathlib import Path

import pytest

from desireline.model.action import Action, ActionVerdict, Bet, Seal
from desireline.model.verdict import Verdict
from desireline.service.actions.betting import bets
from desireline.service.actions.sealing import hash_of
from desireline.service.workspace import Workspace

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def settled(name, expected, verdict=None, around=None, *, seal="early"):
    bet = Bet.model_validate({"of": "Order", "expected": {"value": expected}, "evaluate": "2026-01-01"})
    kept = None if seal is None else Seal(at=NOW, by="local", hash=hash_of(bet), bet=bet, late=seal == "late")
    if seal == "after":
        kept = Seal(at=NOW, by="local", hash=hash_of(None), bet=None)
    low, effect, high = around or (None, None, None)
    verdicts = []
    if verdict is not None:
        made = Verdict(source="before_after", verdict=verdict, effect=effect, low=low, high=high)
        verdicts = [ActionVerdict(at=NOW, proof="b-1", verdict=made)]
    return Action(id=f"a-{name}", name=name, author="local", created=NOW, changed=NOW, bet=bet, seal=kept,
                  verdicts=verdicts)  # fmt: skip


LISTED = [
    settled("a", 2, "worked", (0.5, 1, 1.5)), settled("b", 4, "no_evidence", (-1, 3, 7)),
    settled("c", -5, "worked", (-6, -5, -4)), settled("early", 3, "too_early"), settled("none", 3),
    settled("late", 1, "worked", (8, 9, 10), seal="late"), settled("after", 1, "worked", (8, 9, 10), seal="after"),
    settled("idea", 3, seal=None),
]  # fmt: skip


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "ws")


def test_calibration_by_hand(ws):
    """Measured by expected: 1/2, 3/4, -5/-5: mean .75, deviation .25, t = 4.3027 with 2 degrees of freedom.

    2 of 3 came true; Wilson's interval is (.2077, .9385). The intervals of b and c hold what was expected.
    """
    found = bets(ws, LISTED, "en")
    of = found.calibration
    assert (of.n, of.measured, of.hits, of.covered, of.enough) == (3, 3, 2, 2, False)
    assert (of.low, of.high) == pytest.approx((0.2077, 0.9385), abs=1e-4)
    assert of.ratio == pytest.approx(0.75)
    half = 4.302653 * 0.25 / 3**0.5
    assert (of.ratio_low, of.ratio_high) == pytest.approx((0.75 - half, 0.75 + half), abs=1e-5)
    assert (len(found.bets), found.open, found.unsealed) == (8, 2, 2)
    assert found.told == [
        "2 of 3 bets came true: 67% (95% interval: 21% to 94%).",
        (
            "Measured effects are 0.75 times the expected ones on average (95% interval: 0.13 to 1.37), "
            "which may be chance."
        ),
        "Of 3 measured effects, the interval holds what was expected in 2.",
        "That is too few to speak of a habit: 3 bets, and it takes 10.",
    ]


def test_habits_are_said_where_there_are_bets_enough(ws):
    """Ten that measure 40 to 58 % of what was expected: the interval ends below 1."""
    many = [settled(f"n{k}", 10, "worked", (3, 4 + k / 5, 9)) for k in range(10)]
    found = bets(ws, many, "en")
    assert (found.calibration.enough, found.calibration.ratio_high < 1) == (True, True)
    assert found.told[1].startswith("Expectations are too high: ")
    assert len(found.told) == 3
    assert "za wysokie" in bets(ws, many, "pl").told[1]
    assert bets(ws, [], "hr").told == ["Nijedna oklada još nema presudu."]


def test_of_a_changed_bet_what_was_sealed_counts(ws):
    one = settled("a", 2, "worked", (0.5, 1, 1.5))
    lowered = one.model_copy(update={"bet": one.bet.model_copy(update={"expected": one.bet.expected.model_copy(
        update={"value": 1.0})})})  # fmt: skip
    assert bets(ws, [lowered], "en").calibration.ratio == 0.5

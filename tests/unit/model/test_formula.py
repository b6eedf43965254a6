"""Formulas of worth: arithmetic by hand, and nothing else than arithmetic."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.errors import BadExpression
from desireline.model.formula import INPUTS, READY, Formula

HALVES = {"customer": 5.0, "business": 2.0, "effort": 4.0, "ease": 2.0, "impact": 2.0, "confidence": 0.8,
          "reach": 900.0, "money": 12_000.0, "satisfaction": 0.1, "cost": 1_000.0, "success": 1 / 3,
          "better": 0.7, "worse": -0.4}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "worth"),
    [
        ("balanced", 0.875),
        ("rice", 360.0),
        ("ice", 3.2),
        ("kano", 1.1),
        ("net", 2_200.0),
        ("2 + 3 * 4", 14.0),
        ("(2 + 3) * 4", 20.0),
        ("10 - 4 - 3", 3.0),
        ("12 / 3 / 2", 2.0),
        ("-customer + --1", -4.0),
        ("max(customer, effort, 7.5) - min(1, effort)", 6.5),
    ],
)
def test_by_hand(formula, worth):
    assert float(Formula(formula)(HALVES)) == pytest.approx(worth)


def test_published_rice():
    """Intercom's scale: 500 people, impact 3, confidence 80 %, effort 2 person-months: 600."""
    given_ = {**HALVES, "reach": 500.0, "impact": 3.0, "confidence": 0.8, "effort": 2.0}
    assert float(Formula("rice")(given_)) == pytest.approx(600)


def test_ready_made_formulas_read():
    assert all(Formula(name).text == text for name, text in READY.items())
    assert Formula("balanced").inputs == ["customer", "business", "effort"]


def test_division_by_nothing_is_no_number():
    assert not math.isfinite(float(Formula("customer / (effort - 4)")(HALVES)))


@pytest.mark.parametrize(
    ("text", "place"),
    [("", 0), ("customer +", 10), ("customer ** 2", 10), ("__import__", 0), ("exec(1)", 0), ("customer.real", 8),
     ("profit * 2", 0), ("customer @ 2", 9), ("'a'", 0), ("lambda", 0)],
)  # fmt: skip
def test_nothing_but_arithmetic(text, place):
    with pytest.raises(BadExpression) as refused:
        Formula(text)
    assert refused.value.position == place


@pytest.mark.parametrize("text", ["(" * 100 + "1" + ")" * 100, "-" * 200 + "1", "1+" * 400 + "1"])
def test_too_deep_or_long_is_refused(text):
    with pytest.raises(BadExpression):
        Formula(text)


@given(st.text(alphabet="abcdefghij0123456789+-*/()., _\n", max_size=60))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(BadExpression):
        assert set(Formula(text).inputs) <= set(INPUTS)

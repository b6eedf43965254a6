"""The text of conditions: what it means, how it is written, and what is said where it makes no sense."""

import pytest

from desireline.errors import BadExpression, BadQuestion, DesirelineError
from desireline.i18n import LANGUAGES
from desireline.model.expression import parse, told, written
from desireline.model.segment import Segment

FULL = (
    'channel = "web" and property.cart.total >= 100 and did "Order" at least 2 times within 30d before "Return" '
    'and not in segment "Staff"'
)


def test_a_long_one() -> None:
    assert parse(FULL).model_dump(exclude_defaults=True) == {
        "all": [
            {"field": "channel", "op": "=", "value": "web"},
            {"field": "property.cart.total", "op": ">=", "value": 100},
            {"did": "Order", "at_least": 2, "within": "30d", "before": "Return"},
            {"not": {"segment": "Staff"}},
        ]
    }
    assert written(parse(FULL)) == FULL


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('channel="web"OR(channel="shop" and value>1)', 'channel = "web" or channel = "shop" and value > 1'),
        ('(channel = "a" or channel = "b") and value < 2', '(channel = "a" or channel = "b") and value < 2'),
        ('not (value = 1 and value = 2)', "not (value = 1 and value = 2)"),
        ("not not value = 1", "not not value = 1"),
        ('NOT channel IN ("a" , 2.50, TRUE)', 'not channel in ("a", 2.5, true)'),
        ('did "A" before "C" within 1H at least 0', 'did "A" at least 0 times within 1H before "C"'),
        ('did "A" at most 1 at least 1', 'did "A" at most 1 time'),
        ('did "A" where (text exists or score > 1) after "B"', 'did "A" where (text exists or score > 1) after "B"'),
        ('property."cart total".x = 1', None),
        ('property."cart total" = -1e3', 'property."cart total" = -1000.0'),
        ('trait."Żółty \\"kot\\"" starts "a\\\\b"', 'trait."Żółty \\"kot\\"" starts "a\\\\b"'),
        ('text matches "\\d+"', 'text matches "\\\\d+"'),
        ('in segment "S" version 3', 'in segment "S" version 3'),
        ('in drilldown "eJx" cell "step:[1]"', 'in drilldown "eJx" cell "step:[1]"'),
        ("property.a[0].b exists", 'property."a[0].b" exists'),
        ('property.id = 12345678901234567', 'property.id = "12345678901234567"'),
    ],
)  # fmt: skip
def test_written_as_it_is_read(text: str, same: str | None) -> None:
    if same is None:
        with pytest.raises(BadExpression):
            parse(text)
    else:
        assert written(parse(text)) == same
        assert parse(same) == parse(text)


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 1, "did"),
        ("channel", 8, "="),
        ("channel =", 10, '"…"'),
        ("channel = web", 11, '"…"'),
        ('channel = "web', 11, '"…"'),
        ("chanel = 1", 1, "channel"),
        ('channel = "web" orr value = 1', 17, "or"),
        ('(channel = "a"', 15, ")"),
        ('channel = "a")', 14, "and"),
        ("value > 10d", 9, "100"),
        ('did "A" within 30', 16, "30d"),
        ('did "A" at 3', 12, "least"),
        ('did "A" at least x', 18, "2"),
        ("channel in ()", 13, "100"),
        ("not", 4, "trait.NAME"),
        ('in "x"', 4, "segment"),
    ],
)
def test_where_sense_ends_and_what_could_stand_there(text: str, position: int, expected: str) -> None:
    with pytest.raises(BadExpression) as refused:
        parse(text)
    error = refused.value
    assert error.position == position
    assert error.near.index("▸") == position - 1
    assert error.near.replace("▸", "") == text
    assert expected in error.expected
    for language in LANGUAGES:
        assert f"'{expected}'" in error.sentence(language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('value = "x"', "value = 100"),
        ('score contains "x"', "score = 100"),
        ('text matches "("', "RE2"),
        ('text matches "(a{1000}){1000}"', "RE2"),
        ('text contains ""', 'text contains "…"'),
        ('did "a" at least 2 at least 3', "1 × at least"),
        ('did "a" at least 3 at most 2', "at least 3 times at most 3 times"),
        ('did "a" where (did "b")', "where ("),
        ("not " * 10 + "value = 1", "≤ 10"),
        ("not " * 2000 + "value = 1", "≤ 10"),
        ("value = 1" + " or value = 1" * 200, "≤ 200"),
        ("value = 1" + " or value = 1" * 1000, "≤ 10000"),
        (f'text = "{"x" * 501}"', "≤ 500"),
        ("value = 1" + "0" * 400, "value = 100"),
        ("value = 1e400", "≤ 500"),
    ],
)
def test_parts_that_make_no_sense(text: str, expected: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        parse(text)
    assert expected in refused.value.expected


@pytest.mark.parametrize("text", ["(" * 4000 + "value = 1" + ")" * 4000, "not " * 9 + "value = 1"])
def test_deep_text_that_makes_sense(text: str) -> None:
    assert parse(written(parse(text))) == parse(text)


def test_anything_else_is_refused_with_a_sentence() -> None:
    for text in ('"', "\\", "channel = \x00", "🙂", "a.b.c", "did did did", "property. = 1", 'property."" = 1', "--"):
        with pytest.raises(DesirelineError) as refused:
            parse(text)
        assert refused.value.sentence("pl").endswith(".")


def test_told_in_short() -> None:
    saved = Segment.model_validate({"name": "Left", "version": 2, "of": "journeys", "where": "value > 1"})
    assert told(saved) == "Left (2): journeys where value > 1"
    behind = Segment.model_validate({"where": {"drilldown": "x" * 4000, "cell": "step:1"}})
    assert told(behind) == 'people where in drilldown "xxxxxxxx…" cell "step:1"'

"""Every kind of funnel on the command line, worked out by hand."""

from pathlib import Path

import pytest

from tests.commands import desireline_command

FUNNEL = ("funnel", "--steps", "Visit,Basket,Order")
SHORT = ("funnel", "--steps", "Visit,Order")


def ask(workspace: Path, *arguments: str) -> dict:
    done = desireline_command(*arguments, "--json", workspace=workspace)
    assert done.code == 0, done.err
    return done.json


@pytest.mark.parametrize(
    ("arguments", "people"),
    [
        # p29 orders before the visit; p1–p16 have a basket between.
        ((*SHORT, "--order", "any"), [29, 17]),
        ((*SHORT, "--order", "strict"), [29, 0]),
        ((*FUNNEL, "--order", "strict"), [29, 20, 16]),
        ((*FUNNEL, "--optional", "Basket"), [29, 20, 16]),
        # p11–p20 take a day to the basket.
        ((*FUNNEL, "--step-within", "Basket=12h"), [29, 10, 10]),
        (("funnel", "--steps", "Visit,Visit"), [29, 5]),
        (("funnel", "--steps", "Visit,Visit", "--first-ever", "Visit"), [29, 0]),
    ],
)
def test_orders_and_conditions(visits: Path, arguments: tuple[str, ...], people: list[int]) -> None:
    assert [s["people"] for s in ask(visits, *arguments)["steps"]] == people


@pytest.mark.parametrize("exclusion", ["Basket", "Basket:1:2", "Basket:1:", "Basket::2"])
def test_an_exclusion_says_whom_it_cost_something(visits: Path, exclusion: str) -> None:
    told = ask(visits, *SHORT, "--exclude", exclusion, "--exclude", "Call")
    assert [s["people"] for s in told["steps"]] == [29, 0]
    assert told["excluded"] == {"people": 16, "people_lost": 16}
    shown = desireline_command(*SHORT, "--exclude", exclusion, workspace=visits)
    assert "Chain broken by an exclusion: 16; fewer steps because of it: 16." in shown.out


@pytest.mark.parametrize(
    ("attribution", "groups"),
    [
        ("first", {"web": [29, 20, 16]}),
        ("last", {"web": [19, 10, 10], "store": [10, 10, 6]}),
        ("step:2", {"web": [10, 10, 10], "store": [10, 10, 6], None: [9, 0, 0]}),
        ("all", {"web": [29, 10, 10]}),
    ],
)
def test_groups(visits: Path, attribution: str, groups: dict[str | None, list[int]]) -> None:
    told = ask(visits, *FUNNEL, "--by", "channel", "--attribution", attribution)
    assert {g["name"]: [s["people"] for s in g["steps"]] for g in told["groups"]} == groups


def test_a_trend_marks_days_whose_window_is_not_over(visits: Path) -> None:
    told = ask(visits, *FUNNEL, "--trend", "day", "--within", "7d")
    assert [(p["start"][-2:], p["mature"], p["people"]) for p in told["periods"]] == [
        ("01", True, [10, 10, 10]), ("02", True, [10, 10, 0]), ("03", True, [0, 0, 0]), ("04", True, [0, 0, 0]),
        ("05", False, [5, 0, 0]), ("06", False, [3, 0, 0]), ("07", False, [1, 0, 0]),
    ]  # fmt: skip
    listed = desireline_command(*FUNNEL, "--trend", "day", "--within", "7d", workspace=visits).out
    assert "2024-01-04 " in listed
    assert "2024-01-05 *" in listed
    assert "2024-01-04 *" not in listed


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Basket (optional)", "The steps may come in any order.", "* Their window is not over yet"]),
        ("pl", ["Basket (opcjonalny)", "Kroki mogą następować w dowolnej kolejności.", "* Ich okno jeszcze trwa"]),
        ("hr", ["Basket (neobavezan)", "Koraci mogu slijediti bilo kojim redom.", "* Njihov prozor još traje"]),
    ],
)
def test_tables_are_in_the_reader_s_language(visits: Path, language: str, words: list[str]) -> None:
    done = desireline_command(
        "--language", language, *FUNNEL, "--order", "any", "--optional", "Basket", "--by", "channel", "--trend", "week",
        "--within", "7d", workspace=visits,
    )  # fmt: skip
    assert done.code == 0, done.err
    for text in words:
        assert text in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "parameter"),
    [
        ((*FUNNEL, "--optional", "Visit"), "bad_question", "steps.1.optional"),
        ((*FUNNEL, "--optional", "Call"), "bad_question", "optional"),
        ((*FUNNEL, "--first-ever", "Call"), "bad_question", "first-ever"),
        ((*FUNNEL, "--step-within", "Basket"), "bad_question", "step-within"),
        ((*FUNNEL, "--step-within", "Basket=1x"), "bad_question", "steps.2.within"),
        ((*FUNNEL, "--exclude", "Call:3:2"), "bad_question", "exclude"),
        ((*FUNNEL, "--attribution", "step:4"), "bad_question", "attribution"),
        ((*FUNNEL, "--exclude", "Nowhere"), "unknown_step", None),
    ],
)
def test_refusals(visits: Path, arguments: tuple[str, ...], code: str, parameter: str | None) -> None:
    done = desireline_command(*arguments, "--json", workspace=visits)
    assert done.code == 1
    assert done.json["error"]["code"] == code
    if parameter:
        assert done.json["error"]["details"]["parameter"] == parameter

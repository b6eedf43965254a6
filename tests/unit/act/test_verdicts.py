"""Verdicts in a sentence: as strong as the grade and no stronger, in each language."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desireline as dl
from desireline.act.verdicts import of_before_after, of_experiment, sentence
from desireline.act.verdicts.telling import not_checked
from desireline.i18n import LANGUAGES, catalogue
from desireline.model.before_after import BeforeAfterResult
from desireline.model.verdict import Verdict

PROVEN = {"en": "proven", "pl": "dowiódł", "hr": "dokazano"}
CAUSES = {"en": "causes", "pl": "przyczyną", "hr": "uzrok"}
BETTER = {"en": "It worked", "pl": "zadziałała", "hr": "djelovala"}


def verdict(**fields):
    usual = {"source": "before_after", "verdict": "worked", "grade": "B", "effect": 1.25, "low": 0.5, "high": 2.0}
    return Verdict(**{**usual, "metric": "NPS", **fields})


def test_the_sentence_by_hand():
    assert sentence(verdict()) == (
        "It worked: “NPS” is 1.25 higher (95% interval: +0.50 to +2.00); the change causes this, as far as the "
        "comparison with those it did not reach can show (grade B)."
    )
    assert sentence(verdict(), "pl").startswith("Zmiana zadziałała: „NPS” więcej o 1,25 (przedział 95%: od +0,50 do")
    assert "−0,50" in sentence(verdict(effect=-1.25, low=-2.0, high=-0.5, verdict="harmed"), "hr")


@given(
    st.sampled_from(["worked", "harmed", "no_evidence", "too_early", "refused", "blocked"]), st.sampled_from("ABCD"),
    st.sampled_from(LANGUAGES), st.sampled_from([-1, 1]),
)  # fmt: skip
def test_never_stronger_than_the_grade(outcome, grade, language, sign):
    told = sentence(verdict(verdict=outcome, grade=grade, effect=sign * 1.25, low=sign * 1.25 - 1, high=sign * 1.25 + 1,
                            reason="wait_not_over"), language)  # fmt: skip
    sized = outcome in {"worked", "harmed"}
    assert (PROVEN[language] in told) == (sized and grade == "A")
    assert (CAUSES[language] in told) == (sized and grade == "B")
    assert (BETTER[language] in told) == (outcome == "worked" and grade in "AB")
    assert not re.search(r"[{}]", told)


@pytest.mark.parametrize(
    ("language", "days", "ends"),
    [("en", 1, "1 day"), ("en", 2, "2 days"), ("pl", 1, "1 dzień"), ("pl", 3, "3 dni"), ("pl", 15, "15 dni"),
     ("pl", 1.5, "1,50 dnia"), ("hr", 21, "21 dan"), ("hr", 3, "3 dana"), ("hr", 15, "15 dana")],
)  # fmt: skip
def test_units_take_the_plural_of_the_language(language, days, ends):
    around = {"low": days - 0.4, "high": days + 0.4} if days % 1 else {"low": days - 20, "high": days + 20}
    told = sentence(verdict(effect=days, unit="days", **around), language)
    assert re.search(rf"{ends}\b", told)


def test_shares_are_told_in_percentage_points():
    assert "1.25 pp higher (95% interval: +0.50 to +2.00 pp)" in sentence(
        verdict(effect=0.0125, low=0.005, high=0.02, unit="share")
    )


def test_what_would_have_been_found():
    open_ = verdict(verdict="no_evidence", effect=0.1, low=-1.0, high=1.2, minimum_detectable=1.6)
    assert sentence(open_).endswith("An effect of 1.6 would have been found four times in five.")


def test_a_past_too_short_gives_an_estimate_and_no_verdict_wherever_its_interval_lies():
    short = verdict(verdict="too_early", effect=1.31, low=0.83, high=1.8, reason="too_few_days_before_for_verdict")
    assert short.word == "estimate"
    assert sentence(short) == (
        "An estimate without a verdict: “NPS” +1.31 (95% interval: +0.83 to +1.80); "
        "it takes at least 140 days before the change to know what is usual."
    )
    assert sentence(short, "pl").startswith("Oszacowanie bez werdyktu: „NPS” +1,31 (przedział 95%: od +0,83 do +1,80);")
    assert sentence(short, "hr").startswith("Procjena bez presude: „NPS” +1,31 (95 %-tni interval: od +0,83 do +1,80);")
    early = short.model_copy(update={"reason": "wait_not_over"})
    assert (early.word, "1.31" in sentence(early)) == ("too_early", False)


def test_every_code_has_a_text():
    from typing import get_args

    from desireline.model.verdict import NotChecked, Reason

    for language in LANGUAGES:
        for stem, codes in (("not_checked", get_args(NotChecked)), ("reason", get_args(Reason))):
            assert not {f"verdict.{stem}.{code}" for code in codes} - catalogue(language).keys()


def test_a_year_of_all_treated_units_in_money():
    """3 units, .5 contacts fewer a day each, at 4 apiece: 3 x .5 x 4 x 365.25 = 2,191.50."""
    found = BeforeAfterResult(verdict="worked", grade="B", effect=-0.5, low=-0.75, high=-0.25, treated_units=3)
    told = of_before_after(found, metric="contacts", direction="down", value=4.0)
    assert (told.money.value, told.money.low, told.money.high) == (2191.5, 1095.75, 3287.25)


def test_a_word_on_success_needs_a_size():
    with pytest.raises(ValueError, match="interval"):
        verdict(effect=None, low=None, high=None)


def test_an_experiment_speaks_the_same_sentence(tmp_path):
    """30 % against 20 % of 5,000 each: proven, in points; a broken split is blocked and has no size."""
    file = tmp_path / "people.csv"
    split = [("A", 5000, 5), ("B", 5000, 10 / 3)]
    lines = [f"{arm},{int(k % every < 1)}" for arm, n, every in split for k in range(n)]
    file.write_text("\n".join(["arm,bought", *lines]))
    experiments = dl.open(tmp_path / "ws").experiments
    told = of_experiment(experiments.analyse(file, arm="arm", outcome="bought"), metric="bought")
    assert (told.verdict, told.grade, told.unit, told.n) == ("worked", "A", "share", 10_000)
    assert told.effect == pytest.approx(0.1, abs=1e-3)
    assert "proven by random assignment (grade A)" in sentence(told)
    assert " pp higher" in sentence(told)
    file.write_text("\n".join(["arm,bought", *lines[:7000]]))
    broken = of_experiment(experiments.analyse(file, arm="arm", outcome="bought"), metric="bought")
    assert (broken.verdict, broken.effect) == ("blocked", None)
    assert sentence(broken, "hr").startswith("Nema rezultata za „bought”: skupine nisu")
    assert len(not_checked(broken, "pl")) == len(broken.not_checked)

"""Ranking, forecasts, similarity and drafts of FAQ candidates, by hand and by laws."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from desireline.model.faq import Holdout
from desireline.model.intervals import ratio_of_shares
from desireline.voice.faq.coverage import THRESHOLD, similarity
from desireline.voice.faq.deflecting import deflection
from desireline.voice.faq.outlining import drafted
from desireline.voice.faq.ranking import alikeness, forecast, rate, scores

ARTICLES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "articles.yaml").read_text(encoding="utf-8"))


def test_scores_by_hand():
    """100 x 11/52 x 2, 10 x 10/12 x 2 x .5; the topic without answers takes their mean, here .5."""
    found = scores([100, 10], [(10, 50), (9, 10)], [None, 0.5], 2.0)
    assert found == pytest.approx([100 * 11 / 52 * 0.5 * 2, 10 * 10 / 12 * 0.5 * 2])
    assert scores([100, 10], [(10, 50), (9, 10)], [None, None], None) == pytest.approx([100 * 11 / 52, 10 * 10 / 12])


def test_a_forecast_by_hand():
    """Wilson's interval of 25 of 50 is .366 to .634, so that 200 contacts a month save 7.3 to 38.0."""
    found = forecast(200, rate(25, 50), None)
    assert (round(found.low or 0, 1), round(found.high or 0, 1), found.money_low) == (7.3, 38.0, None)
    assert forecast(200, rate(0, 0), 5).refused == "not_coded"
    assert forecast(0, rate(25, 50), 5).refused == "no_contacts"


@pytest.mark.parametrize("counts", [(90, 1000, 120, 1000), (300, 4000, 700, 4000), (45, 120, 60, 110)])
def test_the_interval_of_a_ratio_is_near_the_score_interval(counts):
    from statsmodels.stats.proportion import confint_proportions_2indep

    expected = confint_proportions_2indep(*counts, compare="ratio", method="score")
    assert ratio_of_shares(*counts) == pytest.approx(expected, abs=0.003)


def test_the_interval_of_a_ratio_covers_it():
    rng = np.random.default_rng(7)
    drawn = zip(rng.binomial(150, 0.06, 2000).tolist(), rng.binomial(100, 0.12, 2000).tolist(), strict=True)
    inside = [low <= 0.5 <= high for a, b in drawn for low, high in [ratio_of_shares(a, 150, b, 100)]]
    assert 0.93 <= np.mean(inside) <= 0.98


@pytest.mark.parametrize("counts", [(0, 50, 5, 50), (5, 50, 0, 50), (50, 50, 50, 50), (1, 34, 7, 34), (0, 0, 1, 2)])
def test_intervals_of_ratios_at_the_edges(counts):
    a, a_of, b, b_of = counts
    low, high = ratio_of_shares(*counts)
    assert 0 <= low <= high
    if a_of and b:
        assert low <= (a / a_of) / (b / b_of) <= high
    else:
        assert (low, high) == (0, float("inf"))


@pytest.mark.parametrize(("counts", "why"), [((0, 0, 5, 1), "one_group"), ((9, 0, 9, 1), "no_contacts_in_holdout")])
def test_deflection_without_a_comparison_is_refused(counts, why):
    names = ("holdout_people", "holdout_contacted", "exposed_people", "exposed_contacted")
    found = deflection(Holdout(**dict(zip(names, counts, strict=True))))
    assert (found.value, found.low, found.high, found.refused) == (None, None, None, why)


def test_an_article_in_the_words_of_a_topic_covers_it():
    texts = ["my parcel is late", "the parcel never came", "i forgot my password", "password reset does not work"]
    near = similarity(texts, np.array([0, 0, 1, -1]), 2, ["parcel late never came", "Opening hours", texts[2]])
    assert near[0, 0] > THRESHOLD > near[1, 0]
    assert near[1, 2] == pytest.approx(1)
    assert near[:, 1].tolist() == [0, 0]
    assert similarity([], np.zeros(0, np.int64), 0, ["x"]).shape == (0, 1)


@pytest.mark.parametrize("language", ["en", "pl", "hr"])
def test_an_article_covers_its_own_topic_in_each_language_however_words_are_bent(language):
    cases = ARTICLES[language].values()
    texts = [text for case in cases for text in case["enquiries"]]
    topic = np.repeat(np.arange(len(cases)), [len(case["enquiries"]) for case in cases])
    near = similarity(texts, topic, len(cases), [case["article"] for case in cases])
    own = np.eye(len(cases), dtype=bool)
    assert near[own].min() >= THRESHOLD > near[~own].max()


def test_a_draft_holds_sentences_of_the_answers_and_no_others():
    answers = [
        "Hello Ana! Please open the app and tap on Cards. Then choose to freeze the card. Bye, Tom",
        "Hi. Open the app and tap on Cards please. Your order 1234 5678 9012 is on its way to you.",
        "Please open the app and tap on Cards. Then choose to freeze the card at once.",
    ]
    found = drafted(answers)
    texts = [sentence.text for sentence, _ in found.sentences]
    assert len(texts) == 2
    assert texts[0].casefold().startswith(("please open", "open the app"))
    assert texts[1].startswith("Then choose to freeze the card")
    assert all(sentence.text in answers[sentence.answer] for sentence, _ in found.sentences)
    assert [n for _, n in found.sentences] == [3, 2]
    assert found.withheld == 1
    assert drafted([]).sentences == drafted(["Thanks!"]).sentences == []


def test_answers_that_say_the_same_are_alike():
    same = [f"Dear {name}, please reset the password on the login page" for name in "abcdef"]
    mixed = ["one red apple", "two green frogs", "a train to Split", "nothing at all", "snow in May", "why not me"]
    assert (alikeness(same) or 0) > 0.9
    assert (alikeness(mixed) or 0) < 0.6
    assert alikeness(same[:4]) is None

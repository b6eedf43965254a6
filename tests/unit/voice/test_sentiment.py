"""Sentiment of planted labels: known ones stay, unsure ones are left open, quality is that of unseen texts."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from desireline.voice.sentiment.judging import described, judge
from desireline.voice.sentiment.labels import of_score
from desireline.voice.sentiment.learning import NEEDED, learn, quality_of, verdicts

GOOD, BAD = ["świetny", "polecam", "miła", "szybko", "super"], ["fatalny", "odradzam", "niemiła", "wolno", "dramat"]


def planted(n, noise, seed=0):
    rng = np.random.default_rng(seed)
    texts, labels = [], []
    for row in range(n):
        good = bool(row % 2)
        said = good if rng.random() >= noise else not good
        texts.append(f"Hotel numer {rng.integers(10**6)} {' '.join(rng.choice(GOOD if said else BAD, 2))} pobyt")
        labels.append("positive" if good else "negative")
    return texts, labels


@pytest.fixture(scope="module")
def noisy():
    return learn(*planted(400, 0.25))


def test_quality_is_that_of_texts_that_were_not_learnt_from(noisy):
    texts, labels = planted(1000, 0.25, seed=7)
    said = [noisy.labels[place] for place in noisy.probabilities(texts).argmax(axis=1)]
    assert noisy.quality.n == 400
    assert noisy.quality.macro_f1 == pytest.approx(0.75, abs=0.06)
    assert f1_score(labels, said, average="macro") == pytest.approx(noisy.quality.macro_f1, abs=0.06)


def test_probabilities_are_calibrated(noisy):
    texts, _ = planted(500, 0, seed=9)
    likely = noisy.probabilities(texts)
    assert np.allclose(likely.sum(axis=1), 1)
    assert likely.max(axis=1).mean() == pytest.approx(0.75, abs=0.08)


def test_the_band_of_two_labels_is_four_to_six_tenths():
    chances = np.array([[0.61, 0.39], [0.59, 0.41], [0.5, 0.5], [0.4, 0.6]])
    assert verdicts(chances, ("negative", "positive")) == ["negative", "unsure", "unsure", "positive"]


def test_macro_f1_equals_scikit_learns_and_is_told_for_the_decided_alone():
    truth = np.array([0, 0, 1, 1, 1])
    found = quality_of(np.array([[0.9, 0.1], [0.45, 0.55], [0.2, 0.8], [0.7, 0.3], [0.1, 0.9]]), truth)
    assert found.macro_f1 == pytest.approx(f1_score(truth, [0, 1, 1, 0, 1], average="macro"))
    assert found.decided == pytest.approx(0.8)
    assert found.macro_f1_decided == pytest.approx(f1_score([0, 1, 1, 1], [0, 1, 0, 1], average="macro"))


def test_too_few_labels_give_no_model_and_say_how_many_are_missing():
    texts, labels = planted(2 * NEEDED - 2, 0)
    assert learn(texts, labels) is None
    told = described(judge(texts, ["pl"] * len(texts), labels))
    assert told.model == "ratings_only"
    assert told.languages[0].needed == 1
    assert (told.labels.positive, told.labels.negative, told.labels.unsure) == (NEEDED - 1, NEEDED - 1, 0)


def test_known_labels_stay_and_english_starts_with_a_lexicon():
    texts = ["The staff was great", "I hate waiting here", "Great, they lost my parcel", "", "👍"]
    judged = judge(texts, ["en", "en", "en", "other", "other"], [None, None, "negative", None, None])
    assert judged.label == ["positive", "negative", "negative", None, None]
    assert judged.known.tolist() == [False, False, True, False, False]
    assert described(judged).model == "lexicon"
    assert described(judged).empty == 2


@pytest.mark.parametrize(
    ("scale", "negative", "middle", "positive"),
    [("nps", 6, 8, 9), ("stars_5", 2, 3, 4), ("csat_7", 3, 4, 6), ("thumbs", 0, None, 1)],
)
def test_scores_beside_texts(scale, negative, middle, positive):
    assert [of_score(score, scale) for score in (negative, middle, positive)] == ["negative", None, "positive"]

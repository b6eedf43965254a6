"""Sentiment of PolEmo 2.0 and topics of Banking77, one seed and part of the data; all: benchmarks/known_voice.py."""

import csv

import numpy as np
from sklearn.metrics import f1_score, normalized_mutual_info_score

from desireline.voice.language import languages
from desireline.voice.sentiment.learning import learn
from desireline.voice.topics.grouping import grouped
from desireline.voice.topics.space import space_of

DOMAINS = ("hotels", "medicine", "products", "reviews")


def polemo(data, part):
    rows = []
    for domain in DOMAINS:
        lines = (data / "polemo2_pl" / f"{domain}.text.{part}.txt").read_text("utf-8").splitlines()
        rows += [line.rsplit(" ", 1) for line in lines if line.endswith(("_plus_m", "_minus_m"))]
    return [text for text, _ in rows], ["positive" if "plus" in label else "negative" for _, label in rows]


def test_five_hundred_polish_reviews_are_enough(data):
    texts, labels = polemo(data, "train")
    some = np.random.default_rng(0).permutation(len(texts))[:500]
    own = learn([texts[i] for i in some], [labels[i] for i in some])
    others, truth = polemo(data, "dev")
    said = [own.labels[place] for place in own.probabilities(others).argmax(axis=1)]
    found = f1_score(truth, said, average="macro")
    assert found >= 0.89
    assert abs(own.quality.macro_f1 - found) < 0.04


def test_intents_of_a_bank_come_apart(data):
    with (data / "banking77" / "train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::5]
    texts = [row["text"] for row in rows]
    assert languages(texts[:300]).count("en") >= 297
    found = grouped(space_of(texts), 77)
    assert normalized_mutual_info_score([row["category"] for row in rows], found.label) >= 0.63

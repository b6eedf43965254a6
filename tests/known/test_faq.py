"""How far an article's similarity tells whether it covers a topic, on the intents of a bank's customers."""

import csv

import numpy as np

from desireline.voice.faq.coverage import THRESHOLD, similarity

ARTICLE = 10


def test_articles_on_an_intent_cover_it_and_no_other(data):
    """Two thirds of each intent are its topic, ten others its article; `THRESHOLD` tells own from nearest other."""
    with (data / "banking77" / "train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    intents = sorted({row["category"] for row in rows})
    order = np.random.default_rng(1).permutation(len(rows))
    cut = len(rows) * 2 // 3
    texts = [rows[row]["text"] for row in order[:cut]]
    topic = np.array([intents.index(rows[row]["category"]) for row in order[:cut]], np.int64)
    kept: dict[str, list[str]] = {intent: [] for intent in intents}
    for row in order[cut:]:
        kept[rows[row]["category"]].append(rows[row]["text"])
    near = similarity(texts, topic, len(intents), [" ".join(kept[intent][:ARTICLE]) for intent in intents])
    own, other = np.diag(near).copy(), near.copy()
    np.fill_diagonal(other, -1)
    assert (near.argmax(axis=1) == np.arange(len(intents))).mean() >= 0.95
    assert (own >= THRESHOLD).mean() >= 0.9
    assert (other.max(axis=1) >= THRESHOLD).mean() <= 0.08

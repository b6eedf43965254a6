"""Which articles answer a topic already: the cosine of their words to those of its texts.

Vectors are TF-IDF of words and pairs of words, weighted by the enquiries; a topic is the mean of its texts. An article
covers a topic from `THRESHOLD` on. On Banking77 (two thirds of the texts of each intent as its topic, ten others of the
same intent as its article) .95 of topics reach it with their own article and .04 with the nearest other one, mean of
five splits (`tests/known/test_faq.py` does one of them). There the articles are in customers' words and in English;
help centres write in their own and are less alike, so that a topic that is not covered is still shown with its nearest
articles.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from desireline.kernels.arrays import F64, I64

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

THRESHOLD: Final = 0.45
NEAREST: Final = 3


def similarity(texts: Sequence[str], topic: I64, topics: int, articles: Sequence[str]) -> F64:
    """float64[topics, articles]: cosine of each topic to each article.

    Args:
        texts: enquiries, readable.
        topic: int64[texts], -1 for none.
        topics: how many.
        articles: title and text of each, readable.
    """
    from desireline.voice.features import Features, Grams

    if not len(texts) or not len(articles) or not topics:
        return np.zeros((topics, len(articles)))
    features = Features([Grams("words", 1, 2)], least_texts=1 if len(texts) < 100 else 2)
    vectors = features.learn(list(texts))
    middle = _of_length_1(_means(vectors, topic, topics))
    found: F64 = np.asarray((features.of(list(articles)) @ middle.T).T, np.float64)
    return found


def _means(vectors: "csr_matrix", topic: I64, topics: int) -> F64:
    from scipy.sparse import csr_matrix

    rows = np.flatnonzero(topic >= 0)
    members = csr_matrix((np.ones(len(rows)), (topic[rows], rows)), shape=(topics, len(topic)))
    found: F64 = np.asarray((members @ vectors).todense(), np.float64)
    return found


def _of_length_1(rows: F64) -> F64:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    found: F64 = rows / np.where(length > 0, length, 1)
    return found

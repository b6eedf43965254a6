"""Which articles answer a topic already: the cosine of their words to those of its texts.

Vectors are TF-IDF of words and pairs of words, weighted by the enquiries; a topic is the mean of its texts. Of words
their first five letters count (Can et al. 2008, "Information retrieval on Turkish texts", F5): "przesyłka", "przesyłki"
and "przesyłkę" are one. An article covers a topic from `THRESHOLD` on. On Banking77 (two thirds of the texts of each
intent as its topic, ten others of the same intent as its article) .96 of topics reach it with their own article and .05
with the nearest other one, mean of five splits (`tests/known/test_faq.py` does one of them). Of eight topics in
English, Polish and Croatian each (`tests/cases/articles.yaml`) all reach it with their own article and none with
another; of whole words it were six, four and three. Help centres write in their own words and are less alike, so that a
topic that is not covered is still shown with its nearest articles.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from desireline.kernels.arrays import F64, I64

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

THRESHOLD: Final = 0.45
_LETTERS: Final = 5
_WORD: Final = re.compile(r"[^\W_]+")
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
    vectors = features.learn([_cut(text) for text in texts])
    middle = _of_length_1(_means(vectors, topic, topics))
    found: F64 = np.asarray((features.of([_cut(text) for text in articles]) @ middle.T).T, np.float64)
    return found


def _cut(text: str) -> str:
    return " ".join(word[:_LETTERS] for word in _WORD.findall(text.lower()))


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

"""Hashed n-grams against scikit-learn's analyzers, which the kernels say they equal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from desireline.voice.features import Features, Grams, _counts, _letters

TEXTS = ["Where is my card?", "my card, my card!", "a b", "Gdzie jest żółta kartka?", "x", "card " * 40, "I can't"]
MANY = st.lists(st.text(alphabet="ab čż.1_ ", min_size=1, max_size=12), min_size=1, max_size=5)


def ours(texts, grams):
    return _counts(_letters(texts), grams)


def gram(counts):
    return (counts.astype(np.int64) @ counts.T.astype(np.int64)).toarray()


@settings(max_examples=30, deadline=None)
@given(MANY)
def test_letters_are_counted_as_scikit_learn_counts_them(texts):
    texts = [*texts, "card"]
    found = ours(texts, Grams("letters", 2, 4))
    known = CountVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit_transform([" ".join(t.split()) for t in texts])
    assert np.array_equal(gram(found), gram(known))


@settings(max_examples=30, deadline=None)
@given(MANY)
def test_words_are_counted_as_scikit_learn_counts_them(texts):
    texts = [*texts, "good card"]
    found = ours(texts, Grams("words", 1, 2))
    assert np.array_equal(gram(found), gram(CountVectorizer(ngram_range=(1, 2)).fit_transform(texts)))


@pytest.mark.parametrize(("grams", "analyzer", "least"), [("letters", "char_wb", 2), ("words", "word", 1)])
def test_weights_are_those_of_tfidf(grams, analyzer, least):
    features = Features([Grams(grams, least, 3 if grams == "letters" else 2)], least_texts=1)
    learnt = features.learn(TEXTS)
    theirs = TfidfVectorizer(analyzer=analyzer, ngram_range=(least, 3 if grams == "letters" else 2), sublinear_tf=True)
    known = theirs.fit_transform(TEXTS)
    assert np.allclose((learnt @ learnt.T).toarray(), (known @ known.T).toarray(), atol=1e-5)
    other = ["my new card", "nothing known qq"]
    again, new = theirs.transform(other), features.of(other)
    assert np.allclose((new @ learnt.T).toarray(), (again @ known.T).toarray(), atol=1e-5)


def test_kinds_of_ngrams_share_a_vector_of_length_one_by_their_weights():
    learnt = Features([Grams("letters", 2, 3, 3.0), Grams("words", 1, 1, 1.0)], least_texts=1).learn(TEXTS[:2])
    assert np.allclose((learnt @ learnt.T).toarray().diagonal(), 1, atol=1e-5)

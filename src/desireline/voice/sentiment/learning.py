"""A model of sentiment learnt from labelled texts of one language.

TF-IDF of 2 to 5 letters within words and of 1 to 2 words, logistic regression (C = 10, classes weighted to balance),
probabilities calibrated by Platt's sigmoid, or by isotonic regression from `ISOTONIC` labels on, fitted on predictions
for texts that the regression did not see (`FOLDS` folds). Quality is measured in the same folds, the calibration of
each fold fitted without it. The same text counts once, or the model would be tested on what it learnt.

A model leaves a text open whose two likeliest labels lie less than `BAND` apart: of two labels, those with a
probability between .4 and .6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix

from desireline.kernels.arrays import F64, I64
from desireline.model.sentiment import LabelCounts, Polarity, Quality, Verdict
from desireline.voice.features import Features, Grams

LABELS: Final[tuple[Polarity, ...]] = ("negative", "neutral", "positive")
FOLDS: Final = 5
NEEDED: Final = 50
"""Labels of the rarer of positive and negative below which there is no model of one's own."""

NEUTRAL_NEEDED: Final = 50
ISOTONIC: Final = 1_000
BAND: Final = 0.2
LEARNT: Final = 10_000
"""Labels that a model learns from, drawn at random of more."""

Indices = list[int]


@dataclass(frozen=True, eq=False)
class OwnModel:
    """Judges texts.

    Attributes:
        labels: that it tells apart.
        quality: measured on texts that it did not learn from.
    """

    labels: tuple[Polarity, ...]
    quality: Quality
    _features: Features
    _regression: Any
    _calibration: "Calibration"

    def probabilities(self, texts: Sequence[str]) -> F64:
        """float64[texts, labels]."""
        return self._calibration.of(_scores(self._regression, self._features.of(texts)))


def needed(labels: Sequence[Polarity]) -> int:
    """How many labels are missing, of the rarer of positive and negative, before a model can be learnt."""
    return max(0, NEEDED - min(labels.count("negative"), labels.count("positive")))


def learn(texts: Sequence[str], labels: Sequence[Polarity], seed: int = 0) -> OwnModel | None:
    """A model of labelled texts, None for too few; the same text counts once, with the label said last."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # threads of such small regressions spend their time waiting for each other
        return _learnt(texts, labels, seed)


def _learnt(texts: Sequence[str], labels: Sequence[Polarity], seed: int) -> OwnModel | None:
    once = dict(zip(texts, labels, strict=True))
    known = list(once.values())
    if needed(known):
        return None
    kept = tuple(one for one in LABELS if one != "neutral" or known.count("neutral") >= NEUTRAL_NEEDED)
    rows = [(text, kept.index(label)) for text, label in once.items() if label in kept]
    if len(rows) > LEARNT:
        rows = [rows[i] for i in np.random.default_rng(seed).permutation(len(rows))[:LEARNT]]
    words, truth = [text for text, _ in rows], np.array([place for _, place in rows])
    scores, fold = _unseen(words, truth, seed)
    features = _features()
    regression = _regression(features.learn(words), truth)
    return OwnModel(kept, _quality(scores, truth, fold), features, regression, Calibration.fit(scores, truth))


def verdicts(probabilities: F64, labels: Sequence[Polarity]) -> list[Verdict]:
    """The likeliest label of each row, `unsure` where the second lies less than `BAND` behind.

    >>> verdicts(np.array([[0.45, 0.55], [0.39, 0.61]]), ("negative", "positive"))
    ['unsure', 'positive']
    """
    if not len(probabilities):
        return []
    best, sure = probabilities.argmax(axis=1), decided(probabilities)
    return [labels[int(place)] if clear else "unsure" for place, clear in zip(best, sure.tolist(), strict=True)]


def decided(probabilities: F64) -> "np.typing.NDArray[np.bool_]":
    """bool[texts]: which ones a model does not leave open."""
    ordered = np.sort(probabilities, axis=1)
    found: np.typing.NDArray[np.bool_] = ordered[:, -1] - ordered[:, -2] >= BAND - 1e-9
    return found


def counts(labels: Sequence[Verdict]) -> LabelCounts:
    """How often each label occurs."""
    return LabelCounts(**{name: labels.count(name) for name in LabelCounts.model_fields})


class Calibration:
    """Scores of a regression as probabilities, each label against the rest, summing to 1."""

    def __init__(self, curves: list[Any]) -> None:
        self._curves = curves

    @classmethod
    def fit(cls, scores: F64, truth: I64) -> "Calibration":
        """Fit on scores (float64[texts, labels]) of texts that the regression did not see."""
        from sklearn.isotonic import IsotonicRegression
        from sklearn.linear_model import LogisticRegression

        curves: list[Any] = []
        for label in range(scores.shape[1]):
            hit = (truth == label).astype(float)
            if len(truth) >= ISOTONIC:
                curves.append(
                    IsotonicRegression(y_min=0.005, y_max=0.995, out_of_bounds="clip").fit(scores[:, label], hit)
                )
            else:
                curves.append(LogisticRegression(C=1e6).fit(scores[:, [label]], hit))
        return cls(curves)

    def of(self, scores: F64) -> F64:
        """float64[texts, labels]."""
        each = [
            curve.predict_proba(scores[:, [k]])[:, 1]
            if hasattr(curve, "predict_proba")
            else curve.predict(scores[:, k])
            for k, curve in enumerate(self._curves)
        ]
        found = np.maximum(np.column_stack(each), 1e-9)
        shares: F64 = found / found.sum(axis=1, keepdims=True)
        return shares


def _features() -> Features:
    return Features([Grams("letters", 2, 5), Grams("words", 1, 2)])


def _regression(vectors: csr_matrix, truth: I64) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    model = LogisticRegression(
        C=10, solver="liblinear", dual=True, max_iter=300, class_weight="balanced", random_state=0
    )
    return (OneVsRestClassifier(model) if truth.max() > 1 else model).fit(vectors, truth)


def _scores(regression: Any, vectors: csr_matrix) -> F64:
    found = np.asarray(regression.decision_function(vectors))
    return np.column_stack([-found, found]) if found.ndim == 1 else found


def _unseen(words: list[str], truth: I64, seed: int) -> tuple[F64, I64]:
    """Scores of each text by a regression that did not see it, and the fold that it was in."""
    from sklearn.model_selection import StratifiedKFold

    scores, fold = np.zeros((len(words), int(truth.max()) + 1)), np.zeros(len(words), np.int64)
    split = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(np.zeros(len(words)), truth)
    for turn, (known, other) in enumerate(split):
        features = _features()
        regression = _regression(features.learn([words[i] for i in known]), truth[known])
        scores[other], fold[other] = _scores(regression, features.of([words[i] for i in other])), turn
    return scores, fold


def _quality(scores: F64, truth: I64, fold: I64) -> Quality:
    found = np.zeros_like(scores)
    for turn in range(FOLDS):
        rest = fold != turn
        found[~rest] = Calibration.fit(scores[rest], truth[rest]).of(scores[~rest])
    return quality_of(found, truth)


def quality_of(probabilities: F64, truth: I64) -> Quality:
    """How well probabilities tell the labels (places of columns); every text judged, and those not left open."""
    from sklearn.metrics import f1_score

    said, sure = probabilities.argmax(axis=1), decided(probabilities)
    among = np.unique(truth).tolist()
    clear = (
        float(f1_score(truth[sure], said[sure], average="macro", labels=among, zero_division=0)) if sure.any() else None
    )
    return Quality(
        macro_f1=float(f1_score(truth, said, average="macro", labels=among, zero_division=0)), n=len(truth),
        held_out=True, decided=float(sure.mean()), macro_f1_decided=clear,
    )  # fmt: skip

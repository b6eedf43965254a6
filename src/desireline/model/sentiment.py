"""What texts say of how people feel: by which model, how well that model does, and how many texts it leaves open."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from desireline.model.definition import Strict
from desireline.model.kept import Kept

Polarity = Literal["negative", "neutral", "positive"]
Verdict = Literal["negative", "neutral", "positive", "unsure"]
Model = Literal["own", "lexicon", "ratings_only"]
JudgedBy = Literal["score", "correction", "model"]
"""What a label comes from: the score beside the text, a correction by a person, or a model."""


class LabelCounts(Strict):
    """Texts by what was said of them; `unsure` are those that the model leaves open."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unsure: int = 0


class Quality(Strict):
    """How well a model does on texts of the organisation's own that it did not learn from.

    Attributes:
        macro_f1: mean of the F1 of each label, every text judged, 0 to 1.
        n: texts it was measured on.
        held_out: always true: `own` models are cross-fitted, and a lexicon learns from no text.
        decided: share of these texts that the model does not leave open.
        macro_f1_decided: the same measure over the texts that it decided; None where it decided none.
    """

    macro_f1: float
    n: int
    held_out: bool
    decided: float
    macro_f1_decided: float | None


class LanguageSentiment(Strict):
    """The texts of one language.

    Attributes:
        language: `en`, `pl`, `hr`, or `other` (another one, or too little text to tell).
        texts: how many.
        model: what judged them; `ratings_only`: nothing did, only scores beside texts are told.
        quality: of the model; None where too few labels are known to measure it.
        known: texts whose label is known, of scores beside them and of corrections.
        corrected: of these, by a correction.
        needed: so many more known labels of the rarer kind would let a model of one's own be learnt; 0 if it was.
        labels: texts by label; what is known counts as known, the rest as the model says.
    """

    language: str
    texts: int
    model: Model
    quality: Quality | None
    known: int
    corrected: int = 0
    needed: int
    labels: LabelCounts


class SentimentResult(Strict):
    """Sentiment of a collection of texts.

    Attributes:
        texts: with something to read; empty ones do not count.
        empty: texts without a word, left out.
        cut: texts longer than what features are made of; they are judged by their beginning.
        model, quality, labels: of all texts together: of the language with the most texts, and the sums.
        languages: each by itself, the most texts first.
    """

    texts: int
    empty: int
    cut: int
    model: Model
    quality: Quality | None
    labels: LabelCounts
    languages: list[LanguageSentiment]


class JudgedText(Strict):
    """One text with its own words beside what is said of it.

    Attributes:
        judged_by: what the label comes from; None where nothing judges the text's language.
        probability: of the label, calibrated; None where nothing was computed.
    """

    event: int
    person: str
    time: dt.datetime
    text: str
    language: str
    label: Verdict
    judged_by: JudgedBy | None
    probability: float | None


class JudgedPage(Strict):
    """A page of judged texts, newest first; `total` of them match."""

    total: int
    texts: list[JudgedText]


class Correction(Kept):
    """What a person says of a text; its words become a label.

    Attributes:
        name: fingerprint of the text's words: one correction for each text, whoever wrote it.
        text: the words.
        label: what the person says.
    """

    text: Annotated[str, Field(min_length=1, max_length=50_000)]
    label: Polarity


class NewCorrection(Strict):
    """A text and what a person says of it."""

    text: Annotated[str, Field(min_length=1, max_length=50_000)]
    label: Polarity

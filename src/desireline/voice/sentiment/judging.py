"""The sentiment of a collection of texts: what is known stays known, the rest as a model says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from desireline.kernels.arrays import F64, I64
from desireline.model.sentiment import (
    LabelCounts,
    LanguageSentiment,
    Model,
    Polarity,
    Quality,
    SentimentResult,
    Verdict,
)
from desireline.voice.sentiment import lexicon
from desireline.voice.sentiment.learning import LABELS, counts, learn, needed, quality_of, verdicts
from desireline.voice.texts import Texts, read

_MEASURED = 30
"""Labels below which the quality of a lexicon is not told."""


@dataclass(frozen=True, eq=False)
class Judged:
    """What is said of each text.

    Attributes:
        label: of each text, None for one without a word.
        known: bool[texts], whether it is the label of a score or a person.
        probability: float64[texts] of the label, NaN where nothing was computed.
        languages: how each language was judged, the most texts first.
        texts: as they were read.
    """

    label: list[Verdict | None]
    known: "np.typing.NDArray[np.bool_]"
    probability: F64
    languages: list[LanguageSentiment]
    texts: Texts


def judge(
    texts: Sequence[str | None],
    languages: Sequence[str],
    known: Sequence[Polarity | None],
    progress: Callable[[int], None] = lambda _: None,
) -> Judged:
    """Judge texts.

    Args:
        texts: as they were written.
        languages: of each.
        known: the label of each where a score or a person gave one.
        progress: called with the number of texts judged so far.
    """
    said = read(texts)
    label: list[Verdict | None] = [None] * len(texts)
    probability, told = np.full(len(texts), np.nan), []
    tongue = np.array(languages, dtype=object)
    for language in sorted(set(languages)):
        rows = np.flatnonzero((tongue == language) & (said.of >= 0))
        if len(rows):
            told.append(_of_language(language, rows, said, known, label, probability))
            progress(sum(one.texts for one in told))
    given = np.array([one is not None and at >= 0 for one, at in zip(known, said.of.tolist(), strict=True)], bool)
    return Judged(label, given, probability, sorted(told, key=lambda one: (-one.texts, one.language)), said)


def described(judged: Judged) -> SentimentResult:
    """How the texts were judged."""
    first = judged.languages[0] if judged.languages else None
    fields = LabelCounts.model_fields
    total = {name: sum(getattr(one.labels, name) for one in judged.languages) for name in fields}
    return SentimentResult(
        texts=int((judged.texts.of >= 0).sum()), empty=judged.texts.empty, cut=judged.texts.cut,
        model=first.model if first else "ratings_only", quality=first.quality if first else None,
        labels=LabelCounts(**total), languages=judged.languages,
    )  # fmt: skip


def _of_language(
    language: str, rows: I64, said: Texts, known: Sequence[Polarity | None], label: list[Verdict | None], chance: F64
) -> LanguageSentiment:
    """Judges the texts of one language in place."""
    once: dict[int, Polarity] = {int(said.of[row]): one for row in rows.tolist() if (one := known[row]) is not None}
    words = [said.words[place] for place in once]
    labels = list(once.values())
    model, quality, verdict, sure = _judge(language, said, np.unique(said.of[rows]), words, labels)
    for row in rows.tolist():
        given = known[row]
        label[row] = given if given is not None else verdict.get(int(said.of[row]), "unsure")
        if given is None:
            chance[row] = sure.get(int(said.of[row]), np.nan)
    shown: list[Verdict] = [one for row in rows.tolist() if (one := label[row]) is not None]
    return LanguageSentiment(
        language=language, texts=len(rows), model=model, quality=quality,
        known=sum(known[row] is not None for row in rows.tolist()), needed=0 if model == "own" else needed(labels),
        labels=counts(shown),
    )  # fmt: skip


def _judge(
    language: str, said: Texts, places: I64, words: list[str], labels: list[Polarity]
) -> tuple[Model, Quality | None, dict[int, Verdict], dict[int, float]]:
    """The model, its quality, and label and probability by place in the different texts."""
    wanted = [said.words[place] for place in places.tolist()]
    own = learn(words, labels) if language != "other" else None
    if own is not None:
        share = own.probabilities(wanted)
        found = dict(zip(places.tolist(), verdicts(share, own.labels), strict=True))
        return "own", own.quality, found, dict(zip(places.tolist(), share.max(axis=1).tolist(), strict=True))
    if language in lexicon.LANGUAGES:
        found = dict(zip(places.tolist(), lexicon.judged(wanted), strict=True))
        return "lexicon", _quality_of_lexicon(words, labels), found, {}
    return "ratings_only", None, {}, {}


def _quality_of_lexicon(words: list[str], labels: list[Polarity]) -> Quality | None:
    if len(words) < _MEASURED or len(set(labels)) < 2:
        return None
    said = lexicon.judged(words)
    share = np.array([[1.0 if one == name else 0.0 for name in LABELS] for one in said])
    share[[one == "unsure" for one in said]] = 1 / len(LABELS)
    return quality_of(share, np.array([LABELS.index(label) for label in labels]))

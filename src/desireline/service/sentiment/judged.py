"""Texts of feedback as they are judged: all of a workspace at once, and those of a part of it."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from pydantic import BaseModel

from desireline.model.sentiment import (
    Correction,
    JudgedBy,
    LanguageSentiment,
    Polarity,
    SentimentResult,
    Verdict,
)
from desireline.service.sentiment.feedback import Feedback

Progress = Callable[[Literal["language", "sentiment", "topics"], int], None]


class JudgedFeedback(BaseModel):
    """What is kept: by text, in the order of `feedback`. `by`: what the label comes from, None for nothing."""

    result: SentimentResult
    languages: list[str]
    labels: list[Verdict | None]
    by: list[JudgedBy | None]
    probabilities: list[float | None]

    def known(self, row: int) -> bool:
        """Whether a score or a person says what a text says."""
        return self.by[row] in {"score", "correction"}


def judged_anew(said: Feedback, corrections: list[Correction], progress: Progress | None) -> JudgedFeedback:
    """Judges texts; a correction goes before the score beside a text."""
    from desireline.voice.language import languages
    from desireline.voice.sentiment.judging import described, judge
    from desireline.voice.sentiment.labels import of_score
    from desireline.voice.texts import fingerprint, readable

    told: Progress = progress or (lambda _step, _n: None)
    told("language", 0)
    clean = [readable(text) for text in said.texts]
    tongues = list(languages(clean, said.language))
    told("sentiment", 0)
    by_hand: dict[str, Polarity] = {fingerprint(readable(one.text)): one.label for one in corrections}
    corrected = [by_hand.get(fingerprint(text)) if by_hand else None for text in clean]
    scored = [
        of_score(None if np.isnan(score) else float(score), scale)
        for score, scale in zip(said.score.tolist(), said.scale, strict=True)
    ]
    known = [hand or score for hand, score in zip(corrected, scored, strict=True)]
    found = judge(clean, tongues, known, lambda n: told("sentiment", n))
    result = described(found)
    open_ = {one.language for one in result.languages if one.model == "ratings_only"}
    by: list[JudgedBy | None] = [
        None if label is None else "correction" if hand else "score" if score else None if tongue in open_ else "model"
        for label, hand, score, tongue in zip(found.label, corrected, scored, tongues, strict=True)
    ]
    chances = [None if np.isnan(one) else round(one, 4) for one in found.probability.tolist()]
    kept = JudgedFeedback(result=result, languages=tongues, labels=found.label, by=by, probabilities=chances)
    return kept.model_copy(update={"result": _counted(kept, said)})


def part(found: JudgedFeedback, everything: Feedback, some: Feedback) -> JudgedFeedback:
    """Those of some of the texts; models and their quality stay those of all."""
    order = np.argsort(everything.arrival, kind="stable")
    rows = order[np.searchsorted(everything.arrival, some.arrival, sorter=order)].tolist()
    kept = JudgedFeedback(
        result=found.result, languages=[found.languages[row] for row in rows],
        labels=[found.labels[row] for row in rows], by=[found.by[row] for row in rows],
        probabilities=[found.probabilities[row] for row in rows],
    )  # fmt: skip
    return kept.model_copy(update={"result": _counted(kept, some)})


def _counted(found: JudgedFeedback, said: Feedback) -> SentimentResult:
    """The result with the counts of these texts."""
    from desireline.voice.sentiment.learning import counts
    from desireline.voice.texts import LONGEST, readable

    listed = [one for known in found.result.languages if (one := _of_language(known, found)).texts]
    listed.sort(key=lambda one: (-one.texts, one.language))
    texts, first = sum(one.texts for one in listed), listed[0] if listed else None
    return SentimentResult(
        texts=texts, empty=len(said) - texts,
        cut=sum(len(text) > LONGEST and len(readable(text)) > LONGEST for text in said.texts),
        model=first.model if first else "ratings_only", quality=first.quality if first else None,
        labels=counts([label for label in found.labels if label is not None]), languages=listed,
    )  # fmt: skip


def _of_language(known: LanguageSentiment, found: JudgedFeedback) -> LanguageSentiment:
    from desireline.voice.sentiment.learning import counts

    here = [
        (label, by)
        for label, by, language in zip(found.labels, found.by, found.languages, strict=True)
        if label is not None and language == known.language
    ]
    labels, sources = [label for label, _ in here], [by for _, by in here]
    corrected = sources.count("correction")
    return known.model_copy(update={
        "texts": len(here), "corrected": corrected, "known": corrected + sources.count("score"),
        "labels": counts(labels),
    })  # fmt: skip

"""Sentiment of a workspace's feedback: the one door for the command line, HTTP and notebooks."""

import hashlib
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import BaseModel

from desireline.model.clock import moment
from desireline.model.question import Asked, Filters
from desireline.model.sentiment import (
    Correction,
    JudgedPage,
    JudgedText,
    NewCorrection,
    Polarity,
    SentimentResult,
    Verdict,
)
from desireline.service.sentiment.feedback import Feedback, feedback
from desireline.service.sentiment.keeping import kept
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.questioning import Questioning

KIND = "sentiment_label"
Progress = Callable[[Literal["language", "sentiment", "topics"], int], None]


class JudgedFeedback(BaseModel):
    """What is kept: by text, in the order of `feedback`."""

    result: SentimentResult
    languages: list[str]
    labels: list[Verdict | None]
    known: list[bool]
    probabilities: list[float | None]


class Sentiment:
    """What texts say of how people feel.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.sentiment.told().languages[0].quality  # doctest: +SKIP
    """

    def __init__(self, workspace: "Questioning") -> None:
        self._workspace = workspace

    def told(
        self, filters: Filters | dict[str, Any] | None = None, progress: Progress | None = None
    ) -> SentimentResult:
        """How people feel by their texts, with the model of each language and its measured quality.

        Raises:
            NoEvents: the workspace holds no events.
        """
        with self._workspace.pinned():
            return self.judged(asked_of(filters), progress)[1].result

    def texts(
        self, filters: Filters | dict[str, Any] | None = None, label: Verdict | None = None,
        language: str | None = None, events: Collection[int] | None = None, limit: int = 50, offset: int = 0,
    ) -> JudgedPage:  # fmt: skip
        """Texts with what is said of them, newest first; of one label or language, or of these events, if given."""
        with self._workspace.pinned() as generation:
            said, found = self.judged(asked_of(filters))
            rows = [
                row for row in np.argsort(-said.time, kind="stable").tolist()
                if found.labels[row] is not None and label in {None, found.labels[row]}
                and language in {None, found.languages[row]}
                and (events is None or int(said.arrival[row]) in events)
            ]  # fmt: skip
            keys = generation.people["key"]
            return JudgedPage(
                total=len(rows),
                texts=[
                    JudgedText(
                        event=int(said.arrival[row]), person=keys[int(said.person[row])].as_py(),
                        time=moment(said.time[row]), text=said.texts[row], language=found.languages[row],
                        label=found.labels[row] or "unsure", known=found.known[row],
                        probability=found.probabilities[row],
                    )
                    for row in rows[offset : offset + limit]
                ],
            )  # fmt: skip

    def corrections(self) -> list[Correction]:
        """What people said of texts, oldest first."""
        return self._shelf().all() if self._workspace.places.records.exists() else []

    def correct(self, asked: NewCorrection | dict[str, Any]) -> Correction:
        """Say what a text says; it becomes a label, in place of an earlier one of the same words.

        Raises:
            BadQuestion: a field makes no sense.
        """
        from desireline.voice.texts import fingerprint, readable

        new = valid(NewCorrection, asked)
        name = hashlib.sha256(fingerprint(readable(new.text)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        fields = {"name": name, "text": new.text, "label": new.label}
        before = next((one for one in self.corrections() if one.name == name), None)
        return self._shelf().add(fields) if before is None else self._shelf().change(before.id, before.revision, fields)

    def judged(self, asked: Asked, progress: Progress | None = None) -> tuple[Feedback, JudgedFeedback]:
        """The feedback of a scope, judged; inside `pinned`."""
        workspace = self._workspace
        scope = workspace.scope(asked)
        said = feedback(scope)
        corrections = self.corrections()
        key = [asked.model_dump(mode="json"), scope.definition and scope.definition.version,
               [(one.id, one.revision) for one in corrections]]  # fmt: skip
        return said, kept(
            workspace.generation(), scope, JudgedFeedback, key, lambda: _judged(said, corrections, progress)
        )

    def _shelf(self) -> Shelf[Correction]:
        return Shelf(self._workspace.records, KIND, Correction)


def asked_of(filters: Filters | dict[str, Any] | None) -> Asked:
    """A request for a scope with these filters."""
    return Asked(filters=valid(Filters, filters or {}))


def _judged(said: Feedback, corrections: list[Correction], progress: Progress | None) -> JudgedFeedback:
    from desireline.voice.language import languages
    from desireline.voice.sentiment.judging import described, judge
    from desireline.voice.sentiment.labels import of_score
    from desireline.voice.texts import fingerprint, readable

    told: Progress = progress or (lambda _step, _n: None)
    told("language", 0)
    clean = [readable(text) for text in said.texts]
    tongues = languages(clean, said.language)
    told("sentiment", 0)
    corrected: dict[str, Polarity] = {fingerprint(readable(one.text)): one.label for one in corrections}
    known = [
        corrected.get(fingerprint(text)) if corrected and fingerprint(text) in corrected else of_score(
            None if np.isnan(score) else float(score), scale
        )
        for text, score, scale in zip(clean, said.score.tolist(), said.scale, strict=True)
    ]  # fmt: skip
    found = judge(clean, tongues, known, lambda n: told("sentiment", n))
    return JudgedFeedback(
        result=described(found), languages=list(tongues), labels=found.label, known=found.known.tolist(),
        probabilities=[None if np.isnan(one) else round(one, 4) for one in found.probability.tolist()],
    )  # fmt: skip

"""Sentiment of a workspace's feedback: the one door for the command line, HTTP and notebooks."""

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np

from desireline.analyze.scope import I64, Scope
from desireline.analyze.worded import FELT, Worded
from desireline.model.clock import moment
from desireline.model.question import Asked, Filters
from desireline.model.sentiment import (
    Correction,
    JudgedBy,
    JudgedPage,
    JudgedText,
    NewCorrection,
    SentimentResult,
    Verdict,
)
from desireline.service.sentiment.feedback import Feedback, feedback
from desireline.service.sentiment.judged import JudgedFeedback, Progress, judged_anew, part
from desireline.service.sentiment.keeping import kept
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.opened import Opened

KIND = "sentiment_label"
PLACES: dict[str | None, int] = {label: place for place, label in enumerate(FELT)}


class Sentiment:
    """What texts say of how people feel.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.sentiment.told().languages[0].quality  # doctest: +SKIP
    """

    def __init__(self, workspace: "Opened") -> None:
        self._workspace = workspace

    def told(
        self, filters: Filters | dict[str, Any] | None = None, progress: Progress | None = None
    ) -> SentimentResult:
        """How people feel by their texts, with the model of each language and its measured quality.

        Models learn from all texts of the workspace, so that a text is judged the same whatever is filtered.

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
                        label=found.labels[row] or "unsure", judged_by=found.by[row],
                        probability=found.probabilities[row],
                    )
                    for row in rows[offset : offset + limit]
                ],
            )  # fmt: skip

    def events(self, labels: Collection[Verdict] = (), by: Collection[JudgedBy] = ()) -> I64:
        """The events whose texts are judged so, any of each; inside `pinned`.

        Args:
            labels: any for none.
            by: what the label comes from; any for none.
        """
        said, found = self.judged(Asked())
        rows = [
            row for row, (label, source) in enumerate(zip(found.labels, found.by, strict=True))
            if label is not None and (not labels or label in labels) and (not by or source in by)
        ]  # fmt: skip
        return said.arrival[rows]

    def worded(self, scope: Scope) -> Worded:
        """The texts of a scope that are not left open, judged among all of the workspace; inside `pinned`."""
        everything, found = self.judged(Asked())
        said = feedback(scope)
        label = np.array([PLACES.get(one, -1) for one in part(found, everything, said).labels], np.int64)
        known = label >= 0
        return Worded(said.touchpoint[known], said.person[known], said.time[known], label[known])

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
        """The feedback of a scope, each text as it is judged among all of the workspace; inside `pinned`."""
        workspace = self._workspace
        everything = workspace.scope(Asked())
        said = feedback(everything)
        corrections = self.corrections()
        key = [everything.definition and everything.definition.version,
               [(one.id, one.revision) for one in corrections]]  # fmt: skip
        found = kept(
            workspace.generation(), everything, JudgedFeedback, key, lambda: judged_anew(said, corrections, progress)
        )
        if asked == Asked():
            return said, found
        some = feedback(workspace.scope(asked))
        return some, part(found, said, some)

    def _shelf(self) -> Shelf[Correction]:
        return Shelf(self._workspace.records, KIND, Correction)


def asked_of(filters: Filters | dict[str, Any] | None) -> Asked:
    """A request for a scope with these filters."""
    return Asked(filters=valid(Filters, filters or {}))

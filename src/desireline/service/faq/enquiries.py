"""Enquiries and complaints of a workspace by topic, and the organisation's answers to them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from desireline.model.faq import FaqAsked, FaqSettings
from desireline.model.question import Asked

if TYPE_CHECKING:
    from desireline.analyze.scope import I64, Bools, Scope
    from desireline.model.topics import TextTopic
    from desireline.service.questioning import Questioning
    from desireline.service.sentiment.feedback import Feedback
    from desireline.voice.topics.finding import Found

DAY = 86_400_000_000


@dataclass(frozen=True, eq=False)
class Enquiries:
    """Contacts by topic.

    Attributes:
        scope: that they are of.
        said: all texts in scope.
        language: of the contacts.
        found: groups of the contacts' texts, edits applied; `topics`: the same told, in the order of groups.
        rows: int64[contacts], rows of `said`.
        topic: int64[contacts], group of each, -1 for none.
        answers: int64, rows of `said` that the organisation wrote.
        praise: texts whose score or correction is positive; they do not count as contacts. A guess from words alone
            leaves nothing out: a lexicon takes a polite enquiry for praise.
    """

    scope: "Scope"
    said: "Feedback"
    language: str
    found: "Found"
    topics: "list[TextTopic]"
    rows: "I64"
    topic: "I64"
    answers: "I64"
    praise: int

    def of(self, topic: int) -> "I64":
        """int64: rows of `said` that are contacts on a topic, in the order of the scope."""
        found: I64 = self.rows[self.topic == topic]
        return found

    def followed(self, topic: int, days: int) -> "tuple[Bools, Bools]":
        """bool[contacts on the topic]: whether its person came again in time, and whether the time is over."""
        rows = self.of(topic)
        person, time = self.said.person[rows], self.said.time[rows]
        order = np.lexsort((time, person))
        p, t = person[order], time[order]
        starts = np.flatnonzero(np.concatenate([[True], (np.diff(p) != 0) | (np.diff(t) != 0)])[: len(rows)])
        at = np.searchsorted(starts, np.arange(len(rows)), "right")  # the next moment, of this person or another one
        later = np.append(starts, len(rows))[at]
        p, t = np.append(p, -1), np.append(t, 0)
        again = np.zeros(len(rows), np.bool_)
        again[order] = (p[later] == p[:-1]) & (t[later] - t[:-1] <= days * DAY)
        return again, time + days * DAY <= self.scope.until

    def days(self) -> float:
        """From the first to the last contact, in days; at least one."""
        time = self.said.time[self.rows]
        return max(1.0, (int(time.max()) - int(time.min())) / DAY) if len(time) else 0.0

    def answered(self) -> "dict[int, int]":
        """The first answer (row of `said`) to each contact (row of `said`), before the person's next contact."""
        kind = np.concatenate([np.zeros(len(self.rows), np.int8), np.ones(len(self.answers), np.int8)])
        rows = np.concatenate([self.rows, self.answers])
        order = np.lexsort((kind, self.said.time[rows], self.said.person[rows]))
        found: dict[int, int] = {}
        open_, owner = -1, -1
        for at in order.tolist():
            row, person = int(rows[at]), int(self.said.person[rows[at]])
            if person != owner:
                open_, owner = -1, person
            if kind[at] == 0:
                open_ = row
            elif open_ >= 0:
                found[open_] = row
                open_ = -1
        return found


def enquiries(workspace: "Questioning", asked: FaqAsked, settings: FaqSettings) -> Enquiries:
    """The enquiries of a scope by topic; inside `pinned`.

    Topics are those of `service.topics` where neither answers nor places are left out.

    Raises:
        NoEvents: the workspace holds no events.
        BadExpression: the condition on answers makes no sense.
    """
    from desireline.analyze.remembering import remembered
    from desireline.service.sentiment.door import Sentiment
    from desireline.service.topics.door import Topics, commonest
    from desireline.voice.topics.editing import edited
    from desireline.voice.topics.finding import find, topics

    question = Asked(filters=asked.filters)
    scope = workspace.scope(question)
    said, judged = Sentiment(workspace).judged(question)
    is_answer = _answers(workspace, asked, settings, said)
    open_ = ~is_answer & _at(scope, said, asked.touchpoints)
    tongues = np.array(judged.languages, dtype=object)
    language = asked.language or commonest(tongues[open_].tolist())
    grouped = np.flatnonzero(open_ & (tongues == language))
    texts = [said.texts[row] for row in grouped.tolist()]
    whole = len(grouped) == int((tongues == language).sum())
    key = ("topics", language, asked.k) if whole else ("faq", language, asked.k, settings.replies, *asked.touchpoints)
    found = edited(remembered(scope, key, lambda: find(texts, language, asked.k)), Topics(workspace).edits()).found
    positive = np.array(
        [judged.known(row) and judged.labels[row] == "positive" for row in grouped.tolist()],
        np.bool_,
    )
    counts = np.ones(len(grouped), np.bool_) if asked.praise else ~positive
    return Enquiries(
        scope=scope, said=said, language=language, found=found, topics=topics(found), rows=grouped[counts],
        topic=found.of_texts()[counts], answers=np.flatnonzero(is_answer), praise=int((~counts).sum()),
    )  # fmt: skip


def _answers(workspace: "Questioning", asked: FaqAsked, settings: FaqSettings, said: "Feedback") -> "Bools":
    if settings.replies is None:
        return np.zeros(len(said), np.bool_)
    segment = {"of": "events", "where": settings.replies}
    replies = workspace.scope(Asked.model_validate({"filters": asked.filters.model_dump(), "segment": segment}))
    found: Bools = np.isin(said.arrival, replies.arrival)
    return found


def _at(scope: "Scope", said: "Feedback", touchpoints: list[str]) -> "Bools":
    """bool[texts]: whether each stands at one of the touchpoints; everywhere if none is named."""
    from desireline.errors import UnknownStep

    if not touchpoints:
        return np.ones(len(said), np.bool_)
    for name in touchpoints:
        if name not in scope.touchpoints.names:
            raise UnknownStep(step=name, available=scope.touchpoints.names)
    wanted = [scope.touchpoints.names.index(name) for name in touchpoints]
    found: Bools = np.isin(said.touchpoint, wanted)
    return found

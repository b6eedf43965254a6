"""Topics of a workspace's feedback: the one door for the command line, HTTP and notebooks."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel

from desireline.errors import UnknownDocument
from desireline.model.question import Asked
from desireline.model.summary import PeoplePage
from desireline.model.topics import NewTopicEdit, TopicAsked, TopicEdit, WorkspaceTopics
from desireline.service.sentiment.door import Sentiment
from desireline.service.sentiment.feedback import Feedback
from desireline.service.sentiment.judged import JudgedFeedback, Progress
from desireline.service.sentiment.keeping import kept
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.analyze.scope import I64, Scope
    from desireline.service.questioning import Questioning
    from desireline.voice.topics.editing import Edited
    from desireline.voice.topics.finding import Found

KIND = "topic_edit"


class KeptTopics(BaseModel):
    """What is kept: the topics, and the place in `ids` of each text's topic, -1 for none, in the order of feedback."""

    result: WorkspaceTopics
    ids: list[str]
    topic: list[int]


class Topics:
    """What people write about, and what was changed by hand.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.topics.find({"language": "en"}).topics[0].name  # doctest: +SKIP
    """

    def __init__(self, workspace: "Questioning") -> None:
        self._workspace = workspace

    def find(
        self, asked: TopicAsked | dict[str, Any] | None = None, progress: Progress | None = None
    ) -> WorkspaceTopics:
        """The topics of the feedback in one language, with edits applied.

        Raises:
            NoEvents: the workspace holds no events.
            BadQuestion: a field makes no sense.
        """
        with self._workspace.pinned():
            return self._kept(valid(TopicAsked, asked or {}), progress).result

    def people(
        self, topic: str, asked: TopicAsked | dict[str, Any] | None = None, limit: int = 50, offset: int = 0
    ) -> PeoplePage:
        """The very people who wrote about a topic.

        Raises:
            UnknownDocument: there is no such topic.
        """
        from desireline.service import people

        with self._workspace.pinned() as generation:
            wanted = valid(TopicAsked, asked or {})
            found = self._kept(wanted, None)
            rows = np.flatnonzero(np.array(found.topic) == self._place(found, topic))
            said = self._judged(wanted, None)[0]
            units = np.unique(said.unit[rows])
            return people.page(generation, np.unique(said.person[rows]), len(units), limit, offset)

    def texts(
        self, topic: str, asked: TopicAsked | dict[str, Any] | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[int, list[str]]:
        """How many texts a topic has, and some of them, newest first.

        Raises:
            UnknownDocument: there is no such topic.
        """
        with self._workspace.pinned():
            wanted = valid(TopicAsked, asked or {})
            found = self._kept(wanted, None)
            said = self._judged(wanted, None)[0]
            rows = np.flatnonzero(np.array(found.topic) == self._place(found, topic))
            rows = rows[np.argsort(-said.time[rows], kind="stable")]
            return len(rows), [said.texts[row] for row in rows[offset : offset + limit].tolist()]

    def edits(self) -> list[TopicEdit]:
        """Changes by hand, oldest first."""
        return self._shelf().all() if self._workspace.places.records.exists() else []

    def edit(self, asked: NewTopicEdit | dict[str, Any]) -> TopicEdit:
        """Change topics by hand; remembered, and applied whenever topics are found anew.

        Raises:
            BadQuestion: a field makes no sense.
            UnknownDocument: there is no such topic.
        """
        from desireline.voice.topics.editing import fields_of

        new = valid(NewTopicEdit, asked)
        with self._workspace.pinned():
            found = self._edited(new.asked, None)[0].found
            by_id = {found.id_of(group): group for group in range(found.k)}
            for topic in new.topics:
                if topic not in by_id:
                    raise UnknownDocument(kind="topic", given=topic[:200], available=list(by_id))
            fields = fields_of(found, new, [by_id[topic] for topic in new.topics])
        number = max((int(one.name.rpartition(" ")[2]) for one in self.edits()), default=0) + 1
        return self._shelf().add({**fields, "name": f"{new.kind} {number}"})

    def undo(self, edit: str) -> TopicEdit:
        """Forget a change by hand.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf().remove(edit)

    def _kept(self, asked: TopicAsked, progress: Progress | None) -> KeptTopics:
        workspace = self._workspace
        scope = workspace.scope(Asked(filters=asked.filters))
        key = [asked.model_dump(mode="json"), scope.definition and scope.definition.version,
               [(one.id, one.revision) for one in (*self.edits(), *Sentiment(workspace).corrections())]]  # fmt: skip
        return kept(workspace.generation(), scope, KeptTopics, key, lambda: self._found(asked, scope, progress))

    def _found(self, asked: TopicAsked, scope: "Scope", progress: Progress | None) -> KeptTopics:
        from desireline.service.topics.describing import described
        from desireline.voice.topics.finding import topics

        edited, said, judged, rows = self._edited(asked, progress)
        found = edited.found
        group = np.full(len(said), -1, np.int64)
        group[rows] = found.of_texts()
        told = described(topics(found), group, said, judged.labels, scope, asked.period)
        shown = [topic for k, topic in enumerate(told) if k not in found.hidden]
        result = WorkspaceTopics(
            topics=shown, language=found.language, languages=dict(Counter(judged.languages).most_common()),
            texts=int((found.texts.of >= 0).sum()), empty=found.texts.empty, cut=found.texts.cut,
            repeated=found.texts.repeated, refused=None if found.k else "too_few_texts", agreement=found.agreement,
            chosen_by="rule" if asked.k is None else "asked", period=asked.period, filters=asked.filters,
            judged=next((one for one in judged.result.languages if one.language == found.language), None),
            edits_applied=edited.applied, edits_waiting=edited.waiting,
        )  # fmt: skip
        return KeptTopics(result=result, ids=[topic.id for topic in told], topic=group.tolist())

    def _edited(self, asked: TopicAsked, progress: Progress | None) -> "tuple[Edited, Feedback, JudgedFeedback, I64]":
        """The groups after edits, the feedback, its sentiment, and the rows of it that were grouped."""
        from desireline.analyze.remembering import remembered
        from desireline.voice.topics.editing import edited
        from desireline.voice.topics.finding import find

        said, judged = self._judged(asked, progress)
        language = asked.language or commonest(judged.languages)
        rows = np.flatnonzero(np.array(judged.languages, dtype=object) == language)
        if progress is not None:
            progress("topics", len(rows))

        def grouped() -> "Found":
            return find([said.texts[row] for row in rows.tolist()], language, asked.k)

        scope = self._workspace.scope(Asked(filters=asked.filters))
        found = remembered(scope, ("topics", language, asked.k), grouped)
        return edited(found, self.edits()), said, judged, rows

    def _judged(self, asked: TopicAsked, progress: Progress | None) -> "tuple[Feedback, JudgedFeedback]":
        return Sentiment(self._workspace).judged(Asked(filters=asked.filters), progress)

    def _place(self, found: KeptTopics, topic: str) -> int:
        named = {one.name: one.id for one in found.result.topics}
        which = named.get(topic, topic)
        if which not in found.ids:
            raise UnknownDocument(kind="topic", given=topic[:200], available=list(named))
        return found.ids.index(which)

    def _shelf(self) -> Shelf[TopicEdit]:
        return Shelf(self._workspace.records, KIND, TopicEdit)


def commonest(languages: Sequence[str]) -> str:
    """The language that most texts are in, of those that are known."""
    known = Counter(one for one in languages if one != "other")
    return known.most_common(1)[0][0] if known else "other"

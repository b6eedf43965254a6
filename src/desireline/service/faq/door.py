"""FAQ candidates of a workspace: the one door for the command line, HTTP and notebooks."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from desireline.errors import UnknownDocument
from desireline.model.faq import (
    AnswerableCode,
    ArticleEffect,
    CodedText,
    Deflection,
    FaqAsked,
    FaqCandidates,
    FaqSample,
    FaqSettings,
    Holdout,
    KeptFaqSettings,
    NewCode,
    Outline,
)
from desireline.service.faq.articles import Articles
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.faq.enquiries import Enquiries
    from desireline.service.questioning import Questioning

SETTINGS = "faq"


class Faq:
    """Which questions an article could answer, what one may save, and what one saved.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.faq.set({"cost_per_contact": 4.5, "currency": "EUR"})  # doctest: +SKIP
        >>> best = ws.faq.candidates().candidates[0]  # doctest: +SKIP
        >>> ws.faq.sample(best.topic).texts[0].text  # doctest: +SKIP
    """

    def __init__(self, workspace: "Questioning") -> None:
        self._workspace = workspace

    @property
    def articles(self) -> Articles:
        """Articles of the help centre."""
        return Articles(self._workspace, self._anchors)

    def settings(self) -> FaqSettings:
        """What a contact costs, which events are answers, how soon a contact is a repeat contact."""
        if not self._workspace.places.records.exists():
            return FaqSettings()
        found = self._settings.all()
        fields = found[0].model_dump(include={*FaqSettings.model_fields}) if found else {}
        return FaqSettings.model_validate(fields)

    def set(self, fields: Mapping[str, Any]) -> FaqSettings:
        """Change settings; what is absent stays.

        Raises:
            BadQuestion: a field makes no sense.
            BadExpression: the condition on answers makes no sense.
        """
        from desireline.model.expression import parse

        new = valid(FaqSettings, {**self.settings().model_dump(), **fields})
        if new.replies is not None:
            parse(new.replies)
        kept = self._settings.all()
        if kept:
            self._settings.change(kept[0].id, kept[0].revision, new.model_dump())
        else:
            self._settings.add({**new.model_dump(), "name": SETTINGS})
        return new

    def candidates(self, asked: FaqAsked | dict[str, Any] | None = None) -> FaqCandidates:
        """Topics of enquiries and complaints that an article could answer, ranked, each with a forecast.

        Raises:
            NoEvents: the workspace holds no events.
            BadQuestion: a field makes no sense.
            UnknownStep: there is no such touchpoint.
        """
        from desireline.service.faq.listing import candidates

        with self._workspace.pinned():
            seen = self._seen(valid(FaqAsked, asked or {}))
            return candidates(seen, self.settings(), self._codes(), self.articles.all())

    def sample(self, topic: str, asked: FaqAsked | dict[str, Any] | None = None) -> FaqSample:
        """Contacts of a topic to be coded by a person: could an article have answered it?

        Raises:
            UnknownDocument: there is no such topic.
        """
        from desireline.service.faq.listing import coded, sample_of
        from desireline.voice.texts import fingerprint, readable

        with self._workspace.pinned():
            seen, codes = self._seen(valid(FaqAsked, asked or {})), self._codes()
            place = _place(seen, topic)
            rows = sample_of(seen, place).tolist()
            texts = [
                CodedText(event=int(seen.said.arrival[row]), text=seen.said.texts[row],
                          answerable=codes.get(fingerprint(readable(seen.said.texts[row]))))
                for row in rows
            ]  # fmt: skip
            told = seen.topics[place]
            return FaqSample(topic=told.id, name=told.name, texts=texts, answerable=coded(seen, place, codes))

    def code(self, codes: Sequence[NewCode | dict[str, Any]]) -> int:
        """Keep what a person says of contacts' texts; how many were kept or taken back.

        Raises:
            BadQuestion: a field makes no sense.
        """
        news = [valid(NewCode, one) for one in codes]
        kept = {one.name: one for one in self._coding.all()} if self._workspace.places.records.exists() else {}
        for new in news:
            name = _name(new.text)
            known = kept.get(name)
            if new.answerable is None:
                if known is not None:
                    self._coding.remove(known.id)
                    del kept[name]
            elif known is None:
                kept[name] = self._coding.add({"name": name, "text": new.text, "answerable": new.answerable})
            else:
                kept[name] = self._coding.change(known.id, known.revision, {"answerable": new.answerable})
        return len(news)

    def outline(self, topic: str, asked: FaqAsked | dict[str, Any] | None = None) -> Outline:
        """A draft of an article: questions, and sentences of answers that settled it, all word for word.

        Raises:
            UnknownDocument: there is no such topic.
        """
        from desireline.service.faq.outline import outline

        with self._workspace.pinned():
            seen = self._seen(valid(FaqAsked, asked or {}))
            return outline(seen, _place(seen, topic), self.settings())

    def effect(self, article: str, language: str = "en") -> ArticleEffect:
        """What an article changed: against a holdout, else before and after against other topics.

        Args:
            article: its id or title.
            language: of sentences.

        Raises:
            UnknownDocument: there is no such article or experiment.
            NoExposures: nobody is in the experiment.
        """
        from desireline.model.experiment import Experiment
        from desireline.model.question import Asked
        from desireline.service.faq.effect import effect
        from desireline.voice.topics.editing import group_of

        found = self.articles.get(article)
        tests = Shelf(self._workspace.records, "experiment", Experiment)
        experiment = None if found.experiment is None else tests.get(found.experiment)
        with self._workspace.pinned():
            seen = self._seen(found.asked)
            topic = group_of(seen.found, found.anchors) if seen.found.k else None
            if topic is None:
                told = None if found.holdout is None else self.deflection(found.holdout)
                by = {"by": "holdout", "people_from": "typed", "deflection": told} if told else {"by": None}
                return ArticleEffect.model_validate(
                    {"article": found.id, "name": found.name, "refused": None if told else "no_topic", **by}
                )
            everyone = self._workspace.scope(Asked(), with_exposures=True)
            return effect(seen, topic, found, self.settings(), experiment, everyone, language)

    def deflection(self, counts: Holdout | dict[str, Any]) -> Deflection:
        """What an article saved by counts of people who could and could not see it.

        Raises:
            BadQuestion: a field makes no sense.
        """
        from desireline.voice.faq.deflecting import deflection

        return deflection(valid(Holdout, counts))

    def _anchors(self, topic: str, asked: FaqAsked) -> list[str]:
        with self._workspace.pinned():
            seen = self._seen(asked)
            return seen.found.anchors(_place(seen, topic))

    def _seen(self, asked: FaqAsked) -> "Enquiries":
        from desireline.service.faq.enquiries import enquiries

        return enquiries(self._workspace, asked, self.settings())

    def _codes(self) -> dict[str, bool]:
        from desireline.voice.texts import fingerprint, readable

        if not self._workspace.places.records.exists():
            return {}
        return {fingerprint(readable(one.text)): one.answerable for one in self._coding.all()}

    @property
    def _settings(self) -> Shelf[KeptFaqSettings]:
        return Shelf(self._workspace.records, "faq_settings", KeptFaqSettings)

    @property
    def _coding(self) -> Shelf[AnswerableCode]:
        return Shelf(self._workspace.records, "answerable_code", AnswerableCode)


def _place(seen: "Enquiries", topic: str) -> int:
    """The group of a topic by its id or its name."""
    for place, one in enumerate(seen.topics):
        if topic in {one.id, one.name}:
            return place
    raise UnknownDocument(kind="topic", given=topic[:200], available=[one.name for one in seen.topics])


def _name(text: str) -> str:
    """Stands for the words of a text."""
    from desireline.voice.texts import fingerprint, readable

    return hashlib.sha256(fingerprint(readable(text)).encode("utf-8", "surrogatepass")).hexdigest()[:32]

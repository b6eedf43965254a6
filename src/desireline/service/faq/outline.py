"""A draft of an article on a topic, out of the organisation's own answers."""

from typing import TYPE_CHECKING

from desireline.model.faq import FaqSettings, NoOutline, Outline, OutlineSentence
from desireline.service.faq.enquiries import Enquiries
from desireline.voice.faq.outlining import drafted
from desireline.voice.texts import readable

if TYPE_CHECKING:
    from desireline.voice.faq.outlining import Drafted

NEWEST = 500
"""Answers that are read; rules change, so that the newest count."""


def outline(seen: Enquiries, topic: int, settings: FaqSettings) -> Outline:
    """What people ask, and sentences of answers after which nobody came again; all word for word.

    The best answers are those that settled it: the person did not come again on the topic in time. Where no answer's
    time is over, all of them are read.
    """
    rows = seen.of(topic)
    again, over = seen.followed(topic, settings.recontact_days)
    answered = seen.answered()
    pairs = [
        (answered[row], settled)
        for row, settled in zip(rows.tolist(), (over & ~again).tolist(), strict=True)
        if row in answered
    ]
    settled = [answer for answer, good in pairs if good]
    read = sorted(settled or [answer for answer, _ in pairs], key=lambda row: -int(seen.said.time[row]))[:NEWEST]
    found = drafted([readable(seen.said.texts[row]) for row in read])
    told = seen.topics[topic]
    return Outline(
        topic=told.id, name=told.name, questions=told.quotes, answers=len(pairs), settled=len(settled),
        sentences=[
            OutlineSentence(text=one.text, event=int(seen.said.arrival[read[one.answer]]), alike=n)
            for one, n in found.sentences
        ],
        withheld=found.withheld, refused=_refused(settings, len(pairs), found),
    )  # fmt: skip


def _refused(settings: FaqSettings, answers: int, found: "Drafted") -> NoOutline | None:
    if settings.replies is None:
        return "no_replies_set"
    if not answers:
        return "no_replies"
    return None if found.sentences else "no_sentences"

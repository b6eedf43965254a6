"""Candidates out of enquiries: ranked, forecast, beside the articles that there are."""

from collections.abc import Mapping, Sequence

import numpy as np

from desireline.analyze.scope import I64
from desireline.model.faq import Article, CoveringArticle, FaqCandidate, FaqCandidates, FaqSettings, Rate
from desireline.service.faq.enquiries import Enquiries
from desireline.voice.faq.coverage import NEAREST, THRESHOLD, similarity
from desireline.voice.faq.ranking import SAMPLE, alikeness, forecast, rate, scores
from desireline.voice.texts import fingerprint, readable

MONTH = 30.0
READ_ANSWERS = 300
"""Answers of a topic of which it is told how alike they are."""


def candidates(
    seen: Enquiries, settings: FaqSettings, codes: Mapping[str, bool], articles: Sequence[Article]
) -> FaqCandidates:
    """All topics that nobody hid, the highest score first.

    Args:
        seen: enquiries by topic.
        settings: what the data do not say.
        codes: by the fingerprint of a text, whether an article could answer it.
        articles: that there are.
    """
    shown = [k for k in range(len(seen.topics)) if k not in seen.found.hidden]
    days, cost = seen.days(), settings.cost_per_contact
    replies = answers_of(seen)
    alike = [alikeness([readable(seen.said.texts[row]) for row in replies[k][:READ_ANSWERS]]) for k in shown]
    repeats = [_repeats(seen, k, settings.recontact_days) for k in shown]
    ranked = scores([len(seen.of(k)) for k in shown], repeats, alike, cost)
    near = _near(seen, articles)
    listed = []
    for place, k in enumerate(shown):
        topic, rows = seen.topics[k], seen.of(k)
        covering = _covering(near[k], articles)
        monthly = len(rows) / days * MONTH if days else 0.0
        listed.append(
            FaqCandidate(
                topic=topic.id, name=topic.name, words=topic.words, quotes=topic.quotes, contacts=len(rows),
                people=len(np.unique(seen.said.person[rows])), per_30_days=monthly, repeat=rate(*repeats[place]),
                answers_alike=alike[place], answers=len(replies[k]), score=ranked[place],
                forecast=forecast(monthly, coded(seen, k, codes), cost),
                covered=any(one.covers for one in covering), articles=covering,
            )
        )  # fmt: skip
    listed.sort(key=lambda one: (-one.score, -one.contacts, one.name))
    return FaqCandidates(
        candidates=listed, language=seen.language, contacts=len(seen.rows), answers=len(seen.answers),
        praise=seen.praise, days=days, cost_per_contact=cost, currency=settings.currency,
        cost="unknown" if cost is None else "typed", recontact_days=settings.recontact_days, threshold=THRESHOLD,
        articles=len(articles), refused=None if seen.topics else "too_few_texts",
    )  # fmt: skip


def sample_of(seen: Enquiries, topic: int) -> I64:
    """int64: rows of contacts that are to be coded, the same ones first whatever comes in later."""
    rows = seen.of(topic)
    mixed = seen.said.arrival[rows].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return rows[np.argsort(mixed, kind="stable")[:SAMPLE]]


def coded(seen: Enquiries, topic: int, codes: Mapping[str, bool]) -> Rate:
    """The share of the topic's sample that an article could answer, among those that were coded."""
    said = [codes.get(fingerprint(readable(seen.said.texts[row]))) for row in sample_of(seen, topic).tolist()]
    known = [one for one in said if one is not None]
    return rate(sum(known), len(known))


def answers_of(seen: Enquiries) -> dict[int, list[int]]:
    """By topic, the rows of the organisation's answers to its contacts."""
    answered = seen.answered()
    found: dict[int, list[int]] = {k: [] for k in range(len(seen.topics))}
    for row, topic in zip(seen.rows.tolist(), seen.topic.tolist(), strict=True):
        if topic >= 0 and row in answered:
            found[topic].append(answered[row])
    return found


def _repeats(seen: Enquiries, topic: int, days: int) -> tuple[int, int]:
    again, over = seen.followed(topic, days)
    return int((again & over).sum()), int(over.sum())


def _near(seen: Enquiries, articles: Sequence[Article]) -> "np.typing.NDArray[np.float64]":
    words = seen.found.texts.words
    texts = [readable(f"{one.name}\n{one.text}") for one in articles]
    return similarity(words, seen.found.label, len(seen.topics), texts)


def _covering(near: "np.typing.NDArray[np.float64]", articles: Sequence[Article]) -> list[CoveringArticle]:
    order = [at for at in np.argsort(-near, kind="stable")[:NEAREST].tolist() if near[at] > 0]
    return [
        CoveringArticle(article=articles[at].id, name=articles[at].name, url=articles[at].url,
                        similarity=round(float(near[at]), 4), covers=bool(near[at] >= THRESHOLD))
        for at in order
    ]  # fmt: skip

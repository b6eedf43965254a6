"""What an article changed: against a holdout if there is one, else before and after against other topics."""

from typing import TYPE_CHECKING, Any

import numpy as np

from desireline.model.faq import Article, ArticleEffect, Beside, FaqSettings, Holdout
from desireline.model.intervals import mean_of, mover, newcombe
from desireline.service.faq.enquiries import DAY, Enquiries
from desireline.voice.faq.deflecting import deflection

if TYPE_CHECKING:
    from desireline.analyze.scope import F64, I64, Bools, Scope
    from desireline.model.before_after import BeforeAfterResult
    from desireline.model.experiment import Experiment


def effect(
    seen: Enquiries, topic: int, article: Article, settings: FaqSettings, experiment: "Experiment | None",
    everyone: "Scope", language: str,
) -> ArticleEffect:  # fmt: skip
    """The effect of an article on contacts of its topic.

    Args:
        seen: enquiries by topic.
        topic: the group that the article is for.
        article: published, unless it has a holdout.
        settings: days within which a contact is a repeat contact.
        experiment: whose control arm could not see it.
        everyone: persons with all their events, where exposures stand.
        language: of the sentence.

    Raises:
        NoExposures: the experiment has none.
    """
    rows = seen.of(topic)
    about: dict[str, Any] = {
        "article": article.id, "name": article.name, "recontact_days": settings.recontact_days
    }  # fmt: skip
    if experiment is not None:
        counts, with_article, judged = _of_experiment(seen, rows, experiment, everyone)
        beside = _beside(seen, topic, settings, with_article, judged)
        return ArticleEffect(by="holdout", people_from="experiment", deflection=deflection(counts), **beside, **about)
    after = _published(seen, article)
    beside = {} if after is None else _beside(seen, topic, settings, seen.said.time[rows] >= after, None)
    if article.holdout is not None:
        told = deflection(article.holdout)
        return ArticleEffect(by="holdout", people_from="typed", deflection=told, **beside, **about)
    if after is None:
        return ArticleEffect(by=None, refused="not_published", **about)
    if not len(rows):
        return ArticleEffect(by=None, refused="no_contacts", **about)
    found = _before_after(seen, topic, article, language)
    return ArticleEffect(by="before_after", before_after=found, **beside, **about)


def _of_experiment(
    seen: Enquiries, rows: "I64", experiment: "Experiment", everyone: "Scope"
) -> tuple[Holdout, "Bools", "Bools"]:
    """Counts of people; of each contact whether its person was exposed, and whether it came after the exposure."""
    from desireline.service.experiments.exposing import exposed

    who = exposed(everyone, experiment)
    owner = everyone.owner[who.person].astype(np.int64)
    order = np.argsort(owner)
    owner, time = owner[order], who.time[order]
    names = [arm.name for arm in experiment.arms]
    seen_it = who.arm[order] != names.index(experiment.control or names[0])
    person, at = seen.said.person[rows], seen.said.time[rows]
    place = np.minimum(np.searchsorted(owner, person), len(owner) - 1)
    after = (owner[place] == person) & (at > time[place])
    whole = np.ones(len(owner), np.bool_)
    if experiment.window_days is not None:
        window = int(experiment.window_days * DAY)
        after &= at <= time[place] + window
        whole = time + window <= seen.scope.until
        after &= whole[place]
    contacted = np.zeros(len(owner), np.bool_)
    contacted[place[after]] = True
    counts = Holdout(
        holdout_people=int((whole & ~seen_it).sum()), holdout_contacted=int((contacted & ~seen_it).sum()),
        exposed_people=int((whole & seen_it).sum()), exposed_contacted=int((contacted & seen_it).sum()),
    )  # fmt: skip
    return counts, seen_it[place], after


def _published(seen: Enquiries, article: Article) -> int | None:
    """µs UTC of the first moment of the day of publication, in the zone of the scope."""
    from datetime import datetime, time
    from zoneinfo import ZoneInfo

    if article.published is None:
        return None
    moment = datetime.combine(article.published, time.min, ZoneInfo(seen.scope.zone))
    return round(moment.timestamp() * 1_000_000)


def _beside(
    seen: Enquiries, topic: int, settings: FaqSettings, with_article: "Bools", judged: "Bools | None"
) -> dict[str, Any]:
    """Repeat contact and mean score of the topic's contacts without and with the article."""
    rows = seen.of(topic)
    counted = np.ones(len(rows), np.bool_) if judged is None else judged
    again, over = seen.followed(topic, settings.recontact_days)
    over = over & counted
    found: dict[str, Any] = {"recontact": _shares(again, over & ~with_article, over & with_article)}
    scored = [seen.said.scale[row] for row in rows.tolist()]
    told = (~np.isnan(seen.said.score[rows])).tolist()
    known = [one for one, there in zip(scored, told, strict=True) if one and there]
    if known:
        scale = max(sorted(set(known)), key=known.count)
        there = counted & np.array([one == scale for one in scored]) & ~np.isnan(seen.said.score[rows])
        score = seen.said.score[rows]
        found["scale"] = scale
        found["score"] = _means(score[there & ~with_article], score[there & with_article])
    return found


def _shares(again: "Bools", without: "Bools", with_: "Bools") -> Beside:
    a, a_of, b, b_of = (int(x.sum()) for x in (again & with_, with_, again & without, without))
    low, high = newcombe(a, a_of, b, b_of) if a_of and b_of else (None, None)
    one, other = (n / of if of else None for n, of in ((b, b_of), (a, a_of)))
    difference = None if one is None or other is None else other - one
    return Beside(without=one, with_article=other, difference=difference, low=low, high=high, n_without=b_of,
                  n_with=a_of)  # fmt: skip


def _means(without: "F64", with_: "F64") -> Beside:
    one, other = (float(x.mean()) if len(x) else None for x in (without, with_))
    around = [mean_of(len(x), float(x.sum()), float((x * x).sum())) for x in (with_, without)]
    low = high = None
    if one is not None and other is not None and around[0] is not None and around[1] is not None:
        low, high = mover(other, around[0], one, around[1])
    difference = None if one is None or other is None else other - one
    return Beside(without=one, with_article=other, difference=difference, low=low, high=high, n_without=len(without),
                  n_with=len(with_))  # fmt: skip


def _before_after(seen: Enquiries, topic: int, article: Article, language: str) -> "BeforeAfterResult":
    """Contacts on the topic a day, against those on every other topic: what moves all of them is not the article."""
    from desireline.act.beforeafter import NEVER, Panel, judged
    from desireline.act.beforeafter.judging import Judging
    from desireline.act.verdicts import of_before_after, sentence
    from desireline.analyze.calendars import calendar

    days = calendar(seen.scope, "day")
    day = np.searchsorted(days.starts, seen.said.time[seen.rows], "right") - 1
    kept = seen.topic >= 0
    values = np.zeros((len(seen.topics), len(days.days)))
    np.add.at(values, (seen.topic[kept], day[kept]), 1)
    start = np.full(len(seen.topics), NEVER, np.int64)
    if article.published is not None:
        start[topic] = max((article.published - days.days[0]).days, 0)
    names = [one.id for one in seen.topics]
    result = judged(Panel(names, days.days[0], values[:, : days.over], start), Judging(direction="down"))
    verdict = of_before_after(result, metric=seen.topics[topic].name, direction="down", unit="count")
    return result.model_copy(update={"sentence": sentence(verdict, language)})

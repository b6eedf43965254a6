"""A topic of a workspace's feedback: where it comes up, when, how people feel, who they are."""

import json
from collections.abc import Sequence
from typing import Literal

import numpy as np

from desireline.analyze.scanning.extremes import benjamini_hochberg
from desireline.analyze.scope import I64, Scope
from desireline.model.intervals import mean_within, newcombe
from desireline.model.sentiment import LabelCounts, Verdict
from desireline.model.topics import Commonest, FoundTopic, MeanScore, Over, TextTopic
from desireline.service.sentiment.feedback import Feedback
from desireline.service.topics.trending import changes, trends

LEAST = 10
"""Texts at a place below which nothing is said of it."""

SURE = 0.05
"""False discoveries among the places that are listed."""


def described(
    topics: Sequence[TextTopic], group: I64, said: Feedback, labels: Sequence[Verdict | None], scope: Scope,
    period: Literal["week", "month"],
) -> list[FoundTopic]:  # fmt: skip
    """Topics with everything that is known of their texts.

    Args:
        topics: in the order of groups.
        group: int64[texts], -1 for none.
        said: the texts.
        labels: their sentiment.
        scope: that they are of.
        period: of trends.
    """
    places = [_over(group, len(topics), of, names) for of, names in (
        (said.touchpoint, scope.touchpoints.names), (said.channel, scope.channels.names))]  # fmt: skip
    over_time = trends(group, len(topics), said, scope, period)
    changed = changes(over_time)
    label = np.array([one or "" for one in labels], dtype=object)
    return [
        FoundTopic(
            **topic.model_dump(), people=len(np.unique(said.unit[group == k])), trend=over_time[k], change=changed[k],
            touchpoint=_commonest(said.touchpoint[group == k], scope.touchpoints.names),
            channel=_commonest(said.channel[group == k], scope.channels.names),
            touchpoints=places[0][k], channels=places[1][k],
            sentiment=LabelCounts(**{n: int((label[group == k] == n).sum()) for n in LabelCounts.model_fields}),
            scores=_scores(said, np.flatnonzero(group == k)), cell=f"topic:{json.dumps(topic.id)}",
        )
        for k, topic in enumerate(topics)
    ]  # fmt: skip


def _commonest(place: I64, names: Sequence[str]) -> Commonest | None:
    counts = np.bincount(place[place >= 0], minlength=1)
    at = int(counts.argmax())
    return Commonest(name=names[at], n=int(counts[at]), of=int(counts.sum())) if counts[at] else None


def _over(group: I64, topics: int, place: I64, names: Sequence[str]) -> list[list[Over]]:
    """The places of each topic with more of it than elsewhere, Benjamini-Hochberg over all topics and places."""
    known = (group >= 0) & (place >= 0)
    counts = np.zeros((topics, len(names)), np.int64)
    np.add.at(counts, (group[known], place[known]), 1)
    at, of = counts.sum(axis=0), int(counts.sum())
    judged = [(k, p) for p in np.flatnonzero((at >= LEAST) & (at < of)).tolist() for k in range(topics)]
    q = benjamini_hochberg(np.array([_p(int(counts[k, p]), int(at[p]), int(counts[k].sum()), of) for k, p in judged]))
    found: list[list[Over]] = [[] for _ in range(topics)]
    for (k, p), sure in zip(judged, q.tolist(), strict=True):
        n, rest, rest_of = int(counts[k, p]), int(counts[k].sum() - counts[k, p]), of - int(at[p])
        difference = n / int(at[p]) - rest / rest_of
        if sure > SURE or difference <= 0:
            continue
        low, high = newcombe(n, int(at[p]), rest, rest_of)
        found[k].append(Over(name=names[p], n=n, of=int(at[p]), elsewhere=rest / rest_of, difference=difference,
                             low=low, high=high, q=sure))  # fmt: skip
    return [sorted(one, key=lambda over: (over.q, -over.difference, over.name)) for one in found]


def _p(n: int, at: int, topic: int, of: int) -> float:
    """Fisher's exact test, one-sided: as many of a topic at a place by chance."""
    from scipy.stats import hypergeom

    return float(hypergeom.sf(n - 1, of, topic, at))


def _scores(said: Feedback, rows: I64) -> list[MeanScore]:
    by_scale: dict[str, list[float]] = {}
    for row in rows.tolist():
        scale = said.scale[row]
        if scale is not None and not np.isnan(said.score[row]):
            by_scale.setdefault(scale, []).append(float(said.score[row]))
    return [_mean(scale, np.array(scores)) for scale, scores in sorted(by_scale.items(), key=lambda one: -len(one[1]))]


def _mean(scale: str, scores: "np.typing.NDArray[np.float64]") -> MeanScore:
    n, mean = len(scores), float(scores.mean())
    around = mean_within(mean, float(scores.std(ddof=1) / np.sqrt(n)), n) if n > 1 else None
    low, high = around or (None, None)
    return MeanScore(scale=scale, mean=mean, low=low, high=high, n=n)

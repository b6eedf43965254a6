"""Feedback in counts that add up: by touchpoint and scale, by survey, by channel, language and question."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from desireline.analyze.scope import I64
from desireline.model.clock import moment
from desireline.model.feedback import FeedbackCount, FeedbackCounts, SurveyCount
from desireline.model.intervals import adjusted_wald, wilson
from desireline.model.scales import BANDS, BUCKETS, SCALES, Scale
from desireline.service.feedback.reading import Said

MOST = 101
"""Different scores or answers that are listed; 101 are all of 0 to 100."""


def counted(known: Said, everything: Said, forms: Mapping[str, SurveyCount]) -> FeedbackCounts:
    """Counts of feedback.

    Args:
        known: what the filters leave.
        everything: the same before its filters by answer, for who was asked.
        forms: by name, what forms count themselves.
    """
    cell = known.touchpoint.astype(np.int64) * (len(SCALES) + 1) + known.scale
    order = np.argsort(cell, kind="stable")
    cuts = np.flatnonzero(np.diff(cell[order])) + 1
    groups = [known.where(part) for part in np.split(order, cuts) if len(part)]
    counts = sorted(map(_one, groups), key=lambda c: (-c.n, c.touchpoint or "", c.scale or ""))
    channels = known.scope.channels
    by_channel = Counter[str]()
    for code, n in enumerate(np.bincount(known.scope.code[known.rows], minlength=len(channels.table)).tolist()):
        by_channel[channels.of(code) or ""] += n
    return FeedbackCounts(
        n=len(known.rows),
        people=_distinct(known.person),
        with_text=int(known.with_text.sum()),
        counts=counts,
        surveys=surveys(everything, forms),
        channels=_listed(by_channel),
        languages=_by(known, "language"),
        questions=_by(known, "question"),
    )


def surveys(known: Said, forms: Mapping[str, SurveyCount]) -> list[SurveyCount]:
    """Of each survey, how many were invited and how many of these answered; else how many people answered.

    An invitation counts once, whether one or many of its questions were answered. Of a form the events hold only the
    invitations that were answered, so it says itself how many there are.
    """
    scope = known.scope
    survey = scope.columns.column("survey")
    of = scope.rows(survey.index)
    rows = np.flatnonzero(of >= 0)
    spoke = np.zeros(len(of), np.bool_)
    spoke[known.rows] = True
    invitation = scope.rows(scope.columns.column("invitation").index)
    unit = np.searchsorted(scope.offsets, rows, "right") - 1
    person = scope.owner[unit].astype(np.int64)
    found = {name: count for name, count in forms.items() if count.invited is not None}
    for k in np.unique(of[rows]).tolist():
        name = survey.values[k]
        if name in found:
            continue
        here = of[rows] == k
        asked, replied = invitation[rows[here]], spoke[rows[here]]
        invited = (asked >= 0) & (name not in forms)
        count = _distinct(asked[invited]) if invited.any() else None
        answered = _distinct(asked[invited & replied]) if invited.any() else _distinct(person[here][replied])
        found[name] = SurveyCount(survey=name, invited=count, answered=answered)
    return [found[name] for name in sorted(found)]


def _one(group: Said) -> FeedbackCount:
    """What stands at one touchpoint on one scale."""
    place, on = int(group.touchpoint[0]), int(group.scale[0])
    scale: Scale | None = SCALES[on] if on >= 0 else None
    scored = group.score[~np.isnan(group.score)]
    names = BUCKETS[scale].names if scale in BUCKETS else ()
    in_band = np.bincount(group.band[group.band >= 0], minlength=len(BANDS)).tolist()
    value, low, high = _share(scale, *in_band)
    return FeedbackCount(
        touchpoint=group.scope.touchpoints.names[place] if place >= 0 else None,
        scale=scale,
        n=len(group.rows),
        people=_distinct(group.person),
        with_text=int(group.with_text.sum()),
        mean=float(scored.mean()) if len(scored) else None,
        buckets={name: n for name, n in zip(names, in_band, strict=False) if name is not None},
        value=value,
        low=low,
        high=high,
        scores=_by(group, "answer") if scale == "choice" else _scores(scored.tolist()),
        first=moment(int(group.time.min())),
        last=moment(int(group.time.max())),
    )


def _share(scale: Scale | None, good: int, neutral: int, bad: int) -> tuple[float | None, float | None, float | None]:
    """The NPS, or the share of the good band, with its interval."""
    n = good + neutral + bad
    if not n:
        return None, None, None
    if scale == "nps":
        around = adjusted_wald(good, neutral, bad)
        return 100 * (good - bad) / n, 100 * around.low, 100 * around.high
    around = wilson(good, n)
    return good / n, around.low, around.high


def _scores(values: Sequence[float]) -> dict[str, int]:
    common = Counter(values).most_common(MOST)
    return {f"{value:g}": n for value, n in sorted(common)}


def _by(known: Said, path: str) -> dict[str, int]:
    index = known.index(path)
    values = known.scope.columns.column(path).values
    places, many = np.unique(index[index >= 0], return_counts=True)
    return _listed(Counter({values[p]: n for p, n in zip(places.tolist(), many.tolist(), strict=True)}))


def _listed(counts: Counter[str]) -> dict[str, int]:
    """The commonest, the greatest first."""
    return {name: n for name, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:MOST] if n}


def _distinct(values: I64) -> int:
    return len(np.unique(values))

"""What people said, as it is read: the stream, what is counted of it, and quotes."""

import datetime as dt

from pydantic import Field

from desireline.model.day import Day
from desireline.model.definition import Strict
from desireline.model.scales import Band, Scale
from desireline.model.sentiment import JudgedBy, Verdict
from desireline.model.study import QuoteOfStudy


class FeedbackFilters(Strict):
    """Which feedback; what is absent filters nothing.

    Attributes:
        touchpoints, channels, scales, languages, surveys, questions: any of these.
        bands: only scores in these bands of their scale.
        sentiments: only texts that are judged so; of the whole workspace's texts, whatever else is filtered.
        judged_by: only texts whose label comes from the score beside them, a correction, or a model.
        search: texts that hold this, ignoring case.
        with_text: only feedback with words (True), or without (False).
        since, until: first and last day, in the workspace's zone.
        segment: only people (or events) of a saved segment.
    """

    touchpoints: list[str] = Field(default_factory=list)
    channels: list[str] = Field(default_factory=list)
    scales: list[Scale] = Field(default_factory=list)
    bands: list[Band] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=list)
    surveys: list[str] = Field(default_factory=list)
    questions: list[str] = Field(default_factory=list)
    sentiments: list[Verdict] = Field(default_factory=list)
    judged_by: list[JudgedBy] = Field(default_factory=list)
    search: str = ""
    with_text: bool | None = None
    since: Day | None = None
    until: Day | None = None
    segment: str | None = None


class FeedbackItem(Strict):
    """One answer or comment.

    Attributes:
        id: the event's number in the lake, as in `Workspace.event`.
        person: the person's key, as in `Workspace.person`.
        touchpoint: None outside the definition.
        name: the event's name as imported.
        score: normalised: greater is better; `answer` is what the source holds.
        band: of the score on its scale.
    """

    id: int
    time: dt.datetime
    person: str
    touchpoint: str | None
    name: str
    channel: str
    text: str | None
    score: float | None
    scale: Scale | None
    band: Band | None
    answer: str | None
    survey: str | None
    question: str | None
    question_text: str | None
    language: str | None


class FeedbackPage(Strict):
    """Feedback, newest first. `total`: how much the filters leave."""

    total: int
    items: list[FeedbackItem]


class FeedbackCount(Strict):
    """Answers at one touchpoint on one scale, in counts that add up.

    Attributes:
        touchpoint: None outside the definition.
        scale: None for words without a score.
        n: how many; `people` of them different people; `with_text` of them with words.
        mean: of the scores, None where the scale has none.
        buckets: by name, as `model.scales` cuts the scale: `promoters`, `passives`, `detractors` and the like.
        value: the NPS in points, of other scales the share of the good bucket; None where there are no buckets.
        low, high: its 95 % interval (adjusted Wald, Wilson).
        scores: how many of each score (the commonest 101); answers of a choice by their words.
        first, last: times of the first and the last one.
    """

    touchpoint: str | None
    scale: Scale | None
    n: int
    people: int
    with_text: int
    mean: float | None
    buckets: dict[str, int]
    value: float | None
    low: float | None
    high: float | None
    scores: dict[str, int]
    first: dt.datetime
    last: dt.datetime


class SurveyCount(Strict):
    """How many were asked and how many of them answered.

    `invited` is None where the source does not say, and `answered` then counts people. Of a form all invitations count,
    so it is None for a part of the people, days or channels.
    """

    survey: str
    invited: int | None
    answered: int


class FeedbackCounts(Strict):
    """What is counted of the feedback that the filters leave.

    Attributes:
        n: answers and comments; of `people` different people.
        counts: by touchpoint and scale, the most answers first.
        surveys: by name.
        channels, languages, questions: how much feedback there is of each.
    """

    n: int
    people: int
    with_text: int
    counts: list[FeedbackCount]
    surveys: list[SurveyCount]
    channels: dict[str, int]
    languages: dict[str, int]
    questions: dict[str, int]


class Quotes(Strict):
    """Words from one touchpoint.

    Attributes:
        n: answers and comments with words.
        typical: those nearest to what most say.
        recent: the newest ones.
        studies: what people said of it in interviews, user tests and focus groups, newest first; not among the `n`.
    """

    touchpoint: str
    n: int
    typical: list[FeedbackItem]
    recent: list[FeedbackItem]
    studies: list[QuoteOfStudy]

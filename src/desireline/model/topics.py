"""What texts are about: groups of texts with telling words and typical quotes, and what people changed by hand."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from desireline.model.definition import Strict
from desireline.model.kept import Kept, Line
from desireline.model.question import Filters
from desireline.model.sentiment import LabelCounts, LanguageSentiment

Why = Literal["too_few_texts"]
EditKind = Literal["rename", "merge", "split", "move", "hide"]


class TextTopic(Strict):
    """Texts about the same.

    Attributes:
        id: stands for the topic as long as the same texts are asked about.
        name: its telling words, or what a person called it.
        named: whether a person named it.
        words: telling words and phrases, the most telling first (c-TF-IDF).
        size, share: texts, and their share of all that were grouped.
        stability: how well the same group is found in half of the texts, 0 to 1 (mean best Jaccard); None if unknown.
        quotes: up to three typical texts, different from each other.
    """

    id: str
    name: str
    named: bool = False
    words: list[str]
    size: int
    share: float
    stability: float | None
    quotes: list[str]


class TextTopics(Strict):
    """The topics of a collection of texts, largest first.

    Attributes:
        texts: grouped; `empty` had no word, `cut` were longer than what features are made of, `repeated` say the same
            as an earlier one (they count in sizes, but do not shape the groups).
        refused: why there are no topics; None where there are.
        agreement: how alike two runs with other seeds group the texts (adjusted Rand index), None if not measured.
        chosen_by: `asked` for a number, or `rule`: see `voice.topics.choosing`.
    """

    topics: list[TextTopic]
    texts: int
    empty: int
    cut: int
    repeated: int
    refused: Why | None
    agreement: float | None
    chosen_by: Literal["asked", "rule"]


class Over(Strict):
    """A touchpoint or channel where a topic comes up more often than elsewhere.

    Attributes:
        name: of the touchpoint or channel.
        n, of: texts of the topic there, of all texts there.
        elsewhere: share of the topic among all other texts.
        difference, low, high: share there minus elsewhere, with its 95 % interval (Newcombe).
        q: Benjamini-Hochberg over all topics and places.
    """

    name: str
    n: int
    of: int
    elsewhere: float
    difference: float
    low: float
    high: float
    q: float


class TrendPoint(Strict):
    """Texts of a topic in a period that begins on `start`, of all texts in it; the last one may not be over."""

    start: dt.date
    n: int
    of: int


Direction = Literal["growing", "falling", "unclear"]


class TopicChange(Strict):
    """A topic's share of all texts in the later half of the periods that are over, against the earlier half.

    Attributes:
        direction: `growing` or `falling` only if `q` is at most .05.
        since: the later half begins.
        before, before_of, after, after_of: texts of the topic, of all texts, in each half.
        difference, low, high: share after minus before, with its 95 % interval (Newcombe).
        q: Fisher's exact test, Benjamini-Hochberg over all topics.
    """

    direction: Direction
    since: dt.date
    before: int
    before_of: int
    after: int
    after_of: int
    difference: float
    low: float
    high: float
    q: float


class Commonest(Strict):
    """The touchpoint or channel with the most texts of a topic: `n` of the `of` whose place is known."""

    name: str
    n: int
    of: int


class MeanScore(Strict):
    """Mean of the scores beside texts, on the scale with the most of them, with its 95 % interval (Student's t)."""

    scale: str
    mean: float
    low: float | None
    high: float | None
    n: int


class FoundTopic(TextTopic):
    """A topic of the workspace's feedback.

    Attributes:
        people: who wrote about it.
        trend: by period, empty ones included.
        change: None where fewer than two periods are over.
        touchpoint, channel: with the most of its texts; None where none is known.
        touchpoints, channels: over-represented, the surest first.
        sentiment: of its texts.
        scores: mean of each scale.
        cell: lists the people behind it.
    """

    people: int
    trend: list[TrendPoint]
    change: TopicChange | None
    touchpoint: Commonest | None
    channel: Commonest | None
    touchpoints: list[Over]
    channels: list[Over]
    sentiment: LabelCounts
    scores: list[MeanScore]
    cell: str


class WorkspaceTopics(Strict):
    """Topics of the feedback of a workspace.

    Attributes:
        topics: largest first.
        language: only texts of this language; None for the language with the most texts.
        languages: how many texts each language has.
        period: of trends.
        judged: what judges the tone of these texts and how well; None where there are none.
        edits: how many changes by hand were applied, and how many found nothing to apply to.
    """

    topics: list[FoundTopic]
    language: str
    languages: dict[str, int]
    texts: int
    empty: int
    cut: int
    repeated: int
    refused: Why | None
    agreement: float | None
    chosen_by: Literal["asked", "rule"]
    period: Literal["week", "month"]
    filters: Filters
    judged: LanguageSentiment | None
    edits_applied: int
    edits_waiting: int


class TopicAsked(Strict):
    """What is asked for.

    Attributes:
        language: `en`, `pl`, `hr` or `other`; None for the one with the most texts.
        k: how many groups; None lets the rule choose.
        period: of trends.
    """

    filters: Filters = Field(default_factory=Filters)
    language: Literal["en", "pl", "hr", "other"] | None = None
    k: Annotated[int, Field(ge=2, le=200)] | None = None
    period: Literal["week", "month"] = "month"


class TopicEdit(Kept):
    """A change by hand, applied again whenever topics are found anew, in the order of `created`.

    Attributes:
        name: unique; made of the kind and a number.
        language: whose topics.
        kind: `rename` gives a topic its name; `merge` puts topics into one; `split` cuts one into parts; `move` puts
            texts into a topic; `hide` leaves one out of lists.
        anchors: for each topic that the edit is about, texts that were most typical of it: they tell it again in more
            data. Of `move` the first is the goal.
        title: what the topic is called afterwards, of `rename` and `merge`.
        parts: of `split`, into how many.
        texts: of `move`, the very texts.
    """

    language: str
    kind: EditKind
    anchors: Annotated[list[list[str]], Field(min_length=1, max_length=50)]
    title: Line | None = None
    parts: Annotated[int, Field(ge=2, le=20)] = 2
    texts: list[str] = Field(default_factory=list)


class NewTopicEdit(Strict):
    """A change by hand as it is asked for, of topics by their ids among those of `asked`."""

    asked: TopicAsked = Field(default_factory=TopicAsked)
    kind: EditKind
    topics: Annotated[list[str], Field(min_length=1, max_length=50)]
    title: Line | None = None
    parts: Annotated[int, Field(ge=2, le=20)] = 2
    texts: Annotated[list[str], Field(max_length=1000)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "merge" and len(set(self.topics)) < 2:
            raise ValueError("two topics or more")
        if self.kind != "merge" and len(self.topics) != 1:
            raise ValueError("exactly one topic")
        if self.kind == "rename" and self.title is None:
            raise ValueError("a title")
        if self.kind == "move" and not self.texts:
            raise ValueError("texts to move")
        return self

"""Questions that an article could answer: candidates, coded samples, articles, and what an article changed."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.before_after import BeforeAfterResult
from desireline.model.definition import Strict
from desireline.model.kept import Kept, Line
from desireline.model.question import Filters

Money = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**53)]
FaqLanguage = Literal["en", "pl", "hr", "other"]
NoForecast = Literal["not_coded", "no_contacts"]
NoOutline = Literal["no_replies_set", "no_replies", "no_sentences"]
NoEffect = Literal["not_published", "no_topic", "no_contacts_in_holdout", "one_group", "no_contacts"]


class FaqSettings(Strict):
    """What the data do not say.

    Attributes:
        cost_per_contact: typed, in `currency`; shown as typed wherever it is used.
        replies: a condition on events that are the organisation's answers, such as `property.author = "agent"`;
            their texts are no enquiries, and drafts are made of them.
        recontact_days: a contact on the same topic within so many days is a repeat contact.
    """

    cost_per_contact: Money | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    replies: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    recontact_days: Annotated[int, Field(ge=1, le=90)] = 7


class KeptFaqSettings(Kept, FaqSettings):
    """The settings as they are kept; there is one of them."""


class FaqAsked(Strict):
    """Which enquiries count.

    Attributes:
        touchpoints: where enquiries and complaints come in; all places with texts if empty.
        language: `en`, `pl`, `hr` or `other`; None for the one with the most texts.
        k: how many topics; None lets the rule choose.
        praise: whether texts with a positive score or correction count as contacts too.
    """

    filters: Filters = Field(default_factory=Filters)
    touchpoints: list[Line] = Field(default_factory=list)
    language: FaqLanguage | None = None
    k: Annotated[int, Field(ge=2, le=200)] | None = None
    praise: bool = False


class Rate(Strict):
    """A share with its 95 % interval (Wilson); all None where there is nothing to share."""

    n: int
    of: int
    value: float | None
    low: float | None
    high: float | None


class Forecast(Strict):
    """Contacts that an article may save in 30 days, before there is one.

    Volume x share answerable (its Wilson interval) x .1 to .3, the range in which articles were seen to work.

    Attributes:
        low, high: contacts; money at `cost_per_contact` if one was typed.
        wanted: how many contacts are to be coded for it.
        refused: `not_coded`: nobody has said of a sample whether an article could answer it, the share is unknown.
    """

    low: float | None
    high: float | None
    money_low: float | None = None
    money_high: float | None = None
    answerable: Rate
    wanted: int
    refused: NoForecast | None


class CoveringArticle(Strict):
    """An article near a topic. `similarity`: cosine of TF-IDF vectors; it covers from the threshold on."""

    article: str
    name: str
    url: str | None
    similarity: float
    covers: bool


class FaqCandidate(Strict):
    """A topic of enquiries that an article could answer.

    Attributes:
        topic, name, words, quotes: as in topics.
        contacts, people: in scope; `per_30_days`: contacts.
        repeat: contacts followed by another one of the same person on the topic within the days of the settings,
            in any channel, of those whose days are over.
        answers_alike: mean cosine of the organisation's answers to their middle, 0 to 1: high where one answer fits
            all; None for fewer than five answers.
        answers: answers found.
        score: contacts x repeat x cost x answers alike; what is unknown counts as for all.
        article: the nearest ones, the nearest first.
    """

    topic: str
    name: str
    words: list[str]
    quotes: list[str]
    contacts: int
    people: int
    per_30_days: float
    repeat: Rate
    answers_alike: float | None
    answers: int
    score: float
    forecast: Forecast
    covered: bool
    articles: list[CoveringArticle]


class FaqCandidates(Strict):
    """Candidates, the highest score first.

    Attributes:
        contacts: texts that count as enquiries or complaints; left out are `answers` of the organisation, `praise`.
        days: that the contacts were seen in.
        cost: `typed` or unknown.
        threshold: similarity from which an article covers a topic.
        refused: why there are none.
    """

    candidates: list[FaqCandidate]
    language: str
    contacts: int
    answers: int
    praise: int
    days: float
    cost_per_contact: Money | None
    currency: str | None
    cost: Literal["typed", "unknown"]
    recontact_days: int
    threshold: float
    articles: int
    refused: Literal["too_few_texts"] | None


class CodedText(Strict):
    """A contact of a topic's sample; `answerable`: whether an article could have answered it, None if not coded."""

    event: int
    text: str
    answerable: bool | None


class FaqSample(Strict):
    """A random sample of a topic's contacts to be coded by a person, always the same ones first."""

    topic: str
    name: str
    texts: list[CodedText]
    answerable: Rate


class AnswerableCode(Kept):
    """What a person said of a contact's text; `name` stands for its words."""

    text: str
    answerable: bool


class NewCode(Strict):
    """A text as it was written, and whether an article could answer it; None takes the code back."""

    text: Annotated[str, Field(min_length=1, max_length=100_000)]
    answerable: bool | None


class OutlineSentence(Strict):
    """A sentence of an answer, word for word. `event`: where it stands; `alike`: answers that say much the same."""

    text: str
    event: int
    alike: int


class Outline(Strict):
    """A draft of an article: what people ask, and sentences of answers after which nobody asked again.

    Attributes:
        questions: typical ones, word for word.
        sentences: in the order in which answers usually say them.
        answers: read; `settled` of them were not followed by a repeat contact.
        withheld: sentences left out for an e-mail address or a long number in them.
    """

    topic: str
    name: str
    questions: list[str]
    sentences: list[OutlineSentence]
    answers: int
    settled: int
    withheld: int
    refused: NoOutline | None


class Holdout(Strict):
    """People who could and who could not see the article, and how many of each came with the topic afterwards."""

    holdout_people: Count
    holdout_contacted: Count
    exposed_people: Count
    exposed_contacted: Count

    @model_validator(mode="after")
    def _among_them(self) -> Self:
        if self.holdout_contacted > self.holdout_people or self.exposed_contacted > self.exposed_people:
            raise PydanticCustomError("contacted", "at most as many contacted as there are people")
        return self


class ArticleFields(Strict):
    """An article of a help centre.

    Attributes:
        published: first local day on which customers saw it.
        topic: the topic that it is for, by id or name.
        asked: which enquiries that topic is of.
        experiment: whose control arm is the holdout.
        holdout: counts from elsewhere.
    """

    url: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^\S+$")] | None = None
    text: Annotated[str, Field(max_length=200_000)] = ""
    language: FaqLanguage | None = None
    published: dt.date | None = None
    topic: Line | None = None
    asked: FaqAsked = Field(default_factory=FaqAsked)
    experiment: Line | None = None
    holdout: Holdout | None = None


class NewArticle(ArticleFields):
    """An article to register; `name` is its title."""

    name: Line


class Article(ArticleFields, Kept):
    """An article as it is kept. `anchors`: typical texts of its topic, by which it is told again in more data."""

    anchors: list[str] = Field(default_factory=list)
    source: Literal["typed", "imported"] = "typed"


class Deflection(Strict):
    """d = (r_holdout - r_exposed) / r_holdout with its 95 % interval; r = share of people with a contact."""

    value: float | None
    low: float | None
    high: float | None
    holdout: Rate
    exposed: Rate
    refused: NoEffect | None


class Beside(Strict):
    """A figure of the topic's contacts without and with the article, and with minus without with its 95 % interval.

    Without: of the holdout, else before publication. With: of the exposed, else from publication on.
    """

    without: float | None
    with_article: float | None
    difference: float | None
    low: float | None
    high: float | None
    n_without: int
    n_with: int


class ArticleEffect(Strict):
    """What an article changed.

    Attributes:
        by: `holdout` where there is one, else `before_after`: contacts on the topic a day against other topics.
        people_from: `experiment` or `typed` counts of a holdout.
        recontact: share of contacts followed by another one in time; it rises where people gave up in silence only to
            come back. `score`: mean score beside the topic's contacts, on the scale `scale`.
    """

    article: str
    name: str
    by: Literal["holdout", "before_after"] | None
    people_from: Literal["experiment", "typed"] | None = None
    deflection: Deflection | None = None
    before_after: BeforeAfterResult | None = None
    recontact: Beside | None = None
    recontact_days: int = 7
    score: Beside | None = None
    scale: str | None = None
    refused: NoEffect | None = None

"""What messages of an organisation say: their texts, what is promised in them, and where they contradict each other."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from desireline.model.definition import Strict
from desireline.model.kept import Kept, Line

MessageLanguage = Literal["en", "pl", "hr"]
PromiseKind = Literal[
    "price", "delivery_cost", "threshold", "discount", "share", "delivery_time", "return_period", "duration", "date",
    "starts_on", "ends_on", "opening_hours", "address", "urgency", "brand",
]  # fmt: skip
"""`threshold`: the order value from which something holds, such as free delivery. `share`: a percentage that is no
discount. `duration`: a length of time that is neither delivery nor return. `date`: a day that neither begins nor ends
an offer. `address`: how the reader is addressed. `urgency`: words that press. `brand`: a name with its spelling."""

TONE: tuple[PromiseKind, ...] = ("address", "urgency", "brand")
"""Kinds that are no promise; they are compared as tone."""

Sure = Literal["exact", "ranges_apart", "ranges_differ"]
"""`exact`: two single values, or two ends of the same sort, that differ. `ranges_apart`: ranges with nothing in common.
`ranges_differ`: ranges that overlap and are not the same; listed with the softer differences."""

MessageText = Annotated[str, Field(min_length=1, max_length=50_000)]


class Extraction(Strict):
    """Something that a text says.

    Attributes:
        low, high: the value's ends, both included; None for an open end ("from 199 zł", "up to 50 %"). Money in units
            of the currency, discounts and shares in percent, durations in `unit`, times of day in hours, dates as
            proleptic ordinals where the year is said.
        unit: ISO 4217 code; `percent`; `multibuy`; `free`; `hour`, `day`, `working_day`, `month`; `date`; `time`;
            of words `word`.
        value: the same as text, the same for the same value in every language.
        days: weekdays that opening hours are of, Monday 1.
        quote: the very letters of the text from `start` to `end`.
    """

    kind: PromiseKind
    low: float | None = None
    high: float | None = None
    unit: str
    value: str
    days: list[int] = Field(default_factory=list)
    quote: str
    start: int
    end: int


class MessageFields(Strict):
    """What people say of a message.

    Attributes:
        touchpoint, channel: where the customer reads it.
        offer: what it is about; messages of one offer are compared.
        language: of the text; None lets it be detected.
        text: as the customer reads it, without markup.
        valid_from, valid_until: first and last day on which it is shown; None for open.
    """

    touchpoint: Line
    channel: Line
    offer: Line
    language: MessageLanguage | None = None
    text: MessageText
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until not before valid_from")
        return self


class NewMessage(MessageFields):
    """A message to register; its name is made of offer, touchpoint and channel if absent."""

    name: Line | None = None


class Message(MessageFields, Kept):
    """A message as it is kept.

    Attributes:
        source: whether it was typed or came with a file.
        language_detected: whether nobody said the language.
    """

    source: Literal["typed", "imported"] = "typed"
    language_detected: bool = False


class ReadMessage(Strict):
    """A message with everything that was found in its text, in the order of the text."""

    message: Message
    found: list[Extraction]


class BrandFields(Strict):
    """Spellings of a name to avoid, beside other case, spaces and hyphens, which are told anyway."""

    avoid: Annotated[list[Line], Field(max_length=50)] = Field(default_factory=list)


class NewBrandTerm(BrandFields):
    """A name of the organisation; `name` is how it is to be written."""

    name: Line


class BrandTerm(BrandFields, Kept):
    """A name as it is kept."""


class Side(Strict):
    """One side of a contradiction: which message says it where, and the values with their quotes."""

    message: str
    name: str
    touchpoint: str
    channel: str
    language: MessageLanguage | None
    said: list[Extraction]


class Contradiction(Strict):
    """Two messages of one offer, valid at the same time, with no value of a kind in common."""

    offer: str
    kind: PromiseKind
    sure: Sure
    valid_from: dt.date | None
    valid_until: dt.date | None
    sides: Annotated[list[Side], Field(min_length=2, max_length=2)]


class MissingPromise(Strict):
    """A kind that other messages of the offer promise at the same time, and this one does not."""

    offer: str
    kind: PromiseKind
    message: str
    name: str
    touchpoint: str
    channel: str
    said_by: list[Side]


class ToneDifference(Strict):
    """Two messages of one offer and language in different tones: formal and informal, pressing and not.

    Attributes:
        of: what differs.
        values: of both sides; `urgency` in words that press for each hundred words.
    """

    offer: str
    of: Literal["address", "urgency"]
    values: Annotated[list[str], Field(min_length=2, max_length=2)]
    sides: Annotated[list[Side], Field(min_length=2, max_length=2)]


class Misspelling(Strict):
    """A name that a message writes in another way than it is to be written."""

    term: str
    side: Side


class Promises(Strict):
    """What the messages say together.

    Attributes:
        messages, offers: how many were compared.
        contradictions: sure ones, `exact` before `ranges_apart`.
        differing: ranges that overlap and are not the same.
        missing, tone, brand: softer lists, for a person to judge.
        unread: messages in a language that nothing is extracted of.
    """

    messages: int
    offers: int
    contradictions: list[Contradiction]
    differing: list[Contradiction]
    missing: list[MissingPromise]
    tone: list[ToneDifference]
    brand: list[Misspelling]
    unread: list[str]

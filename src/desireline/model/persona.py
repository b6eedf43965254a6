"""The persona card of a team: what people typed about a persona, beside what is measured of the people it stands for.

A card is the library item of kind persona with the same id: the item holds the name, so one rename reaches every map.
Typed fields and measured traits are different shapes and carry their origin, so that they never look alike. A card
without people, typed throughout, is an assumption and says so.
"""

import datetime as dt
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, computed_field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.journey_map import Id, Image
from desireline.model.kept import Line
from desireline.model.segment import Membership, Segment

PREFIX = "persona:"
"""Before the name or id of a card wherever a saved segment can be named: `--segment persona:NAME`."""

CardKind = Literal["measured", "rules", "ideal_customer", "assumed"]
"""A group found in behaviour, people by a rule, the customer one wishes for, or nobody yet."""

SliderPair = Literal[
    "introvert_extrovert", "thinking_feeling", "planning_spontaneous", "careful_daring", "price_quality"
]


def _lines(text: str) -> str:
    if not text.replace("\n", "").replace("\t", "").isprintable():
        raise PydanticCustomError("lines", "lines without control characters")
    return text.strip()


Lines = Annotated[str, Field(min_length=1, max_length=5000), AfterValidator(_lines)]
Listed = Annotated[list[Line], Field(max_length=50)]


class Slider(Strict):
    """Where a persona stands between two poles, from -2 (wholly left) to +2; a standard pair, or poles of one's own."""

    pair: SliderPair | None = None
    left: Line | None = None
    right: Line | None = None
    value: int = Field(ge=-2, le=2)

    @model_validator(mode="after")
    def _has_poles(self) -> "Slider":
        own = (self.left is not None, self.right is not None)
        if own != ((self.pair is None,) * 2):
            raise PydanticCustomError("slider", "pair, or left and right")
        return self


class CardFields(Strict):
    """What can be typed on a card, as it is sent: None takes a field away, an absent one stays as it is.

    `custom`: fields of one's own by their name; each is taken away by None.
    """

    summary: Lines | None = None
    age: Line | None = None
    gender: Line | None = None
    occupation: Line | None = None
    location: Line | None = None
    family: Line | None = None
    interests: Listed | None = None
    goals: Listed | None = None
    challenges: Listed | None = None
    personality: Annotated[list[Slider], Field(max_length=20)] | None = None
    quote: Lines | None = None
    picture: Image | None = None
    brands: Listed | None = None
    devices: Listed | None = None
    channels: Listed | None = None
    custom: Annotated[dict[Line, Lines | None], Field(max_length=50)] = Field(default_factory=dict)


T = TypeVar("T")


class TypedOrigin(Strict):
    """Somebody wrote it, and when."""

    kind: Literal["typed"] = "typed"
    by: str
    at: AwareDatetime


class TypedField(Strict, Generic[T]):
    """A field that somebody wrote; nothing measures it."""

    value: T
    origin: TypedOrigin


class TypedFields(Strict):
    """The typed side of a card. None: nobody wrote anything."""

    summary: TypedField[Lines] | None = None
    age: TypedField[Line] | None = None
    gender: TypedField[Line] | None = None
    occupation: TypedField[Line] | None = None
    location: TypedField[Line] | None = None
    family: TypedField[Line] | None = None
    interests: TypedField[Listed] | None = None
    goals: TypedField[Listed] | None = None
    challenges: TypedField[Listed] | None = None
    personality: TypedField[list[Slider]] | None = None
    quote: TypedField[Lines] | None = None
    picture: TypedField[Image] | None = None
    brands: TypedField[Listed] | None = None
    devices: TypedField[Listed] | None = None
    channels: TypedField[Listed] | None = None
    custom: dict[Line, TypedField[Lines]] = Field(default_factory=dict)


class CardDocument(Strict):
    """A card without its id and name, which are those of its library item.

    Attributes:
        ideal_customer: the customer one wishes for, whoever is in it now.
        members: whose card it is. A group that was found is a `Membership`: the question, its definition's version and
            its cell are frozen, its people are found anew each time. None: nobody.
        found_on: the day that the observation ended with when a group was found; None for other people.
        typed: what was typed.
    """

    ideal_customer: bool = False
    members: Segment | None = None
    found_on: dt.date | None = None
    typed: TypedFields = Field(default_factory=TypedFields)


class PersonaCard(CardDocument):
    """A card. `revision` rises with each change and is sent back with the next one; 0: never changed.

    `segment`: the name under which every question knows its people; None without people.
    """

    id: Id
    name: str
    revision: int = Field(ge=0)
    changed: AwareDatetime | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kind(self) -> CardKind:
        """What it rests on."""
        if self.ideal_customer:
            return "ideal_customer"
        if self.members is None:
            return "assumed"
        return "measured" if isinstance(self.members.where, Membership) else "rules"

    @computed_field  # type: ignore[prop-decorator]
    @property
    def segment(self) -> str | None:
        """`persona:ID` if it has people."""
        return None if self.members is None else f"{PREFIX}{self.id}"


class ListedCard(Strict):
    """A card in the list. `maps`: ids of the maps that are about it."""

    id: Id
    name: str
    kind: CardKind
    revision: int
    changed: AwareDatetime | None
    summary: str | None
    picture: Image | None
    segment: str | None
    maps: list[str]


class FoundGroup(Strict):
    """People in a cell of an answer: a group of the question `personas` in most cases."""

    question: str = "personas"
    fields: dict[str, Any] = Field(default_factory=dict)
    cell: str = Field(min_length=1, max_length=2_000)


class NewCard(Strict):
    """A card to make: blank, of a group that was found, or of a segment (its condition, or the name of a saved one)."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    ideal_customer: bool = False
    group: FoundGroup | None = None
    segment: Segment | str | None = None
    fields: CardFields = Field(default_factory=CardFields)

    @model_validator(mode="after")
    def _of_one(self) -> "NewCard":
        if self.group is not None and self.segment is not None:
            raise PydanticCustomError("members", "group or segment")
        return self


class CardChange(Strict):
    """What to change; what is absent stays. `segment` None takes the people away. `revision`: what was changed."""

    revision: int = Field(ge=0)
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    ideal_customer: bool | None = None
    group: FoundGroup | None = None
    segment: Segment | str | None = None
    fields: CardFields = Field(default_factory=CardFields)

    @model_validator(mode="after")
    def _of_one(self) -> "CardChange":
        if self.group is not None and self.segment is not None:
            raise PydanticCustomError("members", "group or segment")
        return self


TraitKey = Literal[
    "size", "share", "value", "pace", "goals", "channels", "touchpoints", "types", "topics", "languages", "devices",
    "regions", "trend",
]  # fmt: skip
TraitUnit = Literal["people", "share", "seconds", "value"]
Hidden = Literal["no_people", "no_group", "few_people", "would_tell"]
"""Nobody is in the card; its group is not found any more; fewer people than the threshold; it would give back a hidden
figure."""


class MeasuredOrigin(Strict):
    """Counted from events: by which question, under which version of the definition, as of the end of observation."""

    kind: Literal["measured"] = "measured"
    question: str
    definition_version: int | None
    as_of: AwareDatetime


class TraitPart(Strict):
    """A part of a distribution: `n` of the `of` people of the card.

    Attributes:
        where: the condition that holds for exactly these people of the card; None where none says it.
        share: with its 95 % Wilson interval `low` to `high`; of types, the question's own share.
        everyone: the same share among all people; `log2`: log2 of share / everyone.
        differs: whether the interval overlaps that of everybody else (False) or not (True).
        hidden: why there are no figures.
    """

    name: str
    where: str | None = None
    n: int | None = None
    of: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    everyone: float | None = None
    log2: float | None = None
    differs: bool | None = None
    hidden: Hidden | None = None


class MeasuredTrait(Strict):
    """A measured trait: a figure with its 95 % interval, or a distribution in `parts`.

    Attributes:
        of_property: the property or trait that it was read from, as a condition names it.
        value: size in people, share of everyone, value per person (mean, Student's t interval), or pace: the median
            over people of each one's median gap between events, with the interval of its order statistics.
        n: people behind the value; None where it would tell of a few.
        everyone, differs, hidden: as of `TraitPart`.
        cut: how many further parts there are.
    """

    key: TraitKey
    unit: TraitUnit
    origin: MeasuredOrigin
    of_property: str | None = None
    value: float | None = None
    n: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None
    everyone: float | None = None
    differs: bool | None = None
    hidden: Hidden | None = None
    parts: list[TraitPart] = Field(default_factory=list)
    cut: int = 0


class Kept(Strict):
    """Of the `of` people whom a group was found with, `n` are in it now: `share`, with its 95 % Wilson interval.

    `alarm`: fewer than half. Then another group stands in the cell by now, or people behave otherwise: find groups
    again, and give the card the one that is meant.
    """

    found_on: dt.date
    n: int
    of: int
    share: float
    low: float
    high: float
    alarm: bool


class MeasuredCard(Strict):
    """The measured side of a card: only sums over people, none of fewer than `threshold`.

    Attributes:
        people: in the card; None if that is hidden.
        everyone: people with an event; None where it would tell of the few who are not in the card.
        hidden: why nothing is measured.
        kept: whether it still is the group that was found; None if that is hidden, was not asked, or nothing was found.
        as_of: the end of the observation; `first`, `last`: time span of all events.
    """

    id: Id
    name: str
    kind: CardKind
    people: int | None
    everyone: int | None
    threshold: int
    as_of: AwareDatetime
    first: dt.datetime | None = None
    last: dt.datetime | None = None
    hidden: Hidden | None = None
    kept: Kept | None = None
    traits: list[MeasuredTrait] = Field(default_factory=list)


class MatrixCell(Strict):
    """What a trait, or a part of one, is for a card; no value where it is hidden or not there."""

    persona: Id
    value: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    hidden: Hidden | None = None


class MatrixRow(Strict):
    """A trait (and a part of it) across cards. `differ`: pairs of cards whose 95 % intervals do not overlap."""

    key: TraitKey
    unit: TraitUnit
    part: str | None
    cells: list[MatrixCell]
    differ: list[tuple[Id, Id]]


class CardMatrix(Strict):
    """Cards side by side; their traits are in `rows`.

    `overlap`: people who are in both cards of a pair, where that tells of no fewer than the threshold.
    """

    personas: list[MeasuredCard]
    rows: list[MatrixRow]
    overlap: list[tuple[Id, Id, int]]


class AssignedCard(Strict):
    """A card that a person belongs to now."""

    id: Id
    name: str
    kind: CardKind

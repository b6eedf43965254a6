"""Segments: the people, journeys or events that a question is about, as a condition that can be saved and versioned.

What a condition is about, precisely:

**Units.** `of` says what is kept. `people`: people for whom the condition holds, with all their events. `journeys`: the
definition's journeys for which it holds (cases, if the question's grain is the case); with grain person that is a
person's events in those journeys. `events`: the events for which it holds. A condition is judged on everything that the
person, journey or event has up to the end of the observation; the filters of the question come afterwards. A case
belongs to the person of its first event.

**Fields.** `channel`, `source`, `stage`, `touchpoint`, `event` (its name), `value`, `score`, `text` and `property.PATH`
belong to an event; `trait.NAME` belongs to a person. Of events, a condition on a person holds for all of the person's
events. Of people or journeys, a condition on an event holds if *any* event of the person or journey fulfils it, each
condition for itself: `channel = "web" and event = "Order"` needs a web event and an order, not an order on the web.
`did "Order" where (channel = "web")` binds conditions to one and the same event. `not` turns the whole: `not channel =
"web"` means no event on the web, while `channel != "web"` means some event elsewhere.

**Comparing.** What is given decides. A number (`100` or `"2.50"`, but not `"007"`) compares with values that are
numbers (but a row of over 15 digits is an identifier, a text), a date (`"2024-05-01"`) with the day that a value is
written with, a date with a time (`"2024-05-01T10:00Z"`; UTC where no zone is given) with moments, anything else with
the text, letter by letter. A value of another kind is neither equal nor smaller nor greater. `!=` is exactly what `=`
is not, so it also holds where there is no value; every other comparison needs one. `in` is `=` with any of a list.
`contains` and `starts` ignore case; `matches` finds an RE2 regular expression anywhere in the text (linear time, no
back-references); `exists` and `missing` ask whether there is a value. JSON's true and false compare as the texts `true`
and `false`.

**Behaviour.** `did STEP [where (…)] [at least n times] [at most m times] [within W] [after A] [before B]`. A step is a
touchpoint, else a stage, else a goal, else the name of an event. Counted are events of the step that fulfil `where`;
there must be n (1 unless given) to m of them:

- alone: among all events of the unit;
- `within W`: in some window of that length, both ends included, judged by the fullest one;
- `before B`: before some B, in the order of the unit (equal times in order of arrival), and with `within W` no longer
  than W before it;
- `after A`: after some A, with `within W` no longer than W after it;
- both: after some A and before some B that comes after it; `within W` runs from A.

A and B are never counted for themselves. `did "X" at most 3 times` says that X did happen; `at least 0 times at most 3
times` lets it be absent. Of events, behaviour is that of the person.

**Membership.** `{"drilldown": TOKEN, "cell": CELL}`: people in the cell of another answer. `{"segment": NAME,
"version": V}`: a saved segment, the newest version if none is given; of people or journeys it holds if any of their
events is in it. `persona:NAME` (or `persona:ID`) is the people of a persona card; it is no saved segment's name.
"""

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.duration import parse_duration

MAX_DEPTH, MAX_CONDITIONS, MAX_TEXT, MAX_VALUES = 10, 200, 500, 1000
LARGEST = 1e300

EVENT_FIELDS = ("channel", "source", "stage", "touchpoint", "event", "value", "score", "text")
PROPERTY, TRAIT = "property.", "trait."
NUMBERS = ("value", "score")
"""Fields that hold numbers and nothing else."""

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "in", "contains", "starts", "matches", "exists", "missing"]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Real = Annotated[float, Field(allow_inf_nan=False)]
Value = bool | int | Real | Text
Name = Annotated[str, Field(min_length=1, max_length=200)]
Kind = Literal["people", "journeys", "events"]


def refused(expected: str) -> PydanticCustomError:
    """A mistake in a condition, told by what is right: written as in the text form, which needs no translation."""
    return PydanticCustomError("condition", "{expected}", {"expected": expected})


class _Part(Strict):
    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)


class AllOf(_Part):
    """Every one of these holds."""

    all: list["Condition"] = Field(min_length=1)


class AnyOf(_Part):
    """At least one of these holds."""

    any: list["Condition"] = Field(min_length=1)


class Not(_Part):
    """The condition does not hold."""

    not_: "Condition" = Field(alias="not")


class FieldCondition(_Part):
    """A field of an event or person, compared with a value (see the module for how)."""

    field: str = Field(max_length=220)
    op: Operator
    value: Value | list[Value] | None = None

    @property
    def of_person(self) -> bool:
        """Whether it is about the person and not about an event."""
        return self.field.startswith(TRAIT)

    @field_validator("value", mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        if isinstance(given, list) and not 1 <= len(given) <= MAX_VALUES:
            raise refused(f'("…", "…"): 1 – {MAX_VALUES}')
        for one in given if isinstance(given, list) else [given]:
            number = isinstance(one, int | float) and abs(one) <= LARGEST
            if not (one is None or number or (isinstance(one, str) and len(one) <= MAX_TEXT)):
                raise refused(f'100, true, false, "…" (≤ {MAX_TEXT})')
        return [_of_digits(one) for one in given] if isinstance(given, list) else _of_digits(given)

    @model_validator(mode="after")
    def _fits(self) -> "FieldCondition":
        if self.field not in EVENT_FIELDS and not re.match(r"(property|trait)\.[^\x00-\x1f]", self.field):
            raise refused(f"{', '.join(EVENT_FIELDS)}, property.PATH, trait.NAME")
        if (self.op in ("exists", "missing")) != (self.value is None):
            raise refused(f"{self.field} {self.op}" + (' "…"' if self.value is None else ""))
        if (self.op == "in") != isinstance(self.value, list):
            raise refused(f"{self.field} {self.op} " + ('("…", "…")' if self.op == "in" else '"…"'))
        if self.op in ("contains", "starts", "matches"):
            self._text_fits()
        elif self.field in NUMBERS and not all(is_number(v) for v in self.given):
            raise refused(f"{self.field} {self.op} 100")
        if self.op == "matches":
            check_pattern(str(self.value))
        return self

    @property
    def given(self) -> list[Value]:
        """What is compared with, as a list."""
        listed = self.value if isinstance(self.value, list) else [self.value]
        return [v for v in listed if v is not None]

    def _text_fits(self) -> None:
        if not isinstance(self.value, str) or not self.value:
            raise refused(f'{self.field} {self.op} "…"')
        if self.field in NUMBERS:
            raise refused(f"{self.field} = 100")


class Behaviour(_Part):
    """How often a step happened, in which window and order (see the module for the exact meaning)."""

    did: Name
    where: "Condition | None" = None
    at_least: int = Field(default=1, ge=0, le=1_000_000)
    at_most: int | None = Field(default=None, ge=0, le=1_000_000)
    within: str | None = None
    before: Name | None = None
    after: Name | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Behaviour":
        if self.at_most is not None and self.at_most < self.at_least:
            raise refused(f"at least {self.at_least} times at most {self.at_least} times")
        if self.within is not None:
            parse_duration(self.within)
        for part in parts(self.where) if self.where is not None else ():
            if not isinstance(part, AllOf | AnyOf | Not | FieldCondition):
                raise refused('where (channel = "…" and not property.PATH = "…")')
        return self


class Membership(_Part):
    """People in a cell of another answer."""

    drilldown: str = Field(min_length=1, max_length=20_000)
    cell: str = Field(max_length=2_000)


class InSegment(_Part):
    """In a saved segment. `meaning` is what that version says; it is filled in when a question is asked."""

    segment: Name
    version: int | None = Field(default=None, ge=1)
    meaning: "Segment | None" = None


_KINDS: dict[str, type[_Part]] = {
    "all": AllOf, "any": AnyOf, "not": Not, "field": FieldCondition, "did": Behaviour, "drilldown": Membership,
    "segment": InSegment,
}  # fmt: skip


def _kind(given: Any) -> str | None:
    if isinstance(given, dict):
        return next((key for key in _KINDS if key in given), "not" if "not_" in given else None)
    return next((key for key, model in _KINDS.items() if isinstance(given, model)), None)


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[FieldCondition, Tag("field")]
    | Annotated[Behaviour, Tag("did")]
    | Annotated[Membership, Tag("drilldown")]
    | Annotated[InSegment, Tag("segment")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message="{all}, {any}, {not}, {field}, {did}, {drilldown}, {segment}",
    ),
]


def _read(given: Any) -> Any:
    if isinstance(given, str):
        from desireline.model.expression import parse

        return parse(given)
    return given


class Segment(_Part):
    """People, journeys or events for which a condition holds. `where` may be given as text (`model.expression`)."""

    name: Name | None = None
    version: int | None = Field(default=None, ge=1)
    of: Kind = "people"
    where: Annotated[Condition, BeforeValidator(_read, json_schema_input_type=Condition | str)]

    @model_validator(mode="after")
    def _not_too_large(self) -> "Segment":
        if (limit := limit_passed(self.where)) is not None:
            raise refused(limit)
        return self


class SavedSegment(Segment):
    """A version of a saved segment; `text` is its condition as text."""

    name: Name
    version: int = Field(ge=1)
    created: dt.datetime
    text: str


class SegmentCheck(BaseModel):
    """A segment that makes sense: what it is once saved ones have their meaning, its condition as text, and its size.

    Attributes:
        people: people with an event in it.
        events: events in it.
    """

    segment: Segment
    text: str
    people: int
    events: int


for _model in (AllOf, AnyOf, Not, Behaviour, InSegment, Segment, SavedSegment, SegmentCheck):
    _model.model_rebuild()


def inner(condition: BaseModel) -> list[Any]:
    """The conditions that stand directly in a condition."""
    match condition:
        case AllOf(all=listed) | AnyOf(any=listed):
            return list(listed)
        case Not(not_=one):
            return [one]
        case Behaviour(where=one) if one is not None:
            return [one]
        case _:
            return []


def parts(condition: BaseModel) -> list[Any]:
    """A condition and all that stand in it, those of saved segments as well once their meaning is filled in."""
    found = [condition]
    for part in found:
        named = part.meaning if isinstance(part, InSegment) else None
        found += inner(part) if named is None else [named.where]
    return found


def depth(condition: BaseModel) -> int:
    """How deep conditions stand in each other; 1 for one that holds no other."""
    level, deep = [condition], 0
    while level:
        level, deep = [part for one in level for part in inner(one)], deep + 1
    return deep


def limit_passed(condition: BaseModel) -> str | None:
    """The limit that a condition is over, written as in `refused`."""
    if depth(condition) > MAX_DEPTH:
        return f"not, and, or: ≤ {MAX_DEPTH}"
    return f"… and … or …: ≤ {MAX_CONDITIONS}" if len(parts(condition)) > MAX_CONDITIONS else None


def is_number(value: object) -> bool:
    """Whether a given value compares as a number: a number, or its text as JSON writes it.

    >>> [is_number(v) for v in (1, 2.5, "2.50", "-3e2", "007", "", True, "1,5")]
    [True, True, True, True, False, False, False, False]
    """
    if isinstance(value, str):
        return re.fullmatch(NUMBER, value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _of_digits(value: Any) -> Any:
    return str(value) if isinstance(value, int) and abs(value) >= 10**15 else value


NUMBER = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?"
"""A number as JSON writes it, as far as float64 holds it exactly; a longer row of digits is an identifier, a text."""


def check_pattern(pattern: str) -> None:
    """Refuses what RE2 does not take as a regular expression."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid as error:
        raise refused(f"RE2; {error}") from None

"""How the columns of a file become events: the mapping document, the same in YAML, Python and the upload screen."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from desireline.model.definition import Strict
from desireline.model.feedback_mapping import FeedbackMapping

IdentifierType = Literal["customer_id", "email", "phone", "loyalty_card", "device", "cookie", "case", "other"]


class PersonColumn(Strict):
    """A column that says who it was."""

    column: str
    type: IdentifierType = "customer_id"


class TimeMapping(Strict):
    """Which column holds the time.

    `format`: `auto` (ISO 8601 and common European and American spellings; a column is refused only where a value
    fits none), `epoch_s`, `epoch_ms`, `epoch_us`, or strptime formats tried in order.
    `zone`: IANA name for times without an offset; None means the workspace's.
    `date_only`: where in the local day a date without a time is placed.
    `template`: instead of a column, such as `2017-05-{DAY}` where a table holds but a part, or one day for all rows.
    `codes`: what a column's codes stand for, such as `1: "2010-09-07"`; other values are read as they are.
    Neither is allowed for traits only: they are dated by their import.
    """

    column: str | None = None
    template: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)
    format: str | list[str] = "auto"
    zone: str | None = None
    date_only: Literal["start", "end"] = "start"

    @model_validator(mode="after")
    def _at_most_one(self) -> "TimeMapping":
        if self.column is not None and self.template is not None:
            raise ValueError("give column or template, not both")
        return self


class TextSource(Strict):
    """Exactly one of a column, a constant, or a template such as `{type}: {status}`."""

    column: str | None = None
    constant: str | None = None
    template: str | None = None

    @model_validator(mode="after")
    def _one_of(self) -> "TextSource":
        if sum(x is not None for x in (self.column, self.constant, self.template)) != 1:
            raise ValueError("give exactly one of column, constant, template")
        return self


class ChannelRule(Strict):
    """`field` is `name` (the event name) or `column:<name>`; exactly one condition; comparisons ignore case."""

    field: str = "name"
    starts_with: str | None = None
    equals: str | None = None
    contains: str | None = None
    channel: str

    @model_validator(mode="after")
    def _one_of(self) -> "ChannelRule":
        if sum(x is not None for x in (self.starts_with, self.equals, self.contains)) != 1:
            raise ValueError("give exactly one of starts_with, equals, contains")
        if self.field != "name" and not self.field.startswith("column:"):
            raise ValueError("field is 'name' or 'column:<column>'")
        return self


class ChannelMapping(Strict):
    """The first that says something: columns in order, rules in order, the constant, `default`."""

    columns: list[str] = Field(default_factory=list)
    constant: str | None = None
    rules: list[ChannelRule] = Field(default_factory=list)
    default: str = "unknown"


class NumberColumn(Strict):
    """`decimal` says which sign stands before the decimals; spaces and the other sign are thousands."""

    column: str
    decimal: Literal[".", ","] = "."
    currency: str | None = None
    currency_column: str | None = None


class Mapping(Strict):
    """How a table is read. `properties`: `all` other columns, or just those named.

    With `feedback` a row gives as many events as it holds answers, each with its own `score` and `text`. A row that
    names nobody is rejected, or with `anonymous: case` a case of its own, numbered by a digest of its cells.
    """

    person: list[PersonColumn]
    time: TimeMapping
    event: TextSource
    channel: ChannelMapping = Field(default_factory=ChannelMapping)
    case: str | None = None
    event_id: str | None = None
    value: NumberColumn | None = None
    text: str | None = None
    score: NumberColumn | None = None
    feedback: FeedbackMapping | None = None
    anonymous: Literal["reject", "case"] = "reject"
    properties: Literal["all"] | list[str] = "all"
    kind: Literal["event", "traits"] = "event"
    caveat: Literal["known_only_with_purchase"] | None = None
    encoding: Annotated[str | None, Field(description="None: BOM, else UTF-8, else Windows-1250")] = None
    delimiter: Annotated[str | None, Field(min_length=1, max_length=1)] = None

    @model_validator(mode="after")
    def _somebody_is_named(self) -> "Mapping":
        if not self.person and (self.anonymous == "reject" or self.kind != "event"):
            raise ValueError("person: name a column that says who it was (or anonymous: case, for events)")
        return self

    @model_validator(mode="after")
    def _events_have_time(self) -> "Mapping":
        if self.kind == "event" and self.time.column is None and self.time.template is None:
            raise ValueError("time.column (or time.template) is needed for events")
        return self

    @model_validator(mode="after")
    def _answers_hold_score_and_text(self) -> "Mapping":
        if self.feedback is not None and (self.score is not None or self.text is not None or self.kind != "event"):
            raise ValueError("with feedback, scores and texts are named by its answers, and rows are events")
        return self

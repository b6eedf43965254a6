"""What an import would make of a file, before anything is written."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field

from desireline.model.mapping import Mapping

ColumnType = Literal["time", "date", "integer", "number", "boolean", "email", "phone", "text", "empty"]


class PreviewColumn(BaseModel):
    """A column with its detected type and its first different values."""

    name: str
    type: ColumnType
    samples: list[str]


class PreviewIdentifier(BaseModel):
    """One identifier of a person, as it will be stored."""

    type: str
    value: str


class PreviewRow(BaseModel):
    """An event as it will be understood; `time` is UTC."""

    time: dt.datetime
    precision: str
    identifiers: list[PreviewIdentifier]
    name: str
    channel: str
    case_id: str | None
    value: float | None
    currency: str | None
    text: str | None
    score: float | None
    properties: dict[str, object]


class ReasonCount(BaseModel):
    """How many rows would be rejected for a reason."""

    reason: str
    count: int


class RejectSample(BaseModel):
    """One row that would be rejected; `raw` is a JSON object, see the reject table."""

    line: int
    reason: str
    detail: str | None
    raw: str


class AnswerCount(BaseModel):
    """How many answers to a question there would be.

    Attributes:
        scale: None for an open question.
        answers: with a score, a choice or words; `texts` of them with words.
        low, high: the lowest and the highest score, None where there is none.
    """

    question: str
    scale: str | None
    answers: int
    texts: int
    low: float | None
    high: float | None


class Preview(BaseModel):
    """A file's first rows under a mapping.

    Attributes:
        preset: the preset that recognises the header or was asked for, else None.
        mapping: the mapping that `rows` were read with; None if none was given, recognised or could be guessed.
        guessed: the mapping is only a guess by the names and types of the columns: a person must confirm it.
        read: rows looked at, at most 10,000.
        complete: there are no further rows.
        answers: of a survey, by question and scale, in the order in which they first come.
    """

    file: str
    format: str
    encoding: str | None
    delimiter: str | None
    columns: list[PreviewColumn]
    preset: str | None
    mapping: Mapping | None
    guessed: bool = False
    rows: list[PreviewRow] = Field(default_factory=list)
    read: int
    complete: bool
    answers: list[AnswerCount] = Field(default_factory=list)
    rejected: list[ReasonCount] = Field(default_factory=list)
    reject_samples: list[RejectSample] = Field(default_factory=list)

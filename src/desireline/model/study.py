"""Interviews, user tests and focus groups as evidence: what was done with whom, and what people said in their words."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.form import Slug
from desireline.model.kept import Kept, Line

Method = Literal["interview", "user_test", "focus_group", "observation", "diary"]

Said = Annotated[str, Field(min_length=1, max_length=5_000)]


class StudyQuote(Strict):
    """What somebody said.

    Attributes:
        id: unique in its study.
        text: their own words.
        who: how the study calls them, such as "P3, ordered twice"; no name of a person.
        touchpoint, channel: what it is about, where that is known.
    """

    id: Slug
    text: Said
    who: Line | None = None
    touchpoint: Line | None = None
    channel: Line | None = None
    language: Literal["en", "pl", "hr"] | None = None


class StudyFields(Strict):
    """What people say of a study.

    Attributes:
        date: the day it was done, or ended.
        participants: how many people took part.
        notes: what was seen and heard.
    """

    method: Method
    date: dt.date
    participants: Annotated[int, Field(ge=1, le=100_000)]
    notes: Annotated[str, Field(max_length=50_000)] = ""
    quotes: Annotated[list[StudyQuote], Field(max_length=500)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _fits(self) -> "StudyFields":
        if len({one.id for one in self.quotes}) != len(self.quotes):
            raise PydanticCustomError("quotes", "quotes with different ids")
        return self


class NewStudy(StudyFields):
    """A study to record."""

    name: Line


class Study(StudyFields, Kept):
    """A study as it is kept."""


class QuoteOfStudy(BaseModel):
    """A quote with the study that it is from: what the quotes wall shows."""

    study: str
    name: str
    method: Method
    date: dt.date
    participants: int
    quote: StudyQuote

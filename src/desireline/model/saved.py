"""Questions that someone saved under a name, to ask them again."""

import datetime as dt
from typing import Any

from pydantic import Field

from desireline.model.definition import Strict

EVERYONE = "@everyone"
"""Stands for all people where a second segment is named."""


class SavedQuestion(Strict):
    """A question with its fields, as they were asked; what it answers is computed anew each time.

    `versus`: a second segment to compare with, or `@everyone`. `on_overview`: whether the overview shows its answer.
    """

    name: str = Field(min_length=1, max_length=200)
    question: str = Field(max_length=50)
    fields: dict[str, Any] = Field(default_factory=dict)
    versus: str | dict[str, Any] | None = None
    on_overview: bool = False
    changed: dt.datetime | None = None

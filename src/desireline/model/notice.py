"""What happened to a document, for whoever wants to be told."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue

from desireline.model.definition import Strict

NoticeKind = Literal["created", "changed", "started", "finished", "verdict", "removed"]


class FieldChange(Strict):
    """A field before and after."""

    before: JsonValue
    after: JsonValue


class Notice(Strict):
    """One change of one document.

    Attributes:
        noun: of the document, such as `action`.
        revision: the one that this change made.
        at: UTC.
        change: fields that are other than before, by name.
    """

    kind: NoticeKind
    noun: Annotated[str, Field(min_length=1, max_length=40)]
    id: str
    name: str
    revision: int
    at: AwareDatetime
    change: dict[str, FieldChange] = Field(default_factory=dict)

"""What happened to a document, for whoever wants to be told."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue

from desireline.model.definition import Strict
from desireline.model.kept import Kept, Line
from desireline.model.recipient import Recipient

Noun = Literal["action", "annotation"]
"""Documents whose changes are told."""

NoticeKind = Literal["created", "changed", "started", "finished", "verdict", "removed"]


class FieldChange(Strict):
    """A field before and after."""

    before: JsonValue
    after: JsonValue


class Notice(Strict):
    """One change of one document.

    Attributes:
        noun: of the document.
        revision: the one that this change made.
        at: UTC.
        change: fields that are other than before, by name.
    """

    kind: NoticeKind
    noun: Noun
    id: str
    name: str
    revision: int
    at: AwareDatetime
    change: dict[str, FieldChange] = Field(default_factory=dict)


class NewSubscription(Strict):
    """Who is told of changes, and of which.

    Attributes:
        to: the address of a webhook, or an e-mail address.
        nouns, kinds: of all if there are none.
        language: of what is told in words.
    """

    name: Line
    to: Recipient
    nouns: Annotated[list[Noun], Field(max_length=10)] = Field(default_factory=list)
    kinds: Annotated[list[NoticeKind], Field(max_length=10)] = Field(default_factory=list)
    language: Literal["en", "pl", "hr"] = "en"


class Subscription(Kept, NewSubscription):
    """A subscription as it is kept."""

    def wants(self, notice: Notice) -> bool:
        """Whether it is told of that."""
        return (not self.nouns or notice.noun in self.nouns) and (not self.kinds or notice.kind in self.kinds)

"""Who is invited to answer a form, who may not be yet and why, and what became of it."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.event import IDENTIFIER_TYPES
from desireline.model.intervals import Interval
from desireline.model.kept import Kept

RefusedFor = Literal["no_person", "quiet_hours", "frequency_cap", "twice"]
"""Why no invitation was made: nobody is named, it is night, they were asked enough, they stand in the list twice."""

State = Literal["invited", "opened", "answered", "declined", "expired"]

MOST_AT_ONCE = 100_000


def _known_types(identifiers: dict[str, str]) -> dict[str, str]:
    known = set(IDENTIFIER_TYPES) - {"case"}
    if not identifiers or not set(identifiers) <= known:
        raise PydanticCustomError("identifiers", f"at least one of {', '.join(sorted(known))}")
    return identifiers


class Invited(Strict):
    """A person to invite.

    Attributes:
        identifiers: type → value, as events name people: `{"email": "ana@example.org"}`.
        language: of the link; the browser's if None.
    """

    identifiers: Annotated[dict[str, Annotated[str, Field(max_length=500)]], AfterValidator(_known_types)]
    language: Literal["en", "pl", "hr"] | None = None


class Invitation(BaseModel):
    """What came of inviting a person: a link, or the reason why there is none.

    Attributes:
        identifiers: as they were given.
        id: of the invitation, None if none was made; feedback events bear it.
        path: address of the form for this person alone, from `/f/`. Kept nowhere, so it is told only once.
        expires: UTC.
        refused: why none was made.
        until: UTC, when it may be tried again, if that is known.
    """

    identifiers: dict[str, str]
    id: str | None = None
    path: str | None = None
    expires: AwareDatetime | None = None
    refused: RefusedFor | None = None
    until: AwareDatetime | None = None


class Invitations(BaseModel):
    """What came of inviting several people, in their order.

    Attributes:
        made: how many invitations there are.
        refused: how many there are not, by reason.
    """

    made: int
    refused: dict[RefusedFor, int]
    invitations: list[Invitation]


class InvitationState(BaseModel):
    """An invitation as it stands now. All times UTC."""

    id: str
    identifiers: list[dict[str, str]]
    state: State
    made: AwareDatetime
    expires: AwareDatetime
    opened: AwareDatetime | None
    answered: AwareDatetime | None
    declined: AwareDatetime | None


class InvitationPage(BaseModel):
    """Some of a form's invitations, newest first."""

    total: int
    invitations: list[InvitationState]


class Erased(BaseModel):
    """What was deleted of a person, over all forms. Their events in the data stay.

    Attributes:
        identifiers: the person's, `type:value`: those that were given, and those that the data joins to them.
        invitations: deleted; they count neither for response rates nor for the frequency cap any more.
        answers: that were acknowledged and not in the data yet, deleted.
    """

    identifiers: list[str]
    invitations: int
    answers: int


class FormCounts(BaseModel):
    """How many were asked and how many answered.

    Attributes:
        invited, opened, answered, declined: invitations made; those whose form was opened, answered, declined.
        response_rate: answered / invited with its 95 % interval (Wilson); None while nobody is invited.
        link_opened, link_answered, link_declined: pages that were opened, and answers given, without an invitation.
            Who saw the link is not known, so there is no response rate.
        discarded: answers that a program gave, by the field that people do not see.
        waiting: answers that are acknowledged and not in the lake yet.
    """

    invited: int
    opened: int
    answered: int
    declined: int
    response_rate: float | None
    low: float | None
    high: float | None
    link_opened: int
    link_answered: int
    link_declined: int
    discarded: int
    waiting: int

    @classmethod
    def of(cls, counted: dict[str, int], rate: Interval | None) -> "FormCounts":
        """From plain counts, and the interval of the response rate."""
        share = None if rate is None else counted["answered"] / counted["invited"]
        low, high = (None, None) if rate is None else rate
        fields: dict[str, Any] = {**counted, "response_rate": share, "low": low, "high": high}
        return cls(**fields)


class RuleFields(Strict):
    """When people may be asked, over all forms.

    Attributes:
        quiet_from, quiet_until: local times of day between which nobody is invited, over midnight if the first is
            later; none if both are None.
        zone: IANA name for them; the workspace's if None.
        most: invitations that a person gets in `days` days, over all forms; any number if None.
    """

    quiet_from: dt.time | None = dt.time(21)
    quiet_until: dt.time | None = dt.time(8)
    zone: Annotated[str, Field(max_length=64)] | None = None
    most: Annotated[int, Field(ge=1, le=1000)] | None = 1
    days: Annotated[int, Field(ge=1, le=3650)] = 30

    @model_validator(mode="after")
    def _fits(self) -> "RuleFields":
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise PydanticCustomError("quiet", "both ends of the quiet hours, or none")
        return self


class InvitationRule(RuleFields, Kept):
    """The rule as it is kept."""

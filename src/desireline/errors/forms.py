"""What can be wrong with answering a form. The sentences are read by customers, not by the team."""

from dataclasses import dataclass
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class NoSuchForm(DesirelineError):
    """No form has the key in the address."""

    code: ClassVar[str] = "no_such_form"
    http_status: ClassVar[int] = 404


@dataclass(eq=False)
class FormClosed(DesirelineError):
    """A form that takes no answers now."""

    code: ClassVar[str] = "form_closed"
    http_status: ClassVar[int] = 410


@dataclass(eq=False)
class InvitationNeeded(DesirelineError):
    """A form for the invited alone, opened without an invitation."""

    code: ClassVar[str] = "invitation_needed"
    http_status: ClassVar[int] = 403


@dataclass(eq=False)
class UnknownInvitation(DesirelineError):
    """A token that no invitation to this form has."""

    code: ClassVar[str] = "unknown_invitation"
    http_status: ClassVar[int] = 404


@dataclass(eq=False)
class InvitationExpired(DesirelineError):
    """An invitation whose time is over. `day` as it is written in ISO 8601."""

    code: ClassVar[str] = "invitation_expired"
    http_status: ClassVar[int] = 410
    day: str


@dataclass(eq=False)
class AnsweredBefore(DesirelineError):
    """The invitation was answered, or the browser has answered this form."""

    code: ClassVar[str] = "answered_before"
    http_status: ClassVar[int] = 409


@dataclass(eq=False)
class StalePage(DesirelineError):
    """A page that this form did not make, or made when it had other questions."""

    code: ClassVar[str] = "stale_page"
    http_status: ClassVar[int] = 400


@dataclass(eq=False)
class AnswerTooFast(DesirelineError):
    """Sent before anybody could have read the questions."""

    code: ClassVar[str] = "answer_too_fast"
    http_status: ClassVar[int] = 400
    seconds: int


@dataclass(eq=False)
class TooManyAnswers(DesirelineError):
    """More answers at once than the form takes; the next ones in `seconds`."""

    code: ClassVar[str] = "too_many_answers"
    http_status: ClassVar[int] = 429
    seconds: int


@dataclass(eq=False)
class NothingAnswered(DesirelineError):
    """A form sent without a single answer."""

    code: ClassVar[str] = "nothing_answered"
    http_status: ClassVar[int] = 400


@dataclass(eq=False)
class AnswerMissing(DesirelineError):
    """A question that has to be answered, and is not."""

    code: ClassVar[str] = "answer_missing"
    http_status: ClassVar[int] = 400
    question: str


@dataclass(eq=False)
class BadAnswer(DesirelineError):
    """An answer that the question does not take."""

    code: ClassVar[str] = "bad_answer"
    http_status: ClassVar[int] = 400
    question: str
    given: str
    expected: str


@dataclass(eq=False)
class AnswerTooLong(DesirelineError):
    """A comment over the limit, both in characters."""

    code: ClassVar[str] = "answer_too_long"
    http_status: ClassVar[int] = 400
    question: str
    characters: int
    limit: int

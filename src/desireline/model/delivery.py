"""Something on its way out of the workspace: an e-mail or a call of a webhook."""

from typing import Literal

from pydantic import AwareDatetime

from desireline.model.definition import Strict
from desireline.model.recipient import Channel

DeliveryState = Literal["waiting", "sent", "failed", "cancelled"]

About = Literal["alert", "report", "action", "annotation", "test"]
"""What it tells of."""


class Delivery(Strict):
    """One of them.

    Attributes:
        about: what it tells of, by its kind and its name.
        state: `waiting` for its time or for another try; `failed` when it was given up.
        attempts: tries so far; `due` the time of the next one, None where there is none; UTC.
        error: code of why the last try failed, see `delivery.error.<code>`; `detail` what the other side said.
        size: bytes; the content itself is forgotten when it was sent.
    """

    id: str
    channel: Channel
    to: str
    about: About
    name: str
    state: DeliveryState
    made: AwareDatetime
    due: AwareDatetime | None
    attempts: int
    tried: AwareDatetime | None = None
    sent: AwareDatetime | None = None
    error: str | None = None
    detail: str | None = None
    size: int


class Deliveries(Strict):
    """A page of them, newest first; `total` of that state, `waiting` and `failed` of all."""

    deliveries: list[Delivery]
    total: int
    waiting: int
    failed: int


class Flushed(Strict):
    """What sending what was due came to."""

    sent: int
    again: int
    failed: int


class MailShown(Strict):
    """How e-mail is sent, without the password: only whether there is one."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str | None
    password: bool
    sender: str


class DeliverySettings(Strict):
    """How this workspace sends. `mail`: None while no e-mail can be sent; `allowed_hosts`: of webhooks inside."""

    mail: MailShown | None
    allowed_hosts: list[str]

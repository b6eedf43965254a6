"""Sending what is due: one after the other, each claimed before it is tried."""

import datetime as dt
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from desireline.errors import BadQuestion
from desireline.model.delivery import Flushed
from desireline.model.recipient import Recipient
from desireline.service import settings
from desireline.service.deliveries.calling import call
from desireline.service.deliveries.mailing import send
from desireline.service.deliveries.trying import Missed

if TYPE_CHECKING:
    from desireline.service.opened import Opened
    from desireline.store.records.deliveries import StoredDelivery


LEASE: Final = dt.timedelta(minutes=5)
"""How long one try may take; then somebody else may try: who tried was killed."""

WAITS: Final = tuple(dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""From each failed try to the next; after that it is given up."""

KEPT: Final = dt.timedelta(days=90)
"""How long it is remembered what was sent, or given up."""


def flushed(workspace: "Opened", secret: Callable[[], str]) -> Flushed:
    """Try all that is due now."""
    kept = workspace.records.deliveries
    done = {"sent": 0, "again": 0, "failed": 0}
    of_workspace = settings.load(workspace.places.root)  # before any is claimed: the file may be broken
    now = dt.datetime.now(dt.UTC)
    while claimed := kept.claim(now, dt.datetime.now(dt.UTC) + LEASE):
        delivery, body = claimed
        try:
            _try(of_workspace, delivery, body, secret)
        except Missed as missed:
            due = None if missed.final else _next(delivery.attempts)
            kept.missed(delivery, due, missed.code, missed.detail)
            done["failed" if due is None else "again"] += 1
        else:
            kept.arrived(delivery, dt.datetime.now(dt.UTC))
            done["sent"] += 1
    kept.forget(now - KEPT)
    return Flushed(**done)


def _try(of_workspace: settings.Settings, delivery: "StoredDelivery", body: bytes, secret: Callable[[], str]) -> None:
    if delivery.channel == "webhook":
        allowed = of_workspace.webhooks.allowed_hosts
        call(delivery.target, delivery.id, body, secret(), int(time.time()), allowed)
        return
    try:
        mail = settings.mail_of(of_workspace)
    except BadQuestion as wrong:
        raise Missed("mail_settings", wrong.parameter) from None
    if mail is None:
        raise Missed("mail_settings")
    send(mail, delivery.target, body)


def _next(attempts: int) -> dt.datetime | None:
    """When to try again after so many tries; None gives up."""
    return dt.datetime.now(dt.UTC) + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def recipient(given: str) -> str:
    """An e-mail address or the address of a webhook.

    Raises:
        BadQuestion: it is neither.
    """
    try:
        return str(TypeAdapter(Recipient).validate_python(given))
    except ValidationError as error:
        raise BadQuestion(parameter="to", given=given[:100], expected=error.errors()[0]["msg"]) from None

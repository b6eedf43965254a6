"""Deliveries of a workspace: one way out for alerts, reports and whatever else is told to others."""

import datetime as dt
import json
import secrets
import threading
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from desireline.errors import DeliverySettled, UnknownDocument
from desireline.model.delivery import (
    About,
    Deliveries,
    Delivery,
    DeliverySettings,
    DeliveryState,
    Flushed,
    MailShown,
)
from desireline.model.recipient import channel_of
from desireline.service.deliveries.mailing import File, written
from desireline.store.records.deliveries import StoredDelivery

if TYPE_CHECKING:
    from desireline.service.opened import Opened

NOT_MADE: Final = "not_made"
"""The code of what could not even be written."""

_SECRET: Final = ("webhook_secret", "webhook")


class DeliveriesDoor:
    """What waits is committed before it is sent: it outlives whoever sends it.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.deliveries.flush().sent  # doctest: +SKIP
        3
    """

    _sending = threading.Lock()

    def __init__(self, workspace: "Opened") -> None:
        self._workspace = workspace

    def page(self, state: DeliveryState | None = None, limit: int = 50, offset: int = 0) -> Deliveries:
        """What was and will be sent, newest first."""
        if not self._workspace.places.records.exists():
            return Deliveries(deliveries=[], total=0, waiting=0, failed=0)
        kept = self._workspace.records.deliveries
        counts = kept.counts()
        return Deliveries(
            deliveries=[_shown(one) for one in kept.page(state, limit, offset)],
            total=counts.get(state, 0) if state else sum(counts.values()), waiting=counts.get("waiting", 0),
            failed=counts.get("failed", 0),
        )  # fmt: skip

    def get(self, which: str) -> Delivery:
        """One of them.

        Raises:
            UnknownDocument: there is none of that id.
        """
        found = self._workspace.records.deliveries.find(which)
        if found is None:
            raise UnknownDocument(kind="delivery", given=which[:200], available=[])
        return _shown(found)

    def queue(
        self, key: str, to: str, about: tuple[About, str], subject: str, text: str,
        facts: Mapping[str, Any], files: Sequence[File] = (), due: dt.datetime | None = None,
    ) -> bool:  # fmt: skip
        """Have something sent once, whatever happens to this process. False if that key was queued before.

        Args:
            key: names what is told; the recipient is added.
            to: an e-mail address or the address of a webhook.
            about: the kind and the name of what it tells of.
            subject: of an e-mail; in a webhook's body too.
            text: of an e-mail; in a webhook's body too.
            facts: the same as JSON, for a webhook.
            files: attached; in Base64 for a webhook.
            due: not before then; UTC.
        """
        now = dt.datetime.now(dt.UTC)
        own = f"d-{secrets.token_hex(10)}"
        channel = channel_of(to)
        if channel == "email":
            body = written(own, to, subject, text, files, now)
        else:
            body = _json(own, about, now, {"subject": subject, "text": text, **facts}, files)
        made = StoredDelivery(own, f"{key}>{to}"[:300], channel, to, *about, now, due or now, len(body))
        return self._workspace.records.deliveries.add(made, body)

    def not_made(self, key: str, to: str, about: tuple[About, str], detail: str) -> bool:
        """Note that there is nothing to send, so that it is seen. False if that key was queued before.

        Args:
            key: names what was to be told; the recipient is added.
            to: an e-mail address or the address of a webhook.
            about: the kind and the name of what it was to tell of.
            detail: why, in short.
        """
        now = dt.datetime.now(dt.UTC)
        failed = StoredDelivery(
            f"d-{secrets.token_hex(10)}", f"{key}>{to}"[:300], channel_of(to), to, *about, now, now, 0, "failed",
            error=NOT_MADE, detail=detail,
        )  # fmt: skip
        return self._workspace.records.deliveries.add(failed, None)

    def flush(self) -> Flushed:
        """Send what is due, each once; who finds another one at it in this process leaves it to them."""
        from desireline.service.deliveries.sending import flushed

        if not self._workspace.places.records.exists() or not self._sending.acquire(blocking=False):
            return Flushed(sent=0, again=0, failed=0)
        try:
            return flushed(self._workspace, self.secret)
        finally:
            self._sending.release()

    def again(self, which: str) -> Delivery:
        """Try one now that failed, waits or was cancelled.

        Raises:
            UnknownDocument: there is none of that id.
            DeliverySettled: it was sent.
        """
        found = self.get(which)
        if not self._workspace.records.deliveries.again(found.id, dt.datetime.now(dt.UTC)):
            raise DeliverySettled(delivery=found.id, state=found.state)
        return self.get(found.id)

    def cancel(self, which: str) -> Delivery:
        """Keep one that waits from being sent.

        Raises:
            UnknownDocument: there is none of that id.
            DeliverySettled: it does not wait.
        """
        found = self.get(which)
        if not self._workspace.records.deliveries.cancel(found.id):
            raise DeliverySettled(delivery=found.id, state=found.state)
        return self.get(found.id)

    def test(self, to: str, language: str = "en") -> Delivery:
        """Send a recipient a word now, to see whether it arrives.

        Raises:
            BadQuestion: it is no recipient.
        """
        from desireline.i18n import translate
        from desireline.service.deliveries.sending import recipient

        key = f"test:{secrets.token_hex(8)}"
        subject, text = (translate(language, f"delivery.test.{part}") for part in ("subject", "text"))
        self.queue(key, recipient(to), ("test", "test"), subject, text, {})
        self.flush()
        return self.page(limit=1).deliveries[0]

    def settings(self) -> DeliverySettings:
        """How this workspace sends; the password is not told, only whether there is one.

        Raises:
            BadQuestion: a setting makes no sense.
        """
        from desireline.service import settings

        found = settings.load(self._workspace.places.root)
        mail = settings.mail_of(found)
        shown = mail and MailShown(
            host=mail.host, port=mail.port, security=mail.security, user=mail.user,
            password=mail.password is not None, sender=mail.sender,
        )  # fmt: skip
        return DeliverySettings(mail=shown, allowed_hosts=found.webhooks.allowed_hosts)

    def secret(self) -> str:
        """What calls of webhooks are signed with; the other side needs it to believe them."""
        from desireline.service.deliveries.calling import PREFIX

        documents = self._workspace.records.documents
        fresh = PREFIX + b64encode(secrets.token_bytes(32)).decode()
        documents.add(*_SECRET, dt.datetime.now(dt.UTC), fresh)
        return documents.find(*_SECRET) or fresh


def _json(own: str, about: tuple[About, str], at: dt.datetime, facts: dict[str, Any], files: Sequence[File]) -> bytes:
    attached = [
        {"name": file.name, "media_type": file.media_type, "base64": b64encode(file.body).decode()} for file in files
    ]
    told = {
        "id": own, "type": about[0], "name": about[1], "timestamp": at.isoformat(timespec="seconds"), "data": facts,
        **({"files": attached} if attached else {}),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, default=str).encode()


def _shown(stored: StoredDelivery) -> Delivery:
    fields = {name: value for name, value in vars(stored).items() if name not in {"key", "target"}}
    due = stored.due if stored.state == "waiting" else None
    return Delivery.model_validate({**fields, "to": stored.target, "due": due})

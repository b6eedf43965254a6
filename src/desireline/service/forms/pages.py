"""What makes a page of a form this workspace's own: when it was opened, for whom, and that nobody else made it."""

import datetime as dt
import hashlib
import hmac
import secrets

from desireline.errors import AnswerTooFast, StalePage


def made(secret: str, form: str, token: str | None, now: dt.datetime) -> str:
    """A page's own token. A page is sent once: who sends it again sends the same answer.

    Args:
        secret: of the workspace.
        form: its key.
        token: of the invitation.
        now: UTC.
    """
    begun = f"{int(now.timestamp() * 1000)}.{secrets.token_hex(8)}"
    return f"{begun}.{_signed(secret, form, token, begun)}"


def check(secret: str, form: str, token: str | None, page: str, now: dt.datetime, least_seconds: int) -> None:
    """Whether a page is one of ours, for this form and invitation, and was open long enough to be read.

    Raises:
        StalePage: it is not.
        AnswerTooFast: it was not.
    """
    begun, _, signature = page.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signed(secret, form, token, begun).encode()):
        raise StalePage
    if now.timestamp() * 1000 - int(begun.partition(".")[0]) < least_seconds * 1000:
        raise AnswerTooFast(seconds=least_seconds)


def _signed(secret: str, form: str, token: str | None, begun: str) -> str:
    told = "\x1f".join((form, token or "", begun))
    return hmac.new(secret.encode(), told.encode(), hashlib.sha256).hexdigest()[:32]

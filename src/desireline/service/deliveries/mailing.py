"""E-mails: written when they are queued, handed to the owner's SMTP server as they were written."""

import contextlib
import datetime as dt
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final, NamedTuple

from desireline.service.deliveries.trying import Missed, plain
from desireline.service.settings import Mail

SECONDS: Final = 20
"""That the server may take for each answer."""

_PERMANENT: Final = 500


class File(NamedTuple):
    """Something attached: its name, media type (`type/subtype`) and bytes."""

    name: str
    media_type: str
    body: bytes


def written(delivery: str, to: str, subject: str, text: str, files: Sequence[File], at: dt.datetime) -> bytes:
    """An e-mail without its sender, which is the one of the settings when it is sent.

    Args:
        delivery: its id: the same one at every try, so that a server can tell them as one.
        to: the address.
        subject: in one line.
        text: without markup.
        files: attached.
        at: its date.
    """
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = plain(subject)
    message["To"] = to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{delivery}@desireline>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    for file in files:
        kind, _, subtype = file.media_type.partition("/")
        message.add_attachment(file.body, maintype=kind, subtype=subtype, filename=file.name)
    return message.as_bytes()


def send(mail: Mail, to: str, body: bytes) -> None:
    """Hand one e-mail over.

    Raises:
        Missed: it was not taken in.
    """
    try:
        server = _connected(mail)
        try:
            server.sendmail(mail.sender, [to], b"From: " + mail.sender.encode() + b"\r\n" + body)
            _leave(server)
        finally:
            server.close()
    except smtplib.SMTPAuthenticationError as error:
        raise Missed("authentication", f"{error.smtp_code}") from None
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise Missed("recipient_refused", f"{code} {plain(said)}", final=code >= _PERMANENT) from None
    except smtplib.SMTPResponseException as error:
        raise Missed("refused", f"{error.smtp_code} {plain(error.smtp_error)}") from None
    except smtplib.SMTPException as error:
        raise Missed("refused", type(error).__name__) from None
    except ssl.SSLError as error:
        raise Missed("tls", plain(error.reason or type(error).__name__)) from None
    except TimeoutError:
        raise Missed("timeout") from None
    except OSError as error:
        raise Missed("unreachable", plain(error.strerror or type(error).__name__)) from None
    except UnicodeError:  # a user, a password or an address that the protocol has no letters for
        raise Missed("refused", "ASCII") from None


def _leave(server: smtplib.SMTP) -> None:
    """Whatever is said to a goodbye: the e-mail was taken in before."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()


def _connected(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user is not None:
            server.login(mail.user, mail.password.get_secret_value() if mail.password else "")
    except BaseException:
        server.close()
        raise
    return server

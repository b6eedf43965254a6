"""A customer at a form: may they answer it, and their answer, acknowledged when it is committed."""

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desireline.errors import (
    AnsweredBefore,
    FormClosed,
    InvitationExpired,
    InvitationNeeded,
    NoSuchForm,
    UnknownInvitation,
)
from desireline.model.form import Form
from desireline.service.forms import feedback, pages
from desireline.service.forms.inviting import hashed
from desireline.store.records.forms import FormRecords, StoredAnswer, StoredInvitation

HONEYPOT = "website"
"""The field that people do not see; programs fill it in."""


@dataclass(frozen=True)
class Visit:
    """Somebody who may answer a form now. `token`: of their invitation, as it stands in their link."""

    form: Form
    token: str | None
    invitation: StoredInvitation | None


def by_key(forms: Iterable[Form], key: str) -> Form:
    """The form of an address.

    Raises:
        NoSuchForm: there is none.
    """
    found = next((form for form in forms if form.key == key), None)
    if found is None:
        raise NoSuchForm
    return found


def admit(records: FormRecords, form: Form, token: str | None, now: dt.datetime) -> Visit:
    """Whether a form may be answered.

    Raises:
        UnknownInvitation, AnsweredBefore, InvitationExpired: of the invitation.
        InvitationNeeded: the form is for the invited.
        FormClosed: it takes no answers now.
    """
    invitation = None
    if token is not None:
        invitation = records.invitation(hashed(token))
        if invitation is None or invitation.form != form.id:
            raise UnknownInvitation
        if invitation.answered is not None:
            raise AnsweredBefore
        if invitation.expires <= now:
            raise InvitationExpired(day=invitation.expires.date().isoformat())
    early, late = form.opens is not None and now < form.opens, form.closes is not None and now >= form.closes
    if not form.open or early or late:
        raise FormClosed
    if invitation is None and form.access == "invitation":
        raise InvitationNeeded
    return Visit(form, token, invitation)


def take(records: FormRecords, visit: Visit, sent: Mapping[str, str], language: str, now: dt.datetime) -> None:
    """Keep an answer; when this returns it is committed. A page that was sent before is not counted again.

    Raises:
        StalePage, AnswerTooFast: of the page.
        StalePage, BadAnswer, AnswerTooLong, AnswerMissing, NothingAnswered: of the answers.
        AnsweredBefore: the invitation was used meanwhile, or the browser has answered the form.
    """
    form, page = visit.form, sent.get("page", "")
    if sent.get(HONEYPOT, "").strip():
        records.count(form.id, "discarded")
        return
    pages.check(secret(records), form.key, visit.token, page, now, form.least_seconds)
    found = feedback.answers(form, sent, language)
    number, browser = secrets.token_hex(10), sent.get("browser", "")
    invitation = visit.invitation
    who = json.loads(invitation.identifiers) if invitation else [{"type": "other", "value": f"answer-{number}"}]
    rows = feedback.events(form, number, found, language, now, who, invitation.id if invitation else None)
    once = hashed(f"{form.key} {browser}") if browser and invitation is None else None
    kept = StoredAnswer(number, form.id, now, hashed(page), once, json.dumps(rows, ensure_ascii=False))
    if not records.answer(kept, hashed(visit.token) if visit.token else None) and not sent_before(records, sent):
        raise AnsweredBefore


def sent_before(records: FormRecords, sent: Mapping[str, str]) -> bool:
    """Whether this very page was sent and taken: somebody reloads it, or pressed twice."""
    return records.has_page(hashed(sent.get("page", "")))


def secret(records: FormRecords) -> str:
    """What signs the pages of this workspace."""
    return records.secret(secrets.token_hex(32))

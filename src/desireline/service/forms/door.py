"""Feedback forms of a workspace: the one door for the command line, HTTP and notebooks."""

import contextlib
import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from filelock import FileLock

from desireline.errors import BadQuestion, NoEvents
from desireline.model import intervals
from desireline.model.form import Form, NewForm
from desireline.model.invitation import (
    MOST_AT_ONCE,
    Erased,
    FormCounts,
    InvitationPage,
    InvitationRule,
    Invitations,
    Invited,
    RuleFields,
)
from desireline.service import settings
from desireline.service.forms import answering, listing, pages
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.service.forms.answering import Visit
    from desireline.service.opened import Opened
    from desireline.store.records.forms import FormRecords

RULE = "Invitations"
"""The name of the one rule that holds for all invitations."""

ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Forms:
    """Every method takes a form by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> asked = {"id": "nps", "kind": "nps", "text": {"en": "Would you recommend us?"}}
        >>> form = {"name": "After delivery", "touchpoint": "Delivery", "questions": [asked]}
        >>> ws.forms.create(form)  # doctest: +SKIP
        >>> done = ws.forms.invite("After delivery", [{"identifiers": {"email": "a@b.pl"}}])  # doctest: +SKIP
        >>> done.invitations[0].path  # doctest: +SKIP
    """

    def __init__(self, workspace: "Opened") -> None:
        self._workspace = workspace

    # --- forms ---------------------------------------------------------------------------------------------

    def all(self) -> list[Form]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Form:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewForm | Mapping[str, Any]) -> Form:
        """Make one; its key, which stands in its address, is made here.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        fields = valid(NewForm, asked).model_dump(exclude_unset=True)
        return self._shelf.add({**fields, "key": "".join(secrets.choice(ALPHABET) for _ in range(12))})

    def change(self, which: str, seen: int, fields: Mapping[str, Any]) -> Form:
        """Change fields of one; the key stays.

        Args:
            which: id or name.
            seen: the revision that the change was made on.
            fields: of `NewForm`; what is absent stays.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since it was read.
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        strange = sorted(set(fields) - set(NewForm.model_fields))
        if strange:
            expected = ", ".join(NewForm.model_fields)
            raise BadQuestion(parameter=strange[0], given=str(fields[strange[0]])[:100], expected=expected)
        return self._shelf.change(which, seen, fields)

    def remove(self, which: str, seen: int | None = None) -> Form:
        """Delete one with its invitations and counts; answers stay in the data.

        Its people were asked all the same: the cap still counts it, until they are erased.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `seen`.
        """
        gone = self._shelf.remove(which, seen)
        self._records.forget(gone.id)
        return gone

    def counts(self, which: str) -> FormCounts:
        """How many were invited, opened it, answered and declined, and the response rate.

        Raises:
            UnknownDocument: there is none.
        """
        counted = self._records.counts(self.get(which).id)
        invited = counted["invited"]
        return FormCounts.of(counted, intervals.wilson(counted["answered"], invited) if invited else None)

    # --- invitations ---------------------------------------------------------------------------------------

    def rule(self) -> InvitationRule | RuleFields:
        """When people may be asked, over all forms; the defaults (revision absent) while nobody has said."""
        return next(iter(self._rules.all()), RuleFields())

    def change_rule(self, fields: RuleFields | Mapping[str, Any], seen: int | None = None) -> InvitationRule:
        """Say when people may be asked; what is absent stays.

        Args:
            fields: of `RuleFields`.
            seen: the revision that the change was made on; None if nobody has said before.

        Raises:
            BadQuestion: a field makes no sense.
            StaleDocument: it was changed since it was read.
        """
        wanted = sent(valid(RuleFields, fields))
        if wanted.get("zone"):
            _zone(wanted["zone"])
        found = next(iter(self._rules.all()), None)
        if found is None:
            return self._rules.add({"name": RULE, **wanted})
        return self._rules.change(found.id, found.revision if seen is None else seen, wanted)

    def invite(
        self, which: str, people: Sequence[Invited | Mapping[str, Any]], now: dt.datetime | None = None
    ) -> Invitations:
        """Invite people to a form. Nothing is sent from here: each gets a link of their own, to be sent by any means.

        An invitation that would break the quiet hours or the frequency cap is not made and says why. Whose identifiers
        are known in the data counts as one person, by whichever of them they are invited.

        Args:
            which: id or name of the form.
            people: at most 100,000, each with `identifiers` (type → value) and perhaps a `language`.
            now: UTC; the present if None.

        Raises:
            UnknownDocument: there is no such form.
            BadQuestion: a person makes no sense, or there are too many.
        """
        from desireline.collect.identifiers import normalised
        from desireline.service.forms import whole_people
        from desireline.service.forms.flushing import SOURCE
        from desireline.service.forms.inviting import invite

        if len(people) > MOST_AT_ONCE:
            raise BadQuestion(parameter="people", given=str(len(people)), expected=f"at most {MOST_AT_ONCE}")
        form, rule, asked = self.get(which), self.rule(), [valid(Invited, one) for one in people]
        zone = _zone(rule.zone or settings.load(self._workspace.places.root).zone)
        identifiers = normalised([one.identifiers for one in asked], SOURCE)
        generation = None
        with contextlib.suppress(NoEvents):
            generation = self._workspace.generation()
        known = whole_people.known(identifiers, generation)
        with FileLock(self._workspace.places.root / "invite.lock"):  # two lists at once share the cap
            return invite(self._records, form, rule, zone, asked, known, now or dt.datetime.now(dt.UTC))

    def invite_table(self, which: str, text: str, address: str = "", now: dt.datetime | None = None) -> str:
        """Invite the people of a CSV, and write a CSV of their links.

        Args:
            which: id or name of the form.
            text: CSV whose columns are types of identifiers (`email`, `customer_id` …) and perhaps `language`.
            address: of the server, before each link.
            now: UTC; the present if None.

        Returns:
            The same columns, and `link`, `invitation`, `expires`, `refused`, `until`. Cells that a spreadsheet would
            run as a formula are disarmed.

        Raises:
            UnknownDocument: there is no such form.
            BadQuestion: no column names people, or a row makes no sense.
        """
        columns, rows = listing.people_of(text)
        done = self.invite(which, [row.invited for row in rows], now) if rows else Invitations(
            made=0, refused={}, invitations=[]
        )  # fmt: skip
        return listing.as_csv(columns, rows, done, address)

    def invitations(self, which: str, limit: int = 50, offset: int = 0) -> InvitationPage:
        """A form's invitations and what became of them, newest first; links are told only when they are made.

        Raises:
            UnknownDocument: there is no such form.
        """
        form, now = self.get(which).id, dt.datetime.now(dt.UTC)
        found = self._records.invitations(form, limit, offset)
        total = self._records.counts(form)["invited"]
        return InvitationPage(total=total, invitations=[listing.state_of(one, now) for one in found])

    def erase(self, identifiers: Mapping[str, str]) -> Erased:
        """Delete a person's invitations to all forms, and their answers that wait to come into the data.

        Their events in the data stay, those of earlier answers too. An answer without an invitation names nobody, so it
        is not found.

        Args:
            identifiers: type → value; whoever the data joins to one of them is the same person.

        Raises:
            BadQuestion: they make no sense, or name nobody.
            WorkspaceBusy: another one writes; nothing was deleted.
        """
        from desireline.collect.identifiers import normalised
        from desireline.service.forms import whole_people
        from desireline.service.forms.erasing import erase
        from desireline.service.forms.flushing import SOURCE

        asked = valid(Invited, {"identifiers": dict(identifiers)})
        found = normalised([asked.identifiers], SOURCE)
        if not found[0]:
            raise BadQuestion(
                parameter="identifiers", given=str(dict(identifiers))[:100], expected="email, customer_id"
            )
        ((_, everyone),) = whole_people.known(found, self._workspace.as_it_stands())
        return erase(self._workspace.places, self._records, everyone)

    # --- what a customer does ------------------------------------------------------------------------------

    def by_key(self, key: str) -> Form:
        """The form of an address.

        Raises:
            NoSuchForm: there is none.
        """
        return answering.by_key(self.all(), key)

    def admit(self, form: Form, token: str | None) -> "Visit":
        """Whether a form may be answered now.

        Raises:
            UnknownInvitation, AnsweredBefore, InvitationExpired: of the invitation.
            InvitationNeeded: the form is for the invited.
            FormClosed: it takes no answers now.
        """
        return answering.admit(self._records, form, token, dt.datetime.now(dt.UTC))

    def opened(self, visit: "Visit") -> None:
        """Count that the form was opened."""
        if visit.invitation is None:
            self._records.count(visit.form.id, "link_opened")
        else:
            self._records.mark(visit.invitation.token, "opened", dt.datetime.now(dt.UTC))

    def page(self, form: Form, token: str | None) -> str:
        """The token of a page that is about to be shown."""
        return pages.made(answering.secret(self._records), form.key, token, dt.datetime.now(dt.UTC))

    def sent_before(self, fields: Mapping[str, str]) -> bool:
        """Whether this very page was sent and its answer taken."""
        return answering.sent_before(self._records, fields)

    def answer(self, visit: "Visit", fields: Mapping[str, str], language: str) -> None:
        """Keep an answer; it is committed when this returns, and reaches the data with the next flush.

        Args:
            visit: of `admit`.
            fields: of the page: `q.ID` of each question, `page`, perhaps `browser`.
            language: that the page was in.

        Raises:
            StalePage, AnswerTooFast: of the page.
            BadAnswer, AnswerTooLong, AnswerMissing, NothingAnswered: of the answers.
            AnsweredBefore: the invitation was used, or the browser has answered the form.
        """
        answering.take(self._records, visit, fields, language, dt.datetime.now(dt.UTC))

    def decline(self, visit: "Visit") -> None:
        """Keep that somebody would rather not answer; they may still change their mind."""
        if visit.invitation is None:
            self._records.count(visit.form.id, "link_declined")
        else:
            self._records.mark(visit.invitation.token, "declined", dt.datetime.now(dt.UTC))

    def flush(self) -> None:
        """Bring the answers that wait into the data; questions do it by themselves before they are asked.

        Raises:
            WorkspaceBusy, DiskFull: they wait on.
        """
        self._workspace.take_in_answers()

    @property
    def _shelf(self) -> Shelf[Form]:
        return Shelf(self._workspace.records, "form", Form)

    @property
    def _rules(self) -> Shelf[InvitationRule]:
        return Shelf(self._workspace.records, "invitation_rule", InvitationRule)

    @property
    def _records(self) -> "FormRecords":
        return self._workspace.records.forms


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadQuestion(parameter="zone", given=name[:100], expected="Europe/Warsaw") from None

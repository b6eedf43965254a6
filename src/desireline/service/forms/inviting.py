"""Who may be invited now, and their links: quiet hours and the cap hold for a person over all forms."""

import datetime as dt
import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from desireline.model.form import Form
from desireline.model.invitation import Invitation, Invitations, Invited, RefusedFor, RuleFields
from desireline.store.records.forms import FormRecords, StoredInvitation

Identifiers = list[dict[str, str]]


def hashed(token: str) -> str:
    """What is kept of a token, in hexadecimal: who reads the records cannot answer for others."""
    return hashlib.sha256(token.encode()).hexdigest()


def path_of(form: Form, token: str | None = None, language: str | None = None) -> str:
    """Address of a form on its server, for the bearer of a token."""
    given = {"i": token, "lang": language}
    query = "&".join(f"{name}={value}" for name, value in given.items() if value)
    return f"/f/{form.key}" + (f"?{query}" if query else "")


def quiet_until(rule: RuleFields, zone: ZoneInfo, now: dt.datetime) -> dt.datetime | None:
    """When the quiet hours end, UTC; None if it is not quiet.

    >>> rule, utc = RuleFields(), ZoneInfo("UTC")
    >>> quiet_until(rule, utc, dt.datetime(2026, 3, 1, 22, 30, tzinfo=dt.UTC)).isoformat()
    '2026-03-02T08:00:00+00:00'
    >>> quiet_until(rule, utc, dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC))
    """
    if rule.quiet_from is None or rule.quiet_until is None:
        return None
    here = now.astimezone(zone)
    begin, end, time = rule.quiet_from, rule.quiet_until, here.time()
    quiet = begin <= time < end if begin <= end else time >= begin or time < end
    if not quiet:
        return None
    day = here.date() + dt.timedelta(days=time >= end)
    return dt.datetime.combine(day, end, zone).astimezone(dt.UTC)


class Cap:
    """How often people were asked, over all forms, in the days that the rule counts.

    Args:
        records: of forms.
        rule: which says how often.
        everyone: all identifiers of each person in question.
        now: UTC.
    """

    def __init__(self, records: FormRecords, rule: RuleFields, everyone: Sequence[Sequence[str]], now: dt.datetime):
        self._rule = rule
        wanted = sorted({one for identifiers in everyone for one in identifiers})
        since = now - dt.timedelta(days=rule.days)
        self._asked = records.asked(wanted, since) if rule.most is not None else {}

    def until(self, identifiers: Sequence[str]) -> dt.datetime | None:
        """When a person may be asked again, UTC; None if that is now."""
        if self._rule.most is None:
            return None
        times = {k: at for one in identifiers for k, at in self._asked.get(one, {}).items()}
        if len(times) < self._rule.most:
            return None
        return sorted(times.values())[-self._rule.most] + dt.timedelta(days=self._rule.days)


def invite(
    records: FormRecords, form: Form, rule: RuleFields, zone: ZoneInfo, people: Sequence[Invited],
    known: Sequence[tuple[Identifiers, Sequence[str]]], now: dt.datetime,
) -> Invitations:  # fmt: skip
    """Invite those who may be invited.

    Args:
        records: of forms.
        form: to answer.
        rule: when people may be asked.
        zone: for its hours.
        people: as they were given.
        known: of each, the identifiers as the lake holds them, and those of the whole person.
        now: UTC.
    """
    quiet, cap, met = quiet_until(rule, zone, now), Cap(records, rule, [every for _, every in known], now), set[str]()
    told: list[Invitation] = []
    made: list[tuple[StoredInvitation, list[str]]] = []
    for person, (identifiers, every) in zip(people, known, strict=True):
        capped = cap.until(every)
        refused = _refused(identifiers, quiet is not None, bool(met & {*every}), capped is not None)
        if refused is not None:
            until = {"quiet_hours": quiet, "frequency_cap": capped}.get(refused)
            told.append(Invitation(identifiers=person.identifiers, refused=refused, until=until))
            continue
        met |= {*every}
        token, number = secrets.token_urlsafe(24), secrets.token_hex(8)
        expires = now + dt.timedelta(days=form.expires_days)
        stored = StoredInvitation(hashed(token), number, form.id, json.dumps(identifiers), now, expires)
        made.append((stored, sorted({_name(one) for one in identifiers})))
        path = path_of(form, token, person.language)
        told.append(Invitation(identifiers=person.identifiers, id=number, path=path, expires=expires))
    records.invite(made)
    refused_for = Counter(one.refused for one in told if one.refused is not None)
    return Invitations(made=len(made), refused=dict(sorted(refused_for.items())), invitations=told)


def _refused(identifiers: Identifiers, quiet: bool, twice: bool, capped: bool) -> RefusedFor | None:
    if not identifiers:
        return "no_person"
    if twice:
        return "twice"
    if quiet:
        return "quiet_hours"
    return "frequency_cap" if capped else None


def names(identifiers: Identifiers) -> list[str]:
    """Identifiers as one text each."""
    return [_name(one) for one in identifiers]


def _name(identifier: dict[str, str]) -> str:
    return f"{identifier['type']}:{identifier['value']}"

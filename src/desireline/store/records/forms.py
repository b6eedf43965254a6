"""Invitations to forms and answers to them in SQL. Who holds a token is asked by its SHA-256: tokens are not kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Boolean, DateTime, Engine, Index, String, Text, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from desireline.store.records.tables import Base

CHUNK = 5_000
"""Rows of one statement: SQL limits its parameters."""


class InvitationRow(Base):
    """One invitation, by the SHA-256 of its token. `id` is told to everybody, the token only to the invited."""

    __tablename__ = "form_invitations"
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    form: Mapped[str] = mapped_column(String(64), index=True)
    identifiers: Mapped[str] = mapped_column(Text)
    made: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    expires: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    opened: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    answered: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    declined: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class InvitedRow(Base):
    """An identifier that an invitation went to, for the cap."""

    __tablename__ = "form_invited"
    identifier: Mapped[str] = mapped_column(Text, primary_key=True)
    invitation: Mapped[str] = mapped_column(String(32), primary_key=True)
    made: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class AnswerRow(Base):
    """An answer that was acknowledged; `document` holds its events until they are in the lake.

    `page` names the page that was sent, `browser` the browser if it says so: neither answers a form twice.
    """

    __tablename__ = "form_answers"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    form: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    invited: Mapped[bool] = mapped_column(Boolean)
    page: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str | None] = mapped_column(String(64), unique=True)
    document: Mapped[str | None] = mapped_column(Text)


Index("form_answers_waiting", AnswerRow.at, sqlite_where=AnswerRow.document.is_not(None))


class FormCountRow(Base):
    """How often something happened at a form without an invitation."""

    __tablename__ = "form_counts"
    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    n: Mapped[int] = mapped_column()


class FormSecretRow(Base):
    """What signs the pages of this workspace; one row, of id 1."""

    __tablename__ = "form_secret"
    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class StoredInvitation:
    """An invitation. `token` is the SHA-256; `identifiers` a JSON text; times UTC."""

    token: str
    id: str
    form: str
    identifiers: str
    made: dt.datetime
    expires: dt.datetime
    opened: dt.datetime | None = None
    answered: dt.datetime | None = None
    declined: dt.datetime | None = None


@dataclass(frozen=True)
class StoredAnswer:
    """An answer. `document`: its events as a JSON text, None when they are in the lake."""

    id: str
    form: str
    at: dt.datetime
    page: str
    browser: str | None
    document: str | None


class FormRecords:
    """What identifiers and answers hold is not read in this layer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def secret(self, fresh: str) -> str:
        """The workspace's own, `fresh` if there was none."""
        with Session(self._engine) as session, session.begin():
            session.execute(insert(FormSecretRow).values(id=1, secret=fresh).on_conflict_do_nothing())
            return session.scalars(select(FormSecretRow.secret)).one()

    # --- invitations ---------------------------------------------------------------------------------------

    def invite(self, invitations: Sequence[tuple[StoredInvitation, Sequence[str]]]) -> None:
        """Store invitations, each with the identifiers that it went to."""
        if not invitations:
            return
        to = [
            {"identifier": identifier, "invitation": one.id, "made": one.made}
            for one, identifiers in invitations
            for identifier in identifiers
        ]
        with Session(self._engine) as session, session.begin():
            session.execute(insert(InvitationRow), [vars(one) for one, _ in invitations])
            session.execute(insert(InvitedRow), to)

    def asked(self, identifiers: Sequence[str], since: dt.datetime) -> dict[str, dict[str, dt.datetime]]:
        """When each of the identifiers was invited since then: identifier → invitation → time."""
        found: dict[str, dict[str, dt.datetime]] = {}
        with Session(self._engine) as session:
            for at in range(0, len(identifiers), CHUNK):
                wanted = InvitedRow.identifier.in_(identifiers[at : at + CHUNK])
                for row in session.scalars(select(InvitedRow).where(wanted, InvitedRow.made > since)):
                    found.setdefault(row.identifier, {})[row.invitation] = row.made.replace(tzinfo=dt.UTC)
        return found

    def invitation(self, token: str) -> StoredInvitation | None:
        """By the SHA-256 of its token."""
        with Session(self._engine) as session:
            row = session.get(InvitationRow, token)
            return _invitation(row) if row else None

    def invitations(self, form: str, limit: int, offset: int) -> list[StoredInvitation]:
        """Of a form, newest first."""
        wanted = select(InvitationRow).where(InvitationRow.form == form)
        page = wanted.order_by(InvitationRow.made.desc(), InvitationRow.id).limit(limit).offset(offset)
        with Session(self._engine) as session:
            return [_invitation(row) for row in session.scalars(page)]

    def mark(self, token: str, what: Literal["opened", "declined"], at: dt.datetime) -> None:
        """Note when that happened first."""
        column = {"opened": InvitationRow.opened, "declined": InvitationRow.declined}[what]
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(InvitationRow).where(InvitationRow.token == token, column.is_(None)).values({what: at})
            )

    # --- answers -------------------------------------------------------------------------------------------

    def answer(self, given: StoredAnswer, token: str | None) -> bool:
        """Store an answer and use its invitation up, both or neither. False if there is one already."""
        with Session(self._engine) as session:
            try:
                session.add(AnswerRow(**vars(given), invited=token is not None))
                session.flush()
            except IntegrityError:
                return False
            if token is not None:
                unused = (InvitationRow.token == token) & InvitationRow.answered.is_(None)
                used = {"answered": given.at, "opened": func.coalesce(InvitationRow.opened, given.at), "declined": None}
                done = session.execute(update(InvitationRow).where(unused).values(used).returning(InvitationRow.id))
                if done.first() is None:
                    return False
            session.commit()
        return True

    def has_page(self, page: str) -> bool:
        """Whether a page was answered."""
        with Session(self._engine) as session:
            return session.scalar(select(AnswerRow.id).where(AnswerRow.page == page)) is not None

    def has_waiting(self) -> bool:
        """Whether an answer is not in the lake yet."""
        with self._engine.connect() as connection:
            return connection.execute(_ANY_WAITING).first() is not None

    def waiting(self, limit: int | None = None) -> list[StoredAnswer]:
        """Answers that are not in the lake yet, oldest first."""
        wanted = select(AnswerRow).where(AnswerRow.document.is_not(None)).order_by(AnswerRow.at, AnswerRow.id)
        with Session(self._engine) as session:
            return [
                StoredAnswer(row.id, row.form, row.at.replace(tzinfo=dt.UTC), row.page, row.browser, row.document)
                for row in session.scalars(wanted.limit(limit))
            ]

    def all_wait(self, answers: Sequence[str]) -> bool:
        """Whether none of them was deleted meanwhile."""
        with Session(self._engine) as session:
            return all(
                session.scalar(select(func.count()).where(AnswerRow.id.in_(chunk), AnswerRow.document.is_not(None)))
                == len(chunk)
                for at in range(0, len(answers), CHUNK)
                for chunk in [answers[at : at + CHUNK]]
            )

    def arrived(self, answers: Sequence[str]) -> None:
        """Note that answers are in the lake; their words are kept there alone from now on."""
        with Session(self._engine) as session, session.begin():
            for at in range(0, len(answers), CHUNK):
                chunk = AnswerRow.id.in_(answers[at : at + CHUNK])
                session.execute(update(AnswerRow).where(chunk).values(document=None))

    # --- counts --------------------------------------------------------------------------------------------

    def count(self, form: str, what: str) -> None:
        """Count one more of what happened without an invitation."""
        row = insert(FormCountRow).values(form=form, what=what, n=1)
        once_more = row.on_conflict_do_update(index_elements=["form", "what"], set_={"n": FormCountRow.n + 1})
        with Session(self._engine) as session, session.begin():
            session.execute(once_more)

    def counts(self, form: str) -> dict[str, int]:
        """All that is counted of a form."""
        made, given = InvitationRow, AnswerRow
        asked = select(func.count(), func.count(made.opened), func.count(made.answered), func.count(made.declined))
        by_link = given.invited.is_(False)
        with Session(self._engine) as session:
            invited, opened, answered, declined = session.execute(asked.where(made.form == form)).one()
            linked, waiting = session.execute(
                select(func.count().filter(by_link), func.count(given.document)).where(given.form == form)
            ).one()
            rows = session.execute(select(FormCountRow.what, FormCountRow.n).where(FormCountRow.form == form))
            seen = {str(what): int(n) for what, n in rows}
        return {
            "invited": invited, "opened": opened, "answered": answered, "declined": declined, "link_answered": linked,
            "waiting": waiting, **{what: seen.get(what, 0) for what in ("link_opened", "link_declined", "discarded")},
        }  # fmt: skip

    def erase(self, identifiers: Sequence[str], answers: Sequence[str]) -> int:
        """Delete all invitations that went to any of the identifiers, and answers; how many invitations there were.

        What stood there is overwritten in the file too.
        """
        with self._engine.connect() as connection:
            connection.execute(text("PRAGMA secure_delete = ON"))
            gone = select(InvitedRow.invitation).where(InvitedRow.identifier.in_(identifiers))
            found = list(connection.scalars(gone.distinct()))
            for at in range(0, len(found), CHUNK):
                chunk = found[at : at + CHUNK]
                connection.execute(delete(InvitationRow).where(InvitationRow.id.in_(chunk)))
                connection.execute(delete(InvitedRow).where(InvitedRow.invitation.in_(chunk)))
            for at in range(0, len(answers), CHUNK):
                connection.execute(delete(AnswerRow).where(AnswerRow.id.in_(answers[at : at + CHUNK])))
            connection.commit()
        return len(found)

    def forget(self, form: str) -> None:
        """Forget the invitations and counts of a form; answers that wait still reach the lake.

        When somebody was invited stays: the cap holds over all forms, and these people were asked.
        """
        with Session(self._engine) as session, session.begin():
            for table in (InvitationRow, FormCountRow):
                session.execute(delete(table).where(table.form == form))


_ANY_WAITING = text("SELECT 1 FROM form_answers WHERE document IS NOT NULL LIMIT 1")


def _invitation(row: InvitationRow) -> StoredInvitation:
    found = StoredInvitation(**{name: getattr(row, name) for name in StoredInvitation.__dataclass_fields__})
    times = {name: getattr(found, name) for name in ("made", "expires", "opened", "answered", "declined")}
    return replace(
        found, **{name: at and at.replace(tzinfo=dt.UTC) for name, at in times.items()}
    )  # SQLite keeps no zone

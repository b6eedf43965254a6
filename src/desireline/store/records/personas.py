"""Persona cards in SQL: what belongs to a library item of kind persona, under its id."""

import datetime as dt
from typing import Literal, NamedTuple

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desireline.store.records.revisions import raised
from desireline.store.records.tables import LibraryRow, PersonaRow


class StoredPersona(NamedTuple):
    """The newest state of a card."""

    revision: int
    changed: dt.datetime
    document: str


class PersonaRecords:
    """Documents and library items are JSON texts that this layer does not read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, StoredPersona]:
        """All cards that were ever changed, by id."""
        with Session(self._engine) as session:
            return {row.id: _stored(row) for row in session.scalars(select(PersonaRow))}

    def find(self, persona: str) -> StoredPersona | None:
        """A card by its id; None if it was never changed."""
        with Session(self._engine) as session:
            row = session.get(PersonaRow, persona)
            return _stored(row) if row else None

    def save(self, persona: str, stored: StoredPersona, name: str, item: str) -> Literal["saved", "stale", "taken"]:
        """Store a card and its library item together.

        Args:
            persona: its id.
            stored: its new state, of the revision after the one that was changed.
            name: of the library item.
            item: the library item.

        Returns:
            "stale" if another change was faster, "taken" if another persona has the name; nothing is stored then.
        """
        with Session(self._engine) as session:
            try:
                session.merge(LibraryRow(id=persona, kind="persona", name=name, document=item))
                session.flush()
            except IntegrityError:
                return "taken"
            if not _advanced(session, persona, stored):
                return "stale"
            raised(session, "library")
            session.commit()
        return "saved"


def _advanced(session: Session, persona: str, stored: StoredPersona) -> bool:
    if stored.revision == 1:
        row = PersonaRow(id=persona, revision=1, changed=stored.changed, document=stored.document)
        if session.get(PersonaRow, persona) is not None:
            return False
        session.add(row)
        return True
    before = (PersonaRow.id == persona) & (PersonaRow.revision == stored.revision - 1)
    done = session.execute(update(PersonaRow).where(before).values(stored._asdict()).returning(PersonaRow.id))
    return done.first() is not None


def _stored(row: PersonaRow) -> StoredPersona:
    return StoredPersona(row.revision, row.changed.replace(tzinfo=dt.UTC), row.document)

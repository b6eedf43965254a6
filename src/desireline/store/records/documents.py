"""Documents of many kinds in one table of SQL: forms, KPIs, actions, experiments and whatever else teams keep."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, DateTime, Engine, String, Text, delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from desireline.store.records.tables import Base


class DocumentRow(Base):
    """The newest state of a document of a kind."""

    __tablename__ = "documents"
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    revision: Mapped[int] = mapped_column()
    created: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)


Check = Callable[[list[str]], None]
"""Is given all documents of a kind while nobody else can write; raises if the new one must not stand beside them."""


class DocumentRecords:
    """Documents are JSON texts that this layer does not read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, kind: str) -> list[str]:
        """All documents of a kind, oldest first."""
        wanted = select(DocumentRow.document).where(DocumentRow.kind == kind)
        with Session(self._engine) as session:
            return list(session.scalars(wanted.order_by(DocumentRow.created, DocumentRow.id)))

    def find(self, kind: str, document: str) -> str | None:
        """A document by its id."""
        with Session(self._engine) as session:
            return session.scalar(select(DocumentRow.document).where(_is(kind, document)))

    def add(self, kind: str, document: str, created: dt.datetime, body: str, check: Check | None = None) -> bool:
        """Store a new one, of revision 1. False if its id is taken."""
        row = DocumentRow(kind=kind, id=document, revision=1, created=created, document=body)
        try:
            with self._writing(kind, check) as session:
                session.add(row)
        except IntegrityError:
            return False
        return True

    def advance(self, kind: str, document: str, revision: int, body: str, check: Check | None = None) -> bool:
        """Store the state of `revision` in place of the one before. False if another change was faster."""
        now = _is(kind, document) & (DocumentRow.revision == revision - 1)
        values = {"revision": revision, "document": body}
        with self._writing(kind, check) as session:
            found = session.execute(update(DocumentRow).where(now).values(values).returning(DocumentRow.id))
            return found.first() is not None

    @contextmanager
    def _writing(self, kind: str, check: Check | None) -> Iterator[Session]:
        with Session(self._engine) as session, session.begin():
            if check is not None:
                session.execute(text("BEGIN IMMEDIATE"))  # a transaction that only reads lets others write
                check(list(session.scalars(select(DocumentRow.document).where(DocumentRow.kind == kind))))
            yield session

    def remove(self, kind: str, document: str) -> None:
        """Forget one."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(DocumentRow).where(_is(kind, document)))


def _is(kind: str, document: str) -> ColumnElement[bool]:
    return (DocumentRow.kind == kind) & (DocumentRow.id == document)

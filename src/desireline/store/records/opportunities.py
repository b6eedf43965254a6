"""Opportunities in SQL, and the formula that they are ranked by."""

import datetime as dt

from sqlalchemy import DateTime, Engine, String, Text, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from desireline.store.records.tables import Base


class OpportunityRow(Base):
    """The newest state of an opportunity."""

    __tablename__ = "opportunities"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    revision: Mapped[int] = mapped_column()
    created: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)


class FormulaRow(Base):
    """What opportunities are worth; one row, of id 1."""

    __tablename__ = "opportunity_formula"
    id: Mapped[int] = mapped_column(primary_key=True)
    formula: Mapped[str] = mapped_column(Text)


class OpportunityRecords:
    """Documents are JSON texts that this layer does not read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[str]:
        """All documents, oldest first."""
        with Session(self._engine) as session:
            wanted = select(OpportunityRow.document).order_by(OpportunityRow.created, OpportunityRow.id)
            return list(session.scalars(wanted))

    def find(self, opportunity: str) -> str | None:
        """A document by its id."""
        with Session(self._engine) as session:
            return session.scalar(select(OpportunityRow.document).where(OpportunityRow.id == opportunity))

    def add(self, opportunity: str, created: dt.datetime, document: str) -> bool:
        """Store a new one, of revision 1. False if its id is taken."""
        row = OpportunityRow(id=opportunity, revision=1, created=created, document=document)
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
        except IntegrityError:
            return False
        return True

    def advance(self, opportunity: str, revision: int, document: str) -> bool:
        """Store the state of `revision` in place of the one before. False if another change was faster."""
        now = (OpportunityRow.id == opportunity) & (OpportunityRow.revision == revision - 1)
        values = {"revision": revision, "document": document}
        with Session(self._engine) as session, session.begin():
            found = session.execute(update(OpportunityRow).where(now).values(values).returning(OpportunityRow.id))
            return found.first() is not None

    def remove(self, opportunity: str) -> None:
        """Forget one."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(OpportunityRow).where(OpportunityRow.id == opportunity))

    def formula(self) -> str | None:
        """The formula, None while nobody chose one."""
        with Session(self._engine) as session:
            return session.scalar(select(FormulaRow.formula).where(FormulaRow.id == 1))

    def set_formula(self, formula: str) -> None:
        """Choose a formula."""
        with Session(self._engine) as session, session.begin():
            session.merge(FormulaRow(id=1, formula=formula))

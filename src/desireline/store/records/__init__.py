"""The application's records in SQL: definitions, segments, saved questions; maps and what they refer to."""

import datetime as dt
from pathlib import Path

from sqlalchemy import create_engine, delete, func, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from desireline.store.records.deliveries import DeliveryRecords
from desireline.store.records.documents import DocumentRecords
from desireline.store.records.forms import FormRecords
from desireline.store.records.library import LibraryRecords
from desireline.store.records.maps import MapRecords
from desireline.store.records.opportunities import OpportunityRecords
from desireline.store.records.personas import PersonaRecords
from desireline.store.records.tables import Base, DefinitionNameRow, DefinitionRow, QuestionRow, SegmentRow


class Records:
    """Records of a workspace, as JSON texts that this layer does not read.

    Attributes:
        maps: journey maps, their versions and comments.
        library: what maps refer to, and templates.
        personas: the cards of the library's personas.
        opportunities: what could be made better, and the formula that ranks it.
        documents: what else teams keep, by kind.
        forms: invitations to feedback forms, and answers on their way to the lake.
        deliveries: e-mails and calls of webhooks on their way out.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(f"sqlite:///{path}")
        with self._engine.begin() as connection:  # not create_all, which looks first: several may open at once
            for table in Base.metadata.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))
        self.maps = MapRecords(self._engine)
        self.library = LibraryRecords(self._engine)
        self.personas = PersonaRecords(self._engine)
        self.opportunities = OpportunityRecords(self._engine)
        self.documents = DocumentRecords(self._engine)
        self.forms = FormRecords(self._engine)
        self.deliveries = DeliveryRecords(self._engine)

    def definition(self, which: int | str | None = None) -> str | None:
        """The document of a version, or the newest one of a name; of those without a name for None."""
        named = DefinitionNameRow
        with Session(self._engine) as session:
            wanted = select(DefinitionRow.document).outerjoin(named, named.version == DefinitionRow.version)
            if isinstance(which, int):
                return session.scalar(wanted.where(DefinitionRow.version == which))
            of_name = named.name.is_(None) if which is None else named.name == which
            return session.scalar(wanted.where(of_name).order_by(DefinitionRow.version.desc()).limit(1))

    def definitions(self) -> list[str]:
        """The documents of all versions, oldest first."""
        with Session(self._engine) as session:
            return list(session.scalars(select(DefinitionRow.document).order_by(DefinitionRow.version)))

    def definition_versions(self) -> list[int]:
        """All versions, oldest first."""
        with Session(self._engine) as session:
            return list(session.scalars(select(DefinitionRow.version).order_by(DefinitionRow.version)))

    def next_definition_version(self) -> int:
        """The number that the next version will bear."""
        with Session(self._engine) as session:
            return (session.scalar(select(func.max(DefinitionRow.version))) or 0) + 1

    def add_definition(self, version: int, created: dt.datetime, document: str, name: str | None) -> None:
        """Store a new version, of the main definition where there is no name."""
        with Session(self._engine) as session, session.begin():
            session.add(DefinitionRow(version=version, created=created, document=document))
            if name is not None:
                session.add(DefinitionNameRow(version=version, name=name))

    def questions(self) -> dict[str, str]:
        """The documents of all saved questions, by name."""
        with Session(self._engine) as session:
            return {row.name: row.document for row in session.scalars(select(QuestionRow).order_by(QuestionRow.name))}

    def save_question(self, name: str, document: str) -> None:
        """Store a question under its name, in place of an earlier one."""
        with Session(self._engine) as session, session.begin():
            session.merge(QuestionRow(name=name, document=document))

    def delete_question(self, name: str) -> None:
        """Forget a saved question."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(QuestionRow).where(QuestionRow.name == name))

    def segment(self, name: str, version: int | None = None) -> str | None:
        """The document of a version of a segment, the newest one for None."""
        with Session(self._engine) as session:
            wanted = select(SegmentRow.document).where(SegmentRow.name == name)
            if version is not None:
                wanted = wanted.where(SegmentRow.version == version)
            return session.scalar(wanted.order_by(SegmentRow.version.desc()).limit(1))

    def segments(self) -> list[str]:
        """The documents of the newest version of every segment, by name."""
        with Session(self._engine) as session:
            newest = select(SegmentRow.name, func.max(SegmentRow.version)).group_by(SegmentRow.name)
            found = select(SegmentRow.document).where(tuple_(SegmentRow.name, SegmentRow.version).in_(newest))
            return list(session.scalars(found.order_by(SegmentRow.name)))

    def segment_versions(self, name: str) -> list[int]:
        """All versions of a segment, oldest first."""
        with Session(self._engine) as session:
            found = select(SegmentRow.version).where(SegmentRow.name == name)
            return list(session.scalars(found.order_by(SegmentRow.version)))

    def add_segment(self, name: str, version: int, created: dt.datetime, document: str) -> None:
        """Store a new version of a segment."""
        with Session(self._engine) as session, session.begin():
            session.add(SegmentRow(name=name, version=version, created=created, document=document))

    def delete_segment(self, name: str) -> None:
        """Remove all versions of a segment."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SegmentRow).where(SegmentRow.name == name))

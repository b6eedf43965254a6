"""The application's records in SQL: versions of the definition, and maps."""

import datetime as dt
from pathlib import Path

from sqlalchemy import DateTime, String, Text, create_engine, delete, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.schema import CreateTable


class _Base(DeclarativeBase):
    pass


class DefinitionRow(_Base):
    """One version of the definition, as JSON."""

    __tablename__ = "definitions"
    version: Mapped[int] = mapped_column(primary_key=True)
    created: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)


class MapRow(_Base):
    """One map, as JSON."""

    __tablename__ = "maps"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    changed: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)


class Records:
    """Definitions and maps of a workspace. Documents go in and out as JSON texts; this layer does not read them."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(f"sqlite:///{path}")
        with self._engine.begin() as connection:  # not create_all, which looks first: several may open at once
            for table in _Base.metadata.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))

    def definition(self, version: int | None = None) -> tuple[int, str] | None:
        """A version of the definition and its document: the newest one unless `version` says which."""
        with Session(self._engine) as session:
            wanted = select(DefinitionRow).order_by(DefinitionRow.version.desc()).limit(1)
            if version is not None:
                wanted = select(DefinitionRow).where(DefinitionRow.version == version)
            row = session.scalars(wanted).one_or_none()
            return (row.version, row.document) if row else None

    def definition_versions(self) -> list[int]:
        """All versions, oldest first."""
        with Session(self._engine) as session:
            return list(session.scalars(select(DefinitionRow.version).order_by(DefinitionRow.version)))

    def next_definition_version(self) -> int:
        """The number that the next version will bear."""
        with Session(self._engine) as session:
            return (session.scalar(select(func.max(DefinitionRow.version))) or 0) + 1

    def add_definition(self, version: int, created: dt.datetime, document: str) -> None:
        """Store a new version."""
        with Session(self._engine) as session, session.begin():
            session.add(DefinitionRow(version=version, created=created, document=document))

    def maps(self) -> list[str]:
        """The documents of all maps, by name."""
        with Session(self._engine) as session:
            return list(session.scalars(select(MapRow.document).order_by(MapRow.name)))

    def map(self, name: str) -> str | None:
        """A map's document."""
        with Session(self._engine) as session:
            return session.scalar(select(MapRow.document).where(MapRow.name == name))

    def map_names(self) -> list[str]:
        """The names of all maps."""
        with Session(self._engine) as session:
            return list(session.scalars(select(MapRow.name).order_by(MapRow.name)))

    def save_map(self, name: str, changed: dt.datetime, document: str) -> None:
        """Store a map under its name, in place of an earlier one."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(MapRow).where(MapRow.name == name))
            session.add(MapRow(name=name, changed=changed, document=document))

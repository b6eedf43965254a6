"""The tables of the application's records. What JSON a document holds is not read in this layer."""

import datetime as dt

from sqlalchemy import Boolean, DateTime, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """What all tables are."""


class DefinitionRow(Base):
    """One version of the definition, as JSON."""

    __tablename__ = "definitions"
    version: Mapped[int] = mapped_column(primary_key=True)
    created: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)


class DefinitionNameRow(Base):
    """The name of a version of the definition; a version without one is of the main definition."""

    __tablename__ = "definition_names"
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), index=True)


class QuestionRow(Base):
    """One saved question, as JSON."""

    __tablename__ = "questions"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


class SegmentRow(Base):
    """One version of a saved segment, as JSON."""

    __tablename__ = "segments"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    created: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)


class MapRow(Base):
    """The newest version of a journey map. `standing`: its coverage when its figures were last counted, as JSON."""

    __tablename__ = "journey_maps"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    version: Mapped[int] = mapped_column()
    changed: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    author: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(Text)
    standing: Mapped[str | None] = mapped_column(Text)


class MapEntryRow(Base):
    """What made a version of a map, and what undoes it. `sent` is the client's id of it."""

    __tablename__ = "map_entries"
    __table_args__ = (UniqueConstraint("map", "sent"),)
    map: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    sent: Mapped[str] = mapped_column(String(64))
    entry: Mapped[str] = mapped_column(Text)


class KeptRow(Base):
    """A version of a map that was kept under a label; its figures too if they were frozen."""

    __tablename__ = "map_kept"
    map: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kept: Mapped[str] = mapped_column(Text)
    measured: Mapped[str | None] = mapped_column(Text)


class CommentRow(Base):
    """A remark on a map."""

    __tablename__ = "map_comments"
    map: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    open: Mapped[bool] = mapped_column(Boolean)
    document: Mapped[str] = mapped_column(Text)


class LibraryRow(Base):
    """An item that maps refer to."""

    __tablename__ = "library"
    __table_args__ = (UniqueConstraint("kind", "name"),)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(Text)


class PersonaRow(Base):
    """The card of a library item of kind persona: all but its name, as JSON."""

    __tablename__ = "personas"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    revision: Mapped[int] = mapped_column()
    changed: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)


class TemplateRow(Base):
    """A template of the organisation's own."""

    __tablename__ = "map_templates"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


class RevisionRow(Base):
    """A counter that rises with every change of what it names, so that others see that there was one."""

    __tablename__ = "revisions"
    of: Mapped[str] = mapped_column(String(100), primary_key=True)
    n: Mapped[int] = mapped_column()

"""Journey maps in SQL: the newest document, the log of what made every version, versions kept, comments."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desireline.store.records.revisions import raised, revision
from desireline.store.records.tables import CommentRow, KeptRow, MapEntryRow, MapRow


class StoredMap(NamedTuple):
    """The newest version of a map."""

    id: str
    name: str
    version: int
    changed: dt.datetime
    author: str
    document: str
    standing: str | None


class Made(NamedTuple):
    """A new version of a map: its document, and the entry of the log that made it."""

    version: int
    sent: str
    name: str
    changed: dt.datetime
    author: str
    document: str
    entry: str


class MapRecords:
    """Documents, entries and comments are JSON texts that this layer does not read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[StoredMap]:
        """All maps by name."""
        with Session(self._engine) as session:
            return [_stored(row) for row in session.scalars(select(MapRow).order_by(MapRow.name))]

    def find(self, which: str) -> StoredMap | None:
        """A map by its id, else by its name."""
        with Session(self._engine) as session:
            row = session.get(MapRow, which) or session.scalar(select(MapRow).where(MapRow.name == which))
            return _stored(row) if row else None

    def version(self, map_id: str) -> int | None:
        """The number of the newest version; None if there is no such map."""
        with Session(self._engine) as session:
            return session.scalar(select(MapRow.version).where(MapRow.id == map_id))

    def add(self, map_id: str, made: Made) -> bool:
        """Store a new map. False if its id or name is taken."""
        row = MapRow(id=map_id, name=made.name, version=made.version, changed=made.changed, author=made.author,
                     document=made.document)  # fmt: skip
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
                session.add(MapEntryRow(map=map_id, version=made.version, sent=made.sent, entry=made.entry))
        except IntegrityError:
            return False
        return True

    def advance(self, map_id: str, made: Made) -> bool:
        """Store the version after `made.version - 1`. False if another one was faster, or the name is taken."""
        now = (MapRow.id == map_id) & (MapRow.version == made.version - 1)
        values = {"name": made.name, "version": made.version, "changed": made.changed, "author": made.author,
                  "document": made.document}  # fmt: skip
        try:
            with Session(self._engine) as session, session.begin():
                found = session.execute(update(MapRow).where(now).values(values).returning(MapRow.id)).first()
                if found:
                    session.add(MapEntryRow(map=map_id, version=made.version, sent=made.sent, entry=made.entry))
        except IntegrityError:
            return False
        return found is not None

    def entry(self, map_id: str, sent: str) -> str | None:
        """The entry that a client's id stands for."""
        with Session(self._engine) as session:
            wanted = select(MapEntryRow.entry).where(MapEntryRow.map == map_id, MapEntryRow.sent == sent)
            return session.scalar(wanted)

    def entries(self, map_id: str, after: int) -> list[str]:
        """The entries of all versions after one, oldest first."""
        with Session(self._engine) as session:
            wanted = select(MapEntryRow.entry).where(MapEntryRow.map == map_id, MapEntryRow.version > after)
            return list(session.scalars(wanted.order_by(MapEntryRow.version)))

    def remove(self, map_id: str) -> None:
        """Forget a map with all that belongs to it."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(MapRow).where(MapRow.id == map_id))
            for table in (MapEntryRow, KeptRow, CommentRow):
                session.execute(delete(table).where(table.map == map_id))

    def set_standing(self, map_id: str, standing: str) -> None:
        """Note what the figures said when they were last counted."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(MapRow).where(MapRow.id == map_id).values(standing=standing))

    # --- versions that were kept ---------------------------------------------------------------------------

    def keep(self, map_id: str, version: int, kept: str, measured: str | None) -> None:
        """Keep a version."""
        with Session(self._engine) as session, session.begin():
            session.merge(KeptRow(map=map_id, version=version, kept=kept, measured=measured))

    def kept(self, map_id: str) -> list[str]:
        """All versions that were kept, newest first."""
        with Session(self._engine) as session:
            wanted = select(KeptRow.kept).where(KeptRow.map == map_id)
            return list(session.scalars(wanted.order_by(KeptRow.version.desc())))

    def frozen(self, map_id: str, version: int) -> str | None:
        """The figures that were frozen with a version."""
        with Session(self._engine) as session:
            return session.scalar(select(KeptRow.measured).where(KeptRow.map == map_id, KeptRow.version == version))

    # --- comments ------------------------------------------------------------------------------------------

    def comments(self, map_id: str) -> list[str]:
        """All comments, oldest first."""
        with Session(self._engine) as session:
            wanted = select(CommentRow.document).where(CommentRow.map == map_id)
            return list(session.scalars(wanted.order_by(CommentRow.at, CommentRow.id)))

    def save_comment(self, map_id: str, comment: str, at: dt.datetime, *, is_open: bool, document: str) -> None:
        """Store a comment, in place of an earlier state of it. `is_open`: it begins a thread that is not resolved."""
        with Session(self._engine) as session, session.begin():
            session.merge(CommentRow(map=map_id, id=comment, at=at, open=is_open, document=document))
            raised(session, f"comments:{map_id}")

    def remove_comments(self, map_id: str, comments: list[str]) -> None:
        """Forget comments."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(CommentRow).where(CommentRow.map == map_id, CommentRow.id.in_(comments)))
            raised(session, f"comments:{map_id}")

    def comment_revision(self, map_id: str) -> int:
        """Rises with every change of a map's comments."""
        with Session(self._engine) as session:
            return revision(session, f"comments:{map_id}")

    def open_comments(self) -> dict[str, int]:
        """How many threads are open, by map; maps without any are absent."""
        with Session(self._engine) as session:
            wanted = select(CommentRow.map, func.count()).where(CommentRow.open).group_by(CommentRow.map)
            return dict(session.execute(wanted).all())


def _stored(row: MapRow) -> StoredMap:
    changed = row.changed if row.changed.tzinfo else row.changed.replace(tzinfo=dt.UTC)  # SQLite keeps no zone
    return StoredMap(row.id, row.name, row.version, changed, row.author, row.document, row.standing)

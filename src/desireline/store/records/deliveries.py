"""What is on its way out of the workspace, in SQL: kept until it arrived, tried again while it does not."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Literal

from sqlalchemy import ColumnElement, DateTime, Engine, LargeBinary, String, Text, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from desireline.store.records.tables import Base

State = Literal["waiting", "sent", "failed", "cancelled"]


class DeliveryRow(Base):
    """One thing to one recipient. `key` names what it tells: the same is never sent twice.

    `due` is when it may be tried; while somebody tries it, when another one may. `body` is what goes over the wire,
    and forgotten when it arrived.
    """

    __tablename__ = "deliveries"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)
    made: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    due: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True), index=True)
    attempts: Mapped[int] = mapped_column()
    tried: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    sent: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    error: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int] = mapped_column()
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class StoredDelivery:
    """A delivery without its body. Times in UTC."""

    id: str
    key: str
    channel: str
    target: str
    about: str
    name: str
    made: dt.datetime
    due: dt.datetime
    size: int
    state: State = "waiting"
    attempts: int = 0
    tried: dt.datetime | None = None
    sent: dt.datetime | None = None
    error: str | None = None
    detail: str | None = None


class DeliveryRecords:
    """Bodies are bytes that this layer does not read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, given: StoredDelivery, body: bytes | None) -> bool:
        """Store one, without a body one that can never be tried. False if its key was stored before."""
        row = insert(DeliveryRow).values(**vars(given), body=body).on_conflict_do_nothing(index_elements=["key"])
        with Session(self._engine) as session, session.begin():
            return session.execute(row.returning(DeliveryRow.id)).first() is not None

    def has(self, key: str) -> bool:
        """Whether one of that key was ever stored."""
        with Session(self._engine) as session:
            return session.scalar(select(DeliveryRow.id).where(DeliveryRow.key == key)) is not None

    def has_due(self, now: dt.datetime) -> bool:
        """Whether one may be tried."""
        with Session(self._engine) as session:
            return session.scalar(select(DeliveryRow.id).where(_due(now)).limit(1)) is not None

    def claim(self, now: dt.datetime, until: dt.datetime) -> tuple[StoredDelivery, bytes] | None:
        """The one that is due longest, for the caller alone until then; None if none is."""
        first = select(DeliveryRow.id).where(_due(now)).order_by(DeliveryRow.due, DeliveryRow.id).limit(1)
        mine = {"due": until, "tried": now, "attempts": DeliveryRow.attempts + 1}
        with Session(self._engine) as session, session.begin():
            taken = update(DeliveryRow).where(DeliveryRow.id == first.scalar_subquery(), _due(now)).values(mine)
            row = session.execute(taken.returning(DeliveryRow)).scalar_one_or_none()
            return None if row is None else (_stored(row), row.body or b"")

    def arrived(self, claimed: StoredDelivery, at: dt.datetime) -> None:
        """Note that it was taken in; its body is forgotten."""
        self._settle(claimed, {"state": "sent", "sent": at, "error": None, "detail": None, "body": None})

    def missed(self, claimed: StoredDelivery, due: dt.datetime | None, error: str, detail: str | None) -> None:
        """Note that a try was in vain, and when the next one is; None gives it up."""
        then = {"state": "failed"} if due is None else {"due": due}
        self._settle(claimed, {**then, "error": error, "detail": detail})

    def _settle(self, claimed: StoredDelivery, values: dict[str, object]) -> None:
        mine = (DeliveryRow.id == claimed.id) & (DeliveryRow.attempts == claimed.attempts)
        with Session(self._engine) as session, session.begin():
            session.execute(update(DeliveryRow).where(mine, DeliveryRow.state == "waiting").values(values))

    def again(self, which: str, now: dt.datetime) -> bool:
        """Let one that failed or waits be tried now, with all its tries before it. False if it cannot."""
        able = DeliveryRow.state.in_(("failed", "waiting", "cancelled")) & DeliveryRow.body.is_not(None)
        return self._moved(which, able, {"state": "waiting", "due": now, "attempts": 0})

    def cancel(self, which: str) -> bool:
        """Keep one that waits from being sent. False if it does not wait."""
        return self._moved(which, DeliveryRow.state == "waiting", {"state": "cancelled"})

    def _moved(self, which: str, able: ColumnElement[bool], values: dict[str, object]) -> bool:
        change = update(DeliveryRow).where(DeliveryRow.id == which, able).values(values)
        with Session(self._engine) as session, session.begin():
            return session.execute(change.returning(DeliveryRow.id)).first() is not None

    def find(self, which: str) -> StoredDelivery | None:
        """By its id."""
        with Session(self._engine) as session:
            row = session.get(DeliveryRow, which, options=[defer(DeliveryRow.body)])
            return _stored(row) if row else None

    def page(self, state: State | None, limit: int, offset: int) -> list[StoredDelivery]:
        """Newest first."""
        wanted = select(DeliveryRow).options(defer(DeliveryRow.body))
        if state is not None:
            wanted = wanted.where(DeliveryRow.state == state)
        ordered = wanted.order_by(DeliveryRow.made.desc(), DeliveryRow.id).limit(limit).offset(offset)
        with Session(self._engine) as session:
            return [_stored(row) for row in session.scalars(ordered)]

    def counts(self) -> dict[str, int]:
        """How many there are of each state."""
        wanted = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
        with Session(self._engine) as session:
            return {str(state): int(n) for state, n in session.execute(wanted)}

    def forget(self, before: dt.datetime) -> None:
        """Forget all about what was sent, given up or cancelled before then."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(DeliveryRow).where(DeliveryRow.state != "waiting", DeliveryRow.made < before))


def _due(now: dt.datetime) -> ColumnElement[bool]:
    return (DeliveryRow.state == "waiting") & (DeliveryRow.due <= now)


def _stored(row: DeliveryRow) -> StoredDelivery:
    found = {one.name: getattr(row, one.name) for one in fields(StoredDelivery)}
    times = ("made", "due", "tried", "sent")  # SQLite keeps no zone
    return StoredDelivery(**{**found, **{name: found[name] and found[name].replace(tzinfo=dt.UTC) for name in times}})

"""Counters by which one process sees that another one has changed something."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desireline.store.records.tables import RevisionRow


def raised(session: Session, of: str) -> None:
    """Count one change, within the transaction that makes it."""
    if session.get(RevisionRow, of) is None:
        session.add(RevisionRow(of=of, n=1))
    else:
        session.execute(update(RevisionRow).where(RevisionRow.of == of).values(n=RevisionRow.n + 1))


def revision(session: Session, of: str) -> int:
    """How many changes there were."""
    return session.scalar(select(RevisionRow.n).where(RevisionRow.of == of)) or 0

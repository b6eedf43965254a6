"""What maps refer to, and the organisation's own templates, in SQL."""

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desireline.store.records.revisions import raised, revision
from desireline.store.records.tables import LibraryRow, PersonaRow, TemplateRow


class LibraryRecords:
    """Items and templates are JSON texts that this layer does not read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def items(self) -> list[str]:
        """All items, by kind and name."""
        with Session(self._engine) as session:
            return list(session.scalars(select(LibraryRow.document).order_by(LibraryRow.kind, LibraryRow.name)))

    def item(self, item: str) -> str | None:
        """An item by its id."""
        with Session(self._engine) as session:
            return session.scalar(select(LibraryRow.document).where(LibraryRow.id == item))

    def save(self, item: str, kind: str, name: str, document: str) -> bool:
        """Store an item, in place of its earlier state. False if another one of its kind has the name."""
        try:
            with Session(self._engine) as session, session.begin():
                session.merge(LibraryRow(id=item, kind=kind, name=name, document=document))
                raised(session, "library")
        except IntegrityError:
            return False
        return True

    def remove(self, item: str) -> None:
        """Forget an item; of a persona, its card too."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(LibraryRow).where(LibraryRow.id == item))
            session.execute(delete(PersonaRow).where(PersonaRow.id == item))
            raised(session, "library")

    def revision(self) -> int:
        """Rises with every change of an item."""
        with Session(self._engine) as session:
            return revision(session, "library")

    def templates(self) -> list[str]:
        """The organisation's own templates, by id."""
        with Session(self._engine) as session:
            return list(session.scalars(select(TemplateRow.document).order_by(TemplateRow.id)))

    def save_template(self, template: str, document: str) -> None:
        """Store a template, in place of an earlier one."""
        with Session(self._engine) as session, session.begin():
            session.merge(TemplateRow(id=template, document=document))

    def remove_template(self, template: str) -> None:
        """Forget a template."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(TemplateRow).where(TemplateRow.id == template))

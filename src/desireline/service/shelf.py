"""Documents of one kind in the application's records: found by id or name, made, and changed by who saw the newest."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from desireline.errors import BadQuestion, NameTaken, StaleDocument, UnknownDocument
from desireline.model.kept import Kept
from desireline.store.records import Records
from desireline.store.records.documents import Check

LOCAL = "local"
"""The author of everything while there are no accounts: whoever sits at this machine."""

Document = TypeVar("Document", bound=Kept)
Model = TypeVar("Model", bound=BaseModel)


class Shelf(Generic[Document]):
    """All documents of a kind. Names are unique in it.

    Args:
        records: of the workspace.
        kind: as in the records, such as `kpi`; ids begin with its first letter.
        model: what its documents are.
        unique: False where several may be called the same.
    """

    def __init__(self, records: Records, kind: str, model: type[Document], *, unique: bool = True) -> None:
        self._records, self._kind, self._model, self._unique = records.documents, kind, model, unique

    def all(self) -> list[Document]:
        """All of them, oldest first."""
        return [self._model.model_validate_json(text) for text in self._records.all(self._kind)]

    def get(self, which: str) -> Document:
        """One by its id, else by its name.

        Raises:
            UnknownDocument: there is none.
        """
        found = self._records.find(self._kind, which)
        if found is not None:
            return self._model.model_validate_json(found)
        everyone = self.all()
        named = next((one for one in everyone if one.name == which), None)
        if named is None:
            raise UnknownDocument(kind=self._kind, given=which[:200], available=[one.name for one in everyone])
        return named

    def add(self, fields: Mapping[str, Any]) -> Document:
        """Keep a new one of these fields; id, author and times are given here.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        now = dt.datetime.now(dt.UTC)
        own = {"id": f"{self._kind[0]}-{secrets.token_hex(6)}", "author": LOCAL, "created": now, "changed": now}
        made = valid(self._model, {**fields, **own})
        self._records.add(self._kind, made.id, now, made.model_dump_json(), self._name_check(made))
        return made

    def change(self, which: str, seen: int, fields: Mapping[str, Any]) -> Document:
        """Keep the next revision of one, these fields in place of the ones before.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: `seen` is not the newest revision.
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        found = self.get(which)
        own = {"revision": seen + 1, "changed": dt.datetime.now(dt.UTC)}
        made = valid(self._model, {**found.model_dump(), **fields, **own})
        if found.revision != seen or not self._records.advance(
            self._kind, made.id, made.revision, made.model_dump_json(), self._name_check(made)
        ):
            raise StaleDocument(name=found.name, seen=seen, now=self.get(found.id).revision)
        return made

    def remove(self, which: str, seen: int | None = None) -> Document:
        """Forget one.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `seen`.
        """
        found = self.get(which)
        if seen is not None and seen != found.revision:
            raise StaleDocument(name=found.name, seen=seen, now=found.revision)
        self._records.remove(self._kind, found.id)
        return found

    def _name_check(self, made: Document) -> Check | None:
        def check(kept: list[str]) -> None:
            written = f'"name":{to_json(made.name).decode()}'  # most need not be read
            alike = (self._model.model_validate_json(text) for text in kept if written in text)
            if any(one.name == made.name and one.id != made.id for one in alike):
                raise NameTaken(name=made.name)

        return check if self._unique else None


def valid(model: type[Model], given: Model | Mapping[str, Any]) -> Model:
    """A document of what was sent.

    Raises:
        BadQuestion: a field makes no sense; the first one is named.
    """
    if isinstance(given, model):
        return given
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuestion(
            parameter=".".join(str(part) for part in first["loc"]), given=str(first.get("input"))[:100],
            expected=first["msg"],
        ) from None  # fmt: skip


def sent(asked: BaseModel, besides: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields that somebody sent, absent ones left out."""
    return {name: getattr(asked, name) for name in asked.model_fields_set - besides}

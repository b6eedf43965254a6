"""Messages of a workspace and what they promise: the one door for the command line, HTTP and notebooks."""

import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desireline.errors import BadQuestion
from desireline.model.imported import ImportedDocuments
from desireline.model.promise import (
    BrandTerm,
    Extraction,
    Message,
    MessageFields,
    MessageLanguage,
    NewBrandTerm,
    NewMessage,
    Promises,
    ReadMessage,
)
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.opened import Opened

_NEEDED: Final = ("touchpoint", "channel", "offer", "text")
_OPTIONAL: Final = ("name", "language", "valid_from", "valid_until")
_IMAGE: Final = re.compile(r"<img\b[^<>]*?\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')[^<>]*>", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<[a-zA-Z!/][^<>]*>")


class PromisesDoor:
    """Every method takes a message by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> leaflet = {"touchpoint": "Leaflet", "channel": "print", "offer": "Winter boots", "text": "Boots €49."}
        >>> ws.promises.create(leaflet)  # doctest: +SKIP
        >>> ws.promises.contradictions().contradictions[0].sides[0].said[0].quote  # doctest: +SKIP
    """

    def __init__(self, workspace: "Opened") -> None:
        self._workspace = workspace

    def all(self, offer: str | None = None) -> list[Message]:
        """All messages, or those of one offer, oldest first."""
        found = self._shelf.all() if self._workspace.places.records.exists() else []
        return [one for one in found if offer is None or one.offer.casefold() == offer.casefold()]

    def get(self, which: str) -> Message:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewMessage | Mapping[str, Any]) -> Message:
        """Register a message.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        new = valid(NewMessage, asked)
        fields = _complete(new.model_dump())
        return self._shelf.add({**fields, "name": new.name or _name(fields, self.all()), "source": "typed"})

    def change(self, which: str, seen: int, fields: Mapping[str, Any]) -> Message:
        """Change fields of one; what is absent stays.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `seen`.
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        found = self.get(which)
        before = {name: getattr(found, name) for name in NewMessage.model_fields}
        if found.language_detected:
            before["language"] = None
        new = valid(NewMessage, {**before, **fields})
        return self._shelf.change(found.id, seen, {**_complete(new.model_dump()), "name": new.name or found.name})

    def remove(self, which: str, seen: int | None = None) -> Message:
        """Forget one.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `seen`.
        """
        return self._shelf.remove(which, seen)

    def import_file(self, file: str | os.PathLike[str]) -> ImportedDocuments:
        """Register the messages of a file: CSV, XLSX, JSON.

        Columns: touchpoint, channel, offer, text; name, language, valid_from, valid_until if there are such. Markup is
        taken out of texts; what pictures are described as stays. A row changes the message of its name, else the one
        of the same place, offer, language and first day.

        Raises:
            MissingColumn: a needed one is not there.
            FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
        """
        from desireline.collect.file_rows import read_rows
        from desireline.service.taking_in import take_in

        return take_in(self._shelf, read_rows(Path(file), _NEEDED, _OPTIONAL), self._of_row)

    def read(self, which: str) -> ReadMessage:
        """A message with everything that its text says.

        Raises:
            UnknownDocument: there is none.
        """
        return self._read(self.get(which))

    def extract(self, text: str, language: MessageLanguage | None = None) -> list[Extraction]:
        """What a text says that is not kept.

        Raises:
            BadQuestion: the language is not said and cannot be told, or nothing is extracted of it.
        """
        from desireline.voice.promises.extract import extracted

        known = language or _detected(text)
        if known is None:
            raise BadQuestion(parameter="language", given=text[:100], expected="en, pl, hr")
        return extracted(text, known, self._terms())

    def contradictions(self, offer: str | None = None) -> Promises:
        """What messages say against each other, of one offer or of all; softer differences beside.

        See `voice.promises.comparing.compared` for what counts as a contradiction.
        """
        from desireline.voice.promises.comparing import compared

        messages = self.all(offer)
        read = [self._read(one) for one in messages if one.language is not None]
        return compared(read, [one.name for one in messages if one.language is None])

    def brands(self) -> list[BrandTerm]:
        """Names of the organisation, with how they are to be written."""
        return self._brands.all() if self._workspace.places.records.exists() else []

    def add_brand(self, asked: NewBrandTerm | Mapping[str, Any]) -> BrandTerm:
        """Say how a name is to be written.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: it is there already.
        """
        return self._brands.add(valid(NewBrandTerm, asked).model_dump())

    def remove_brand(self, which: str) -> BrandTerm:
        """Forget a name.

        Raises:
            UnknownDocument: there is none.
        """
        return self._brands.remove(which)

    def _read(self, message: Message) -> ReadMessage:
        from desireline.voice.promises.extract import extracted

        found = [] if message.language is None else extracted(message.text, message.language, self._terms())
        return ReadMessage(message=message, found=found)

    def _terms(self) -> dict[str, list[str]]:
        return {one.name: list(one.avoid) for one in self.brands()}

    def _of_row(self, row: dict[str, str], every: Collection[Message]) -> tuple[Message | None, dict[str, Any]]:
        new = valid(NewMessage, {**row, "text": _as_read(row.get("text", ""))})
        fields = _complete(new.model_dump())
        if new.name is not None:
            known = next((one for one in every if one.name == new.name), None)
        else:
            same = ("touchpoint", "channel", "offer", "language", "valid_from")
            known = next((one for one in every if all(getattr(one, f) == fields[f] for f in same)), None)
        name = new.name or (known.name if known is not None else _name(fields, every))
        return known, {**fields, "name": name, "source": "imported"}

    @property
    def _shelf(self) -> Shelf[Message]:
        return Shelf(self._workspace.records, "promise", Message)

    @property
    def _brands(self) -> Shelf[BrandTerm]:
        return Shelf(self._workspace.records, "brand_term", BrandTerm)


def _name(fields: Mapping[str, Any], every: Collection[Message]) -> str:
    """What a message is called that nobody named."""
    first = " · ".join(str(fields[part])[:60] for part in ("offer", "touchpoint", "channel"))
    taken = {one.name for one in every}
    return next(name for n in range(1, len(taken) + 2) if (name := first if n == 1 else f"{first} {n}") not in taken)


def _complete(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of a message with its language, detected if nobody says it."""
    own = {name: fields[name] for name in MessageFields.model_fields}
    detected = own["language"] is None
    return {**own, "language": _detected(own["text"]) if detected else own["language"], "language_detected": detected}


def _detected(text: str) -> MessageLanguage | None:
    from desireline.voice.language import language

    found = language(text)
    return None if found == "other" else found


def _as_read(text: str) -> str:
    """A text without markup; line ends stay where there is none."""
    from desireline.voice.texts import readable

    if _MARKUP.search(text) is None:
        return text
    return readable(_IMAGE.sub(lambda found: f" {found.group(1) or found.group(2) or ''} ", text))

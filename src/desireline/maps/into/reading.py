"""What an importer hands on: a map, and notes on what of the file it could not hold."""

import re
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from desireline.errors import FileTooLarge, MapUnreadable
from desireline.i18n import translate
from desireline.model.journey_map import MapFile

LIMIT_MB: Final = 20
MOST_STEPS: Final = 2_000
MOST_CARDS: Final = 20_000
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Note:
    """Something that the map does not hold as the file did. `values` fill the sentence `map.note.<code>`."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """The note in en, pl or hr."""
        return translate(language, f"map.note.{self.code}", **self.values)


@dataclass(frozen=True)
class Read:
    """A file as a map. `format`: as which it was read."""

    map: MapFile
    notes: list[Note]
    format: str


def check_size(file: str, data: bytes) -> None:
    """Refuses what no map needs.

    Raises:
        FileTooLarge: more than `LIMIT_MB`.
    """
    if len(data) > LIMIT_MB << 20:
        raise FileTooLarge(file, LIMIT_MB)


def check_map(file: str, form: str, document: MapFile) -> MapFile:
    """The same map, if it is within the limits.

    Raises:
        MapUnreadable: too many steps or cards.
    """
    for reason, n, most in (
        ("too_many_steps", len(document.steps()), MOST_STEPS),
        ("too_many_cards", len(document.cards()), MOST_CARDS),
    ):
        if n > most:
            raise MapUnreadable(file, form, reason, f"{n} > {most}")
    return document


def validated(file: str, form: str, values: object) -> MapFile:
    """A map of plain values, as a file holds them.

    Raises:
        MapUnreadable: no map, with the first places where it is none; or too many steps or cards.
    """
    try:
        return check_map(file, form, MapFile.model_validate(values))
    except ValidationError as error:
        raise MapUnreadable(file, form, "not_a_map", "; ".join(map(_worded, error.errors()[:3]))) from error


def decoded(file: str, form: str, data: bytes) -> str:
    """Text in UTF-8, UTF-16 with a byte order mark, or Windows-1250; line ends as line feeds.

    Raises:
        MapUnreadable: it holds zero bytes, so it is no text.
    """
    name = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    try:
        text = data.decode(name or "utf-8")
    except UnicodeDecodeError as error:
        if name:
            raise MapUnreadable(file, form, "not_text", str(error)) from error
        text = data.decode("cp1250", "replace")
    if "\0" in text:
        raise MapUnreadable(file, form, "not_text", "NUL")
    return re.sub(r"\r\n?", "\n", text)


def _worded(error: object) -> str:
    if not isinstance(error, dict):
        return str(error)
    place = ".".join(str(part) for part in error["loc"])
    what = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {what}" if place else what

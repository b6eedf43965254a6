"""A first mapping for a header that no preset recognises, by names in English, Polish and Croatian, and by types."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, cast

from desireline.model.mapping import (
    ChannelMapping,
    IdentifierType,
    Mapping,
    NumberColumn,
    PersonColumn,
    TextSource,
    TimeMapping,
)
from desireline.model.preview import ColumnType

_PEOPLE: Final = (
    (r"e-?mail|poczta", "email"),
    (r"phone|mobile|telefon|\btel\b|komork|mobitel", "phone"),
    (r"loyalty|card (no|num|id)|karta|kartic", "loyalty_card"),
    (r"device|urzadzen|ureda[jd]", "device"),
    (r"cookie|visitor|anonymous id", "cookie"),
    (r"(customer|client|user|person|member|household|contact)( ?(id|no|num|key))?$", "customer_id"),
    (r"(klient\w*|kupa?c\w*|osob\w*|korisni\w*)( ?(id|broj|nr))?$", "customer_id"),
    (r"^id( klienta| kupca| korisnika| osoby)?$", "customer_id"),
)  # fmt: skip
_FIELDS: Final = {
    "event_id": r"event id|message id|id zdarzenia|id dogadaja",
    "case": r"^case|case id|order id|ticket|session id|sprawa|predmet",
    "time": r"time|date|^ts$|czas|^data|datum|vrijeme|created at|occurred",
    "event": r"^event|activity|action|concept name|zdarzenie|czynnosc|dogadaj|aktivnost|^type$|^typ$|^tip$|status",
    "channel": r"channel|medium|kanal",
    "value": r"amount|value|price|revenue|total|sales|kwota|wartosc|iznos|vrijednost|cijena",
    "score": r"score|rating|nps|csat|ocena|ocjena",
    "text": r"comment|feedback|message|body|komentar|tresc|opis",
}
_NUMERIC: Final = {"integer", "number"}


def guess(columns: Sequence[tuple[str, ColumnType]], event: str, decimal_comma: Sequence[str] = ()) -> Mapping | None:
    """A proposal to correct, never a decision.

    Args:
        columns: names with detected types, in order. The first that fits takes a field.
        event: the event's name if no column gives one (for example the file's name).
        decimal_comma: columns whose numbers are written with a decimal comma.

    Returns:
        None if there is no column for a time or none for a person.
    """
    people: list[PersonColumn] = []
    found: dict[str, str] = {}
    for name, kind in columns:
        words = _plain(name)
        field = _field(words, kind, found)
        identifier = _identifier(words, kind)
        if identifier and field not in {"event_id", "case"}:
            people.append(PersonColumn(column=name, type=identifier))
        elif field:
            found[field] = name
    time = found.get("time")
    if not people and "case" in found:
        people.append(PersonColumn(column=found["case"], type="case"))
    if time is None or not people:
        return None
    numbers = {f: NumberColumn(column=found[f], decimal="," if found[f] in decimal_comma else ".")
               for f in ("value", "score") if f in found}  # fmt: skip
    return Mapping(
        person=people,
        time=TimeMapping(column=time),
        event=TextSource(column=found["event"]) if "event" in found else TextSource(constant=event),
        channel=ChannelMapping(columns=[found["channel"]] if "channel" in found else []),
        case=found.get("case"),
        event_id=found.get("event_id"),
        value=numbers.get("value"),
        score=numbers.get("score"),
        text=found.get("text"),
    )


def _identifier(words: str, kind: ColumnType) -> IdentifierType | None:
    for pattern, identifier in _PEOPLE:
        if re.search(pattern, words) and kind not in {"time", "date", "boolean"}:
            return cast(IdentifierType, identifier)
    return "email" if kind == "email" else None


def _field(words: str, kind: ColumnType, taken: dict[str, str]) -> str | None:
    for field, pattern in _FIELDS.items():
        if field not in taken and re.search(pattern, words) and _suits(field, kind):
            return field
    return "time" if kind in {"time", "date"} and "time" not in taken else None


def _suits(field: str, kind: ColumnType) -> bool:
    if field == "time":
        return kind in {"time", "date", "integer", "number"}
    if field in {"value", "score"}:
        return kind in _NUMERIC
    return kind != "empty"


def _plain(name: str) -> str:
    """Lower case without marks, words apart: `Wartość_EUR` and `wartosc eur` are one."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    folded = spaced.lower().replace("ł", "l").replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return re.sub(r"[\s_.:\-/]+", " ", bare).strip()

"""Cards are made, changed with a check of their revision, and deleted; each is the library item of the same id."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from desireline.analyze.drilldown import token
from desireline.errors import BadName, BadQuestion, NameTaken, StalePersona, UnknownPersona
from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem
from desireline.model.persona import (
    CardChange,
    CardDocument,
    CardFields,
    FoundGroup,
    ListedCard,
    NewCard,
    PersonaCard,
    TypedFields,
)
from desireline.model.segment import InSegment, Membership, Segment
from desireline.service.maps.library import items, listed, remove
from desireline.service.personas.segment import label
from desireline.service.questions import request
from desireline.service.segments import filled
from desireline.store.records import Records
from desireline.store.records.personas import StoredPersona


def every(records: Records) -> list[PersonaCard]:
    """All cards by name."""
    stored = records.personas.all()
    return [_card(item, stored.get(item.id)) for item in items(records) if item.kind == "persona"]


def shown(records: Records, documents: Sequence[JourneyMap]) -> list[ListedCard]:
    """All cards by name, with the maps that are about them."""
    maps = {item.id: item.maps for item in listed(records, documents)}
    same = {"id", "name", "kind", "revision", "changed", "segment"}
    return [
        ListedCard(
            **card.model_dump(include=same),
            summary=card.typed.summary.value if card.typed.summary else None,
            picture=card.typed.picture.value if card.typed.picture else None,
            maps=maps[card.id],
        )
        for card in every(records)
    ]


def one(records: Records, which: str) -> PersonaCard:
    """A card by its id, else by its name.

    Raises:
        UnknownPersona: there is none.
    """
    cards = every(records)
    found = next((c for c in cards if c.id == which), None) or next((c for c in cards if c.name == which), None)
    if found is None:
        raise UnknownPersona(persona=which[:200], available=[c.name for c in cards])
    return found


class Standing(NamedTuple):
    """What a change is made in: by whom, under which newest definition, with which last day of observation."""

    author: str
    definition: int | None
    day: dt.date | None


def create(records: Records, asked: NewCard, now: Standing) -> PersonaCard:
    """Make a card.

    Args:
        records: where to.
        asked: what it is.
        now: who types, and what a group that was found is frozen under.

    Raises:
        BadName, NameTaken: of the name.
        BadQuestion, UnknownSegment: of the people.
    """
    card = PersonaCard(id=f"persona-{secrets.token_hex(5)}", name=checked(asked.name), revision=0)
    typed = written(card.typed, asked.fields, now.author)
    given = {"ideal_customer": asked.ideal_customer, "typed": typed, **_people(records, card, asked, now)}
    return _save(records, card.model_copy(update=given), LibraryItem(id=card.id, kind="persona", name=card.name))


def change(records: Records, which: str, asked: CardChange, now: Standing) -> PersonaCard:
    """Change a card; what is not given stays, and keeps who typed it and when.

    Raises:
        UnknownPersona: there is none.
        StalePersona: it was changed since; its details hold the card as it is now.
        BadName, NameTaken: of the new name.
        BadQuestion, UnknownSegment: of the new people.
    """
    card = one(records, which)
    if asked.revision != card.revision:
        raise _stale(card, asked.revision)
    name = card.name if asked.name is None else checked(asked.name)
    given: dict[str, Any] = {"name": name, "typed": written(card.typed, asked.fields, now.author)}
    if asked.ideal_customer is not None:
        given["ideal_customer"] = asked.ideal_customer
    if asked.model_fields_set & {"group", "segment"}:
        given |= _people(records, card, asked, now)
    item = next(item for item in items(records) if item.id == card.id)
    return _save(records, card.model_copy(update=given), item.model_copy(update={"name": name}))


def delete(records: Records, which: str, documents: Sequence[JourneyMap]) -> PersonaCard:
    """Delete a card that no map is about.

    Raises:
        UnknownPersona: there is none.
        ItemInUse: maps are about it.
    """
    card = one(records, which)
    remove(records, card.id, documents)
    return card


def _people(records: Records, card: PersonaCard, asked: NewCard | CardChange, now: Standing) -> dict[str, Any]:
    people = members(records, label(card.id, card.name), asked.group, asked.segment, now.definition)
    found = people is not None and isinstance(people.where, Membership)
    return {"members": people, "found_on": now.day if found else None}


def members(
    records: Records, name: str, group: FoundGroup | None, segment: Segment | str | None, definition: int | None
) -> Segment | None:
    """Whose card it is: a group that was found becomes its token and cell, a name the segment that has it.

    Raises:
        BadQuestion: the question makes no sense, or the segment is not one of people.
        UnknownSegment, SegmentCycle: it names one that is not there, or the card itself.
    """
    if group is not None:
        asked = request(group.question, group.fields)
        pinned = asked.model_copy(update={"definition": asked.definition or definition})
        return Segment(where=Membership(drilldown=token(group.question, pinned), cell=group.cell))
    if segment is None:
        return None
    people = Segment(where=InSegment(segment=segment)) if isinstance(segment, str) else segment
    if people.of != "people":
        raise BadQuestion(parameter="segment.of", given=people.of, expected="people")
    full = filled(records, people.model_copy(update={"name": name}), definition)
    where = full.where if isinstance(full.where, Membership) else people.where
    return Segment(where=where)


def written(before: TypedFields, given: CardFields, author: str) -> TypedFields:
    """The typed fields after a change. One that says what it said before keeps who wrote it and when."""
    origin = {"kind": "typed", "by": author, "at": dt.datetime.now(dt.UTC)}

    def told(old: Any, new: Any) -> Any:
        return old if old is not None and old["value"] == new else {"value": new, "origin": origin}

    fields: dict[str, Any] = before.model_dump()
    changes = given.model_dump(exclude_unset=True)
    own = {**fields["custom"]}
    for name, new in changes.pop("custom", {}).items():
        own[name] = None if new is None else told(own.get(name), new)
    for name, new in changes.items():
        fields[name] = None if new in (None, []) else told(fields[name], new)
    fields["custom"] = {name: field for name, field in own.items() if field is not None}
    return TypedFields.model_validate(fields)


def checked(name: str) -> str:
    """A name that can be used.

    Raises:
        BadName: it is empty or holds control characters.
    """
    name = name.strip()
    if not name or not name.isprintable():
        raise BadName(kind="persona", name=name[:200])
    return name


def _card(item: LibraryItem, stored: StoredPersona | None) -> PersonaCard:
    document = CardDocument.model_validate_json(stored.document) if stored else CardDocument()
    return PersonaCard(
        **{name: getattr(document, name) for name in CardDocument.model_fields}, id=item.id, name=item.name,
        revision=stored.revision if stored else 0, changed=stored.changed if stored else None,
    )  # fmt: skip


def _save(records: Records, card: PersonaCard, item: LibraryItem) -> PersonaCard:
    document = CardDocument(**{name: getattr(card, name) for name in CardDocument.model_fields})
    stored = StoredPersona(card.revision + 1, dt.datetime.now(dt.UTC), document.model_dump_json(exclude_none=True))
    outcome = records.personas.save(card.id, stored, item.name, item.model_dump_json())
    if outcome == "taken":
        raise NameTaken(name=item.name)
    if outcome == "stale":
        raise _stale(one(records, card.id), card.revision)
    return one(records, card.id)


def _stale(card: PersonaCard, given: int) -> StalePersona:
    return StalePersona(name=card.name, given=given, revision=card.revision, card=card.model_dump(mode="json"))

"""A card's people under a name that stands wherever a saved segment can be named: `persona:NAME` or `persona:ID`."""

from desireline.errors import PersonaWithoutPeople, UnknownSegment
from desireline.model.expression import written
from desireline.model.library import LibraryItem
from desireline.model.persona import PREFIX, CardDocument
from desireline.model.segment import SavedSegment
from desireline.store.records import Records

LONGEST = 200


def is_persona(name: str) -> bool:
    """Whether a name of a segment is that of a card's people."""
    return name.startswith(PREFIX)


def label(card: str, name: str) -> str:
    """What answers call the people of a card."""
    told = f"{PREFIX}{name}"
    return told if len(told) <= LONGEST else f"{PREFIX}{card}"


def as_segment(records: Records, name: str, version: int | None = None) -> SavedSegment:
    """The people of a card as a segment; its version is the card's revision.

    Raises:
        UnknownSegment: there is no such card, or it has another revision by now.
        PersonaWithoutPeople: nobody is in the card.
    """
    which = name.removeprefix(PREFIX)
    items = [LibraryItem.model_validate_json(text) for text in records.library.items()]
    cards = [item for item in items if item.kind == "persona"]
    item = next((i for i in cards if i.id == which), None) or next((i for i in cards if i.name == which), None)
    stored = records.personas.find(item.id) if item else None
    if item is None or (version is not None and version != (stored.revision if stored else 0)):
        known = [f"{PREFIX}{i.name}" for i in cards]
        raise UnknownSegment(segment=name if version is None else f"{name} {version}", available=known)
    members = CardDocument.model_validate_json(stored.document).members if stored else None
    if stored is None or members is None:
        raise PersonaWithoutPeople(name=item.name)
    return SavedSegment(
        name=label(item.id, item.name), version=stored.revision, of=members.of, where=members.where,
        created=stored.changed, text=written(members.where),
    )  # fmt: skip

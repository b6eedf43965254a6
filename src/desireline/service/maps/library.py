"""The library: items that maps refer to by id, so that a rename reaches every map."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from desireline.errors import BadName, ItemInUse, NameTaken, UnknownItem
from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem, LibraryKind
from desireline.store.records import Records


class ListedItem(LibraryItem):
    """An item in the list. `maps`: ids of those that refer to it."""

    maps: list[str]


def items(records: Records) -> list[LibraryItem]:
    """All items by kind and name."""
    return [LibraryItem.model_validate_json(text) for text in records.library.items()]


def listed(records: Records, documents: Sequence[JourneyMap]) -> list[ListedItem]:
    """All items, with the maps that refer to them."""
    from desireline.service.maps.editing import used

    library = items(records)
    refer = [(d.id, {item.id for item in used(d, library)}) for d in documents]
    return [ListedItem(**i.model_dump(), maps=[name for name, ids in refer if i.id in ids]) for i in library]


def add(records: Records, kind: LibraryKind, name: str, item: str | None, more: dict[str, Any]) -> LibraryItem:
    """Add an item, under an id of its own if none is given.

    Raises:
        BadName: the name cannot be used.
        NameTaken: an item of its kind has the name, or its id is taken.
        UnknownItem: its channel is none.
    """
    name = name.strip()
    if not name or not name.isprintable():
        raise BadName(kind=kind, name=name[:200])
    made = LibraryItem.model_validate(
        {**more, "id": item or f"{kind}-{secrets.token_hex(5)}", "kind": kind, "name": name}
    )
    if records.library.item(made.id) is not None:
        raise NameTaken(name=made.id)
    return _save(records, made)


def change(records: Records, item: str, given: dict[str, Any]) -> LibraryItem:
    """Change an item: a new name shows on every map.

    Raises:
        UnknownItem: there is none, or its new channel is none.
        NameTaken: an item of its kind has the new name.
    """
    found = one(records, item)
    return _save(records, LibraryItem.model_validate({**found.model_dump(), **given}))


def put(records: Records, item: LibraryItem) -> LibraryItem:
    """Add an item, or let the one of its id measure what this one says."""
    known = records.library.item(item.id) is not None
    return change(records, item.id, {"measures": item.measures}) if known else _save(records, item)


def one(records: Records, item: str) -> LibraryItem:
    """An item by its id.

    Raises:
        UnknownItem: there is none.
    """
    found = records.library.item(item)
    if found is None:
        raise UnknownItem(item=item[:64])
    return LibraryItem.model_validate_json(found)


def remove(records: Records, item: str, documents: Sequence[JourneyMap]) -> None:
    """Forget an item that no map refers to.

    Raises:
        UnknownItem: there is none.
        ItemInUse: maps refer to it, or items do.
    """
    found = one(records, item)
    refer = next(i.maps for i in listed(records, documents) if i.id == item)
    names = [d.name for d in documents if d.id in refer]
    names += [other.name for other in items(records) if other.channel == item]
    if names:
        raise ItemInUse(name=found.name, maps=names)
    records.library.remove(item)


def use(records: Records, given: Sequence[LibraryItem]) -> Callable[[JourneyMap], JourneyMap]:
    """Bring the items of a file into the library, and return what makes its map refer to them.

    An item with the kind and name of one that is there becomes that one; one whose id is taken gets another id.
    """
    mine = items(records)
    by_name = {(i.kind, i.name): i.id for i in mine}
    taken = {i.id for i in mine}
    renamed: dict[str, str] = {}
    added: list[LibraryItem] = []
    for item in given:
        known = by_name.get((item.kind, item.name))
        free = known or next(c for c in (item.id, *(f"{item.id[:58]}-{n}" for n in range(2, 10_000))) if c not in taken)
        renamed[item.id] = free
        taken.add(free)
        if known is None:
            by_name[(item.kind, item.name)] = free
            added.append(item.model_copy(update={"id": free}))
    for item in added:
        channel = renamed.get(item.channel or "")
        records.library.save(
            item.id, item.kind, item.name, item.model_copy(update={"channel": channel}).model_dump_json()
        )
    return lambda document: _renamed(document, {a: b for a, b in renamed.items() if a != b})


def _renamed(document: JourneyMap, ids: dict[str, str]) -> JourneyMap:
    if not ids:
        return document
    body = document.model_dump(mode="json")
    body["scope"]["persona"] = ids.get(body["scope"]["persona"], body["scope"]["persona"])
    for lane in body["lanes"]:
        lane["channel"] = ids.get(lane["channel"], lane["channel"])
        recipe = lane["recipe"] or {"scales": {}, "weights": {}}
        for by_item in ("scales", "weights"):
            recipe[by_item] = {ids.get(k, k): v for k, v in recipe[by_item].items()}
        for card in (card for cell in lane["cells"].values() for card in cell):
            card["ref"] = ids.get(card["ref"], card["ref"])
            for end in ("touchpoint", "to") if card["bind"] else ():
                card["bind"][end] = ids.get(card["bind"][end], card["bind"][end])
    return JourneyMap.model_validate(body)


def _save(records: Records, item: LibraryItem) -> LibraryItem:
    if item.channel is not None and one(records, item.channel).kind != "channel":
        raise UnknownItem(item=item.channel)
    if not records.library.save(item.id, item.kind, item.name, item.model_dump_json()):
        raise NameTaken(name=item.name)
    return item

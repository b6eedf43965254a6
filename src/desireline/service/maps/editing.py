"""Maps are made, changed by commands that the server puts in order, and deleted."""

import datetime as dt
import secrets
from collections.abc import Sequence

from desireline.errors import BadName, NameTaken, StaleCommands, UnknownItem, UnknownMap
from desireline.maps import commands
from desireline.maps.slug import slug
from desireline.model.journey_map import LIBRARY_OF, JourneyMap, MapFile
from desireline.model.library import LibraryItem
from desireline.model.map_history import Command, Entry, Sent
from desireline.service.maps.library import items, use
from desireline.store.records import Records
from desireline.store.records.maps import Made, StoredMap

RETRIES = 20
"""How often commands without a base are tried again when others change the same map."""


def stored(records: Records, which: str) -> StoredMap:
    """A map by its id or name.

    Raises:
        UnknownMap: there is none.
    """
    found = records.maps.find(which)
    if found is None:
        raise UnknownMap(name=which[:200], available=[m.name for m in records.maps.all()])
    return found


def document(found: StoredMap) -> JourneyMap:
    """The document of a stored map."""
    return JourneyMap.model_validate_json(found.document)


def new_id(records: Records, name: str) -> str:
    """An id that can be read in an address, made of the name."""
    base, taken = slug(name) or "map", {m.id for m in records.maps.all()}
    return next(c for c in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if c not in taken)


def add(records: Records, given: MapFile, author: str) -> JourneyMap:
    """Store a new map; items that the library does not have yet are added to it.

    Args:
        records: where to.
        given: its id is kept if it is free, else it gets one of its name.
        author: who made it.

    Raises:
        BadName: the name cannot be used.
        NameTaken: another map has the name.
    """
    name = _checked(given.name)
    refer = use(records, given.library)
    body = given.model_dump(mode="json", exclude={"library"})
    made = refer(JourneyMap.model_validate({**body, "name": name, "id": new_id(records, name)}))
    _known(records, made, set())
    first = Entry(version=1, id=secrets.token_hex(8), at=_now(), author=author, commands=[], inverse=[])
    if not records.maps.add(made.id, _row(made, first)):
        raise NameTaken(name=name)
    return made


def commit(records: Records, which: str, sent: Sent, author: str) -> Entry:
    """Do commands on the version they were made for; the same `sent.id` is done once.

    Raises:
        UnknownMap: there is none.
        StaleCommands: the map has changed since; its details hold what happened.
        CommandRefused: a command makes no sense here; none of them is done.
        NameTaken, BadName: of a new name.
        UnknownItem: a card refers to nothing in the library.
    """
    found = stored(records, which)
    known = records.maps.entry(found.id, sent.id)
    if known is not None:
        return Entry.model_validate_json(known)
    if sent.base != found.version:
        raise _stale(records, found.id, sent.base)
    return _advance(records, found, sent.commands, author, sent=sent)


def apply(records: Records, which: str, asked: Sequence[Command], author: str) -> Entry:
    """Do commands on whatever is the newest version; for callers that hold none.

    Raises:
        As `commit`.
    """
    for _ in range(RETRIES):
        try:
            return _advance(records, stored(records, which), list(asked), author)
        except StaleCommands:
            continue
    return _advance(records, stored(records, which), list(asked), author)


def mark(records: Records, which: str, author: str) -> Entry:
    """A new version in which nothing changed: something to hang a label on."""
    return apply(records, which, [], author)


def since(records: Records, which: str, after: int) -> list[Entry]:
    """What happened after a version, oldest first."""
    found = stored(records, which)
    return [Entry.model_validate_json(e) for e in records.maps.entries(found.id, after)]


def _advance(records: Records, found: StoredMap, asked: list[Command], author: str, sent: Sent | None = None) -> Entry:
    before = document(found)
    after, inverse = commands.apply(before, asked)
    if after.name != before.name:
        _checked(after.name)
        other = records.maps.find(after.name)
        if other is not None and other.id != found.id:
            raise NameTaken(name=after.name)
    _known(records, after, _references(before))
    entry = Entry(
        version=found.version + 1,
        id=sent.id if sent else secrets.token_hex(8),
        at=_now(),
        author=author,
        commands=asked,
        inverse=inverse,
        undoes=sent.undoes if sent else None,
    )
    if records.maps.advance(found.id, _row(after, entry)):
        return entry
    known = records.maps.entry(found.id, entry.id)  # the same commands came twice at once
    if known is not None:
        return Entry.model_validate_json(known)
    raise _stale(records, found.id, found.version)


def _row(document: JourneyMap, entry: Entry) -> Made:
    return Made(
        entry.version, entry.id, document.name, entry.at, entry.author, document.model_dump_json(),
        entry.model_dump_json(),
    )  # fmt: skip


def _stale(records: Records, map_id: str, base: int) -> StaleCommands:
    entries = [Entry.model_validate_json(e).model_dump(mode="json") for e in records.maps.entries(map_id, base)]
    return StaleCommands(base=base, version=records.maps.version(map_id) or 0, entries=entries)


def _checked(name: str) -> str:
    name = name.strip()
    if not name or len(name) > 200 or not name.isprintable():
        raise BadName(kind="map", name=name[:200])
    return name


def _references(document: JourneyMap) -> set[tuple[str, str]]:
    """Kind and id of every library item that a map refers to."""
    found = {("channel", lane.channel) for lane in document.lanes if lane.channel}
    if document.scope.persona is not None:
        found.add(("persona", document.scope.persona))
    for lane in document.lanes:
        kind = LIBRARY_OF.get(lane.kind)
        cards = [card for cell in lane.cells.values() for card in cell]
        found |= {(kind, card.ref) for card in cards if kind and card.ref}
        bound = [card.bind for card in cards if card.bind]
        found |= {("touchpoint", item) for b in bound for item in (b.touchpoint, b.to) if item}
    return found


def _known(records: Records, document: JourneyMap, before: set[tuple[str, str]]) -> None:
    added = _references(document) - before
    if added:
        known: set[tuple[str, str]] = {(i.kind, i.id) for i in items(records)}
        for _, item in sorted(added - known):
            raise UnknownItem(item=item)


def used(document: JourneyMap, library: Sequence[LibraryItem]) -> list[LibraryItem]:
    """The items that a map refers to, and the channels of its touchpoints."""
    by_id = {item.id: item for item in library}
    wanted = {item for _, item in _references(document)}
    wanted |= {by_id[i].channel or "" for i in wanted if i in by_id}
    return [item for item in library if item.id in wanted]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)

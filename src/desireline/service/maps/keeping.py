"""Versions: how a map was, those that are kept under a label, going back to one."""

from typing import Any

from desireline.errors import NotFrozen, UnknownVersion
from desireline.maps import commands
from desireline.model.journey_map import JourneyMap
from desireline.model.map_history import Entry, KeptVersion
from desireline.model.measured import Measured
from desireline.service.maps import editing
from desireline.store.records import Records


def at(records: Records, which: str, version: int | None) -> JourneyMap:
    """A map as it was, the newest version for None.

    Raises:
        UnknownVersion: it never had that many.
    """
    found = editing.stored(records, which)
    document = editing.document(found)
    if version is None or version == found.version:
        return document
    if not 1 <= version < found.version:
        raise UnknownVersion(version=version, newest=found.version)
    undo: list[dict[str, Any]] = []
    for entry in reversed(editing.since(records, found.id, version)):
        undo += entry.inverse
    return commands.apply(document, undo)[0]


def kept(records: Records, which: str) -> list[KeptVersion]:
    """Versions with a label, newest first."""
    found = editing.stored(records, which)
    return [KeptVersion.model_validate_json(text) for text in records.maps.kept(found.id)]


def keep(
    records: Records, which: str, label: str, author: str, measured: Measured | None = None, *, safety: bool = False
) -> KeptVersion:
    """Keep the map as it is, with the figures if they are given. It becomes a version of its own."""
    entry = editing.mark(records, which, author)
    made = KeptVersion(
        version=entry.version, label=label, at=entry.at, author=author, measured=measured is not None, safety=safety
    )
    frozen = measured.model_dump_json() if measured else None
    records.maps.keep(editing.stored(records, which).id, made.version, made.model_dump_json(), frozen)
    return made


def frozen(records: Records, which: str, version: int) -> Measured:
    """The figures that were frozen with a version.

    Raises:
        NotFrozen: none were.
    """
    found = editing.stored(records, which)
    text = records.maps.frozen(found.id, version)
    if text is None:
        raise NotFrozen(version=version, available=[k.version for k in kept(records, found.id) if k.measured])
    return Measured.model_validate_json(text)


def restore(records: Records, which: str, version: int, author: str) -> Entry:
    """Make the map what it was; how it is now is kept before.

    Raises:
        UnknownVersion: it never had that many.
    """
    then = at(records, which, version)
    now = editing.stored(records, which)
    keep(records, now.id, str(version), author, safety=True)
    body = then.model_copy(update={"name": now.name}).model_dump(mode="json")
    return editing.apply(records, now.id, [{"do": "map.replace", "document": body}], author)

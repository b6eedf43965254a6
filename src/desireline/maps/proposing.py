"""Ids and library items for what is suggested: readable, and not taken."""

from collections.abc import Callable, Iterable

from desireline.maps.slug import slug
from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem, LibraryKind

Ids = Callable[[str, str], str]


def fresh(document: JourneyMap) -> Ids:
    """A function from a kind and a name to an id that nothing on the map has; each is given once."""
    taken = {s.id for s in document.stages} | {step.id for step in document.steps()}
    taken |= {lane.id for lane in document.lanes} | {card.id for card in document.cards()}
    taken |= {path.id for path in document.paths} | {view.id for view in document.views}

    def made(kind: str, name: str) -> str:
        found = _free(f"{kind}-{slug(name)}".rstrip("-"), taken)
        taken.add(found)
        return found

    return made


class Items:
    """The library, and what is added to it; an item that fits is found again, and bound if nothing measured it."""

    def __init__(self, library: Iterable[LibraryItem]) -> None:
        self._items = {item.id: item for item in library}
        self._new: set[str] = set()

    def channel(self, name: str) -> LibraryItem:
        """The channel that events call so."""
        return self._of("channel", name, None)

    def touchpoint(self, name: str, channel: LibraryItem | None) -> LibraryItem:
        """The touchpoint that one of the definition measures."""
        return self._of("touchpoint", name, channel)

    def new(self, *items: LibraryItem | None) -> list[LibraryItem]:
        """Those of the items that the library does not hold so far, or not in this form."""
        return [item for item in items if item is not None and item.id in self._new]

    def _of(self, kind: LibraryKind, name: str, channel: LibraryItem | None) -> LibraryItem:
        of_kind = [item for item in self._items.values() if item.kind == kind]
        found = next((item for item in of_kind if name in item.measures), None)
        if found is not None:
            return found
        namesake = next((i for i in of_kind if i.name.casefold() == name.casefold() and not i.measures), None)
        if namesake is not None:
            return self._put(namesake.model_copy(update={"measures": [name]}))
        return self._put(
            LibraryItem(
                id=_free(f"{kind}-{slug(name)}".rstrip("-"), self._items),
                kind=kind,
                name=_unlike(name, {item.name for item in of_kind}),
                channel=None if channel is None else channel.id,
                measures=[name],
            )
        )

    def _put(self, item: LibraryItem) -> LibraryItem:
        self._items[item.id] = item
        self._new.add(item.id)
        return item


def _free(wanted: str, taken: Iterable[str]) -> str:
    found, n, known = wanted, 1, set(taken)
    while found in known:
        n += 1
        found = f"{wanted}-{n}"
    return found


def _unlike(wanted: str, taken: set[str]) -> str:
    found, n = wanted, 1
    while found in taken:
        n += 1
        found = f"{wanted} ({n})"
    return found

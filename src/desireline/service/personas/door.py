"""Persona cards of a workspace: the one door for the command line, HTTP and notebooks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from desireline.errors import BadQuestion
from desireline.model.journey_map import JourneyMap
from desireline.model.persona import (
    AssignedCard,
    CardChange,
    CardFields,
    CardMatrix,
    FoundGroup,
    ListedCard,
    MeasuredCard,
    NewCard,
    PersonaCard,
)
from desireline.model.question import Filters
from desireline.model.segment import Membership, Segment
from desireline.model.summary import PeoplePage
from desireline.service.maps import editing
from desireline.service.personas import documents

if TYPE_CHECKING:
    from desireline.service.opened import Opened

Model = TypeVar("Model", bound=BaseModel)

LOCAL = "local"
"""The author of everything while there are no accounts: whoever sits at this machine."""

ON_SCREEN, IN_FILES = 20, 50
"""People that a figure needs on a screen, and in a file that leaves the house."""

PAGE = 50


class PersonaCards:
    """Every method takes a card by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.persona_cards.create({"name": "Gift buyers", "segment": "Gifts"})  # doctest: +SKIP
        >>> ws.persona_cards.measure("Gift buyers").people  # doctest: +SKIP
        >>> ws.funnel(["Visit", "Order"], segment="persona:Gift buyers")  # doctest: +SKIP
    """

    def __init__(self, opened: "Opened", author: str = LOCAL) -> None:
        self._opened = opened
        self.author = author

    def all(self) -> list[ListedCard]:
        """All cards by name."""
        if not self._opened.places.records.exists():
            return []
        return documents.shown(self._opened.records, self._maps())

    def get(self, which: str) -> PersonaCard:
        """A card.

        Raises:
            UnknownPersona: there is none.
        """
        return documents.one(self._opened.records, which)

    def create(self, asked: NewCard | dict[str, Any]) -> PersonaCard:
        """Make a card: blank, of a group that was found, or of a segment.

        Raises:
            BadName, NameTaken: of the name.
            BadQuestion, BadDrilldown, UnknownSegment: of the people.
            UnknownImage: of the picture.
        """
        new = _read(NewCard, asked)
        self._check_picture(new.fields)
        return documents.create(self._opened.records, new, self._now(new.group, new.segment))

    def change(self, which: str, asked: CardChange | dict[str, Any]) -> PersonaCard:
        """Change a card; what is absent stays.

        Raises:
            UnknownPersona: there is none.
            StalePersona: it was changed since.
            NameTaken, BadName, BadQuestion, BadDrilldown, UnknownSegment, UnknownImage: of what is new.
        """
        new = _read(CardChange, asked)
        self._check_picture(new.fields)
        return documents.change(self._opened.records, which, new, self._now(new.group, new.segment))

    def remove(self, which: str) -> PersonaCard:
        """Delete a card that no map is about.

        Raises:
            UnknownPersona: there is none.
            ItemInUse: maps are about it.
        """
        return documents.delete(self._opened.records, which, self._maps())

    def measure(self, which: str, threshold: int = ON_SCREEN, *, thorough: bool = False) -> MeasuredCard:
        """The traits of a card's people now.

        Args:
            which: the card.
            threshold: people that a figure needs to be shown.
            thorough: also what takes its time with many people: journey types, and whether a group that was found is
                still the same.

        Raises:
            NoEvents: the workspace holds no events.
        """
        from desireline.service.personas.measuring import measured

        return measured(self._opened, self.get(which), threshold, thorough=thorough)

    def compare(self, which: Sequence[str] = (), threshold: int = ON_SCREEN, *, thorough: bool = False) -> CardMatrix:
        """Cards side by side, all of them if none are named; see `measure`."""
        from desireline.service.personas.measuring import compared

        records = self._opened.records
        cards = [self.get(one) for one in which] if which else documents.every(records)
        return compared(self._opened, cards, threshold, thorough=thorough)

    def of_person(self, person: str) -> list[AssignedCard]:
        """The cards that a person belongs to now, by the key of `people`.

        Raises:
            UnknownPerson: nobody has that key or identifier.
        """
        from desireline.service.people import number_of
        from desireline.service.personas.measuring import assigned

        with self._opened.pinned() as generation:
            number = number_of(generation, person)
            return assigned(self._opened, documents.every(self._opened.records), number)

    def people(
        self, which: str, where: str | None = None, filters: Filters | None = None, limit: int = PAGE, offset: int = 0
    ) -> PeoplePage:
        """The people of a card.

        Args:
            which: the card.
            where: only those for whom this condition holds too; that of a part of a trait lists its people.
            filters: only those who still have an event after these.
            limit: how many to list.
            offset: how many to skip.
        """
        from desireline.service import people
        from desireline.service.personas.measuring import persons

        with self._opened.pinned() as generation:
            found = persons(self._opened, self.get(which), where, filters)
            return people.page(generation, found, len(found), limit, offset)

    def markdown(self, which: str, language: str = "en", threshold: int = IN_FILES, *, thorough: bool = False) -> str:
        """A card as Markdown, its typed and its measured side apart; see `measure`."""
        from desireline.errors import NoEvents
        from desireline.service.personas.markdown import written

        try:
            found = self.measure(which, threshold, thorough=thorough)
        except NoEvents:
            found = None
        return written(self.get(which), found, language)

    def _now(self, group: FoundGroup | None, segment: Segment | str | None) -> documents.Standing:
        """What a change is made in. A group that is not there is refused; only groups need events."""
        from desireline.analyze.drilldown import token
        from desireline.model.calendar import day_of
        from desireline.model.question import Asked
        from desireline.service.questions import persons_in, request

        found = self._opened.definition_or_none()
        version = found.version if found else None
        cell = segment.where if isinstance(segment, Segment) else None
        if group is not None:
            asked = token(group.question, request(group.question, group.fields))
            cell = Membership(drilldown=asked, cell=group.cell)
        if not isinstance(cell, Membership):
            return documents.Standing(self.author, version, None)
        with self._opened.pinned():
            persons_in(cell.drilldown, cell.cell, self._opened.scope)
            scope = self._opened.scope(Asked())
            return documents.Standing(self.author, version, day_of(scope.until, scope.zone))

    def _check_picture(self, fields: CardFields) -> None:
        from desireline.store import images

        if fields.picture is not None:
            images.find(self._opened.places.images, fields.picture.sha256)

    def _maps(self) -> list[JourneyMap]:
        return [editing.document(found) for found in self._opened.records.maps.all()]


def _read(model: type[Model], given: Model | dict[str, Any]) -> Model:
    if isinstance(given, model):
        return given
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "persona"
        raise BadQuestion(parameter=where, given=str(first.get("input"))[:100], expected=first["msg"]) from None

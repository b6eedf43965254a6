"""What is measured of the people of cards: traits, cards side by side, who belongs to which."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from desireline.analyze.drilldown import question_of, token
from desireline.analyze.portraits.crowd import Crowd
from desireline.analyze.portraits.matrix import matrix
from desireline.analyze.portraits.portrait import Count, Portrait
from desireline.analyze.portraits.small import small, tells
from desireline.analyze.scope import Bools
from desireline.errors import BadDrilldown
from desireline.model.clock import moment
from desireline.model.expression import written
from desireline.model.intervals import wilson
from desireline.model.persona import AssignedCard, CardMatrix, Hidden, Kept, MeasuredCard, PersonaCard, TraitKey
from desireline.model.question import Asked, Filters
from desireline.model.segment import AllOf, Membership, Segment
from desireline.service.opened import Opened
from desireline.service.personas.properties import properties_of
from desireline.service.questions import answer, persons_in, request
from desireline.service.segments import read

if TYPE_CHECKING:
    from desireline.analyze.types import TypesResult

Persons = npt.NDArray[np.int64]


def measured(opened: Opened, card: PersonaCard, threshold: int, *, thorough: bool) -> MeasuredCard:
    """The traits of a card's people now.

    Args:
        opened: the workspace.
        card: whose people.
        threshold: people that a figure needs.
        thorough: also what takes its time with many people: journey types, and whether a group is still the same.

    Raises:
        NoEvents: the workspace holds no events.
    """
    with opened.pinned():
        crowd = Crowd(opened.scope(Asked()))
        who = _inside(opened, crowd, card)
        found = _measured(crowd, card, who, threshold, properties_of(opened), _types(opened) if thorough else [])
        return (
            found.model_copy(update={"kept": _kept(opened, card, threshold)}) if thorough and who is not None else found
        )


def compared(opened: Opened, cards: Sequence[PersonaCard], threshold: int, *, thorough: bool) -> CardMatrix:
    """Cards side by side; see `measured`."""
    with opened.pinned():
        crowd = Crowd(opened.scope(Asked()))
        kinds, told = _types(opened) if thorough else [], properties_of(opened)
        inside = [_inside(opened, crowd, card) for card in cards]
        portraits = [
            _measured(crowd, card, who, threshold, told, kinds) for card, who in zip(cards, inside, strict=True)
        ]
        nobody = np.zeros(crowd.scope.units, np.bool_)
        return matrix(portraits, [nobody if who is None else who for who in inside], threshold)


def assigned(opened: Opened, cards: Sequence[PersonaCard], person: int) -> list[AssignedCard]:
    """The cards that a person (row number of the store) belongs to now."""
    with opened.pinned():
        crowd = Crowd(opened.scope(Asked()))
        place = np.flatnonzero(crowd.scope.owner == person)
        inside = [_inside(opened, crowd, card) for card in cards]
        found = [card for card, who in zip(cards, inside, strict=True) if who is not None and who[place].any()]
    return [AssignedCard(id=card.id, name=card.name, kind=card.kind) for card in found]


def persons(opened: Opened, card: PersonaCard, where: str | None = None, filters: Filters | None = None) -> Persons:
    """The persons of a card (row numbers of the store, ascending).

    Args:
        opened: the workspace.
        card: whose people; nobody for a card without any.
        where: only those for whom this condition holds too, as text.
        filters: only those who still have an event after these.

    Raises:
        BadExpression, BadQuestion: `where` makes no sense.
    """
    if card.members is None:
        return np.zeros(0, np.int64)
    people = card.members
    if where is not None:
        narrower = read({"where": where})
        people = Segment(where=AllOf(all=[people.where, narrower.where]))
    scope = opened.scope(Asked(segment=people, filters=filters or Filters()))
    return np.unique(scope.owner).astype(np.int64)


def _measured(
    crowd: Crowd,
    card: PersonaCard,
    who: Bools | None,
    threshold: int,
    properties: Mapping[TraitKey, str],
    types: Sequence[Count],
) -> MeasuredCard:
    scope = crowd.scope
    empty = _empty(who, threshold)
    people = 0 if who is None else int(who.sum())
    about = {"id": card.id, "name": card.name, "kind": card.kind, "threshold": threshold, "as_of": moment(scope.until)}
    if who is None or empty is not None:
        return MeasuredCard(**about, people=0 if empty == "no_people" else None, everyone=scope.units, hidden=empty)
    everyone = None if small(scope.units - people, threshold) else scope.units
    span = scope.span
    first, last = (None, None) if span is None else (moment(span[0]), moment(span[1]))
    traits = Portrait(crowd, who, properties, threshold).traits(types)
    return MeasuredCard(**about, people=people, everyone=everyone, first=first, last=last, traits=traits)


def _inside(opened: Opened, crowd: Crowd, card: PersonaCard) -> Bools | None:
    """bool[people]: who is in a card; None if its group is not found any more."""
    try:
        return crowd.inside(persons(opened, card))
    except BadDrilldown:
        return None


def _empty(who: Bools | None, threshold: int) -> Hidden | None:
    if who is None:
        return "no_group"
    people = int(who.sum())
    return "no_people" if not people else "few_people" if small(people, threshold) else None


def _kept(opened: Opened, card: PersonaCard, threshold: int) -> Kept | None:
    """How many of the people that a group was found with are still in it."""
    where = card.members.where if card.members else None
    if card.found_on is None or not isinstance(where, Membership):
        return None
    question, fields = question_of(where.drilldown)
    asked = request(question, fields)
    then = asked.model_copy(update={"today": asked.today or card.found_on})
    before, _ = persons_in(token(question, then), where.cell, opened.scope)
    n, of = len(np.intersect1d(before, persons(opened, card))), len(before)
    if not of or tells(n, of, threshold):
        return None
    within = wilson(n, of)._asdict()
    return Kept(found_on=card.found_on, n=n, of=of, share=n / of, **within, alarm=n < of / 2)


def _types(opened: Opened) -> list[Count]:
    """Who is of which journey type, as it is found among everyone."""
    asked = opened.resolved(request("types", {}))
    scope = opened.scope(asked)
    found: TypesResult = answer("types", scope, asked)  # type: ignore[assignment]
    cells = [(group.name, f"type:{place}") for place, group in enumerate(found.groups)] if found.stable else []
    counts = []
    for name, cell in [*cells, *([("mixed", "mixed")] if cells else [])]:
        who = Crowd(scope).inside(persons_in(found.drilldown, cell, opened.scope)[0])
        counts.append(Count(name, who, written(Membership(drilldown=found.drilldown, cell=cell))))
    return counts

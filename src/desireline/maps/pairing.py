"""Which things of two maps are the same: those with one id; else those of one kind and name in the same place."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

from desireline.maps import prose
from desireline.model.journey_map import Card, IdealPath, JourneyMap, Lane, MapStage, MapView, Step

Thing = TypeVar("Thing", MapStage, Step, Lane, Card, IdealPath, MapView)
Pairs = dict[str, str]
"""Ids of the first map to those of the second."""


class Place(NamedTuple):
    """Where a card is: ids of its lane and step."""

    lane: str
    step: str


class Paired(NamedTuple):
    """What is what in two maps."""

    stages: Pairs
    steps: Pairs
    lanes: Pairs
    cards: Pairs
    paths: Pairs
    views: Pairs


def pair(a: JourneyMap, b: JourneyMap) -> Paired:
    """Match two maps; each thing has at most one partner."""
    stages = _matched(a.stages, b.stages, lambda s: _name(s.name), lambda s: _name(s.name))
    lanes = _matched(
        a.lanes, b.lanes, lambda x: (x.kind, _name(x.title), x.channel), lambda x: (x.kind, _name(x.title), x.channel)
    )
    lanes |= _rest(a.lanes, b.lanes, lanes, lambda x: (x.kind, x.channel), lambda x: (x.kind, x.channel))
    in_a, in_b = stage_of(a), stage_of(b)
    steps = _matched(
        a.steps(), b.steps(), lambda s: (stages.get(in_a[s.id]), s.name.casefold()),
        lambda s: (in_b[s.id], s.name.casefold()),
    )  # fmt: skip
    steps |= _rest(a.steps(), b.steps(), steps, lambda s: _name(s.name), lambda s: _name(s.name))
    return Paired(
        stages, steps, lanes, _cards(a, b, lanes, steps),
        _matched(a.paths, b.paths, lambda p: _name(p.name), lambda p: _name(p.name)),
        _matched(a.views, b.views, lambda v: _name(v.name), lambda v: _name(v.name)),
    )  # fmt: skip


def stage_of(document: JourneyMap) -> dict[str, str]:
    """The stage of each step, by ids."""
    return {step.id: stage.id for stage in document.stages for step in stage.steps}


def placed(document: JourneyMap) -> dict[str, Place]:
    """The place of each card, by its id."""
    return {
        card.id: Place(lane.id, step)
        for lane in document.lanes
        for step, cards in lane.cells.items()
        for card in cards
    }  # fmt: skip


def _cards(a: JourneyMap, b: JourneyMap, lanes: Pairs, steps: Pairs) -> Pairs:
    """By id, then by what they say in the same cell, then by what they say in the same lane."""
    at_a, at_b = placed(a), placed(b)

    found = _matched(
        a.cards(), b.cards(), lambda c: (lanes.get(at_a[c.id].lane), steps.get(at_a[c.id].step), _said(c)),
        lambda c: (*at_b[c.id], _said(c)),
    )  # fmt: skip
    found |= _rest(
        a.cards(), b.cards(), found, lambda c: (lanes.get(at_a[c.id].lane), _said(c)) if _said(c) else None,
        lambda c: (at_b[c.id].lane, _said(c)),
    )  # fmt: skip
    return found


def _said(card: Card) -> Hashable:
    """What a card says: its library item, its words, what it is bound to; None if nothing."""
    bound = (card.bind.question, card.bind.touchpoint) if card.bind else None
    return card.ref or prose.plain(card.text).casefold() or bound


def _name(text: str | None) -> str | None:
    return text.casefold() if text else None


Key = Callable[[Thing], Hashable]


def _matched(a: Iterable[Thing], b: Iterable[Thing], key_a: Key[Thing], key_b: Key[Thing]) -> Pairs:
    first, second = list(a), list(b)
    known = {thing.id for thing in second}
    found = {thing.id: thing.id for thing in first if thing.id in known}
    return found | _rest(first, second, found, key_a, key_b)


def _rest(
    a: Iterable[Thing], b: Iterable[Thing], found: Pairs, key_a: Key[Thing], key_b: Key[Thing]
) -> Pairs:  # fmt: skip
    """Partners by key of those without one, in order; a key that is None or begins with None fits nothing."""
    taken = set(found.values())
    open_: dict[Hashable, list[str]] = defaultdict(list)
    for thing in b:
        if thing.id not in taken:
            open_[key_b(thing)].append(thing.id)
    more = {}
    for thing in a:
        key = key_a(thing)
        fits = key is not None and not (isinstance(key, tuple) and key[0] is None)
        if fits and thing.id not in found and open_[key]:
            more[thing.id] = open_[key].pop(0)
    return more

"""What is different between two maps: added, removed, changed and moved, of every thing by itself."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desireline.i18n import translate
from desireline.maps import prose
from desireline.maps.pairing import Paired, Pairs, pair, placed, stage_of
from desireline.model.journey_map import Card, IdealPath, JourneyMap, Lane, MapStage, MapView, Step
from desireline.model.library import LibraryItem
from desireline.model.map_history import Difference

_APART = {"id", "schema_version", "stages", "steps", "lanes", "cells", "paths", "views"}
"""Fields that are compared thing by thing, or say nothing."""


def differences(
    before: JourneyMap, after: JourneyMap, library: Iterable[LibraryItem] = (), language: str = "en"
) -> list[Difference]:
    """What one would have to change to make the first map the second one.

    Things are the same if they have one id; else if they are of one kind and name in the same place, so that two maps
    that were drawn apart can be compared. Of things in another order the fewest are said to have moved.

    Args:
        before: one map.
        after: the other one.
        library: items that cards refer to.
        language: of the names of lanes without a title.

    Returns:
        By thing: the map, stages, steps, lanes, cards, paths, views; in each what was added, removed, changed, moved.
    """
    names = {item.id: item.name for item in library}
    first, second = Told(before, names, language), Told(after, names, language)
    return _Comparing(first, second, pair(before, after)).found()


class Told:
    """A map, and where each of its things is in words: stage, step, lane, card; nothing for what it has not."""

    def __init__(self, document: JourneyMap, names: Mapping[str, str], language: str) -> None:
        """`names`: of library items by id; `language`: of lanes without a title."""
        self.document = document
        self.stage_of, self.placed = stage_of(document), placed(document)
        self._stages = {stage.id: stage.name for stage in document.stages}
        self._steps = {step.id: step.name for step in document.steps()}
        self._lanes = {x.id: x.title or translate(language, f"map.lane.{x.kind}") for x in document.lanes}
        self._cards = {
            card.id: names.get(card.ref or "") or prose.plain(card.text).split("\n")[0] for card in document.cards()
        }

    def stage(self, stage: str) -> list[str]:
        """The name of a stage."""
        return [self._stages[stage]] if stage in self._stages else []

    def step(self, step: str) -> list[str]:
        """Stage and step."""
        return [self._stages[self.stage_of[step]], self._steps[step]] if step in self._steps else []

    def lane(self, lane: str) -> list[str]:
        """The name of a lane."""
        return [self._lanes[lane]] if lane in self._lanes else []

    def card(self, card: str) -> list[str]:
        """Stage, step, lane, and what the card says."""
        if card not in self.placed:
            return []
        lane, step = self.placed[card]
        return [*self.step(step), self._lanes[lane], self._cards[card]]


class _Comparing:
    def __init__(self, first: Told, second: Told, paired: Paired) -> None:
        self.a, self.b, self.paired = first, second, paired
        self._same = paired.stages | paired.steps | paired.lanes

    def found(self) -> list[Difference]:
        a, b, paired = self.a.document, self.b.document, self.paired
        return [
            *self._changed("map", a, b, [b.name], b.id),
            *self._things("stage", a.stages, b.stages, paired.stages, _named),
            *self._in_order("stage", [s.id for s in a.stages], [s.id for s in b.stages], paired.stages, Told.stage),
            *self._things("step", a.steps(), b.steps(), paired.steps, _step),
            *self._moved_steps(),
            *self._things("lane", a.lanes, b.lanes, paired.lanes, _lane),
            *self._in_order("lane", [x.id for x in a.lanes], [x.id for x in b.lanes], paired.lanes, Told.lane),
            *self._things("card", a.cards(), b.cards(), paired.cards, _card),
            *self._moved_cards(),
            *self._things("path", a.paths, b.paths, paired.paths, _named),
            *self._things("view", a.views, b.views, paired.views, _named),
        ]

    def _things(self, what: Any, a: Sequence[Any], b: Sequence[Any], pairs: Pairs, where: Any) -> list[Difference]:
        """What is only in one of them, and what changed of the others."""
        of_b, kept = {thing.id: thing for thing in b}, set(pairs.values())
        found = [Difference(kind="added", what=what, id=x.id, where=where(self.b, x)) for x in b if x.id not in kept]
        found += [
            Difference(kind="removed", what=what, id=x.id, where=where(self.a, x)) for x in a if x.id not in pairs
        ]
        for thing in a:
            if thing.id in pairs:
                other = of_b[pairs[thing.id]]
                found += self._changed(what, thing, other, where(self.b, other), other.id)
        return found

    def _changed(self, what: Any, a: Any, b: Any, where: list[str], id_: str) -> list[Difference]:
        before, after = a.model_dump(mode="json"), b.model_dump(mode="json")
        fields = set(JourneyMap.model_fields if what == "map" else before) - _APART
        fields |= {"steps"} if what == "path" else set()
        return [
            Difference(
                kind="changed", what=what, id=id_, where=where, field=name, before=before[name], after=after[name]
            )
            for name in before
            if name in fields and self._as_in_b(name, before[name]) != after[name]
        ]

    def _as_in_b(self, field: str, value: Any) -> Any:
        """A value of the first map with the ids that its things have in the second."""
        if field in {"steps", "hidden", "collapsed"} and isinstance(value, list):
            return [self._same.get(one, one) for one in value]
        if field == "bind" and value is not None:
            return {**value, "stage": self._same.get(value["stage"], value["stage"])}
        return value

    # --- order and place -----------------------------------------------------------------------------------

    def _in_order(self, what: Any, a: list[str], b: list[str], pairs: Pairs, where: Any) -> list[Difference]:
        """Which of a run of things have moved in it."""
        of_a = {pairs[x]: x for x in a if x in pairs}
        return [
            Difference(kind="moved", what=what, id=x, where=where(self.b, x), before=where(self.a, of_a[x]),
                       after=where(self.b, x))
            for x in out_of_order([pairs[x] for x in a if x in pairs], [x for x in b if x in of_a])
        ]  # fmt: skip

    def _moved_steps(self) -> list[Difference]:
        found, pairs = [], self.paired.steps
        for stage in self.b.document.stages:
            mine = [step.id for step in stage.steps]
            came = [s for s, t in pairs.items() if t in mine and self._other_stage(s, t)]
            for step in came:
                where = self.b.step(pairs[step])
                found.append(Difference(kind="moved", what="step", id=pairs[step], where=where,
                                        before=self.a.step(step), after=where))  # fmt: skip
            stayed = [s.id for s in self.a.document.steps() if s.id not in came and pairs.get(s.id) in mine]
            found += self._in_order("step", stayed, mine, pairs, Told.step)
        return found

    def _other_stage(self, a: str, b: str) -> bool:
        return self.paired.stages.get(self.a.stage_of[a]) != self.b.stage_of[b]

    def _moved_cards(self) -> list[Difference]:
        found, pairs, paired = [], self.paired.cards, self.paired
        stayed: dict[tuple[str, str], list[str]] = {}
        for card in self.a.placed:
            if card not in pairs:
                continue
            lane, step = self.a.placed[card]
            place = self.b.placed[pairs[card]]
            if (paired.lanes.get(lane), paired.steps.get(step)) == place:
                stayed.setdefault(place, []).append(card)
                continue
            where = self.b.card(pairs[card])
            found.append(Difference(kind="moved", what="card", id=pairs[card], where=where,
                                    before=self.a.card(card), after=where))  # fmt: skip
        for row in self.b.document.lanes:
            for column, cards in row.cells.items():
                here = stayed.get((row.id, column), [])
                found += self._in_order("card", here, [c.id for c in cards], pairs, Told.card)
        return found


def _named(_: Told, thing: MapStage | IdealPath | MapView) -> list[str]:
    return [thing.name]


def _step(told: Told, step: Step) -> list[str]:
    return told.step(step.id)


def _lane(told: Told, lane: Lane) -> list[str]:
    return told.lane(lane.id)


def _card(told: Told, card: Card) -> list[str]:
    return told.card(card.id)


def out_of_order(a: Sequence[str], b: Sequence[str]) -> list[str]:
    """The fewest things that have to move to bring one order into the other, in the second order.

    What stays is a longest increasing subsequence (Fredman 1975).

    >>> out_of_order("abcde", "aecbd")
    ['e', 'c']
    """
    place = {thing: k for k, thing in enumerate(a)}
    ranks = [place[thing] for thing in b]
    ends: list[int] = []
    length = []
    for rank in ranks:
        at = bisect_left(ends, rank)
        ends[at : at + 1] = [rank]
        length.append(at)
    keep: set[int] = set()
    wanted = len(ends) - 1
    for k in range(len(ranks) - 1, -1, -1):
        if length[k] == wanted and (not keep or ranks[k] < ranks[min(keep)]):
            keep.add(k)
            wanted -= 1
    return [thing for k, thing in enumerate(b) if k not in keep]

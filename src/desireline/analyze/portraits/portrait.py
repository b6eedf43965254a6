"""The measured traits of one group of people, beside those of everyone."""

from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple

import numpy as np

from desireline.analyze.portraits.crowd import Crowd
from desireline.analyze.portraits.figures import Estimate, apart, of_people, share
from desireline.analyze.portraits.small import hidden_of_parts, small, tells
from desireline.analyze.scope import F64, Bools
from desireline.model.clock import moment
from desireline.model.persona import MeasuredOrigin, MeasuredTrait, TraitKey, TraitPart, TraitUnit

PARTS_SHOWN = 12
QUESTION = "persona_card"


class Count(NamedTuple):
    """A part before it is decided what may be shown: its people, and the condition that holds for them."""

    name: str
    who: Bools
    where: str | None


class Portrait:
    """Measures a group; nothing that fewer than the threshold stand behind is said.

    Args:
        crowd: everyone.
        who: bool[people], the group.
        properties: which properties or traits of people tell topics, languages, devices and regions, by trait.
        threshold: people that a figure needs.
    """

    def __init__(self, crowd: Crowd, who: Bools, properties: Mapping[TraitKey, str], threshold: int) -> None:
        self._crowd, self._who, self._rest = crowd, who, ~who
        self._properties, self._threshold = properties, threshold
        self.people, self._others = int(who.sum()), int((~who).sum())

    def traits(self, types: Sequence[Count] = ()) -> list[MeasuredTrait]:
        """All traits that there is anything to say of; `types`: who is of which journey type."""
        found = [self._size("size", "people"), self._size("share", "share")]
        found += self._figure("value", "value", "mean", self._crowd.spent)
        found += self._figure("pace", "seconds", "median", self._crowd.pace)
        found += self._goals()
        found += self._named("channels", "channel")
        found += self._named("touchpoints", "event" if self._crowd.scope.definition is None else "touchpoint")
        found += [t for key, by in self._properties.items() for t in self._named(key, by)]
        found += [self._parts("types", types, exclusive=True, cut=0)] if types else []
        return [*found, self._trend()]

    # --- figures -------------------------------------------------------------------------------------------

    def _size(self, key: TraitKey, unit: TraitUnit) -> MeasuredTrait:
        everyone = self._crowd.scope.units
        found = share(self.people, everyone)
        within = found.within if found is not None and unit == "share" else None
        value = float(self.people) if unit == "people" else found and found.value
        if small(self._others, self._threshold) and unit == "share":
            return self._trait(key, unit, hidden="would_tell")
        ends = {} if within is None else within._asdict()
        return self._trait(key, unit, value=value, n=self.people, of=everyone if unit == "share" else None, **ends)

    def _figure(self, key: TraitKey, unit: TraitUnit, kind: str, values: F64 | None) -> list[MeasuredTrait]:
        mine = None if values is None else of_people(kind, values, self._who)
        if values is None or mine is None:
            return []
        behind = self._behind(kind, values, self._who)
        if small(behind, self._threshold):
            return [self._trait(key, unit, hidden="few_people")]
        n = None if small(self.people - mine.n, self._threshold) else mine.n
        ends = {} if mine.within is None else mine.within._asdict()
        against = self._against(kind, values, mine)
        return [self._trait(key, unit, value=mine.value, n=n, **ends, **against)]

    def _behind(self, kind: str, values: F64, who: Bools) -> int:
        """People who give a figure: those with a value, not those who add nothing to a sum."""
        return int(np.count_nonzero(values[who] if kind == "mean" else ~np.isnan(values[who])))

    def _against(self, kind: str, values: F64, mine: Estimate) -> dict[str, float | bool | None]:
        """The figure of everyone, if it does not tell that of a few."""
        rest = of_people(kind, values, self._rest)
        if rest is None or small(self._behind(kind, values, self._rest), self._threshold):
            return {}
        if small(self._others, self._threshold):
            return {}
        every = of_people(kind, values, np.ones(len(values), np.bool_))
        return {"everyone": every and every.value, "differs": apart(mine.within, rest.within)}

    # --- distributions -------------------------------------------------------------------------------------

    def _goals(self) -> list[MeasuredTrait]:
        definition = self._crowd.scope.definition
        counts = [
            Count(goal.name, self._crowd.reaching(goal.name), _condition("touchpoint", goal.touchpoints))
            for goal in (definition.goals if definition else [])
        ]
        return [self._parts("goals", counts, exclusive=False, cut=0)] if counts else []

    def _named(self, key: TraitKey, by: str) -> list[MeasuredTrait]:
        having = self._crowd.having(by)
        if not having.names:
            return []
        rank = [int(np.count_nonzero(having.of(k) & self._who)) for k in range(len(having.names))]
        order = sorted(range(len(rank)), key=lambda k: (-rank[k], having.names[k]))
        shown = [k for k in order if rank[k]][:PARTS_SHOWN]
        counts = [Count(having.names[k], having.of(k), _condition(by, having.names[k])) for k in shown]
        cut = max(0, having.found - len(shown))
        trait = self._parts(key, counts, exclusive=having.exclusive, cut=cut)
        return [trait.model_copy(update={"of_property": by if "." in by else None})] if counts else []

    def _trend(self) -> MeasuredTrait:
        months = self._crowd.active
        counts = [Count(name, months.of(k), None) for k, name in enumerate(months.names)]
        return self._parts("trend", counts, exclusive=False, cut=months.found - len(months.names))

    def _parts(self, key: TraitKey, counts: Sequence[Count], *, exclusive: bool, cut: int) -> MeasuredTrait:
        mine = [int(np.count_nonzero(count.who & self._who)) for count in counts]
        hidden = hidden_of_parts(mine, self.people, self._threshold, exclusive=exclusive)
        parts = [
            TraitPart(name=count.name, hidden=why) if why is not None else self._part(count, n)
            for count, n, why in zip(counts, mine, hidden, strict=True)
        ]
        return self._trait(key, "share", parts=parts, cut=cut)

    def _part(self, count: Count, n: int) -> TraitPart:
        found = share(n, self.people)
        ends = {} if found is None or found.within is None else found.within._asdict()
        told = TraitPart(name=count.name, where=count.where, n=n, of=self.people, share=found and found.value, **ends)
        rest = int(np.count_nonzero(count.who & self._rest))
        others = share(rest, self._others)
        if found is None or others is None or tells(rest, self._others, self._threshold):
            return told
        if small(self._others, self._threshold):
            return told
        every = (n + rest) / (self.people + self._others)
        ratio = log2(found.value / every) if n and every else None
        return told.model_copy(update={"everyone": every, "log2": ratio, "differs": apart(found.within, others.within)})

    def _trait(self, key: TraitKey, unit: TraitUnit, **fields: object) -> MeasuredTrait:
        scope = self._crowd.scope
        version = scope.definition.version if scope.definition else None
        origin = MeasuredOrigin(question=QUESTION, definition_version=version, as_of=moment(scope.until))
        return MeasuredTrait.model_validate({"key": key, "unit": unit, "origin": origin, **fields})


def _condition(by: str, given: str | list[str]) -> str | None:
    """The condition of a part, as the language of segments writes it; None for a text too long for it."""
    from desireline.model.expression import written
    from desireline.model.segment import MAX_TEXT, FieldCondition

    if isinstance(given, list):
        return written(FieldCondition(field=by, op="in", value=list(given))) if given else None
    return written(FieldCondition(field=by, op="=", value=given)) if len(given) <= MAX_TEXT else None

"""Whether a map is still measured by what it says it is measured by: what a build server asks of maps kept as code."""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel

from desireline.i18n import translate
from desireline.maps.bindings import Bindings
from desireline.maps.evidence import FRESH_FOR
from desireline.model.measurements import Measurements

Code = Literal[
    "stage_gone", "touchpoint_gone", "touchpoint_silent", "touchpoint_never", "item_unmeasured", "item_missing",
    "binding_gone",
]  # fmt: skip


class Problem(BaseModel):
    """Something that stopped being measured, or never was.

    Attributes:
        map: id of the map.
        on: id of the stage or card.
        names: what its sentence says.
    """

    code: Code
    map: str
    on: str
    names: dict[str, str]

    def sentence(self, language: str) -> str:
        """What is wrong, in words."""
        return translate(language, f"map.check.{self.code}", **self.names)


def problems(bindings: Bindings, measurements: Measurements) -> list[Problem]:
    """What is wrong with the measurement of a map, stages first; of each touchpoint item once.

    Args:
        bindings: the map, its library and the definition.
        measurements: of the definition, without filters.
    """
    found = [*_stages(bindings), *_bindings(bindings), *_items(bindings, measurements)]
    return [problem.model_copy(update={"map": bindings.document.id}) for problem in found]


def _problem(code: Code, on: str, **names: str) -> Problem:
    return Problem(code=code, map="", on=on, names=names)


def _stages(bindings: Bindings) -> Iterator[Problem]:
    for stage in bindings.document.stages:
        if stage.measures is not None and stage.measures not in bindings.stages:
            yield _problem("stage_gone", stage.id, stage=stage.name, name=stage.measures)


def _bindings(bindings: Bindings) -> Iterator[Problem]:
    """Cards bound to what is neither on the map nor in the library."""
    stages = {stage.id for stage in bindings.document.stages}
    for card, _, _ in bindings.placed:
        if card.bind is None:
            continue
        items = [item for item in (card.bind.touchpoint, card.bind.to) if item is not None]
        gone = [item for item in items if item not in bindings.items]
        if card.bind.stage is not None and card.bind.stage not in stages:
            gone.append(card.bind.stage)
        for name in gone:
            yield _problem("binding_gone", card.id, item=name)


def _items(bindings: Bindings, measurements: Measurements) -> Iterator[Problem]:
    """Touchpoint items of cards: those that the definition or the data does not know any more.

    One that was never measured is an assumption, and nothing is wrong with it before a card is bound to it.
    """
    last = {t: m.last for t, m in zip(bindings.touchpoints, measurements.touchpoints, strict=True)}
    bound = {ref for card, _, _ in bindings.placed if card.bind for ref in (card.bind.touchpoint, card.bind.to)}
    for ref, card in _referred(bindings).items():
        item = bindings.items.get(ref)
        if item is None:
            yield _problem("item_missing", card, item=ref)
            continue
        if not item.measures and ref in bound:
            yield _problem("item_unmeasured", card, item=item.name)
        for name in item.measures:
            if name not in bindings.touchpoints:
                yield _problem("touchpoint_gone", card, item=item.name, name=name)
        known = bindings.met(ref)
        latest = max((time for time in map(last.__getitem__, known) if time is not None), default=None)
        if known and latest is None:
            yield _problem("touchpoint_never", card, item=item.name)
        elif latest is not None and measurements.until is not None and measurements.until - latest > FRESH_FOR:
            days = str(FRESH_FOR.days)
            yield _problem("touchpoint_silent", card, item=item.name, last=latest.date().isoformat(), days=days)


def _referred(bindings: Bindings) -> dict[str, str]:
    """Touchpoint items that a map refers to, each with the first card that does."""
    found: dict[str, str] = {}
    for card, lane, _ in bindings.placed:
        bound = [card.bind.touchpoint, card.bind.to] if card.bind is not None else []
        refs = [card.ref] if lane.kind == "touchpoints" else []
        for ref in (*refs, *bound):
            if ref is not None and (ref in bindings.items or ref in refs):
                found.setdefault(ref, card.id)
    return found

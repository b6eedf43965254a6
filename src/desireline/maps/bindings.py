"""What a map's things stand for in the definition: the touchpoints of cards and steps, the bound figures."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from desireline.model.counted import REPEAT_DAYS, Bound, Voices
from desireline.model.definition import Definition
from desireline.model.journey_map import Binding, Card, EmotionRecipe, JourneyMap, Lane, ScoreScale
from desireline.model.library import LibraryItem


class Placed(NamedTuple):
    """A card, and where it stands: the ids of the steps that it covers."""

    card: Card
    lane: Lane
    steps: list[str]


class Bindings:
    """A map read with its library and a definition."""

    def __init__(self, document: JourneyMap, library: Sequence[LibraryItem], definition: Definition) -> None:
        self.document = document
        self.definition = definition
        self.items = {item.id: item for item in library}
        self.touchpoints = {t.name: t for t in definition.touchpoints}
        self.stages = [s.name for s in definition.stages]

    @cached_property
    def placed(self) -> list[Placed]:
        """All cards, lane by lane; a card ends with the map's last step."""
        steps = [step.id for step in self.document.steps()]
        at = {step: k for k, step in enumerate(steps)}
        return [
            Placed(card, lane, steps[at[step] : at[step] + card.span])
            for lane in self.document.lanes
            for step, cards in lane.cells.items()
            for card in cards
        ]

    def stated(self, item: str | None) -> list[str]:
        """What a touchpoint item says it is measured by, whether the definition has it or not."""
        found = self.items.get(item) if item is not None else None
        return found.measures if found is not None and found.kind == "touchpoint" else []

    def met(self, item: str | None) -> tuple[str, ...]:
        """The touchpoints of the definition that measure an item, sorted."""
        return tuple(sorted({name for name in self.stated(item) if name in self.touchpoints}))

    def stage_of(self, stage: str | None) -> str | None:
        """The stage of the definition that measures a stage of the map."""
        measures = next((s.measures for s in self.document.stages if s.id == stage), None)
        return measures if measures in self.stages else None

    def of_step(self, step: str) -> dict[str, str]:
        """The touchpoints of the cards in a step, each with the item that brings it: the first one on the map."""
        return self._of_steps.get(step, {})

    @cached_property
    def _of_steps(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for card, lane, steps in self.placed:
            if lane.kind == "touchpoints" and card.ref is not None:
                for step in steps:
                    of = found.setdefault(step, {})
                    for name in self.met(card.ref):
                        of.setdefault(name, card.ref)
        return found

    def bound(self, binding: Binding) -> Bound | None:
        """The figure that a binding asks for; None if the definition lacks what it is of, or it is a score."""
        of, stage, to = self.met(binding.touchpoint), self.stage_of(binding.stage), self.met(binding.to)
        lacking = (binding.to is not None and not to) or (binding.question == "conversion" and not to)
        if binding.question == "feedback" or not (of or stage) or lacking:
            return None
        to = to if binding.question in {"conversion", "time"} else ()
        days = binding.days or REPEAT_DAYS if binding.question == "repeat" else REPEAT_DAYS
        return Bound(question=binding.question, touchpoints=of, stage=stage, to=to, days=days)

    def people(self, card: Card) -> Bound | None:
        """The people of a touchpoint card."""
        of = self.met(card.ref)
        return Bound(question="people", touchpoints=of) if of else None

    @cached_property
    def recipe(self) -> EmotionRecipe:
        """How scores are read outside emotion lanes: as the first of these does."""
        recipes = [lane.recipe for lane in self.document.lanes if lane.kind == "emotion" and lane.recipe is not None]
        return recipes[0] if recipes else EmotionRecipe()

    def feedback(self, binding: Binding) -> Voices | None:
        """The answers that a binding asks for."""
        names: Iterable[str] = self.met(binding.touchpoint)
        if binding.stage is not None:
            stage = self.stage_of(binding.stage)
            names = sorted(t.name for t in self.definition.touchpoints if stage is not None and t.stage == stage)
        of = dict.fromkeys(names, binding.touchpoint or "")
        return self._voices(of, self.recipe, raw=True, scale=binding.scale) if of else None

    def rating(self, item: str) -> Voices | None:
        """The answers that say how well a touchpoint meets expectation."""
        of = dict.fromkeys(self.met(item), item)
        return self._voices(of, self.recipe) if of else None

    def feeling(self, step: str, recipe: EmotionRecipe) -> Voices | None:
        """The answers of a step."""
        of = self.of_step(step)
        return self._voices(of, recipe) if of else None

    def _voices(
        self, of: dict[str, str], recipe: EmotionRecipe, *, raw: bool = False, scale: ScoreScale | None = None
    ) -> Voices:
        said = {name: scale or recipe.scales.get(item) for name, item in of.items()}
        return Voices(
            weights=tuple((name, 1.0 if raw else recipe.weights.get(item, 1.0)) for name, item in of.items()),
            scales=tuple((name, on) for name, on in said.items() if on is not None),
            recipe=recipe,
            raw=raw,
        )

"""What has to be counted for a map, by keys under which `maps.measure` finds it again."""

from typing import NamedTuple

from desireline.maps.bindings import Bindings
from desireline.model.counted import Bound, Voices
from desireline.model.journey_map import EmotionRecipe


class Wanted(NamedTuple):
    """Figures, and answers by key: `card:ID`, `item:ID` and, for curves, `LANE:STEP`; `words`: likewise, of texts."""

    bounds: list[Bound]
    voices: dict[str, Voices]
    curves: dict[str, Voices]
    words: dict[str, Voices]


def wanted(bindings: Bindings) -> Wanted:
    """What the things of a map ask for."""
    stages = filter(None, (bindings.stage_of(stage.id) for stage in bindings.document.stages))
    bounds = dict.fromkeys(Bound(question="goes_on", stage=name) for name in stages)
    voices: dict[str, Voices | None] = {}
    for card, lane, _ in bindings.placed:
        found = bindings.bound(card.bind) if card.bind else None
        if card.bind and card.bind.question == "feedback":
            voices[f"card:{card.id}"] = bindings.feedback(card.bind)
        if lane.kind == "touchpoints" and card.ref is not None:
            voices[f"item:{card.ref}"] = bindings.rating(card.ref)
            found = found or bindings.people(card)
        if found is not None:
            bounds[found] = None
    curves: dict[str, Voices | None] = {}
    words: dict[str, Voices | None] = {}
    steps = [step.id for step in bindings.document.steps()]
    for lane in bindings.document.lanes:
        if lane.kind == "emotion":
            recipe = lane.recipe or EmotionRecipe()
            said = {f"{lane.id}:{step}": bindings.feeling(step, recipe) for step in steps}
            curves.update(said)
            if recipe.words:
                words.update(said)
            if recipe.behaviour:
                bounds.update(dict.fromkeys(filter(None, (trouble(bindings, step) for step in steps))))
    bounds.update(dict.fromkeys(filter(None, (people(bindings, step) for step in steps))))
    return Wanted(list(bounds), _known(voices), _known(curves), _known(words))


def people(bindings: Bindings, step: str) -> Bound | None:
    """The people of a step: those who met one of its touchpoints."""
    of = tuple(sorted(bindings.of_step(step)))
    return Bound(question="people", touchpoints=of) if of else None


def trouble(bindings: Bindings, step: str) -> Bound | None:
    """The people of a step who show that they struggle; not told by what is known only with a purchase."""
    of = tuple(sorted(n for n in bindings.of_step(step) if bindings.touchpoints[n].caveat is None))
    return Bound(question="trouble", touchpoints=of) if of else None


def _known(found: dict[str, Voices | None]) -> dict[str, Voices]:
    return {key: one for key, one in found.items() if one is not None}

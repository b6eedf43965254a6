"""An ideal map, reduced to what can be compared with what people did: steps by touchpoints, and the allowed paths."""

from collections.abc import Iterable

from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem
from desireline.model.planned import Planned


def planned(ideal: JourneyMap, library: Iterable[LibraryItem]) -> Planned:
    """The plan of a map; results speak of its steps by the map's own ids.

    A step is met by the touchpoints of the definition that measure the touchpoint cards over it; a card over several
    steps is part of each. A map without paths allows its steps from left to right, as the path with the map's id.

    Args:
        ideal: the map.
        library: its items.
    """
    measures = {item.id: item.measures for item in library if item.kind == "touchpoint"}
    order = [step.id for step in ideal.steps()]
    met: dict[str, dict[str, None]] = {step: {} for step in order}
    for lane in ideal.lanes:
        if lane.kind != "touchpoints":
            continue
        for at, step in enumerate(order):
            for card in lane.cells.get(step, []):
                for covered in order[at : at + card.span]:
                    met[covered].update(dict.fromkeys(measures.get(card.ref or "", [])))
    paths = [{"id": path.id, "steps": path.steps} for path in ideal.paths]
    return Planned.model_validate(
        {
            "ideal": ideal.id,
            "steps": [{"id": s.id, "touchpoints": [*met[s.id]], "optional": s.optional} for s in ideal.steps()],
            "paths": paths or [{"id": ideal.id, "steps": order}] * bool(order),
        }
    )

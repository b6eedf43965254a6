"""Maps of a workspace: draw, list, show, export."""

import datetime as dt

from desireline.analyze import overlay
from desireline.analyze.scope import Scope
from desireline.errors import BadName, UnknownGoal, UnknownMap
from desireline.maps.draw import draw as draw_document
from desireline.model.definition import Definition
from desireline.model.map import MapDocument
from desireline.model.summary import MapSummary
from desireline.store.records import Records


def draw(records: Records, scope: Scope, definition: Definition, name: str, goal: str | None) -> MapDocument:
    """Measure, draw and store a map under its name, in place of an earlier one.

    Raises:
        BadName: the name is empty, too long or holds control characters.
        UnknownGoal: the definition has no such goal.
    """
    name = name.strip()
    if not name or len(name) > 200 or not name.isprintable():
        raise BadName(kind="map", name=name[:200])
    document = measured(scope, definition, name, goal)
    records.save_map(name, document.drawn, document.model_dump_json())
    return document


def measured(scope: Scope, definition: Definition, name: str, goal: str | None) -> MapDocument:
    """The map as the scope shows it now; nothing is stored."""
    goals = [g.name for g in definition.goals]
    if goal is not None and goal not in goals:
        raise UnknownGoal(goal=goal, available=goals)
    asked = overlay.MapRequest(goal=goal, filters=scope.filters, grain=scope.grain)
    return draw_document(definition, overlay.measure(scope, asked), name, goal, dt.datetime.now(dt.UTC))


def load(records: Records, name: str) -> MapDocument:
    """A stored map.

    Raises:
        UnknownMap: there is none of that name.
    """
    found = records.map(name)
    if found is None:
        raise UnknownMap(name=name, available=records.map_names())
    return MapDocument.model_validate_json(found)


def summaries(records: Records) -> list[MapSummary]:
    """All maps, by name."""
    return [summary(MapDocument.model_validate_json(d)) for d in records.maps()]


def summary(document: MapDocument) -> MapSummary:
    """What a list says of a map."""
    return MapSummary(
        name=document.name,
        goal=document.goal,
        drawn=document.drawn,
        stages=len(document.stages),
        touchpoints=sum(
            len(c.touchpoints) for lane in document.lanes if lane.kind == "touchpoints" for c in lane.cells
        ),
        definition_version=document.definition_version,
    )

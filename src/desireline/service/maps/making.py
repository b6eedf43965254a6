"""New maps: from a template, from the data, or blank."""

import secrets

from desireline.i18n import translate
from desireline.model.journey_map import Goal, JourneyMap, Lane, LaneKind, MapFile, MapStage, Step
from desireline.model.map_history import NewMap
from desireline.service.maps import editing, library, measuring, templates
from desireline.service.opened import Opened

_BLANK: tuple[LaneKind, ...] = ("actions", "touchpoints", "thoughts", "emotion", "pain_points", "opportunities")


def make(opened: Opened, asked: NewMap, author: str) -> JourneyMap:
    """Make and store a map.

    Raises:
        BadName, NameTaken: of the name.
        UnknownTemplate: there is none of that id.
        NoDefinition, NoEvents, UnknownGoal: nothing to draw from.
    """
    if asked.template is not None:
        file = templates.make(opened.records, asked.template, asked.language, asked.name)
    elif asked.from_data:
        from desireline.maps.propose import drawn

        data = measuring.data(opened, asked.definition, asked.goal)
        file = drawn(asked.name, data, asked.language, library.items(opened.records))
    else:
        file = _blank(asked.name, asked.language)
    return editing.add(opened.records, file, author)


def _blank(name: str, language: str) -> MapFile:
    """Three stages with one step each, and the lanes that most maps begin with."""
    names = [translate(language, "map.new.stage", n=n) for n in (1, 2, 3)]
    stages = [MapStage(id=_id(), name=n, steps=[Step(id=_id())]) for n in names]
    lanes = [Lane(id=_id(), kind=kind) for kind in _BLANK]
    return MapFile(id="new", name=name, languages=[language], goal=Goal(), stages=stages, lanes=lanes)


def _id() -> str:
    return secrets.token_hex(5)

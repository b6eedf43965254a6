"""Templates: those that are shipped, and the organisation's own: maps without what was measured or decided."""

import secrets

from desireline.errors import UnknownTemplate
from desireline.maps import templates as shipped
from desireline.model.journey_map import MapFile
from desireline.model.map_history import TemplateInfo
from desireline.service.maps import editing
from desireline.service.maps.library import items
from desireline.store.records import Records


def listed(records: Records, language: str) -> list[TemplateInfo]:
    """All templates, own ones first."""
    own = [_info(file) for file in _own(records)]
    return [*own, *(shipped.info(name, language) for name in shipped.names())]


def make(records: Records, template: str, language: str, name: str) -> MapFile:
    """A new map from a template.

    Raises:
        UnknownTemplate: there is none of that id.
    """
    if template in shipped.names():
        return shipped.make(template, language, name)
    own = {file.id: file for file in _own(records)}
    if template not in own:
        raise UnknownTemplate(template=template[:64], available=[*own, *shipped.names()])
    return own[template].model_copy(update={"name": name, "template": template})


def save(records: Records, which: str) -> TemplateInfo:
    """Keep a map as a template: without its owner, review, status, parent and typed values."""
    document = editing.document(editing.stored(records, which))
    used = editing.used(document, items(records))
    neutral = {"status": "draft", "owner": None, "review": None, "parent": None}
    body = document.model_copy(update={**neutral, "id": f"own-{secrets.token_hex(4)}"}).model_dump(mode="json")
    for card in (card for lane in body["lanes"] for cell in lane["cells"].values() for card in cell):
        card.update(value=None, owner=None, link=None)
    file = MapFile.model_validate({**body, "library": [i.model_dump() for i in used]})
    records.library.save_template(file.id, file.model_dump_json())
    return _info(file)


def remove(records: Records, template: str) -> None:
    """Forget an own template.

    Raises:
        UnknownTemplate: there is none of that id among the own ones.
    """
    own = [file.id for file in _own(records)]
    if template not in own:
        raise UnknownTemplate(template=template[:64], available=own)
    records.library.remove_template(template)


def _own(records: Records) -> list[MapFile]:
    return [MapFile.model_validate_json(text) for text in records.library.templates()]


def _info(file: MapFile) -> TemplateInfo:
    return TemplateInfo(
        id=file.id,
        name=file.name,
        description=file.goal.text,
        own=True,
        stages=[stage.name for stage in file.stages],
        steps=len(file.steps()),
        languages=file.languages,
    )

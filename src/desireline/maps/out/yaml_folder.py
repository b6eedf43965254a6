"""The map as a folder of YAML files that differ in few lines where the map differs in little.

`map.yaml` holds the map with its stages and steps, `library.yaml` what it refers to, `lanes/NN-<slug>.yaml` one lane
each. Whatever is at its default is left out; keys stand in the order of the model, so that the order never changes.
"""

import io
import re
import zipfile
from typing import Any, Final

import yaml
from pydantic import BaseModel

from desireline.maps.out import Request
from desireline.maps.out.kept import kept, map_file
from desireline.maps.slug import slug
from desireline.model.journey_map import Lane

LOSES: Final = ("figures", "history")
_ODD_BREAKS: Final = re.compile("[\x85\u2028\u2029]")
_DAY: Final = (1980, 1, 1, 0, 0, 0)


def write(request: Request) -> bytes:
    """The folder as a ZIP archive, stable to the byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files(request).items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def files(request: Request) -> dict[str, str]:
    """Path below the folder → text, `map.yaml` first."""
    document = map_file(kept(request))
    head = _plain(document.model_copy(update={"lanes": [], "library": []}))
    found = {"map.yaml": _text({"schema_version": document.schema_version, **head})}
    for place, lane in enumerate(document.lanes, 1):
        found[f"lanes/{place:02}-{slug(lane.title or lane.kind) or lane.kind}.yaml"] = _text(
            _lane(document.steps(), lane)
        )
    if document.library:
        found["library.yaml"] = _text([_plain(item) for item in document.library])
    return found


def _lane(steps: list[Any], lane: Lane) -> dict[str, Any]:
    """Cells in the order of the steps, whatever the order in which they were filled."""
    told = _plain(lane.model_copy(update={"cells": {}}))
    cells = {step.id: [_plain(card) for card in lane.cells[step.id]] for step in steps if lane.cells.get(step.id)}
    return {**told, "cells": cells} if cells else told


def _plain(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _text(values: object) -> str:
    return yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1 << 20)


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stand as blocks, each line on its own; lists are indented below their key."""

    def ignore_aliases(self, data: Any) -> bool:
        return data is not None

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        return super().increase_indent(flow, indentless=False)


def _lines(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _ODD_BREAKS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _lines)

"""The mapping document on disk: YAML, read safely, every error with its place in words."""

from pathlib import Path
from typing import Final

import yaml
from pydantic import ValidationError

from desireline.errors import BadMapping, FileMissing
from desireline.model.mapping import Mapping

LIMIT: Final = 256 << 10
"""A mapping is a page or two; anything larger is something else."""


def load_mapping(path: Path) -> Mapping:
    """Reads a mapping from a YAML file.

    Raises:
        FileMissing: no such file.
        BadMapping: too large, no YAML, or not a mapping.
    """
    if not path.is_file():
        raise FileMissing(str(path))
    if path.stat().st_size > LIMIT:
        raise BadMapping(f"{path.name}: over {LIMIT >> 10} KiB")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMapping(f"{path.name}: not UTF-8") from error
    return read_mapping(text)


def read_mapping(document: str | dict[str, object]) -> Mapping:
    """A mapping from YAML text or from plain values.

    Raises:
        BadMapping: with the place and what was expected there.
    """
    values: object = document
    if isinstance(document, str):
        if len(document) > LIMIT:
            raise BadMapping(f"over {LIMIT >> 10} KiB")
        try:
            values = yaml.load(document, Loader=_NoAliases)  # noqa: S506 - a SafeLoader without aliases
        except (yaml.YAMLError, RecursionError) as error:
            raise BadMapping(" ".join(str(error).split())) from error
    if not isinstance(values, dict):
        raise BadMapping("the document is no mapping of keys to values; it needs person, time and event")
    try:
        return Mapping.model_validate(values)
    except ValidationError as error:
        raise BadMapping("; ".join(map(_worded, error.errors()[:5]))) from error


def dump_mapping(mapping: Mapping) -> str:
    """The mapping as YAML, without what is at its default."""
    values = mapping.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


class _NoAliases(yaml.SafeLoader):
    """Aliases let a few lines unfold to gigabytes, and a mapping needs none."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read")
        return super().compose_node(parent, index)


def _worded(error: object) -> str:
    place = ".".join(str(p) for p in error["loc"]) if isinstance(error, dict) else ""
    what = error["msg"].removeprefix("Value error, ") if isinstance(error, dict) else str(error)
    return f"{place}: {what}" if place else what

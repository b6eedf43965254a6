"""Versions of the definition: read and save."""

import datetime as dt

import yaml
from pydantic import ValidationError

from desireline.errors import BadDefinition, NoDefinition
from desireline.model.definition import MAIN, Definition
from desireline.model.summary import DefinitionSummary
from desireline.store.records import Records

_DIGITS = 18
"""Of numbers that the records can be asked for."""


def current(records: Records) -> Definition | None:
    """The newest version of the main definition, or None."""
    found = records.definition()
    return Definition.model_validate_json(found) if found else None


def one(records: Records, which: int | str | None) -> Definition:
    """A version by its number, or the newest one of a name; of the main definition for None.

    Raises:
        NoDefinition: there is no such version or name, or none at all.
    """
    if isinstance(which, str) and which.isdecimal() and len(which) < _DIGITS:
        which = int(which)
    elif isinstance(which, int) and abs(which) >= 10**_DIGITS:
        raise NoDefinition(available=records.definition_versions())
    found = records.definition(None if which == MAIN else which)
    if found is None:
        raise NoDefinition(available=records.definition_versions())
    return Definition.model_validate_json(found)


def versions(records: Records) -> list[DefinitionSummary]:
    """All versions of all definitions, newest first."""
    documents = [Definition.model_validate_json(text) for text in reversed(records.definitions())]
    return [
        DefinitionSummary(
            version=d.version, name=d.name, created=d.created, origin=d.origin, stages=len(d.stages),
            touchpoints=len(d.touchpoints), goals=len(d.goals),
        )
        for d in documents
    ]  # fmt: skip


def save(records: Records, definition: Definition) -> Definition:
    """Store as a new version; earlier ones stay."""
    version, created = records.next_definition_version(), dt.datetime.now(dt.UTC)
    stored = definition.model_copy(update={"version": version, "created": created})
    name = None if stored.name == MAIN else stored.name
    records.add_definition(version, created, stored.model_dump_json(), name)
    return stored


def parse(text: str) -> Definition:
    """Read a definition from YAML (or JSON, which is YAML).

    Raises:
        BadDefinition: the text is no YAML, or it contradicts itself.
    """
    try:
        return Definition.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise BadDefinition(why=str(error).replace("\n", " ")) from None
    except ValidationError as error:
        raise BadDefinition(why=readable(error)) from None


def readable(error: ValidationError) -> str:
    """The first problem of a document, with its place."""
    first = error.errors()[0]
    place = ".".join(str(p) for p in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def as_yaml(definition: Definition) -> str:
    """The document as YAML, as `parse` reads it."""
    body = definition.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True)

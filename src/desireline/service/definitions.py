"""Versions of the definition: read, save, propose from the data."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import yaml
from pydantic import ValidationError
from scipy import sparse

from desireline.analyze.overlay import MapRequest, measure
from desireline.analyze.scope import Scope
from desireline.analyze.transitions import TransitionsRequest, answer
from desireline.analyze.trophic import propose_stages
from desireline.errors import BadDefinition, NoDefinition
from desireline.model.definition import MAIN, Definition, Goal, JourneyRules, MatchRule, Stage, Touchpoint
from desireline.model.summary import DefinitionSummary
from desireline.store.journeys import Generation
from desireline.store.records import Records


def current(records: Records) -> Definition | None:
    """The newest version of the main definition, or None."""
    found = records.definition()
    return Definition.model_validate_json(found) if found else None


def one(records: Records, which: int | str | None) -> Definition:
    """A version by its number, or the newest one of a name; of the main definition for None.

    Raises:
        NoDefinition: there is no such version or name, or none at all.
    """
    if isinstance(which, str) and which.isdecimal():
        which = int(which)
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


def propose_touchpoints(generation: Generation) -> list[Touchpoint]:
    """One touchpoint per event name, split by channel only where several channels share the name."""
    rows = generation.dictionary.select(["name", "channel", "caveat"]).to_pylist()
    channels: dict[str, dict[str, str | None]] = {}
    for row in rows:
        channels.setdefault(row["name"], {})[row["channel"]] = row["caveat"]
    found = []
    for name, by_channel in sorted(channels.items()):
        for channel, caveat in sorted(by_channel.items()):
            split = len(by_channel) > 1
            rule = MatchRule(name=name, channel=channel if split else None)
            label = f"{name} ({channel})" if split else name
            found.append(Touchpoint(name=label[:200], channel=channel, match=[rule], caveat=caveat))
    return found


def propose(scope: Scope, touchpoints: Sequence[Touchpoint], stages: int) -> Definition:
    """Stages by the trophic level of the directly-follows graph (`analyze.trophic`), goals at its end.

    Args:
        scope: persons with all their events, labelled by `touchpoints`.
        touchpoints: the touchpoints, in the order of the scope's labels.
        stages: how many stages at most.
    """
    names = [t.name for t in touchpoints]
    place = {name: i for i, name in enumerate(names)}
    links = answer(scope, TransitionsRequest(medians=False)).transitions
    cells = ([place[link.from_] for link in links], [place[link.to] for link in links])
    counts = sparse.coo_array(([link.count for link in links], cells), shape=(len(names), len(names)), dtype=np.int64)
    people = [m.people for m in measure(scope, MapRequest()).touchpoints]
    found = propose_stages(counts.tocsr(), names, people, stages)
    placed = [
        t.model_copy(update={"stage": found.names[s]}) for t, s in zip(touchpoints, found.assignment, strict=True)
    ]
    order = np.lexsort((-np.array(people), np.array(found.assignment)))
    last = [placed[i] for i in order if found.assignment[i] == len(found.names) - 1]
    return Definition(
        origin="proposed",
        coherence=found.coherence,
        stages=[Stage(name=n) for n in found.names],
        touchpoints=[placed[i] for i in order],
        goals=[Goal(name=last[0].name, touchpoints=[last[0].name])] if last else [],
        journey=JourneyRules(),
    )

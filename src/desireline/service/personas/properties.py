"""Which properties of events, or traits of people, tell a topic, a language, a device or a region."""

from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow.compute as pc

from desireline.model.persona import TraitKey
from desireline.service.opened import Opened
from desireline.store import lake
from desireline.store.property_names import property_names

NAMES: Final[Mapping[TraitKey, Sequence[str]]] = {
    "topics": ("topic",),
    "languages": ("language", "lang", "locale"),
    "devices": ("device", "device_type", "platform", "os"),
    "regions": ("region", "country", "state", "city"),
}
"""The first that is there is taken; what is said of a person goes before what is said of an event."""


def properties_of(opened: Opened) -> dict[TraitKey, str]:
    """By trait, what tells it, as a condition names it; nothing for traits that nothing tells."""
    generation = opened.generation()
    stated = {name.lower(): name for name in sorted(pc.unique(generation.traits["name"]).to_pylist())}
    kept = {name.lower(): name for name in property_names(generation, lake.events(opened.places.events))}
    found: dict[TraitKey, str] = {}
    for key, names in NAMES.items():
        told = [f"trait.{stated[name]}" for name in names if name in stated and key != "topics"]
        told += [f"property.{kept[name]}" for name in names if name in kept]
        if told:
            found[key] = told[0]
    return found

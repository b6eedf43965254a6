"""A planted world: events as a scope, and what is true of them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from desireline.analyze.scope import I64, Scope
from desireline.simulate import Difficulty


class Setting(NamedTuple):
    """How hard, how many people, and which chance."""

    difficulty: Difficulty
    people: int
    seed: int


class PlantedTrouble(NamedTuple):
    """`segment` is {} for everyone."""

    kind: str
    touchpoint: str
    segment: dict[str, str]
    begin: dt.datetime
    end: dt.datetime


class PlantedChange(NamedTuple):
    """From `at` on another share of `source` leads to `target`."""

    source: str
    target: str
    at: dt.datetime


class Losses(NamedTuple):
    """By a friction: the share of those who met it that lost the goal by it, and the value lost in all."""

    share: float
    value: float | None


@dataclass(frozen=True, eq=False)
class World:
    """Nothing is planted of what is not given.

    Attributes:
        scope: without a definition.
        goal: event name.
        stages: of touchpoints.
        kinds: int64[units], planted types of journeys; -1 for units that are no people. personas: likewise.
        frictions: touchpoints that hinder. losses: what each costs.
        causal: the micro-conversion that moves the goal. decoys: others that do not.
        behaviours: (kind of obstacle, touchpoint) → people.
        strength: of the hidden confounder, as the E-value that would just explain its bias.
    """

    scope: Scope
    goal: str = ""
    stages: dict[str, int] = field(default_factory=dict)
    kinds: I64 | None = None
    personas: I64 | None = None
    frictions: frozenset[str] = frozenset()
    losses: dict[str, Losses] = field(default_factory=dict)
    causal: str | None = None
    decoys: tuple[str, ...] = ()
    troubles: tuple[PlantedTrouble, ...] = ()
    changes: tuple[PlantedChange, ...] = ()
    behaviours: dict[tuple[str, str], int] = field(default_factory=dict)
    strength: float | None = None

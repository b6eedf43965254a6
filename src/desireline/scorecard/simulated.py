"""Worlds of the simulator, with what its truth says."""

import datetime as dt
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.analyze.scope import I64
from desireline.scorecard.memory import Table, Texts, scope_of
from desireline.scorecard.worlds import Losses, PlantedChange, PlantedTrouble, Setting, World
from desireline.simulate import Effects, Simulation, simulate

PROPERTIES = ("platform", "language", "region", "topic", "element", "release", "survey", "campaign")


@lru_cache(maxsize=3)
def simulated(setting: Setting, effects: Effects = "planted") -> World:
    """The customers of the simulator's shop, as an analyst gets their events: with copies, bots and wrong clocks."""
    made = simulate(setting.people, setting.seed, difficulty=setting.difficulty, effects=effects)
    events, number = _events(made), pc.index_in(_events(made)["person_id"], made.people["person_id"].combine_chunks())
    names, event = _numbered(events["event"])
    channels, channel = _numbered(events["channel"])
    person = number.to_numpy().astype(np.int64)
    table = Table(
        person, pc.cast(events["timestamp"], pa.int64()).to_numpy(), event, names, channel, tuple(channels),
        events["value"].to_numpy(zero_copy_only=False).astype(np.float64),
        {path: _texts(events[path]) for path in PROPERTIES},
    )  # fmt: skip
    units, truth = np.unique(person), made.truth
    stages = list(dict.fromkeys(truth["stages"].values()))
    return World(
        scope_of(table), truth["goal"],
        stages={name: stages.index(stage) for name, stage in truth["stages"].items()},
        kinds=_latent(made, "type", units), personas=_latent(made, "persona", units),
        frictions=frozenset(f["touchpoint"] for f in truth["frictions"]),
        losses={f["touchpoint"]: _losses(f) for f in truth["frictions"]},
        causal=truth["micro"]["causal"], decoys=tuple(truth["micro"]["decoys"]),
        troubles=tuple(_trouble(t) for t in truth["troubles"]),
        changes=tuple(PlantedChange(d["from"], d["to"], dt.datetime.fromisoformat(d["at"])) for d in truth["drift"]),
        behaviours={
            (kind, row["touchpoint"]): row["people"] for kind, rows in truth["detectors"].items() for row in rows
        },
    )  # fmt: skip


def _events(made: Simulation) -> pa.Table:
    """Without rows that have no name and without copies, which an import leaves out as well."""
    events = made.events.filter(pc.greater(pc.utf8_length(pc.fill_null(made.events["event"], "")), 0))
    _, first = np.unique(events["event_id"].to_numpy(zero_copy_only=False).astype(str), return_index=True)
    return events.take(pa.array(np.sort(first)))


def _numbered(column: pa.ChunkedArray) -> tuple[list[str], I64]:
    coded = pc.dictionary_encode(pc.fill_null(column, "none")).combine_chunks()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)


def _texts(column: pa.ChunkedArray) -> Texts:
    coded = pc.dictionary_encode(column).combine_chunks()
    index = pc.fill_null(coded.indices, -1).to_numpy().astype(np.int32)
    return Texts(index, coded.dictionary.to_pylist())


def _latent(made: Simulation, name: str, units: I64) -> I64:
    """int64[units]; -1 for bots."""
    _, of = _numbered(made.people[name])
    bot = made.people["bot"].to_numpy(zero_copy_only=False)
    found: I64 = np.where(bot, -1, of)[units]
    return found


def _losses(friction: dict[str, Any]) -> Losses:
    return Losses(friction["lost_conversions"] / max(1, friction["people"]), friction["lost_value"])


def _trouble(trouble: dict[str, Any]) -> PlantedTrouble:
    ends = (dt.datetime.fromisoformat(trouble[side]) for side in ("from", "to"))
    return PlantedTrouble(trouble["kind"], trouble["touchpoint"], trouble["segment"], *ends)

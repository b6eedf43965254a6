"""Recorded exposures: events of the lake that say who came into which arm, written and found again."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from desireline.analyze.scope import I32, I64, Scope
from desireline.analyze.units import unit_of_event
from desireline.errors import NoExposures
from desireline.model.experiment import EXPOSURE, Assignment, Experiment
from desireline.model.mapping import Mapping

if TYPE_CHECKING:
    from desireline.model.summary import ImportSummary
    from desireline.service.workspace import Workspace

SOURCE: Final = "experiments"
CHANNEL: Final = "experiment"


def record(
    workspace: "Workspace", experiment: Experiment, assigned: Sequence[Assignment], at: dt.datetime
) -> "ImportSummary | None":
    """Writes who was assigned; the first exposure of a person to an arm counts. None if nobody takes part.

    The journey store is brought up to date when a result is asked for.
    """
    rows = [
        {
            "person": one.person, "time": at.isoformat(), "id": f"{experiment.id}\x1f{one.person}\x1f{one.arm}",
            "experiment": experiment.id, "arm": one.arm,
        }
        for one in assigned
        if one.arm is not None
    ]  # fmt: skip
    if not rows:
        return None
    with workspace.places.staging() as folder:
        file = folder / "exposures.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return workspace.import_files([file], SOURCE, mapping=_mapping(experiment), build=False)


def _mapping(experiment: Experiment) -> Mapping:
    written: dict[str, Any] = {
        "person": [{"column": "person", "type": experiment.unit}],
        "time": {"column": "time"},
        "event": {"constant": EXPOSURE},
        "event_id": "id",
        "channel": {"constant": CHANNEL},
        "properties": ["experiment", "arm"],
    }
    return Mapping.model_validate(written)


@dataclass(frozen=True, eq=False)
class Exposed:
    """Everybody with an exposure to exactly one arm.

    Attributes:
        person: int64[people], units of the scope, ascending.
        arm: int32[people], index into the experiment's arms.
        time: int64[people], µs UTC of the first exposure.
        exposures: events that were read.
        in_two_arms: people who are not among them.
        without_arm: exposures to an arm that the experiment does not have.
    """

    person: I64
    arm: I32
    time: I64
    exposures: int
    in_two_arms: int
    without_arm: int


def exposed(scope: Scope, experiment: Experiment) -> Exposed:
    """Who was exposed to an experiment, by the events of the journey store.

    Args:
        scope: persons with all their events.
        experiment: events name it by its id or its name.

    Raises:
        NoExposures: nobody was, or everybody to several arms.
    """
    rows = _rows(scope, experiment)
    if not len(rows):
        raise NoExposures(experiment=experiment.name, event=EXPOSURE)
    position = rows if scope.position is None else scope.position[rows]
    stated = scope.columns.column("arm")
    names = [arm.name for arm in experiment.arms]
    place = np.array([*(names.index(v) if v in names else -1 for v in stated.values), -1], np.int32)
    arm, person = place[stated.index[position]], unit_of_event(scope.offsets)[rows]
    known = arm >= 0
    rows, arm, person = rows[known], arm[known], person[known]
    people, first, who = np.unique(person, return_index=True, return_inverse=True)  # events are in order of time
    arms = np.bincount(who * len(names) + arm, minlength=len(people) * len(names)).reshape(-1, len(names)) > 0
    whole = arms.sum(axis=1) == 1
    if not whole.any():
        raise NoExposures(experiment=experiment.name, event=EXPOSURE)
    return Exposed(
        person=people[whole], arm=arm[first][whole], time=scope.time[rows[first]][whole], exposures=len(known),
        in_two_arms=int((~whole).sum()), without_arm=int((~known).sum()),
    )  # fmt: skip


def first_exposure(scope: Scope, experiment: Experiment) -> int | None:
    """µs UTC of the first exposure of anybody to an experiment; None if nobody was exposed."""
    rows = _rows(scope, experiment)
    return int(scope.time[rows].min()) if len(rows) else None


def _rows(scope: Scope, experiment: Experiment) -> I64:
    """Events of the scope that are exposures to the experiment."""
    rows: I64 = np.flatnonzero(scope.event_names.codes_of([EXPOSURE])[scope.code])
    if not len(rows):
        return rows
    position = rows if scope.position is None else scope.position[rows]
    named = scope.columns.column("experiment")
    mine = np.array([*(v in {experiment.id, experiment.name} for v in named.values), False])
    found: I64 = rows[mine[named.index[position]]]
    return found

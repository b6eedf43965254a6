"""`truth.json`: what was planted, with the counts that came of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import Bools
from desireline.simulate.behaviours import behaviours
from desireline.simulate.blocks import Block
from desireline.simulate.calendar import DATES, DAY, iso
from desireline.simulate.counterfactuals import Loss
from desireline.simulate.dirt import Seen
from desireline.simulate.event_tables import Happened
from desireline.simulate.experiments import truth_of_interventions
from desireline.simulate.people import People
from desireline.simulate.people_table import everybody
from desireline.simulate.record import Record
from desireline.simulate.settings import Difficulty, Effects, Settings
from desireline.simulate.voices import SCALES, mean_score

Json = dict[str, Any]


class Run(NamedTuple):
    """What was asked for."""

    seed: int
    difficulty: Difficulty
    effects: Effects
    settings: Settings


def truth_of(run: Run, blocks: Sequence[Block], happened: Happened, seen: Seen) -> Json:
    """The document."""
    planted, settings = run.effects == "planted", run.settings
    people = happened.people
    record = Record._make(c[happened.record.person < happened.humans] for c in happened.record)
    return {
        "simulated": True,
        "seed": run.seed,
        "people": happened.humans,
        "difficulty": run.difficulty,
        "effects": run.effects,
        "goal": world.GOAL,
        "stages": {place.name: world.STAGES[place.stage] for place in world.PLACES},
        "frictions": _frictions(settings, blocks) if planted else [],
        "friction_jointly": _jointly(blocks),
        "decoys": list(world.DECOYS),
        "help_seeking": list(world.HELP),
        "more_contacts": [*(world.FRICTIONS if planted else ()), world.UNANSWERED],
        "detectors": behaviours(record),
        "troubles": _troubles(people, record) if planted else [],
        "drift": [_drift(settings, record)] if planted else [],
        "micro": _micro(settings, planted),
        "interventions": truth_of_interventions(everybody(blocks), blocks, settings, run.seed),
        "surveys": _surveys(happened),
        "counts": _counts(blocks, happened, seen),
    }


def _micro(settings: Settings, planted: bool) -> Json:
    return {
        "causal": world.CAUSAL if planted else None,
        "effect": settings.micro,
        "decoys": [*world.CONFOUNDED, *world.INDIFFERENT],
        "confounded": list(world.CONFOUNDED),
    }


def _counts(blocks: Sequence[Block], happened: Happened, seen: Seen) -> Json:
    return {
        "rows": len(seen.row),
        "events": len(happened.record.person),
        "converted": int(sum(b.converted.sum() for b in blocks)),
        "converted_without": int(sum(b.without.converted.sum() for b in blocks)),
        "bots": happened.people.n - happened.humans,
        "duplicates": int((seen.copy_of >= 0).sum()),
        "late": int(seen.late.sum()),
        "dirty": int(seen.dirty.sum()),
    }


def _surveys(happened: Happened) -> list[Json]:
    """What was answered, and what everybody asked would have said."""
    voices, at = happened.voices, happened.record.touchpoint
    found = []
    for k in np.unique(at[voices.scale >= 0]):
        asked = (at == k) & (voices.scale >= 0)
        answered, scale = voices.score[asked & ~np.isnan(voices.score)], int(voices.scale[asked][0])
        found.append({
            "touchpoint": world.NAMES[k], "scale": SCALES[scale], "asked": int(asked.sum()),
            "answered": len(answered), "mean_answered": float(answered.mean()) if len(answered) else None,
            "mean_if_all_answered": mean_score(voices.felt[asked], scale),
        })  # fmt: skip
    return found


def _frictions(settings: Settings, blocks: Sequence[Block]) -> list[Json]:
    factor = {"convert": settings.friction, "drop": 1 / settings.friction}
    listed = zip(*(b.without.losses for b in blocks), strict=True)
    return [{"touchpoint": parts[0].touchpoint, "outcome_factor": factor, **_summed(parts)} for parts in listed]


def _jointly(blocks: Sequence[Block]) -> Json:
    """With all frictions off. It is not the sum of the parts: who gets past one may be lost at another."""
    return _summed([b.without.joint for b in blocks])


def _summed(parts: Sequence[Loss]) -> Json:
    return {
        "people": sum(p.people for p in parts),
        "lost_conversions": sum(p.conversions for p in parts),
        "lost_value": round(sum(p.value for p in parts), 2),
    }


def _troubles(people: People, record: Record) -> list[Json]:
    follows = np.r_[
        False, (record.person[1:] == record.person[:-1]) & (record.touchpoint[1:] == record.touchpoint[:-1])
    ]
    loops = follows & (record.touchpoint == world.INDEX[world.LOOPING]) & people.android[record.person]
    loops &= _within(record, DATES.loop_from, DATES.loop_to + 1)
    fails = (record.touchpoint == world.INDEX[world.COLLAPSING]) & _within(record, DATES.outage_from, DATES.outage_to)
    return [
        {
            "kind": "loop", "touchpoint": world.LOOPING, "segment": {"platform": "android"},
            "from": iso(DATES.loop_from), "to": iso(DATES.loop_to), "people": _people(record, loops),
        },
        {
            "kind": "conversion", "touchpoint": world.COLLAPSING, "segment": {},
            "from": iso(DATES.outage_from), "to": iso(DATES.outage_to), "people": _people(record, fails),
        },
    ]  # fmt: skip


def _within(record: Record, first: float, last: float) -> Bools:
    return (record.time >= first * DAY) & (record.time < last * DAY)


def _people(record: Record, rows: Bools) -> int:
    return len(np.unique(record.person[rows]))


def _drift(settings: Settings, record: Record) -> Json:
    """`planted` are shares of those who go on; `share_before` and `share_after` count everything that followed."""
    here, there = world.indices(world.DRIFTING)
    leaving = np.flatnonzero((record.touchpoint[:-1] == here) & (record.person[1:] == record.person[:-1]))
    late = record.time[leaving] >= DATES.drift * DAY
    hit = record.touchpoint[leaving + 1] == there
    return {
        "at": iso(DATES.drift),
        "from": world.DRIFTING[0],
        "to": world.DRIFTING[1],
        "share_before": float(hit[~late].mean()) if (~late).any() else None,
        "share_after": float(hit[late].mean()) if late.any() else None,
        "planted": {"before": settings.drift[0], "after": settings.drift[1]},
    }

"""A scope with a definition of three stages, for maps: all names are known, whether they happen or not."""

import dataclasses

import numpy as np

from desireline.model.definition import Definition
from tests.scopes import make_scope

DAY, MINUTE = 86_400_000_000, 60_000_000
TOUCHPOINTS = {"ad": "Ad", "page": "Page", "call": "Call", "buy": "Buy", "banner": "Banner", "noise": None}
STAGES = {"ad": "See", "page": "Try", "call": "Try", "buy": "Own"}
RANK = {"Ad": 0, "Page": 1, "Call": 1, "Buy": 2}


def scope_of(events, ends=(), until=None, gap_days=30.0, caveat=None, **more):
    """A scope of events (unit, days, name); `caveat`: of Ad; `more`: as for `make_scope`."""
    rows = [(unit, round(days * DAY), name) for unit, days, name in events]
    known = {name: touchpoint for name, touchpoint in TOUCHPOINTS.items() if touchpoint}
    made = make_scope(
        rows, known, STAGES, until=None if until is None else round(until * DAY), gap_days=gap_days, **more
    )
    names = ["See", "Try", "Own"]
    stages = [names.index(STAGES[n]) if n in STAGES else -1 for n in made.event_names.names]
    named = list(known.values())
    codes = [named.index(TOUCHPOINTS[n]) if TOUCHPOINTS[n] else -1 for n in made.event_names.names]
    touchpoints = [
        {"name": t, "match": [{"name": n}], "stage": STAGES.get(n), "caveat": caveat if n == "ad" else None}
        for n, t in known.items()
    ]
    definition = Definition.model_validate(
        {"version": 1, "stages": [{"name": n} for n in names], "touchpoints": touchpoints,
         "journey": {"ends": list(ends)}}
    )  # fmt: skip
    return dataclasses.replace(
        made,
        definition=definition,
        stages=dataclasses.replace(made.stages, names=names, table=np.array(stages, np.int32)),
        touchpoints=dataclasses.replace(made.touchpoints, names=named, table=np.array(codes, np.int32)),
    )

"""A workspace with a planted change: the web's calls fall from 20 to 12 a day on 2025-06-25, the store's do not.

And an experiment `Form`, two arms of 400 people from 2025-07-01 on: 30 % of the long one order, 60 % of the short one.
"""

import datetime as dt
from pathlib import Path

import numpy as np

from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace

FIRST = dt.date(2025, 1, 6)
CHANGE = dt.date(2025, 6, 25)
DAYS = 200
MAPPING = Mapping.model_validate({
    "person": [{"column": "who"}], "time": {"column": "at"}, "event": {"column": "what"},
    "channel": {"columns": ["where"]}, "properties": ["experiment", "arm"],
})  # fmt: skip
WEB = {"of": "events", "where": 'channel = "web"'}
STORE = {"of": "events", "where": 'channel = "store"'}
BET = {
    "of": "Call", "measure": "contacts", "segment": WEB, "comparison": STORE, "evaluate": "2025-07-20",
    "expected": {"value": -6, "low": -9, "high": -3},
}  # fmt: skip
FORM = {"name": "Form", "arms": [{"name": "long"}, {"name": "short"}], "metric": {"event": "Order"}}


def planted(folder: Path) -> Workspace:
    """The workspace, in `folder`."""
    rng = np.random.default_rng(11)
    lines = ["who,at,what,where,experiment,arm", *_calls(rng), *_orders()]
    file = folder / "events.csv"
    file.write_text("\n".join(lines))
    ws = Workspace(folder / "ws")
    ws.import_files([file], "shop", mapping=MAPPING)
    return ws


def _calls(rng: np.random.Generator) -> list[str]:
    change = (CHANGE - FIRST).days
    return [
        f"{where}{k},{FIRST + dt.timedelta(days=day)}T{10 + k % 10}:00:00Z,Call,{where},,"
        for day in range(DAYS)
        for where, mean in (("web", 20 if day < change else 12), ("store", 20))
        for k in range(int(mean + rng.integers(-2, 3)))
    ]


def _orders() -> list[str]:
    begun = dt.datetime(2025, 7, 1, 8, tzinfo=dt.UTC)
    lines = []
    for k in range(800):
        arm, when = ("long", "short")[k % 2], begun + dt.timedelta(minutes=30 * k)
        lines.append(f"x{k},{when:%Y-%m-%dT%H:%M:%SZ},experiment_exposure,app,Form,{arm}")
        if (k // 2) % 10 < (3 if arm == "long" else 6):
            lines.append(f"x{k},{when + dt.timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ},Order,app,,")
    return lines

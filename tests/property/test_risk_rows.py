"""What becomes of every step equals the plain twin on random journeys."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import risk_rows as kernel
from tests.journeys import journeys
from tests.scopes import make_scope
from tests.twins import risk_rows as twin

KINDS = {"a": "step", "b": "contact", "c": "goal", "d": None}
NAMES = {kernel.CENSORED: "censored", kernel.ONWARD: "onward", kernel.CONVERT: "convert", kernel.DROP: "drop",
         kernel.CONTACT: "contact"}  # fmt: skip


@given(journeys, st.integers(1, 4), st.integers(6, 12))
def test_risk_rows(events, gap, until):
    scope = make_scope([*events, (9, 0, "a")], until=until)
    kinds = [KINDS[name] for name in scope.event_names.names]
    of = [scope.event_names.names.index(name) for name in scope.event_names.names]
    assert of == list(range(len(kinds)))
    label = np.array([0 if kind in {"step", "contact"} else -1 for kind in kinds], np.int32)
    goal, contact = (np.array([kind == one for kind in kinds]) for one in ("goal", "contact"))
    rows = kernel.risk_rows(scope.offsets, scope.time, scope.code, label, goal, contact, gap, until)
    found, units = [], []
    for a, b in zip(scope.offsets[:-1], scope.offsets[1:], strict=True):
        some = [i for i in range(a, b) if rows.outcome[i] != kernel.NO_ROW]
        found.append([(int(rows.step[i]), NAMES[int(rows.outcome[i])]) for i in some])
        units.append([(int(scope.time[i]), kinds[scope.code[i]]) for i in range(a, b)])
    assert found == twin.risk_rows(units, gap, until)

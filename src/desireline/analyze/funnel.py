"""How many get through a sequence of steps, in order or not and within a window, and how long it takes them.

A **chain** is a set of a unit's events, one for each of some steps, no required step before its last step left out.
Events have an order: by time, and at the same time by arrival. A chain fits

- `ordered`: if its events come in the order of the steps, whatever comes between;
- `strict`: if, besides, nothing that has a touchpoint comes between;
- `any`: if its steps are the last one and the required ones before it, in whatever order;

and if it lasts at most `within` from its first to its last event (the limit itself is inside), if each step comes at
most its own `within` after the step before it in the chain, if no excluded event lies between two neighbours of it
(whose steps lie in the exclusion's range), and if the steps that are first-ever have the unit's first event of that
name in the scope. Every step needs an event of its own, so the same name twice needs two.

A unit **reaches** step k if any chain fits that ends with step k (`any`: that consists of it and the required steps
before). An optional step is reached by those that have it in such a chain; no other step needs it.

The **chain that counts** for a step is the one whose last event is the earliest; of those, the one that starts last;
then, from its end backwards, the one with the latest event, and that event as the earlier of two steps that it could
be. Times to convert are measured on it. A unit's group and period come from the chain of its furthest step, so they do
not change from step to step, and groups (but those by `all`, where a unit may be in several) and periods add up to the
whole at every step.
"""

import numpy as np

from desireline.analyze.funnels import parts
from desireline.analyze.funnels.cells import units_in
from desireline.analyze.funnels.model import FunnelExcluded, FunnelRequest, FunnelResult
from desireline.analyze.funnels.outcome import Counting
from desireline.analyze.funnels.rules import plan
from desireline.analyze.scope import I64, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.question import Cut, Proportion

__all__ = ["FunnelRequest", "FunnelResult", "answer", "members", "proportions"]


def answer(scope: Scope, request: FunnelRequest) -> FunnelResult:
    """Count the units that reach each step.

    Raises:
        BadQuestion: no steps, more than 32, a window that is no duration, or parameters that exclude each other.
        UnknownStep: a step that does not exist.
    """
    made = plan(scope, request)
    counting = Counting(made)
    found = counting.outcome
    lost, fewer = (int(np.count_nonzero(units)) for units in counting.lost)
    merged = made.groups is not None and made.groups.found > request.top
    cut = [Cut(what="groups", kept=request.top, total=made.groups.found)] if made.groups and merged else []
    return FunnelResult.model_validate(
        {
            **about(scope, request, "funnel", made.labels, cut),
            "steps": parts.steps(made, found.people, scope.units, found.from_first, found.from_previous),
            "within_seconds": None if made.within is None else made.within / 1e6,
            "order": request.order,
            "excluded": FunnelExcluded(people=lost, people_lost=fewer),
            "times": parts.times(counting),
            "groups": parts.groups(made, counting),
            "periods": parts.periods(made, counting),
        }
    )


def proportions(result: FunnelResult) -> list[Proportion]:
    """What two segments are compared by: the first step of all in scope, the others of the first."""
    first = result.steps[0].people
    return [
        Proportion(f"step:{k}", step.name, step.people, first if k > 1 else result.people_in_scope)
        for k, step in enumerate(result.steps, 1)
    ]


def members(scope: Scope, request: FunnelRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    units = units_in(Counting(plan(scope, request)), cell)
    if units is None:
        raise BadDrilldown(given=cell[:40])
    return units

"""All that is open, taken together: stakes of the same people overlap, so that sums would promise too much."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from desireline.errors import DesirelineError
from desireline.model.opportunity import Opportunity, Totals
from desireline.service.opportunities.measuring import persons

if TYPE_CHECKING:
    from desireline.service.questioning import Questioning

MONTH, DAY = 30.4375, 86_400_000_000
CLOSED = ("done", "rejected")


def totals(workspace: "Questioning", listed: Sequence[Opportunity]) -> Totals:
    """Each person counted once; money between the greatest single stake and what is left of the sum then."""
    still_open = [one for one in listed if one.status not in CLOSED]
    behind = {one.id: _persons(workspace, one) for one in still_open}
    people = {name: found for name, found in behind.items() if found is not None and len(found)}
    with_money = {
        one.id: max(one.money_per_year.value, 0.0)
        for one in still_open
        if one.money_per_year is not None and one.id in people
    }
    everyone = _union([*people.values()])
    return Totals(
        count=len(still_open), people=everyone if people else None,
        people_per_month=everyone * MONTH / _days(workspace) if people else None,
        money_at_least=max(with_money.values()) if with_money else None,
        money_at_most=_shared({name: people[name] for name in with_money}, with_money) if with_money else None,
        unmeasured=len(still_open) - len(people),
    )  # fmt: skip


def _shared(people: dict[str, np.ndarray], money: dict[str, float]) -> float:
    """The sum, scaled by the share that the different people are of all counted, but no less than the greatest."""
    counted = sum(len(one) for one in people.values())
    return max(sum(money.values()) * _union([*people.values()]) / counted, *money.values())


def _union(people: list[np.ndarray]) -> int:
    return len(np.unique(np.concatenate(people))) if people else 0


def _persons(workspace: "Questioning", one: Opportunity) -> np.ndarray | None:
    """None where nothing is measured, or where its question no longer makes sense."""
    if one.source is None:
        return None
    try:
        return persons(workspace, one.source)
    except DesirelineError:
        return None


def _days(workspace: "Questioning") -> float:
    from desireline.model.question import Asked

    scope = workspace.scope(Asked())
    return max((scope.until - scope.span[0]) / DAY, 1.0) if scope.span else 1.0

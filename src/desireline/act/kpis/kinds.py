"""All kinds of KPIs by name."""

from collections.abc import Mapping
from typing import Final

from desireline.act.kpis import money, plain, rates, scores, times
from desireline.act.kpis.kind import Kind
from desireline.errors import UnknownKpiKind
from desireline.model.kpi import KpiValue

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for family in (scores, rates, times, money, plain) for kind in family.KINDS
}


def kind_of(name: str) -> Kind:
    """A kind by its name.

    Raises:
        UnknownKpiKind: there is none.
    """
    found = KINDS.get(name.strip().lower())
    if found is None:
        raise UnknownKpiKind(given=name[:100], available=list(KINDS))
    return found


def compute(name: str, counts: Mapping[str, float]) -> KpiValue:
    """A figure of a kind from its counts.

    >>> found = compute("nps", {"promoters": 1436, "passives": 968, "detractors": 342})
    >>> found.value, found.low, found.high, found.n
    (39.84, 37.18, 42.41, 2746)

    Raises:
        UnknownKpiKind: there is no such kind.
        BadCounts: the counts cannot be those of such a figure.
    """
    return kind_of(name).compute(counts)

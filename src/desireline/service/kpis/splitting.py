"""A KPI taken apart: the figure of each part, small ones hidden, each held against all others at one error rate."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from desireline.act.kpis.comparing import Difference, difference
from desireline.analyze.portraits.small import THRESHOLD, hidden_of_parts
from desireline.errors import BadDrilldown
from desireline.model.kpi import FromRest, KpiPart, KpiSplit, KpiValue

if TYPE_CHECKING:
    from desireline.act.kpis.kind import Counts
    from desireline.service.kpis.counting import Split

LEVEL: Final = 0.05
"""The share of false ones among the parts that are said to differ."""

_Z: Final = 1.959964


def split(by: str, found: "Split", figure: "Callable[[Counts], KpiValue]") -> KpiSplit:
    """The figures of all parts that anything was counted of."""
    known = [(one, figure(one.counts), figure(one.rest)) for one in found.listed]
    known = [row for row in known if any(row[0].counts.values()) or row[0].people]
    known.sort(key=lambda row: (row[0].value is None, -row[1].n, row[0].value or ""))
    sizes = [mine.n if one.people is None else one.people for one, mine, _ in known]
    hidden = hidden_of_parts(sizes, sum(sizes), THRESHOLD, exclusive=True)
    gaps = [
        difference(mine, rest)
        if why is None and found.apart and one.value is not None
        else Difference(None, None, None)
        for (one, mine, rest), why in zip(known, hidden, strict=True)
    ]
    rests = _judged(gaps)
    parts = [
        KpiPart.model_validate({"value": one.value, "figure": None if why else mine, "hidden": why, "rest": rest})
        for (one, mine, _), why, rest in zip(known, hidden, rests, strict=True)
    ]
    reason = None if any(rests) else "one_part" if len(known) < 2 else "no_interval" if found.apart else "overlapping"
    return KpiSplit.model_validate({
        "by": by, "found": found.found, "apart": found.apart, "threshold": THRESHOLD, "parts": parts,
        "not_compared": reason,
    })  # fmt: skip


def _judged(gaps: list[Difference]) -> list[FromRest | None]:
    """Each with its q over all that have an interval (Benjamini and Hochberg 1995).

    The p is that of the normal distribution whose 95 % interval ends, on the side of 0, where this one does: it is
    below .05 just where the interval excludes 0.
    """
    import numpy as np

    from desireline.act.experiments.fixed import two_sided
    from desireline.analyze.hazards.judging import false_discovery

    places = [k for k, gap in enumerate(gaps) if gap.low is not None and gap.high is not None]
    found: list[FromRest | None] = [None] * len(gaps)
    q = false_discovery(np.array([two_sided(_z(gaps[k])) for k in places], np.float64))
    for place, each in zip(places, q.tolist(), strict=True):
        gap = gaps[place]
        found[place] = FromRest(
            difference=gap.value or 0.0, low=gap.low or 0.0, high=gap.high or 0.0, q=each, differs=each <= LEVEL
        )
    return found


def _z(gap: Difference) -> float:
    value, low, high = gap.value or 0.0, gap.low or 0.0, gap.high or 0.0
    half = value - low if value > 0 else high - value
    return _Z * value / half if half > 0 else float("inf") if value else 0.0


def check_shown(found: KpiSplit | None, value: str | None) -> None:
    """Whether the people of a part may be seen.

    Raises:
        BadDrilldown: there is no such part, or it is hidden.
    """
    shown = [] if found is None else [one.value for one in found.parts if one.hidden is None]
    if value not in shown:
        raise BadDrilldown(given=f"{found.by if found else ''} {value}"[:200])

"""How long customers under contract stay: of a file of contracts, or of how many of a cohort are left."""

import os
from pathlib import Path

from desireline.act.lifetime import sbg
from desireline.act.lifetime.customers import UNITS
from desireline.model.lifetime import SbgFit, Stay
from desireline.service.lifetime.fitting import Wanted, check

AHEAD = 5
"""Periods that are projected beyond the last one that was seen, at least."""


def fit_contracts(file: str | os.PathLike[str], wanted: Wanted) -> SbgFit:
    """Fits the shifted-beta-geometric model.

    Args:
        file: one cohort (active: how many are left at its start and after each period), or contracts (customer, start,
            end; who has none is still there).
        wanted: how; `months` and `margin` do not matter.

    Raises:
        BadQuestion: a figure makes no sense.
        NoCustomerTable, BadCustomerRow: the file is no such table.
        BadCounts: the cohort grows, or nobody leaves.
    """
    from desireline.collect.contract_table import read_contracts

    check(wanted)
    lost, kept = read_contracts(Path(file), wanted.columns, wanted.calibration_end, UNITS[wanted.unit])
    found = sbg.fit_stays(lost, kept)
    rate = (1 + wanted.discount) ** (UNITS[wanted.unit] / UNITS["year"]) - 1
    seen, ahead = _seen(lost, kept), max(len(lost) + AHEAD, wanted.months if wanted.unit == "month" else 0)
    survival, retention = found.survival(ahead), found.retention(ahead)
    return SbgFit(
        alpha=found.alpha, beta=found.beta, log_likelihood=found.log_likelihood, unit=wanted.unit,
        customers=int(sum(lost) + sum(kept)), lost=int(sum(lost)), periods=len(lost), discount=wanted.discount,
        lifetime=found.lifetime(rate) if rate else None,
        stays=[
            Stay(period=t + 1, observed=seen[t] if t < len(seen) else None, survival=float(survival[t + 1]),
                 retention=float(retention[t]))
            for t in range(ahead)
        ],
    )  # fmt: skip


def _seen(lost: list[int], kept: list[int]) -> list[float | None]:
    """The share that stays beyond each period (Kaplan and Meier), while anybody is watched so long."""
    there, share = sum(lost) + sum(kept), 1.0
    found: list[float | None] = []
    for t, left in enumerate(lost):
        there -= kept[t]
        share *= 1 - left / there if there else 1.0
        found.append(share if there else None)
        there -= left
    return found

"""Whether the exposed and the others are comparable: how their chances of exposure overlap."""

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

F64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BINS = 20


class Overlap(BaseModel):
    """The chances of exposure in both groups.

    Attributes:
        edges: 21 ends of 20 equal bins of the chance of exposure, 0 to 1.
        exposed, controls: how many rows of each group fall into each bin.
        trimmed: share of all rows whose chance was outside the trimming bounds and was moved to the bound.
        effective_controls: (sum w)² / sum w² of the controls' weights: how many equally weighted ones they are worth.
        imbalance: the greatest difference of a covariate's mean between the exposed and the weighted controls, in
            standard deviations; below .1 is usual for comparable groups (Austin 2009).
        imbalance_before: without weights.
    """

    edges: list[float]
    exposed: list[int]
    controls: list[int]
    trimmed: float
    effective_controls: float
    imbalance: float
    imbalance_before: float


def overlap(chance: F64, exposed: Bools, weights: F64, covariates: F64, trimmed: float) -> Overlap:
    """What is to be said of overlap.

    Args:
        chance: float64[rows], of exposure, before trimming.
        exposed: bool[rows].
        weights: float64[controls], those of the controls.
        covariates: float64[rows, columns], standardised.
        trimmed: share of rows that were trimmed.
    """
    edges = np.linspace(0.0, 1.0, BINS + 1)
    counts = [np.histogram(chance[group], edges)[0].tolist() for group in (exposed, ~exposed)]
    square = float((weights**2).sum())
    return Overlap(
        edges=[round(edge, 2) for edge in edges.tolist()], exposed=counts[0], controls=counts[1], trimmed=trimmed,
        effective_controls=float(weights.sum()) ** 2 / square if square else 0.0,
        imbalance=_imbalance(covariates, exposed, weights),
        imbalance_before=_imbalance(covariates, exposed, np.ones(len(weights))),
    )  # fmt: skip


def _imbalance(covariates: F64, exposed: Bools, weights: F64) -> float:
    """Of standardised covariates, so that differences of means are in standard deviations."""
    if not covariates.shape[1] or not weights.sum():
        return 0.0
    gaps = covariates[exposed].mean(axis=0) - np.average(covariates[~exposed], axis=0, weights=weights)
    return float(np.abs(gaps).max())

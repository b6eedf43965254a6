"""The parameters of greatest likelihood, all of them positive."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from desireline.act.lifetime.customers import F64

EDGE = 15.0
"""Logarithms of parameters are sought between -EDGE and EDGE."""


class Found(NamedTuple):
    """Parameters, and the function there."""

    parameters: tuple[float, ...]
    value: float


def least(function: Callable[[F64], float], parameters: int) -> Found:
    """Where a function of positive parameters is least: by its slopes first, then without them until it stands still.

    Args:
        function: of float64[parameters].
        parameters: how many.
    """
    from scipy.optimize import minimize

    def of_logs(logs: F64) -> float:
        return function(np.exp(np.clip(logs, -EDGE, EDGE)))

    bounds = [(-EDGE, EDGE)] * parameters
    rough = minimize(of_logs, np.zeros(parameters), method="L-BFGS-B", bounds=bounds)
    fine = {"xatol": 1e-7, "fatol": 1e-8, "maxiter": 4000, "maxfev": 4000}
    best = minimize(of_logs, rough.x, method="Nelder-Mead", options=fine)
    return Found(tuple(float(x) for x in np.exp(np.clip(best.x, -EDGE, EDGE))), float(best.fun))


def same(*columns: F64) -> tuple[tuple[F64, ...], F64]:
    """Equal rows once, and how often each occurs."""
    rows, counts = np.unique(np.stack(columns), axis=1, return_counts=True)
    return tuple(rows), counts.astype(np.float64)

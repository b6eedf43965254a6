"""The two models behind an adjusted comparison: who is exposed, and what the unexposed do."""

from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

EXTREME = 3.0
"""Standard deviations beyond which a square grows no further."""

RIDGE = 1.0
"""L2 penalty on standardised covariates: keeps coefficients finite where a covariate separates the groups."""


def chances(known: F64, happened: Bools, wanted: F64) -> F64:
    """float64[wanted]: the probability of a yes, by logistic regression on standardised covariates [rows, columns].

    The overall share where all answers of `happened` are alike or there are no covariates.
    """
    share = float(happened.mean())
    if share in (0.0, 1.0) or not known.shape[1]:
        return np.full(len(wanted), share)
    from sklearn.linear_model import LogisticRegression

    with _one_thread():
        model = LogisticRegression(C=1 / RIDGE, solver="newton-cholesky").fit(known, happened)
        return np.asarray(model.predict_proba(wanted)[:, 1], np.float64)


def expected(known: F64, outcome: F64, wanted: F64) -> F64:
    """float64[wanted]: the mean outcome: logistic where outcomes are 0 and 1, linear with a small ridge else."""
    if bool(np.isin(outcome, (0.0, 1.0)).all()):
        return chances(known, outcome > 0, wanted)
    if not known.shape[1]:
        return np.full(len(wanted), float(outcome.mean()))
    from sklearn.linear_model import Ridge

    with _one_thread():
        model: Any = Ridge(alpha=RIDGE).fit(known, outcome)
        return np.asarray(model.predict(wanted), np.float64)


def _one_thread() -> AbstractContextManager[object]:
    """Matrices of a few dozen columns: threads that wait for each other take fifty times as long on a busy machine."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(limits=1)
    return limits


def standardised(covariates: F64) -> F64:
    """Columns with mean 0 and standard deviation 1; constant columns are left out."""
    kept = covariates[:, np.ptp(covariates, axis=0) > 0] if len(covariates) else covariates
    return np.ascontiguousarray((kept - kept.mean(axis=0)) / kept.std(axis=0))


def curved(standard: F64) -> F64:
    """The standardised columns and the squares of those that take more than two values.

    Squares keep the interval right where the middle differs from both ends (coverage .95 instead of 0 on a planted
    U-shape of 2,000 people); boosted trees need fifty times as long and give intervals twice as wide.
    """
    graded = [column for column in standard.T if len(np.unique(column[:1000])) > 2]
    squares = [np.clip(column, -EXTREME, EXTREME) ** 2 - 1 for column in graded]
    return np.column_stack((standard, *squares)) if squares else standard

"""The effect among some of the people: every segment tested, all tests together kept honest."""

from math import inf, isfinite
from typing import Final

import numpy as np

from desireline.act.experiments.comparing import Design, Measured, known
from desireline.act.experiments.fixed import NOTHING, fixed_horizon
from desireline.act.experiments.moments import Moments, error, linearised, moments
from desireline.act.experiments.multiplicity import false_discovery, shrunk
from desireline.act.experiments.sample import I64, Factor, Sample
from desireline.analyze.portraits.small import THRESHOLD, hidden_of_parts
from desireline.errors import BadQuestion
from desireline.model.experiment_result import SegmentFigures
from desireline.model.persona import Hidden

MOST: Final = 200
"""Segments of one column: with more it is no column of segments."""

FEWEST: Final = 30
"""People in each arm of a segment; with fewer it is not tested."""


def segments(sample: Sample, found: Measured, design: Design) -> list[SegmentFigures]:
    """Every value of every column, for every treatment; values that few have are not tested but listed.

    Figures of fewer than 20 people are hidden, and those of others that would give them away.

    Raises:
        BadQuestion: a column has too many values.
    """
    rows = [row for factor in sample.segments for row in _of_factor(sample, found, design, factor)]
    for row, q in zip(rows, false_discovery([row.p for row in rows]), strict=True):
        row.q = q
    return rows


def _of_factor(sample: Sample, found: Measured, design: Design, factor: Factor) -> list[SegmentFigures]:
    if len(factor.names) > MOST:
        raise BadQuestion(parameter="segment", given=factor.name, expected=f"≤ {MOST} values")
    by_cell = _moments(sample, found, factor)
    adjusted = found.covariate is not None and sample.outcome.per is None
    hidden = _hidden(by_cell.n.reshape(-1, len(sample.arms)), found.figures.n, design)
    rows, errors = [], []
    for segment, name in enumerate(factor.names):
        first = segment * len(sample.arms)
        control = by_cell.one(first + design.control)
        for treatment in design.treatments:
            treated = by_cell.one(first + treatment)
            why = hidden[treatment][segment]
            enough = why is None and min(treated.n, control.n) >= FEWEST
            fixed = fixed_horizon(sample.outcome.kind, treated, control, adjusted) if enough else NOTHING
            rows.append(
                SegmentFigures(
                    column=factor.name, segment=name, treatment=sample.arms[treatment],
                    n=None if why else treated.n + control.n, hidden=why,
                    effect=None if why else known(treated.mean - control.mean),
                    low=fixed.low, high=fixed.high, p=fixed.p, q=None, shrunk=None,
                )
            )  # fmt: skip
            errors.append(error(treated, control) if enough else inf)
    _shrink(rows, errors)
    return rows


def _hidden(people: I64, everybody: I64, design: Design) -> dict[int, list[Hidden | None]]:
    """Why each segment is hidden, by treatment, of int64[segments, arms]; who is in none is a part of its own."""
    found = {}
    for treatment in design.treatments:
        sizes = [int(n) for n in people[:, treatment] + people[:, design.control]]
        of = int(everybody[treatment] + everybody[design.control])
        found[treatment] = hidden_of_parts([*sizes, of - sum(sizes)], of, THRESHOLD, exclusive=True)
    return found


def _moments(sample: Sample, found: Measured, factor: Factor) -> Moments:
    """Figures by segment and arm; a ratio's are linearised anew, for each segment has a ratio of its own."""
    arms, outcome = len(sample.arms), sample.outcome
    known_here = outcome.known
    segment, arm = factor.index[known_here], found.arm
    inside = segment >= 0
    cell = (segment * arms + arm)[inside].astype(np.int32)
    cells = arms * len(factor.names)
    raw = outcome.value[known_here][inside]
    value = found.value[inside]
    if outcome.per is not None:
        value = linearised(cell, cells, raw, outcome.per[known_here][inside])
    by_cell = moments(cell, cells, value)
    return Moments(by_cell.n, by_cell.mean, by_cell.variance, np.bincount(cell[raw != 0], minlength=cells))


def _shrink(rows: list[SegmentFigures], errors: list[float]) -> None:
    """Draws the segments of each treatment to their common effect, where there are enough of them."""
    for treatment in {row.treatment for row in rows}:
        places = [k for k, row in enumerate(rows) if row.treatment == treatment and isfinite(errors[k]) and errors[k]]
        if len(places) < 3:
            continue
        effects = np.array([rows[k].effect for k in places], np.float64)
        for k, value in zip(places, shrunk(effects, np.array([errors[k] for k in places])), strict=True):
            rows[k].shrunk = float(value)

"""Counts of what people answered on a scale."""

from typing import Final

import numpy as np
import pyarrow.compute as pc

from desireline.analyze.feelings import SCORE
from desireline.analyze.kpis.entries import Entries, codes_of
from desireline.analyze.scope import F64, Bools, Scope
from desireline.model.kpi import FromEvents

SCALES: Final = {
    "nps": (0, 10), "csat_5": (1, 5), "csat_7": (1, 7), "csat_10": (1, 10), "ces2_7": (1, 7), "ces1_5": (1, 5),
    "stars_5": (1, 5), "thumbs": (0, 1),
}  # fmt: skip
"""The lowest and the highest answer of each scale."""

OF_KIND: Final = {
    "nps": "nps", "csat": "csat_5", "csat_mean": "csat_5", "ces2": "ces2_7", "ces2_easy": "ces2_7", "ces1": "ces1_5",
    "agent_satisfaction": "csat_5", "top_two_box": "csat_7", "mean_score": "csat_10",
}  # fmt: skip
"""The scale of a kind, where none is said."""

SATISFACTION: Final = ("very_unsatisfied", "unsatisfied", "neutral", "satisfied", "very_satisfied")


def answers(scope: Scope, kind: str, asked: FromEvents) -> Entries:
    """Answers on the scale; others and those out of it count nowhere."""
    scale = asked.scale or OF_KIND[kind]
    column = scope.columns.column(SCORE)
    index = scope.rows(column.index)
    keep = index >= 0
    if asked.touchpoints:
        keep &= codes_of(scope, asked.touchpoints)[scope.code]
    for path, wanted in (("survey", asked.survey), ("question", asked.question)):
        if wanted is not None:
            keep &= _is(scope, path, wanted)
    keep &= _is(scope, "scale", scale) | ~_said(scope, "scale")
    row = np.flatnonzero(keep)
    score = pc.cast(column.texts, "float64").to_numpy(zero_copy_only=False)[index[row]]
    low, high = SCALES[scale]
    fits = (score >= low) & (score <= high) & (score == np.floor(score))
    row, score = row[fits], score[fits]
    unit = np.searchsorted(scope.offsets, row, "right") - 1
    return Entries(scope.time[row], unit.astype(np.int64), _parts(kind, score, high), row=row.astype(np.int32))


def _is(scope: Scope, path: str, wanted: str) -> Bools:
    column = scope.columns.column(path)
    values = column.values
    found: Bools = scope.rows(column.index) == (values.index(wanted) if wanted in values else -2)
    return found


def _said(scope: Scope, path: str) -> Bools:
    said: Bools = scope.rows(scope.columns.column(path).index) >= 0
    return said


def _parts(kind: str, score: F64, high: int) -> dict[str, F64]:
    def one(rows: Bools) -> F64:
        return rows.astype(np.float64)

    if kind == "nps":
        return {"promoters": one(score >= 9), "passives": one((score >= 7) & (score < 9)), "detractors": one(score < 7)}
    if kind == "top_two_box":
        return {"top_two": one(score > high - 2), "answers": np.ones(len(score))}
    if kind == "mean_score":
        return {"answers": np.ones(len(score)), "sum": score, "sum_of_squares": score**2}
    if kind in {"csat", "csat_mean", "agent_satisfaction"}:
        return {name: one(score == k) for k, name in enumerate(SATISFACTION, 1)}
    return {f"score_{k}": one(score == k) for k in range(1, high + 1)}

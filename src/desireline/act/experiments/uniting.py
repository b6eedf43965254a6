"""Rows to people: repeated rows, several rows of a person, people in two arms."""

from dataclasses import replace

import numpy as np

from desireline.act.experiments.sample import F64, I32, I64, Bools, Factor, Outcome, Sample
from desireline.model.experiment_result import LeftOut


def one_row_each(sample: Sample, unit: I64 | None) -> tuple[Sample, LeftOut]:
    """Everybody once: in the arm that they were assigned to, or nowhere if there were two.

    Rows that repeat another one in everything count once, except in a ratio: there rows of a person are often alike,
    with the time of the assignment in all. Further rows of a person are put together: a share is reached if one row
    says so, amounts are added, what was known before is taken from the first row, and so is the time.

    Args:
        sample: rows, arm -1 where none is told.
        unit: int64[rows], who it was, -1 where that is not told; None: every row is somebody else.
    """
    inside = sample.arm >= 0
    without_arm = int((~inside).sum())
    if without_arm:
        sample, unit = kept(sample, inside), None if unit is None else unit[inside]
    left = LeftOut(without_arm=without_arm)
    if unit is not None:
        sample, left = _united(sample, unit, left)
    missing = int((~sample.outcome.known).sum())
    return sample, left.model_copy(update={"without_outcome": missing})


def kept(sample: Sample, rows: Bools | I64) -> Sample:
    """Only some of the rows."""
    return replace(
        sample, arm=sample.arm[rows], outcome=_metric(sample.outcome, rows),
        covariate=None if sample.covariate is None else (sample.covariate[0], sample.covariate[1][rows]),
        time=None if sample.time is None else sample.time[rows],
        guardrails=[_metric(g, rows) for g in sample.guardrails],
        segments=[Factor(s.name, s.index[rows], s.names) for s in sample.segments],
    )  # fmt: skip


def _metric(metric: Outcome, rows: Bools | I64) -> Outcome:
    return replace(metric, value=metric.value[rows], per=None if metric.per is None else metric.per[rows])


def _united(sample: Sample, unit: I64, left: LeftOut) -> tuple[Sample, LeftOut]:
    named = unit >= 0
    if not named.all():  # nobody can tell whether they are others: not left out, each is one
        unit = unit.copy()
        unit[~named] = int(unit.max()) + 1 + np.arange(int((~named).sum()))
    people = np.bincount(unit)
    if people.max(initial=0) <= 1:
        return sample, left
    arms = len(sample.arms)
    present = np.bincount(unit * arms + sample.arm, minlength=len(people) * arms).reshape(-1, arms) > 0
    torn = present.sum(axis=1) > 1
    stays = ~torn[unit]
    sample, unit = kept(sample, stays), unit[stays]
    rows, repeats = _distinct(sample, unit)
    sample, unit = kept(sample, rows), unit[rows]
    before = len(unit)
    sample = _merged(sample, unit)
    merged = before - len(sample.arm)
    return sample, left.model_copy(update={"in_two_arms": int(torn.sum()), "duplicates": repeats, "merged": merged})


def _distinct(sample: Sample, unit: I64) -> tuple[I64, int]:
    """The rows that repeat no earlier one, in order, and how many do."""
    everyone = np.arange(len(unit))
    if "ratio" in {sample.outcome.kind, *(metric.kind for metric in sample.guardrails)}:
        return everyone, 0
    several = np.flatnonzero(np.bincount(unit)[unit] > 1)
    if not len(several):
        return everyone, 0
    keys: list[F64 | I64] = [unit[several], sample.outcome.value[several]]
    keys += [] if sample.time is None else [sample.time[several]]
    keys += [metric.value[several] for metric in sample.guardrails]
    order = np.lexsort(keys)  # stable: of equal rows the first comes first
    same = np.ones(len(several) - 1, np.bool_)
    for key in keys:
        sorted_key = key[order]
        same &= (sorted_key[1:] == sorted_key[:-1]) | (np.isnan(sorted_key[1:]) & np.isnan(sorted_key[:-1]))
    repeated = several[order[1:][same]]
    rows = np.ones(len(unit), np.bool_)
    rows[repeated] = False
    return np.flatnonzero(rows), len(repeated)


def _merged(sample: Sample, unit: I64) -> Sample:
    if sample.time is not None:
        order = np.argsort(sample.time, kind="stable")
        sample, unit = kept(sample, order), unit[order]
    _, first, who = np.unique(unit, return_index=True, return_inverse=True)
    if len(first) == len(unit):
        return sample
    alone = kept(sample, first)
    places: I32 = who.astype(np.int32)
    return replace(
        alone, outcome=_added(sample.outcome, places, len(first)),
        guardrails=[_added(g, places, len(first)) for g in sample.guardrails],
    )  # fmt: skip


def _added(metric: Outcome, who: I32, people: int) -> Outcome:
    known = metric.known

    def total(column: F64) -> F64:
        found: F64 = np.bincount(who[known], column[known], minlength=people).astype(np.float64)
        found[np.bincount(who[known], minlength=people) == 0] = np.nan
        return found

    value = total(metric.value)
    if metric.kind == "binary":
        value = np.minimum(value, 1.0)
    return replace(metric, value=value, per=None if metric.per is None else total(metric.per))

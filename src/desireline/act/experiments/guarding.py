"""Guardrails: metrics that a treatment must not make worse by more than a margin (non-inferiority)."""

from dataclasses import replace
from typing import Literal

from desireline.act.experiments.comparing import Design, always_of, fixed_of, known, measured
from desireline.act.experiments.sample import Sample
from desireline.model.experiment_result import GuardrailFigures


def guardrails(sample: Sample, design: Design) -> list[GuardrailFigures]:
    """Every guardrail of every treatment, all together at one error rate (Bonferroni).

    Before the always-valid interval starts, the fixed one is shown, and nothing has failed by it: it may be looked at
    once only.
    """
    found, design = [], replace(design, together=max(1, len(sample.guardrails)))
    for metric in sample.guardrails:
        seen = measured(sample, metric)
        base = known(float(seen.figures.mean[design.control]))
        margin = None if base is None else abs(base) * metric.margin
        for treatment in design.treatments:
            always, fixed = (
                always_of(metric, seen, treatment, design),
                fixed_of(metric, seen, treatment, design.control),
            )
            low, high = (fixed.low, fixed.high) if always.low is None else (always.low, always.high)
            worst, best = (low, high) if metric.direction == "up" else (_minus(high), _minus(low))
            effect = None if base is None else known(float(seen.figures.mean[treatment]) - base)
            found.append(
                GuardrailFigures(
                    name=metric.name, treatment=sample.arms[treatment], effect=effect, low=low, high=high,
                    margin=margin, status=_status(worst, best, margin, started=always.low is not None),
                )
            )  # fmt: skip
    return found


def _status(
    worst: float | None, best: float | None, margin: float | None, *, started: bool
) -> Literal["passed", "failed", "unclear"]:
    """Worst and best: the ends of the interval, a gain being positive."""
    if worst is None or best is None or margin is None:
        return "unclear"
    if worst > -margin:
        return "passed"
    return "failed" if best < 0 and started else "unclear"


def _minus(value: float | None) -> float | None:
    return None if value is None else -value

"""From intervals and checks to the verdict, in codes."""

from dataclasses import dataclass
from typing import Final

from desireline.model.experiment_result import (
    AlwaysValid,
    ExperimentVerdict,
    GuardrailFigures,
    Reason,
    SampleRatio,
    Wanted,
)

WEEK: Final = 7 * 86_400_000_000
"""µs: before so long not all days of the week were seen."""


@dataclass(frozen=True)
class Evidence:
    """What the verdict on one treatment rests on.

    Attributes:
        n: people in all arms whose outcome is known.
        span: µs from the first to the last assignment; None where it is not known.
    """

    srm: SampleRatio
    always: AlwaysValid
    guardrails: list[GuardrailFigures]
    direction: Wanted
    n: int
    planned: int | None
    span: int | None


def verdict(evidence: Evidence) -> tuple[ExperimentVerdict, list[Reason]]:
    """Worked, harmed, no evidence or too early, by the always-valid interval; blocked by a sample ratio mismatch.

    Harm is told as soon as it shows; a success only after a whole week, where times are known.
    """
    if evidence.srm.status == "block":
        return "blocked", ["sample_ratio_mismatch"]
    found, reasons = _of_effect(evidence)
    if any(guardrail.status == "failed" for guardrail in evidence.guardrails):
        found, reasons = "harmed", [*reasons, "guardrail_failed"]
    if evidence.srm.status == "warn":
        reasons.append("sample_ratio_warning")
    return found, reasons


def _of_effect(evidence: Evidence) -> tuple[ExperimentVerdict, list[Reason]]:
    low, high = evidence.always.low, evidence.always.high
    if low is None or high is None:
        return "too_early", ["too_few_conversions"]
    short = evidence.span is not None and evidence.span < WEEK
    if low > 0 or high < 0:
        reason: Reason = "interval_above_zero" if low > 0 else "interval_below_zero"
        if (low > 0) != (evidence.direction == "up"):
            return "harmed", [reason]
        return ("too_early", [reason, "less_than_a_week"]) if short else ("worked", [reason])
    if evidence.planned is not None and evidence.n < evidence.planned:
        return "too_early", ["interval_covers_zero", "below_planned_size"]
    if short:
        return "too_early", ["interval_covers_zero", "less_than_a_week"]
    return "no_evidence", ["interval_covers_zero"]

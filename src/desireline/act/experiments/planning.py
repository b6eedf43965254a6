"""How many people an experiment needs, and what so many can show."""

from math import ceil, isfinite, sqrt
from typing import Final

from desireline.act.experiments.always import factor
from desireline.errors import BadQuestion
from desireline.model.experiment_result import MetricKind, Plan

MOST: Final = 10**12
"""People in an arm: more than anyone can have."""

LEAST: Final = 1e-9
"""Of a probability, and of people a day."""


def quantile(probability: float) -> float:
    """Of the standard normal."""
    from scipy.special import ndtri

    return float(ndtri(probability))


def minimum_detectable(error: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """The effect that a fixed look with this standard error finds with such a probability."""
    return (quantile(1 - alpha / 2) + quantile(power)) * error


def plan(
    base: float, detect: float, *, spread: float | None = None, power: float = 0.8, alpha: float = 0.05,
    arms: int = 2, per_day: float | None = None,
) -> Plan:  # fmt: skip
    """The size of arms that are equally large.

    n per arm = (z_{1 - alpha/2} + z_power)² (variance of both arms) / detect², each treatment against the control at
    alpha / treatments. With always-valid looks, z_{1 - alpha/2} is the reach of the confidence sequence at the planned
    size: enough for the power at the last look, so at most so many are needed.

    Args:
        base: the control's share, or its mean where `spread` is given.
        detect: the smallest effect that matters, absolute; negative where less is better.
        spread: the standard deviation of single values; None for a share.
        power: how often the effect is to be found if it is there.
        alpha: how often one is to be found if there is none.
        arms: with the control.
        per_day: people who come into the experiment on a day.

    Raises:
        BadQuestion: a figure makes no sense.
    """
    _check(base, detect, spread, power, alpha, arms, per_day)
    variance = 2 * spread**2 if spread is not None else sum(p * (1 - p) for p in (base, base + detect))
    level = alpha / (arms - 1)
    fixed, always = quantile(1 - level / 2), factor(1, 1, level)  # the reach at the planned size is the same for all
    apart = sqrt(variance) / abs(detect)
    needed = [(reach + quantile(power)) * apart for reach in (fixed, always)]
    if not all(abs(root) <= sqrt(MOST) for root in needed):
        raise BadQuestion(parameter="detect", given=str(detect), expected=f"≤ {MOST:,} people")
    per_arm, always_per_arm = (max(2, ceil(root * root)) for root in needed)
    kind: MetricKind = "binary" if spread is None else "mean"
    return Plan(
        kind=kind, base=base, minimum_detectable=detect, relative=detect / base if base else None, power=power,
        alpha=alpha, arms=arms, per_arm=per_arm, total=per_arm * arms, always_per_arm=always_per_arm,
        always_total=always_per_arm * arms, days=None if per_day is None else ceil(always_per_arm * arms / per_day),
    )  # fmt: skip


def _check(
    base: float, detect: float, spread: float | None, power: float, alpha: float, arms: int, per_day: float | None
) -> None:
    share = spread is None
    for parameter, given, fits, expected in (
        ("base", base, 0 < base < 1 if share else isfinite(base), "0 < base < 1"),
        (
            "detect",
            detect,
            isfinite(detect) and detect != 0 and (not share or 0 < base + detect < 1),
            "≠ 0, 0 < base + detect < 1",
        ),
        ("spread", spread, share or 0 < (spread or 0) < MOST, f"> 0, < {MOST:,}"),
        ("power", power, 0 < power < 1, "0 < power < 1"),
        ("alpha", alpha, LEAST <= alpha < 1, f"{LEAST:g} ≤ alpha < 1"),
        ("arms", arms, 2 <= arms <= 1000, "2 … 1000"),
        ("per_day", per_day, per_day is None or LEAST <= per_day <= MOST, "> 0"),
    ):
        if not fits:
            raise BadQuestion(parameter=parameter, given=str(given), expected=expected)

"""How often experiments are judged wrongly, in seeded simulations: the bars that the methods have to pass.

Usage: python benchmarks/bars_experiments.py [--runs 2000]

A/A alarms of the fixed test 3-7 %, of the always-valid interval at most 5 % under 20 looks, and of five guardrails
together too; 95 % intervals cover in 93-97 %; a planted 51/49 of 100,000 is caught, a false mismatch in at most .2 %;
CUPED removes rho² within 10 %.
Peeking at p < .05 stands beside as what it replaces. Ends with an error if a bar is missed.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from desireline.act.experiments.always import USUAL_SIZE, confidence_sequence, started
from desireline.act.experiments.comparing import Design
from desireline.act.experiments.covariates import adjusted
from desireline.act.experiments.fixed import fixed_horizon
from desireline.act.experiments.guarding import guardrails
from desireline.act.experiments.moments import Figures, linearised, moments
from desireline.act.experiments.sample import Outcome, Sample
from desireline.act.experiments.sample_ratio import BLOCK, WARN, sample_ratio
from desireline.act.experiments.uniting import kept

LOOKS, STEP, GUARDRAILS = 20, 500, 5
Draw = Callable[[np.random.Generator, int, float], np.ndarray]


def shares(rng: np.random.Generator, n: int, effect: float) -> np.ndarray:
    return (rng.random(n) < 0.1 + effect).astype(float)


def skewed(rng: np.random.Generator, n: int, effect: float) -> np.ndarray:
    return np.where(rng.random(n) < 0.3, rng.lognormal(2, 1, n), 0) + effect


def ratio(rng: np.random.Generator, n: int, effect: float) -> np.ndarray:
    """Clicks for each view, of people who differ in both; linearised."""
    views = 1 + rng.poisson(rng.gamma(2, 2, n))
    clicks = rng.binomial(views, np.clip(rng.beta(2, 8, n) + effect, 0, 1))
    return linearised(np.zeros(n, np.int32), 1, clicks.astype(float), views.astype(float))


def figures(values: np.ndarray) -> Figures:
    return moments(np.zeros(len(values), np.int32), 1, values).one(0)


def alarms(runs: int, rng: np.random.Generator) -> Iterator[tuple[str, float, float, float]]:
    """A/A: fixed at the end, always-valid and plain p at 20 looks."""
    for kind, draw in (("binary", shares), ("mean", skewed)):
        fixed = always = peeked = 0
        for _ in range(runs):
            arms = [draw(rng, LOOKS * STEP, 0.0) for _ in "ab"]
            looks = [[figures(arm[: STEP * k]) for arm in arms] for k in range(1, LOOKS + 1)]
            p = [fixed_horizon(kind, *look).p or 1.0 for look in looks]
            fixed += p[-1] < 0.05
            peeked += min(p) < 0.05
            always += any(started(kind, *look) and _apart(look) for look in looks)
        yield f"A/A {kind}: fixed test, one look", fixed / runs, 0.03, 0.07
        yield f"A/A {kind}: always-valid, {LOOKS} looks", always / runs, 0.0, 0.05
        yield f"A/A {kind}: p < .05 at {LOOKS} looks (what it replaces)", peeked / runs, 0.0, 1.0


def _apart(look: list[Figures]) -> bool:
    low, high = confidence_sequence(*look, tuned_for=USUAL_SIZE)
    return low > 0 or high < 0


def guarded(runs: int, rng: np.random.Generator) -> Iterator[tuple[str, float, float, float]]:
    """A/A with five guardrails that move independently: how often one of them says "harmed" at any look."""
    design, together, alone = Design([0.5, 0.5], None, 0), 0, 0
    arm, times = np.arange(2 * LOOKS * STEP, dtype=np.int32) % 2, -(-runs // 4)
    for _ in range(times):
        guards = [
            Outcome(str(k), "binary", (rng.random(len(arm)) < 0.3).astype(float), margin=0.0) for k in range(GUARDRAILS)
        ]
        looks = [kept(Sample(["a", "b"], arm, guards[0], guardrails=guards), np.arange(2 * STEP * k))
                 for k in range(1, LOOKS + 1)]  # fmt: skip
        together += any(_failed(look, design) for look in looks)
        alone += any(_failed(replace(look, guardrails=[one]), design) for look in looks for one in look.guardrails)
    yield f"A/A {GUARDRAILS} guardrails: harmed, {LOOKS} looks", together / times, 0.0, 0.05
    yield f"A/A {GUARDRAILS} guardrails, each for itself (what it replaces)", alone / times, 0.0, 1.0


def _failed(sample: Sample, design: Design) -> bool:
    return any(one.status == "failed" for one in guardrails(sample, design))


def coverage(runs: int, rng: np.random.Generator) -> Iterator[tuple[str, float, float, float]]:
    """95 % intervals at a fixed look."""
    for kind, draw, effect, n, mean in (
        ("binary", shares, 0.02, 400, 0.02), ("mean", skewed, 1.0, 1_000, 1.0), ("ratio", ratio, 0.0, 800, 0.0),
    ):  # fmt: skip
        inside = 0
        for _ in range(runs):
            found = fixed_horizon(kind, figures(draw(rng, n, effect)), figures(draw(rng, n, 0.0)))
            inside += found.low is not None and found.low <= mean <= found.high
        yield f"coverage {kind}, n = {n} an arm", inside / runs, 0.93, 0.97


def adjusted_coverage(runs: int, rng: np.random.Generator) -> Iterator[tuple[str, float, float, float]]:
    """Intervals after CUPED, and what it removes, with a fifth of the covariates missing."""
    inside, removed, rho, n = 0, [], 0.6, 1_000
    for _ in range(runs):
        arm = (rng.random(n) < 0.5).astype(np.int32)
        x = rng.normal(size=n)
        y = rho * x + np.sqrt(1 - rho**2) * rng.normal(size=n) + 0.1 * arm
        hidden = np.where(rng.random(n) < 0.2, np.nan, x)
        freed = adjusted(arm, 2, y, hidden)
        by_arm = moments(arm, 2, freed.value)
        found = fixed_horizon("mean", by_arm.one(1), by_arm.one(0), adjusted=True)
        inside += found.low <= 0.1 <= found.high
        removed.append(adjusted(arm, 2, y, x).variance_removed)
    yield "coverage mean after CUPED, 20 % missing", inside / runs, 0.93, 0.97
    yield f"CUPED: variance removed / rho² (rho = {rho})", float(np.mean(removed)) / rho**2, 0.9, 1.1


def mismatches(runs: int, rng: np.random.Generator) -> Iterator[tuple[str, float, float, float]]:
    """Planted and false sample ratio mismatches among 100,000 people."""
    even, n = np.array([0.5, 0.5]), 100_000

    def found(share: float, times: int) -> np.ndarray:
        return np.array([sample_ratio(np.array([k, n - k]), even).p for k in rng.binomial(n, share, times)])

    planted, fair = found(0.51, runs), found(0.5, runs * 20)
    exact = sample_ratio(np.array([51_000, 49_000]), even).p
    yield "SRM 51,000 : 49,000 blocked", float(exact < BLOCK), 1.0, 1.0
    yield "SRM 100,000 drawn at 51/49, warned or blocked", float((planted < WARN).mean()), 0.9985, 1.0
    yield (
        "SRM 100,000 drawn at 51/49, blocked (power by the normal: .9988)",
        float((planted < BLOCK).mean()),
        0.994,
        1.0,
    )
    yield "SRM blocked among equal arms", float((fair < BLOCK).mean()), 0.0, 0.002


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2_000)
    runs = parser.parse_args().runs
    rng, missed = np.random.default_rng(2026), 0
    for part in (alarms, guarded, coverage, adjusted_coverage, mismatches):
        for name, found, low, high in part(runs, rng):
            holds = low <= found <= high
            missed += not holds
            print(f"{name:68} {found:8.4f}   {low:g} to {high:g}   {'' if holds else 'MISSED'}", flush=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

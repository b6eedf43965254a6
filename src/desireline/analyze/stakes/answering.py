"""Put the estimate together: who is compared, how they differ afterwards, what that is worth, how far to trust it."""

from collections.abc import Iterator
from math import sqrt

import numpy as np

from desireline.analyze.goals import goal_codes
from desireline.analyze.scope import F64, Bools, Scope, about
from desireline.analyze.stakes import covariates, outcomes
from desireline.analyze.stakes.aipw import Att, Comparison
from desireline.analyze.stakes.meeting import Compared, Journeys, befallen, compared, journeys
from desireline.analyze.stakes.model import (
    Effect,
    Money,
    Outcome,
    Range,
    StakesRequest,
    StakesResult,
    TooLittle,
)
from desireline.analyze.stakes.overlap import Overlap
from desireline.analyze.stakes.wording import sentences
from desireline.model.grade import Grade
from desireline.model.intervals import Z
from desireline.model.question import Cut

FEWEST = 30
"""Journeys of either group below which nothing is estimated."""

MOST_LATER, TOO_LATE = 0.5, 0.8
"""Share of the others who meet it later, from which the estimate is a pattern only, and from which there is none."""

FEWEST_GOALS = 10
"""Goals reached, and not reached, among all compared."""

MONTH, YEAR = 30.4375, 365.25
DAY = 86_400_000_000

DATED = (
    "rage_click", "error_after_click", "dead_click", "long_wait", "silence_after_promise", "channel_switch_repeat",
)  # fmt: skip
"""Obstacles that do not hang on whether somebody stays to do more: of the others (loops, repeats, drop-off) those
count as spared who soon reach the goal, or leave, which no covariate from before can make up for."""


def answer(scope: Scope, request: StakesRequest) -> StakesResult:
    """Estimate what is at stake.

    Raises:
        UnknownStep: the goal or the touchpoint is not there.
        BadQuestion: the touchpoint belongs to the goal, or `within` is no length of time.
    """
    known = journeys(scope, request)
    exposure = befallen(scope, request, known)
    met = exposure.met
    chosen = compared(scope, request, known, exposure)
    after = outcomes.reached(known, chosen, request)
    reason = _too_little(chosen, after)
    days = (scope.until - scope.span[0]) / DAY if scope.span else 0.0
    many, cut = int(met.sum()), _cut(chosen)
    fields = {
        **about(scope, request, "stakes", scope.labels(request), cut), "goal": request.goal,
        "touchpoint": request.touchpoint, "obstacle": request.obstacle, "enough": reason is None, "reason": reason,
        "grade": "D", "met": many, "met_reached": int((met & (known.goal >= 0)).sum()), "days": days,
        "per_month": many * MONTH / max(days, 1.0), "per_year": many * YEAR / max(days, 1.0), "later": chosen.later,
        "effects": [], "lost_per_month": None, "money": None, "overlap": None, "adjusted_for": [], "sentences": [],
    }  # fmt: skip
    found = StakesResult.model_validate(fields)
    if reason is None:
        found = found.model_copy(update=_estimated(scope, request, known, chosen, after, found))
    return found.model_copy(update={"sentences": sentences(request.language, found)})


def _estimated(
    scope: Scope, request: StakesRequest, known: Journeys, chosen: Compared, after: Bools, found: StakesResult
) -> dict[str, object]:
    given = outcomes.scores(scope, request)
    past = covariates.before(scope, scope.labels(request), known, chosen, given)
    people = scope.owner[chosen.unit].astype(np.int64)
    everyone = Comparison(chosen.exposed, past.columns, people, seed=request.seed)
    found_of: dict[Outcome, Att] = {}
    for outcome, value in _outcomes(scope, request, known, chosen, after, given):
        told = ~np.isnan(value)
        some = (chosen.exposed[told], past.columns[told], people[told])
        compare = everyone if told.all() else Comparison(*some, seed=request.seed)
        found_of[outcome] = compare.att(value[told]).undiluted(1 - chosen.later)
    effects = [_effect(outcome, estimate) for outcome, estimate in found_of.items()]
    overlap = found_of["goal"].groups.overlap
    return {
        "effects": effects, "overlap": overlap, "adjusted_for": past.kinds,
        "grade": _grade(request, overlap, chosen.later),
        "lost_per_month": _times(effects[0], found.per_month),
        "money": _money(scope, request, effects[0], found_of["goal"].error, found),
    }  # fmt: skip


def _outcomes(
    scope: Scope, request: StakesRequest, known: Journeys, chosen: Compared, after: Bools, given: F64
) -> Iterator[tuple[Outcome, F64]]:
    yield "goal", after.astype(np.float64)
    worth = outcomes.worth(scope, request, known, chosen)
    if worth.any():
        yield "value", worth
    content = outcomes.content(known, chosen, request, given)
    there = ~np.isnan(content)
    if min((there & chosen.exposed).sum(), (there & ~chosen.exposed).sum()) >= FEWEST:
        yield "satisfaction", content


def _too_little(chosen: Compared, after: Bools) -> TooLittle | None:
    met = int(chosen.exposed.sum())
    reached = int(after.sum())
    if not met:
        return "nobody_met_it"
    if met < FEWEST:
        return "few_met_it"
    if len(after) - met < FEWEST:
        return "few_others"
    if min(reached, len(after) - reached) < FEWEST_GOALS:
        return "few_reach_goal"
    return "most_meet_it" if chosen.later > TOO_LATE else None


def _cut(chosen: Compared) -> list[Cut]:
    kept = int(chosen.exposed.sum())
    return [Cut(what="met", kept=kept, total=chosen.total)] if kept < chosen.total else []


def _grade(request: StakesRequest, overlap: Overlap, later: float) -> Grade:
    """C where the others are truly comparable: enough of them, few beyond the bounds, alike in what is known."""
    dated = request.obstacle is None or request.obstacle in DATED
    comparable = overlap.effective_controls >= FEWEST and overlap.trimmed <= 0.2 and overlap.imbalance <= 0.25
    return "C" if dated and comparable and later <= MOST_LATER else "D"


def _effect(outcome: Outcome, found: Att) -> Effect:
    return Effect(
        outcome=outcome, met=found.groups.exposed, others=found.groups.controls, observed=found.groups.observed,
        expected=found.without, loss=-found.estimate, low=-found.high, high=-found.low, naive=-found.groups.naive,
        ratio=found.ratio,
        e_value=found.e_value, e_value_low=found.e_value_low,
    )  # fmt: skip


def _times(effect: Effect, factor: float) -> Range:
    return Range(estimate=effect.loss * factor, low=effect.low * factor, high=effect.high * factor)


def _money(scope: Scope, request: StakesRequest, goal: Effect, error: float, found: StakesResult) -> Money | None:
    """The product of two estimates, its error by the delta method; a typed value counts as exact."""
    values = scope.value[goal_codes(scope, request.goal)[scope.code]]
    values = values[~np.isnan(values)]
    if request.value is None and not len(values):
        return None
    worth = float(values.mean()) if request.value is None else request.value
    own = float(values.std(ddof=1)) / sqrt(len(values)) if request.value is None and len(values) > 1 else 0.0
    half = Z * sqrt((worth * error) ** 2 + (goal.loss * own) ** 2)

    def over(people: float) -> Range:
        each, wide = people * request.fixable * goal.loss * worth, people * request.fixable * half
        return Range(estimate=each, low=each - wide, high=each + wide)

    missed = found.met - found.met_reached
    return Money(
        value=worth, value_from="measured" if request.value is None else "typed", fixable=request.fixable,
        per_month=over(found.per_month), per_year=over(found.per_year),
        naive_per_year=missed * worth * YEAR / max(found.days, 1.0),
    )  # fmt: skip

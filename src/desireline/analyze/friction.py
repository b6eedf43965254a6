"""Which touchpoints go with fewer conversions or more drop-outs at the next step, among those still on their way."""

import json
from math import exp
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import BaseModel, Field

from desireline.analyze.cells import parsed
from desireline.analyze.goals import goal_codes
from desireline.analyze.remembering import remembered
from desireline.analyze.scope import I64, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.duration import parse_duration
from desireline.model.grade import Grade
from desireline.model.intervals import Z
from desireline.model.question import Asked, Cut, Proportion, Result

if TYPE_CHECKING:
    from desireline.analyze.hazards.contacts import Help
    from desireline.analyze.hazards.risk import Risk
    from desireline.analyze.hazards.testing import Tested

Outcome = Literal["convert", "drop", "contact"]

OUTCOMES: tuple[Outcome, ...] = ("convert", "drop", "contact")

Reason = Literal["few_people", "few_events", "no_outcome", "no_contrast"]

FOUND = 0.05
"""q below this is a finding."""

PEERS = 5
"""Touchpoints of a stage are compared with each other if there are so many; with all others if not."""

DAY = 86_400_000_000


class FrictionRequest(Asked):
    """Hold every touchpoint against what happens next.

    Attributes:
        goal: a goal of the definition, else a touchpoint, else an event name.
        contacts: names of touchpoints, events or channels at which people seek help; None: those whose names say so in
            English, Polish or Croatian (`detectors.kinds`).
        by: test touchpoints apart by the channel they were met on.
        gap: silence after which a journey counts as dropped, such as `7d`; the definition's if None (30 days without).
        top: so many touchpoints at most are tested, those of the most people.
    """

    goal: str
    contacts: list[str] | None = None
    by: Literal["channel"] | None = None
    gap: str | None = None
    top: int = Field(default=100, ge=1, le=200)


class Finding(BaseModel):
    """One touchpoint and one outcome.

    Attributes:
        channel: None unless asked by channel.
        hazard_ratio: hazard of the outcome at the step after this touchpoint against that after a typical other one,
            at the same step number and elapsed time, and adjusted for the touchpoints that a journey has met; `low` to
            `high` is its 95 % interval, with errors clustered by person. None where it could not be tested.
        p, q: of no difference; q controls the false discovery rate over all pairs tested (Benjamini and Hochberg 1995),
            and over those of the outcome.
        shrunk: the ratio moved towards 1 by how uncertain it is (normal-normal empirical Bayes): what ranks.
        raw_ratio: observed / expected at the same step numbers alone, with nothing else adjusted.
        steps: steps at risk at this touchpoint; `people` who made them; `events`: after how many the outcome came.
        expected: how many would have come without a difference.
        grade: C where the touchpoints that journeys had met before could be adjusted for, D where not.
        flagged: an obstacle: q < .05, fewer conversions or more drop-outs, the raw ratio points the same way, it is no
            touchpoint of help, and none after which both the goal and the drop-out come oftener: journeys just end
            there.
        direction: whether what was found hinders or helps; None for contacts and where nothing was found (q >= .05).
        help_seeking: people come here because they struggle: never an obstacle.
        excess: conversions too few or drop-outs and contacts too many by the shrunk ratio; negative the other way
            round. What ranks obstacles.
        rank: place among the obstacles, from 1; None for all others.
        reason: why it could not be tested, None if it could.
    """

    touchpoint: str
    channel: str | None
    outcome: Outcome
    hazard_ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    shrunk: float | None
    raw_ratio: float | None
    people: int
    steps: int
    events: int
    expected: float
    grade: Grade
    flagged: bool
    direction: Literal["hinders", "helps"] | None
    help_seeking: bool
    excess: float | None
    rank: int | None
    enough: bool
    reason: Reason | None


class GoalsLost(BaseModel):
    """Goals that would have been reached, had it gone on after each step at this touchpoint as after a typical one.

    Attributes:
        people: who were there before the goal.
        goals: lost, by fewer goals and more drop-outs, with its 95 % interval `low` to `high`; below 0 it is a gain.
            Who reaches the goal later anyhow has not lost it.
    """

    touchpoint: str
    channel: str | None
    people: int
    goals: float
    low: float
    high: float


class AtRisk(BaseModel):
    """What the test rests on: steps at risk and what came of them."""

    steps: int
    converted: int
    dropped: int
    contacts: int
    onward: int
    censored: int


class FrictionResult(Result):
    """Every pair of touchpoint and outcome: obstacles by rank, then other findings, then the rest by p.

    Hazard ratios are adjusted associations, no proof: who meets a touchpoint may differ in what no data shows.
    Cells: `met:[TOUCHPOINT,CHANNEL]` (null for no channel), `convert:…`, `drop:…` and `contact:…` likewise for the
    people behind `people` and `events`; as JSON.

    Attributes:
        journeys: how many have a step at risk.
        at_risk: what came of all steps.
        uneven: by outcome, how many times more the touchpoints differ than chance explains (1: not at all); above
            1 a touchpoint has to stand out from this unevenness to be found.
        contacts: names that were taken for help-seeking.
        enough: whether anything could be tested.
        lost: goals lost at the touchpoints for which both the goal and the drop-out could be tested, most first.
    """

    table: ClassVar[str] = "findings"

    goal: str
    findings: list[Finding]
    journeys: int
    at_risk: AtRisk
    uneven: dict[Outcome, float]
    contacts: list[str]
    gap_days: float
    enough: bool
    lost: list[GoalsLost]


def answer(scope: Scope, request: FrictionRequest) -> FrictionResult:
    """Test every touchpoint.

    Raises:
        UnknownStep: the goal or a contact is not there.
        BadQuestion: the gap is no length of time.
    """
    return remembered(scope, ("friction", request.model_dump_json()), lambda: _answered(scope, request)).model_copy()


def _answered(scope: Scope, request: FrictionRequest) -> FrictionResult:
    from desireline.analyze.hazards.testing import tested

    risk, helping, gap = _risk(scope, request)
    found = tested(risk, len(OUTCOMES), _peers(scope, request, risk))
    labels = scope.labels(request)
    contact = helping.contact & ~goal_codes(scope, request.goal)
    many = len(risk.exposures)
    cut = [Cut(what="touchpoints", kept=many, total=risk.found)] if many < risk.found else []
    outcome = risk.rows.outcome
    counts = np.bincount(outcome[outcome >= -1] + 1, minlength=len(OUTCOMES) + 2).tolist()
    fields = about(scope, request, "friction", labels, cut)
    own = {
        "goal": request.goal,
        "findings": _ordered([_finding(risk, found, y, k) for y in range(len(OUTCOMES)) for k in range(many)]),
        "journeys": int((risk.rows.step == 1).sum()),
        "at_risk": AtRisk(
            steps=sum(counts), censored=counts[0], onward=counts[1], converted=counts[2], dropped=counts[3],
            contacts=counts[4],
        ),
        "uneven": dict(zip(OUTCOMES, found.uneven.tolist(), strict=True)),
        "contacts": sorted({labels.names[k] for k in labels.table[contact].tolist() if k >= 0}),
        "gap_days": gap / DAY,
        "enough": bool(found.tested.any()),
        "lost": _lost(risk, found),
    }  # fmt: skip
    return FrictionResult.model_validate({**fields, **own})


def members(scope: Scope, request: FrictionRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    kind, value = parsed(cell)
    if kind not in ("met", *OUTCOMES) or not isinstance(value, list):
        raise BadDrilldown(given=cell[:40])
    risk, _, _ = _risk(scope, request)
    place = next((k for k, e in enumerate(risk.exposures) if [e.touchpoint, e.channel] == value), None)
    if place is None:
        raise BadDrilldown(given=cell[:40])
    outcome = risk.rows.outcome
    wanted = outcome >= 0 if kind == "met" else outcome == [*OUTCOMES].index(kind) + 1  # type: ignore[arg-type]
    events = np.flatnonzero((risk.exposure == place) & wanted)
    return np.unique(risk.unit[np.searchsorted(risk.offsets, events, side="right") - 1])


def proportions(result: FrictionResult) -> list[Proportion]:
    """Of all steps at a touchpoint those that each outcome came after."""
    return [
        Proportion(
            _cell(f.outcome, f), " · ".join(x for x in (f.touchpoint, f.channel, f.outcome) if x), f.events, f.steps
        )
        for f in result.findings
    ]


def _cell(kind: str, finding: Finding) -> str:
    return f"{kind}:{json.dumps([finding.touchpoint, finding.channel])}"


def _risk(scope: Scope, request: FrictionRequest) -> "tuple[Risk, Help, int]":
    from desireline.analyze.hazards.risk import risk_of

    gap = scope.gap if request.gap is None else parse_duration(request.gap, "gap")
    risk, helping = risk_of(
        scope, scope.labels(request), request.goal, request.contacts, by_channel=request.by == "channel", gap=gap,
        top=request.top,
    )  # fmt: skip
    return risk, helping, gap


def _peers(scope: Scope, request: FrictionRequest, risk: "Risk") -> I64:
    """int64[exposures]: the stage, where it has enough touchpoints; 0 for all others."""
    labels = scope.labels(request)
    stage = [
        int(np.max(scope.stages.table[labels.table == labels.names.index(e.touchpoint)], initial=-1)) + 1
        for e in risk.exposures
    ]
    many = np.bincount(stage, minlength=1)
    return np.array([s if many[s] >= PEERS else 0 for s in stage], np.int64)


def _finding(risk: "Risk", found: "Tested", y: int, k: int) -> Finding:
    exposure, outcome = risk.exposures[k], OUTCOMES[y]
    steps, events = int(found.tally.steps[k].sum()), int(found.tally.steps[k, :, y + 1].sum())
    expected, enough = float(found.expected[y, k]), bool(found.tested[y, k])
    effect, error, shrunk = (float(x[y, k]) for x in (found.effect, found.error, found.shrunk))
    q = float(found.q[y, k])
    worse = effect < 0 if outcome == "convert" else effect > 0
    hinders = None if not enough or outcome == "contact" or q >= FOUND else worse
    return Finding(
        touchpoint=exposure.touchpoint, channel=exposure.channel, outcome=outcome,
        hazard_ratio=exp(effect) if enough else None, low=exp(effect - Z * error) if enough else None,
        high=exp(effect + Z * error) if enough else None, p=float(found.p[y, k]) if enough else None,
        q=q if enough else None, shrunk=exp(shrunk) if enough else None,
        raw_ratio=events / expected if expected else None, people=int(found.tally.people[k]), steps=steps,
        events=events, expected=expected, grade="C" if found.adjusted[y] else "D",
        flagged=hinders is True and not exposure.help_seeking and (events > expected) == (effect > 0),
        direction=None if hinders is None else "hinders" if hinders else "helps", help_seeking=exposure.help_seeking,
        excess=events * ((exp(-shrunk) - 1) if outcome == "convert" else (1 - exp(-shrunk))) if enough else None,
        rank=None, enough=enough, reason=None if enough else _reason(found, y, k),
    )  # fmt: skip


def _lost(risk: "Risk", found: "Tested") -> list[GoalsLost]:
    from desireline.analyze.hazards.losing import Effect, after, lost

    convert, drop = OUTCOMES.index("convert"), OUTCOMES.index("drop")
    listed = []
    for k, seen in enumerate(after(risk, len(risk.exposures))):
        if found.tested[convert, k] and found.tested[drop, k]:
            both = [Effect(float(found.effect[y, k]), float(found.error[y, k])) for y in (convert, drop)]
            named = {name: getattr(risk.exposures[k], name) for name in ("touchpoint", "channel")}
            told = {**named, "people": int(found.tally.people[k]), **lost(seen, *both)._asdict()}
            listed.append(GoalsLost.model_validate(told))
    return sorted(listed, key=lambda one: (-one.goals, one.touchpoint, one.channel or ""))


def _reason(found: "Tested", y: int, k: int) -> Reason:
    from desireline.analyze.hazards.testing import EVENTS, PEOPLE

    if not found.tally.steps[:, :, y + 1].any():
        return "no_outcome"
    if found.tally.people[k] < PEOPLE:
        return "few_people"
    return "few_events" if found.expected[y, k] < EVENTS else "no_contrast"


def _ordered(findings: list[Finding]) -> list[Finding]:
    ends = {(f.touchpoint, f.channel) for f in findings if f.outcome == "convert" and f.direction == "helps"}
    findings = [f.model_copy(update={"flagged": False}) if (f.touchpoint, f.channel) in ends else f for f in findings]
    obstacles = sorted((f for f in findings if f.flagged), key=lambda f: (-(f.excess or 0.0), f.touchpoint))
    ranked = [f.model_copy(update={"rank": place}) for place, f in enumerate(obstacles, 1)]
    rest = [f for f in findings if not f.flagged]
    return ranked + sorted(rest, key=lambda f: (f.p is None, f.p, f.touchpoint, f.channel or "", f.outcome))

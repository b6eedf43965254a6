"""Which touchpoints go with fewer conversions or more drop-outs at the next step, among those still on their way."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from desireline.model.grade import Grade
from desireline.model.question import Asked, Result

Outcome = Literal["convert", "drop", "contact"]

OUTCOMES: tuple[Outcome, ...] = ("convert", "drop", "contact")

Reason = Literal["few_people", "few_events", "no_outcome", "no_contrast"]


class FrictionRequest(Asked):
    """Hold every touchpoint against what happens next.

    Attributes:
        goal: a goal of the definition, else a touchpoint, else an event name.
        contacts: names of touchpoints, events or channels at which people seek help; None: those whose names say so in
            English, Polish or Croatian (`hazards.contacts`).
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
        p, q: of no difference; q controls the false discovery rate over all pairs tested (Benjamini and Hochberg 1995).
        shrunk: the ratio moved towards 1 by how uncertain it is (normal-normal empirical Bayes): what ranks.
        raw_ratio: observed / expected at the same step numbers alone, with nothing else adjusted.
        steps: steps at risk at this touchpoint; `people` who made them; `events`: after how many the outcome came.
        expected: how many would have come without a difference.
        grade: C where the touchpoints that journeys had met before could be adjusted for, D where not.
        flagged: an obstacle: q < .05, fewer conversions or more drop-outs, and no touchpoint of help.
        direction: whether what was found hinders or helps; None for contacts and where nothing was found (q >= .05).
        help_seeking: people come here because they struggle: never an obstacle.
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
    rank: int | None
    enough: bool
    reason: Reason | None


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

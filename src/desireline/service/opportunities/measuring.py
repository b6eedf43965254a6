"""What the data says of an opportunity: people, money, satisfaction, and how good the evidence is."""

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from desireline.errors import BadDrilldown, BadQuestion, NothingToMeasure
from desireline.model.intervals import poisson
from desireline.model.opportunity import Measured, Source
from desireline.service.opportunities import telling

if TYPE_CHECKING:
    from desireline.analyze.detectors.model import Obstacle
    from desireline.analyze.stakes import StakesResult
    from desireline.model.definition import Definition
    from desireline.model.question import Grain
    from desireline.service.questioning import Questioning


class Wanted(NamedTuple):
    """What is at stake, what it is worth, and the language to say it in."""

    goal: str | None
    value: float | None
    language: str


def measured(workspace: "Questioning", source: Source, wanted: Wanted) -> dict[str, Any]:
    """The measured fields of an opportunity.

    Raises:
        NothingToMeasure: the obstacle is not found.
        NoEvents, UnknownStep, BadQuestion: of the question.
    """
    if source.question == "stakes":
        asked = _asked(source.fields, wanted)
        found: StakesResult = workspace.ask("stakes", asked)
        title = telling.title(wanted.language, source.outcome or "touchpoint", found.touchpoint, goal=found.goal)
        return {"title": title, "place": {"touchpoint": found.touchpoint}, **_of_stakes(found)}
    obstacle, grain = _obstacle(workspace, source, wanted.language)
    of_people = {
        "title": telling.title(wanted.language, obstacle.kind, obstacle.touchpoint, other=obstacle.other or ""),
        "place": {"touchpoint": obstacle.touchpoint, "channel": obstacle.channel},
        "people_per_month": _figure(
            obstacle.people_per_month, obstacle.low / obstacle.share, obstacle.high / obstacle.share, obstacle.people
        ),
        "evidence": telling.evidence(grain, obstacle),
    }  # fmt: skip
    stakes = _stakes_of(workspace, source, obstacle, wanted)
    if stakes is None:
        return of_people
    at_stake = _of_stakes(stakes)
    return {**at_stake, **of_people, "evidence": telling.evidence(grain, obstacle, stakes)}


def persons(workspace: "Questioning", source: Source) -> np.ndarray:
    """int64[people]: the row numbers of the people behind it; empty where there are none any more."""
    from desireline.analyze.drilldown import token
    from desireline.service.questions import persons_in, request

    asked = workspace.resolved(request(source.question, source.fields))
    cell = "met" if source.question == "stakes" else source.cell or ""
    try:
        return persons_in(token(source.question, asked), cell, workspace.scope)[0]
    except BadDrilldown:
        return np.zeros(0, np.int64)


def _obstacle(workspace: "Questioning", source: Source, language: str) -> "tuple[Obstacle, Grain]":
    result = workspace.ask("obstacles", {**source.fields, "language": language})
    for one in cast("list[Obstacle]", result.obstacles):
        if one.cell == source.cell and one.share:
            return one, result.grain
    raise NothingToMeasure(title=(source.cell or source.question)[:100])


def _stakes_of(workspace: "Questioning", source: Source, obstacle: "Obstacle", wanted: Wanted) -> "StakesResult | None":
    """None where there is no goal, or where the obstacle lies at the goal itself."""
    goal = wanted.goal or source.fields.get("goal") or _first_goal(workspace.definition_or_none())
    if goal is None:
        return None
    from desireline.model.question import Asked

    shared = {name: value for name, value in source.fields.items() if name in Asked.model_fields}
    asked = {**shared, "goal": goal, "touchpoint": obstacle.touchpoint, "obstacle": obstacle.kind,
             "channel": obstacle.channel}  # fmt: skip
    try:
        return cast("StakesResult", workspace.ask("stakes", _asked(asked, wanted)))
    except BadQuestion:
        return None


def _first_goal(definition: "Definition | None") -> str | None:
    return definition.goals[0].name if definition and definition.goals else None


def _asked(fields: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    given = {"goal": wanted.goal, "value": wanted.value, "language": wanted.language}
    return {**fields, **{name: value for name, value in given.items() if value is not None}}


def _of_stakes(found: "StakesResult") -> dict[str, Any]:
    low, high = poisson(found.met)
    many = max(found.met, 1)
    fields: dict[str, Any] = {
        "people_per_month": _figure(found.per_month, low / many, high / many, found.met),
        "grade": found.grade, "evidence": telling.evidence(found.grain, None, found),
    }  # fmt: skip
    if found.money is not None:
        year = found.money.per_year
        fields["money_per_year"] = Measured(
            value=year.estimate, low=year.low, high=year.high, n=found.met, at=dt.datetime.now(dt.UTC)
        )
    for effect in found.effects:
        if effect.outcome == "satisfaction":
            fields["satisfaction"] = Measured(
                value=effect.loss, low=effect.low, high=effect.high, n=effect.met, at=dt.datetime.now(dt.UTC)
            )
    return fields


def _figure(value: float, low: float, high: float, n: int) -> Measured:
    """A figure and its interval, given as parts of it."""
    return Measured(value=value, low=value * low, high=value * high, n=n, at=dt.datetime.now(dt.UTC))

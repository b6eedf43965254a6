"""What came of a bet: the verdict of the experiment or before/after that proves it."""

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from desireline.errors import ActionState, NoBet
from desireline.model.action import Action, ActionVerdict, Bet, BetChange
from desireline.service.actions.days import local_day
from desireline.service.actions.power import plan_of
from desireline.service.actions.sealing import judged_late, plan_changes

if TYPE_CHECKING:
    from desireline.model.before_after import BeforeAfter
    from desireline.service.workspace import Workspace

YEAR = 365.25


class Judgement(NamedTuple):
    """The verdict, the fields of the action that come with it, and what of its proof was changed since the start."""

    verdict: ActionVerdict
    fields: dict[str, Any]
    changes: list[BetChange]


def judged(workspace: "Workspace", found: Action, by: str) -> Judgement:
    """Ask the proof of an action's bet; a before/after is made of the bet where it names none.

    Raises:
        NoBet: there is nothing to judge.
        ActionState: it has not begun, or customers do not meet the change yet.
        NoExposures, NoEvents, UnknownStep, OneArm: of the proof.
    """
    bet = found.bet
    if bet is None:
        raise NoBet(action=found.name)
    if found.started is None or found.status == "dropped":
        raise ActionState(action=found.name, status=found.status, needed=["in_progress", "done"])
    if bet.experiment is not None:
        return _by_experiment(workspace, found, bet, bet.experiment, by)
    proof, fields = _before_after(workspace, found, bet)
    measured = workspace.before_after.measure(proof.id)
    changes = plan_changes(found, measured, measured.changed, by) if bet.before_after is not None else []
    if measured.verdict is None:
        raise AssertionError("a measured before/after has a verdict")
    priced = measured.verdict.model_copy(update={"cost": found.cost if found.cost is not None else measured.cost})
    return Judgement(ActionVerdict(at=dt.datetime.now(dt.UTC), proof=proof.id, verdict=priced), fields, changes)


def _before_after(workspace: "Workspace", found: Action, bet: Bet) -> "tuple[BeforeAfter, dict[str, Any]]":
    """The bet's before/after, and the action's fields where it had to be made."""
    known = bet.before_after
    if known is not None:
        return workspace.before_after.get(known), {}
    if found.finished is None:
        raise ActionState(action=found.name, status=found.status, needed=["done"])
    plan = plan_of(workspace, bet, local_day(workspace, found.finished), found.cost)
    kept = {one.id: one for one in workspace.before_after.all()}
    if found.proof in kept:
        before = kept[found.proof]
        if plan.model_dump() != {name: getattr(before, name) for name in plan.model_dump()}:
            before = workspace.before_after.change(before.id, before.revision, plan.model_dump())
        return before, {}
    taken = {one.name for one in kept.values()}
    name = found.name if found.name not in taken else f"{found.name[:180]} ({found.id})"
    made = workspace.before_after.create({**plan.model_dump(), "name": name})
    return made, {"proof": made.id}


def _by_experiment(workspace: "Workspace", found: Action, bet: Bet, experiment: str, by: str) -> Judgement:
    from desireline.act.verdicts import of_experiment
    from desireline.model.verdict import Worth

    result = workspace.experiments.result(experiment)
    one = result.experiment
    people = sum(arm.assigned for arm in result.analysis.arms)
    begun = workspace.experiments.begun(one.id)
    days = max((result.until - (begun or result.until)) / dt.timedelta(days=1), 1.0)
    verdict = of_experiment(
        result.analysis, metric=one.metric.event, people=people / one.traffic / days * YEAR,
        worth=None if bet.value is None else Worth(value=bet.value), cost=found.cost,
    )  # fmt: skip
    told = {(change.field, change.at) for change in found.changes}
    changes = [
        BetChange(field=f"experiment.{change.field}", before=change.before, after=change.after, at=change.at, by=by)
        for change in one.changes
        if (f"experiment.{change.field}", change.at) not in told
    ]
    fields = {} if found.seal is None else {"seal": judged_late(workspace, found.seal, begun).model_dump()}
    return Judgement(ActionVerdict(at=dt.datetime.now(dt.UTC), proof=one.id, verdict=verdict), fields, changes)

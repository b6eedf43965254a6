"""The seal of a bet: what stood when the action started, and what of it was changed afterwards."""

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from desireline.model.action import Action, Bet, BetChange, Seal
from desireline.model.before_after import BeforeAfterPlan
from desireline.model.bet import Detectable
from desireline.service.actions.days import local_day

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace


def hash_of(bet: Bet | None) -> str:
    """SHA-256 in hexadecimal of the bet's JSON in UTF-8, keys in order, without spaces; `null` for no bet."""
    body = None if bet is None else bet.model_dump(mode="json")
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(workspace: "Workspace", bet: Bet | None, by: str, detectable: Detectable | None) -> Seal:
    """The seal of a bet as of now.

    Args:
        workspace: where its proof is kept.
        bet: what is sealed.
        by: who starts the action.
        detectable: what the bet can find.
    """
    now = dt.datetime.now(dt.UTC)
    plan, begun = None, None
    if bet is not None and bet.before_after is not None:
        kept = workspace.before_after.get(bet.before_after)
        plan = BeforeAfterPlan(**{name: getattr(kept, name) for name in BeforeAfterPlan.model_fields})
        begun = _first_day(plan)
    elif bet is not None and bet.experiment is not None:
        begun = _day(workspace, workspace.experiments.begun(bet.experiment))
    late = begun is not None and begun < local_day(workspace, now)
    return Seal(at=now, by=by, hash=hash_of(bet), bet=bet, plan=plan, detectable=detectable, late=late)


def judged_late(workspace: "Workspace", seal: Seal, begun: dt.datetime | None) -> Seal:
    """The seal as it is known once exposures are: `late` if what proves the bet had begun before it, say by import."""
    first = _day(workspace, begun)
    late = first is not None and first < local_day(workspace, seal.at)
    return seal.model_copy(update={"late": True}) if late else seal


def bet_changes(found: Action, bet: Bet | None, by: str) -> list[BetChange]:
    """What is other in `bet` than in the action's bet, field by field; nothing before the start."""
    if found.seal is None or bet == found.bet:
        return []
    if found.bet is None or bet is None:
        before, after = ({"bet": None if one is None else one.model_dump(mode="json")} for one in (found.bet, bet))
    else:
        before, after = found.bet.model_dump(mode="json"), bet.model_dump(mode="json")
    return _differences(before, after, dt.datetime.now(dt.UTC), by)


def plan_changes(found: Action, plan: BeforeAfterPlan, at: dt.datetime, by: str) -> list[BetChange]:
    """What is other in the before/after than when the bet was sealed, as far as it is not among the changes yet."""
    if found.seal is None or found.seal.plan is None:
        return []
    last = found.seal.plan.model_dump(mode="json")
    for one in found.changes:
        if one.field.startswith("before_after."):
            last[one.field.removeprefix("before_after.")] = one.after
    now = {name: value for name, value in plan.model_dump(mode="json").items() if name in BeforeAfterPlan.model_fields}
    return [one.model_copy(update={"field": f"before_after.{one.field}"}) for one in _differences(last, now, at, by)]


def _day(workspace: "Workspace", moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else local_day(workspace, moment)


def _first_day(plan: BeforeAfterPlan) -> dt.date | None:
    days = [plan.start, *(plan.roll_out.starts.values() if plan.roll_out is not None else ())]
    return min((day for day in days if day is not None), default=None)


def _differences(before: dict[str, Any], after: dict[str, Any], at: dt.datetime, by: str) -> list[BetChange]:
    return [
        BetChange(field=name, before=before[name], after=after[name], at=at, by=by)
        for name in after
        if before[name] != after[name]
    ]

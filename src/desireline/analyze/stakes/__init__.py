"""What a touchpoint or an obstacle may cost: goals, money and satisfaction at stake, adjusted, with intervals."""

from desireline.analyze.scope import I64, Scope
from desireline.analyze.stakes.model import StakesRequest, StakesResult
from desireline.errors import BadDrilldown
from desireline.model.question import Proportion

__all__ = ["StakesRequest", "StakesResult", "answer", "members", "proportions"]

CELLS = ("met", "met_reached", "compared", "compared_reached")


def answer(scope: Scope, request: StakesRequest) -> StakesResult:
    """Estimate what is at stake; see `StakesResult`.

    Raises:
        UnknownStep: the goal or the touchpoint is not there.
        BadQuestion: the touchpoint belongs to the goal, or `within` is no length of time.
    """
    from desireline.analyze.stakes.answering import answer as estimate

    return estimate(scope, request)


def members(scope: Scope, request: StakesRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.analyze.stakes.meeting import members as found

    if cell not in CELLS:
        raise BadDrilldown(given=cell[:40])
    return found(scope, request, cell)


def proportions(result: StakesResult) -> list[Proportion]:
    """How many meet it, and how many of them reach the goal."""
    return [
        Proportion("met", result.touchpoint, result.met, result.people_in_scope),
        Proportion("met_reached", result.goal, result.met_reached, result.met),
    ]

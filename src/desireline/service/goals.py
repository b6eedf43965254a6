"""Goals of a workspace, and the tree of KPIs under them."""

from typing import TYPE_CHECKING, Any

from desireline.errors import BadQuestion
from desireline.model.goal import Goal, GoalChange, GoalNode, GoalTree, KpiNode, NewGoal
from desireline.service.shelf import Shelf, sent, valid

if TYPE_CHECKING:
    from desireline.model.kpi import Kpi
    from desireline.service.workspace import Workspace


class Goals:
    """Every method takes a goal by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> goal = ws.goals.create({"name": "Customers who stay"})  # doctest: +SKIP
        >>> ws.kpis.change("NPS", {"revision": 1, "serves": goal.id})  # doctest: +SKIP
        >>> ws.goals.tree().goals[0].kpis[0].kpi.name  # doctest: +SKIP
        'NPS'
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[Goal]:
        return Shelf(self._workspace.records, "goal", Goal)

    def all(self) -> list[Goal]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Goal:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewGoal | dict[str, Any]) -> Goal:
        """Keep a new one.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
            UnknownDocument: the goal above it does not exist.
        """
        new = valid(NewGoal, asked)
        self._check(new.under, "")
        return self._shelf.add({name: getattr(new, name) for name in NewGoal.model_fields})

    def change(self, which: str, asked: GoalChange | dict[str, Any]) -> Goal:
        """Change one; what is absent stays, None takes away.

        Raises:
            UnknownDocument, StaleDocument, BadQuestion, NameTaken: as `create`, or it would be under itself.
        """
        found, new = self.get(which), valid(GoalChange, asked)
        fields = sent(new, frozenset({"revision"}))
        self._check(fields.get("under"), found.id)
        return self._shelf.change(found.id, new.revision, fields)

    def remove(self, which: str, revision: int | None = None) -> Goal:
        """Delete one; what was under it stands at the top.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `revision`.
        """
        return self._shelf.remove(which, revision)

    def tree(self) -> GoalTree:
        """All goals and KPIs as they hang together; what hangs on something that is gone stands at the top."""
        goals, kpis = self.all(), self._workspace.kpis.all()
        known = {one.id for one in goals}
        of_kpi = {one.id: one for one in kpis}
        tops = [one for one in goals if one.under not in known]
        loose = [one for one in kpis if one.serves not in known and one.serves not in of_kpi]
        return GoalTree(goals=[_node(one, goals, kpis) for one in tops], loose=[_kpi_node(one, kpis) for one in loose])

    def _check(self, under: str | None, own: str) -> None:
        above = under
        while above is not None:
            if above == own:
                raise BadQuestion(parameter="under", given=str(under), expected="≠ " + own)
            above = self.get(above).under


def _node(goal: Goal, goals: "list[Goal]", kpis: "list[Kpi]") -> GoalNode:
    return GoalNode(
        goal=goal, goals=[_node(one, goals, kpis) for one in goals if one.under == goal.id],
        kpis=[_kpi_node(one, kpis) for one in kpis if one.serves == goal.id],
    )  # fmt: skip


def _kpi_node(kpi: "Kpi", kpis: "list[Kpi]") -> KpiNode:
    return KpiNode(kpi=kpi, kpis=[_kpi_node(one, kpis) for one in kpis if one.serves == kpi.id])

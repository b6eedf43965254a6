"""Dashboards and goals: kept, arranged, shown; days of KPIs that stand out."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.model.anomaly import FALSE_ALARMS, Anomalies
from desireline.model.dashboard import Against, Dashboard, DashboardChange, NewDashboard, ShownDashboard
from desireline.model.day import Day
from desireline.model.goal import Goal, GoalChange, GoalTree, NewGoal

router = APIRouter(tags=["dashboards"])

Revision = Annotated[int | None, Query(ge=1, description="As it was seen")]


@router.get("/dashboards")
def listed(workspace: InWorkspace) -> list[Dashboard]:
    """All dashboards, oldest first."""
    return workspace.dashboards.all()


@router.post("/dashboards")
def create(workspace: InWorkspace, asked: NewDashboard) -> Dashboard:
    """Keeps a new one."""
    return workspace.dashboards.create(asked)


@router.get("/dashboards/{dashboard}")
def one(workspace: InWorkspace, dashboard: str) -> Dashboard:
    """A dashboard."""
    return workspace.dashboards.get(dashboard)


@router.get("/dashboards/{dashboard}/shown")
def shown(
    workspace: InWorkspace, language: Language, dashboard: str, by: Literal["day", "week", "month"] | None = None,
    since: Day | None = None, until: Day | None = None, segment: str | None = None,
    against: Against | None = None, versus: str | None = None,
) -> ShownDashboard:  # fmt: skip
    """All that it shows, as it is kept or looked at: figures, series, comparisons, annotations, anomalies."""
    return workspace.dashboards.show(
        dashboard, language, by=by, since=since, until=until, segment=segment, against=against, versus=versus
    )


@router.patch("/dashboards/{dashboard}")
def change(workspace: InWorkspace, dashboard: str, asked: DashboardChange) -> Dashboard:
    """Changes or arranges one; what is absent stays."""
    return workspace.dashboards.change(dashboard, asked)


@router.delete("/dashboards/{dashboard}", status_code=204, response_class=Response)
def remove(workspace: InWorkspace, dashboard: str, revision: Revision = None) -> None:
    """Deletes one; its KPIs stay."""
    workspace.dashboards.remove(dashboard, revision)


@router.get("/anomalies")
def anomalies(
    workspace: InWorkspace, kpi: Annotated[list[str] | None, Query(description="Ids or names; all if absent")] = None,
    since: Day | None = None, until: Day | None = None, false_alarms: float = FALSE_ALARMS,
    segment: str | None = None,
) -> Anomalies:  # fmt: skip
    """Days that are not as their weekday and season let expect, with the chance that any of them is a false alarm."""
    return workspace.anomalies.look(kpi, since=since, until=until, false_alarms=false_alarms, segment=segment)


@router.get("/goals")
def goals(workspace: InWorkspace) -> GoalTree:
    """All goals with the KPIs under them."""
    return workspace.goals.tree()


@router.post("/goals")
def create_goal(workspace: InWorkspace, asked: NewGoal) -> Goal:
    """Keeps a new goal."""
    return workspace.goals.create(asked)


@router.get("/goals/{goal}")
def goal(workspace: InWorkspace, goal: str) -> Goal:
    """A goal."""
    return workspace.goals.get(goal)


@router.patch("/goals/{goal}")
def change_goal(workspace: InWorkspace, goal: str, asked: GoalChange) -> Goal:
    """Changes a goal; what is absent stays."""
    return workspace.goals.change(goal, asked)


@router.delete("/goals/{goal}", status_code=204, response_class=Response)
def remove_goal(workspace: InWorkspace, goal: str, revision: Revision = None) -> None:
    """Deletes a goal; what was under it stands at the top."""
    workspace.goals.remove(goal, revision)

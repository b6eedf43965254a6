"""Alerts: what of a KPI is told to whom, and how each stands."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.model.alert import Alert, AlertChange, AlertsChecked, AlertStanding, NewAlert

router = APIRouter(prefix="/alerts", tags=["alerts"])


@router.get("")
def listed(workspace: InWorkspace) -> list[AlertStanding]:
    """All alerts with how they stand, oldest first."""
    return workspace.alerts.all()


@router.post("")
def create(workspace: InWorkspace, asked: NewAlert) -> Alert:
    """Keeps a new one."""
    return workspace.alerts.create(asked)


@router.post("/check")
def check(workspace: InWorkspace) -> AlertsChecked:
    """Looks at all active ones now; the server does so by itself every few minutes."""
    return workspace.alerts.check()


@router.get("/{alert}")
def one(workspace: InWorkspace, alert: str) -> AlertStanding:
    """An alert with how it stands."""
    return workspace.alerts.get(alert)


@router.patch("/{alert}")
def change(workspace: InWorkspace, alert: str, asked: AlertChange) -> Alert:
    """Changes one; what is absent stays."""
    return workspace.alerts.change(alert, asked)


@router.delete("/{alert}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    alert: str,
    revision: Annotated[int | None, Query(ge=1, description="As it was seen")] = None,
) -> None:
    """Deletes one."""
    workspace.alerts.remove(alert, revision)

"""Actions: the plan as board, list and timeline; bets, verdicts, files in and out."""

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response, UploadFile

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.model.action import (
    Action,
    ActionChange,
    ActionsImport,
    ActionStatus,
    Bet,
    Bets,
    BoardColumn,
    DetectableTold,
    NewAction,
    ShownAction,
    Span,
)
from desireline.model.definition import Strict
from desireline.service.workspace import Workspace

router = APIRouter(prefix="/actions", tags=["actions"])


class AskedBet(Strict):
    """A bet, and the first day on which customers would meet the change; today if absent."""

    bet: Bet
    start: dt.date | None = None


class Finished(Strict):
    """Since when customers meet the change; today if absent."""

    on: dt.date | None = None


@router.get("")
def listed(
    workspace: InWorkspace,
    language: Language,
    status: Annotated[list[ActionStatus] | None, Query(description="All if absent")] = None,
    owner: str | None = None,
    opportunity: Annotated[str | None, Query(description="Its id")] = None,
    map: Annotated[str | None, Query(description="Id of a map that it is on")] = None,  # noqa: A002
    kpi: Annotated[str | None, Query(description="Id of the KPI that is bet on")] = None,
) -> list[ShownAction]:
    """Actions, oldest first."""
    found = [
        one
        for one in workspace.actions.all()
        if (status is None or one.status in status)
        and (owner is None or one.owner == owner)
        and (opportunity is None or one.opportunity == opportunity)
        and (map is None or any(place.map == map for place in one.places))
        and (kpi is None or (one.bet is not None and one.bet.kpi == kpi))
    ]
    return workspace.actions.shown(found, language)


@router.post("")
def create(workspace: InWorkspace, asked: NewAction, language: Language) -> ShownAction:
    """Makes one, of an opportunity or by its name."""
    return _shown(workspace, workspace.actions.create(asked), language)


@router.get("/board")
def board(workspace: InWorkspace, language: Language) -> list[BoardColumn]:
    """All actions by status, in the order of each column."""
    return workspace.actions.board(language)


@router.get("/timeline")
def timeline(workspace: InWorkspace) -> list[Span]:
    """All actions along the time."""
    return workspace.actions.timeline()


@router.get("/due")
def due(
    workspace: InWorkspace, language: Language, within: Annotated[int, Query(ge=0, le=3650, description="Days")] = 14
) -> list[ShownAction]:
    """What has to be done or judged soon, or should have been."""
    return workspace.actions.due(within, language)


@router.get("/bets")
def bets(workspace: InWorkspace, language: Language) -> Bets:
    """All bets: how often they come true, and how well their size was known."""
    return workspace.actions.bets(language)


@router.post("/detectable")
def detectable(workspace: InWorkspace, asked: AskedBet, language: Language) -> DetectableTold:
    """What a bet can detect, before it is made."""
    return workspace.actions.detectable(asked.bet, asked.start, language)


@router.get("/export", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def export(
    workspace: InWorkspace,
    language: Language,
    form: Annotated[Literal["csv", "jira"], Query(description="Our columns, or those that Jira imports")] = "csv",
) -> Response:
    """All actions as CSV."""
    name = "actions.csv" if form == "csv" else "actions-jira.csv"
    body = workspace.actions.export(form, language).encode("utf-8-sig" if form == "csv" else "utf-8")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="text/csv", headers=headers)


@router.post("/import")
def read(workspace: InWorkspace, file: UploadFile) -> ActionsImport:
    """Takes status, owner and due day from a CSV by key; empty cells change nothing."""
    with workspace.places.staging() as folder:
        kept = folder / "actions.csv"
        kept.write_bytes(file.file.read())
        return workspace.actions.read(kept)


@router.get("/{action}")
def one(workspace: InWorkspace, action: str, language: Language) -> ShownAction:
    """An action."""
    return _shown(workspace, workspace.actions.get(action), language)


@router.patch("/{action}")
def change(workspace: InWorkspace, action: str, asked: ActionChange, language: Language) -> ShownAction:
    """Changes one; what is absent stays. What is changed of a sealed bet is kept and shown."""
    return _shown(workspace, workspace.actions.change(action, asked), language)


@router.delete("/{action}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    action: str,
    revision: Annotated[int | None, Query(ge=1, description="As it was seen")] = None,
) -> None:
    """Deletes one; verdicts that went back elsewhere stay there."""
    workspace.actions.remove(action, revision)


@router.post("/{action}/start")
def start(workspace: InWorkspace, action: str, language: Language) -> ShownAction:
    """Begins: the bet is sealed, and the maps are kept as they are."""
    return _shown(workspace, workspace.actions.start(action), language)


@router.post("/{action}/finish")
def finish(workspace: InWorkspace, action: str, asked: Finished, language: Language) -> ShownAction:
    """Customers meet the change."""
    return _shown(workspace, workspace.actions.finish(action, asked.on), language)


@router.post("/{action}/verdict")
def verdict(workspace: InWorkspace, action: str, language: Language) -> ShownAction:
    """Asks the proof of the bet now; a settled verdict goes back onto opportunity, map and KPIs."""
    return _shown(workspace, workspace.actions.verdict(action), language)


def _shown(workspace: Workspace, found: Action, language: str) -> ShownAction:
    return workspace.actions.shown([found], language)[0]

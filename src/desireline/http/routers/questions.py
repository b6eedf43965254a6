"""The questions, and the people behind any cell of an answer."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Query

from desireline.analyze.durations import DurationsRequest, DurationsResult
from desireline.analyze.funnel import FunnelRequest, FunnelResult
from desireline.analyze.paths import PathsRequest, PathsResult
from desireline.analyze.transitions import TransitionsRequest, TransitionsResult
from desireline.analyze.variants import VariantsRequest, VariantsResult
from desireline.http.desk import InWorkspace
from desireline.http.paging import Limit, Offset
from desireline.model.question import Asked
from desireline.model.summary import PeoplePage

router = APIRouter(tags=["questions"])


def _fields(request: Asked) -> dict[str, Any]:
    return request.model_dump(by_alias=True)


@router.post("/questions/funnel")
def funnel(workspace: InWorkspace, request: FunnelRequest) -> FunnelResult:
    """How many people walk through steps in order, within a window."""
    return cast("FunnelResult", workspace.ask("funnel", _fields(request)))


@router.post("/questions/transitions")
def transitions(workspace: InWorkspace, request: TransitionsRequest) -> TransitionsResult:
    """What directly follows what."""
    return cast("TransitionsResult", workspace.ask("transitions", _fields(request)))


@router.post("/questions/variants")
def variants(workspace: InWorkspace, request: VariantsRequest) -> VariantsResult:
    """Whole journeys, the commonest first."""
    return cast("VariantsResult", workspace.ask("variants", _fields(request)))


@router.post("/questions/paths")
def paths(workspace: InWorkspace, request: PathsRequest) -> PathsResult:
    """Where people go from a touchpoint, or come from, layer by layer."""
    return cast("PathsResult", workspace.ask("paths", _fields(request)))


@router.post("/questions/durations")
def durations(workspace: InWorkspace, request: DurationsRequest) -> DurationsResult:
    """How long people take between two touchpoints or stages."""
    return cast("DurationsResult", workspace.ask("durations", _fields(request)))


@router.get("/drilldown", tags=["people"])
def drilldown(
    workspace: InWorkspace,
    token: Annotated[str, Query(max_length=20_000, description="The `drilldown` of an answer")],
    cell: Annotated[str, Query(max_length=2_000, description="A cell of that answer, such as step:2")],
    limit: Limit = 50,
    offset: Offset = 0,
) -> PeoplePage:
    """The very people counted in a cell."""
    return workspace.drill(token, cell, limit=limit, offset=offset)

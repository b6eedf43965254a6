"""What the workspace holds, what to do next, and what can be asked about."""

from fastapi import APIRouter

from desireline.http.desk import InWorkspace
from desireline.model.summary import Dimensions, Overview, Status

router = APIRouter(tags=["status"])


@router.get("/status")
def status(workspace: InWorkspace) -> Status:
    """Events, people and sources, as `desireline status --json`."""
    return workspace.status()


@router.get("/overview")
def overview(workspace: InWorkspace) -> Overview:
    """Status, maps and the codes of what to do next."""
    return workspace.overview()


@router.get("/dimensions")
def dimensions(workspace: InWorkspace) -> Dimensions:
    """Names to choose steps and filters from."""
    return workspace.dimensions()

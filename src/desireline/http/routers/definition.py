"""The definition: stages, touchpoints, goals, and where a journey starts and ends."""

from typing import Annotated

from fastapi import APIRouter, Query

from desireline.http.desk import InWorkspace
from desireline.model.definition import Definition
from desireline.model.summary import DefinitionSummary

router = APIRouter(tags=["definition"])


@router.get("/definitions")
def versions(workspace: InWorkspace) -> list[DefinitionSummary]:
    """All versions of all definitions, newest first."""
    return workspace.definitions()


@router.get("/definition")
def show(
    workspace: InWorkspace,
    version: Annotated[str | None, Query(max_length=100, description="A version, or the name of a definition")] = None,
) -> Definition:
    """The newest version of the main definition, or the one asked for."""
    return workspace.definition(version)


@router.put("/definition")
def save(workspace: InWorkspace, definition: Definition) -> Definition:
    """Saves a new version; earlier ones stay."""
    return workspace.save_definition(definition)


@router.post("/definition/propose")
def propose(workspace: InWorkspace, stages: Annotated[int, Query(ge=1, le=20)] = 5) -> Definition:
    """Makes a new version from the data alone."""
    return workspace.propose_definition(stages=stages)

"""Interviews, user tests and focus groups, and what people said in them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from desireline.http.desk import InWorkspace
from desireline.model.definition import Strict
from desireline.model.study import NewStudy, QuoteOfStudy, Study

router = APIRouter(prefix="/studies", tags=["studies"])


class StudyChange(Strict):
    """Fields to change, of those that a new study has; what is absent stays. `revision`: the one that was seen."""

    revision: Annotated[int, Field(ge=1)]
    fields: dict[str, Any]


@router.get("")
def studies(workspace: InWorkspace) -> list[Study]:
    """All studies, oldest first."""
    return workspace.studies.all()


@router.post("")
def create(workspace: InWorkspace, asked: NewStudy) -> Study:
    """Records one."""
    return workspace.studies.create(asked)


@router.get("/quotes")
def quotes(
    workspace: InWorkspace,
    touchpoint: Annotated[str | None, Query(description="Those about it; all if absent")] = None,
) -> list[QuoteOfStudy]:
    """What people said, newest study first."""
    return workspace.studies.quotes(touchpoint)


@router.get("/{study}")
def one(workspace: InWorkspace, study: str) -> Study:
    """A study."""
    return workspace.studies.get(study)


@router.patch("/{study}")
def change(workspace: InWorkspace, study: str, asked: StudyChange) -> Study:
    """Changes one."""
    return workspace.studies.change(study, asked.revision, asked.fields)


@router.delete("/{study}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    study: str,
    revision: Annotated[int | None, Query(ge=1, description="The one that was seen")] = None,
) -> None:
    """Deletes one with its quotes."""
    workspace.studies.remove(study, revision)

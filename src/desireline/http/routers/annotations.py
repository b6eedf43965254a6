"""Annotations: what happened on a day, beside the figures of that time."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.model.annotation import AnnotationChange, NewAnnotation, ShownAnnotation
from desireline.model.day import Day

router = APIRouter(prefix="/annotations", tags=["annotations"])


@router.get("")
def listed(
    workspace: InWorkspace,
    language: Language,
    since: Annotated[Day | None, Query(description="First day")] = None,
    until: Annotated[Day | None, Query(description="Last day")] = None,
    kpi: Annotated[str | None, Query(description="Id of a KPI that they are shown with")] = None,
) -> list[ShownAnnotation]:
    """Annotations by day."""
    door = workspace.annotations
    return [door.shown(one, language) for one in door.between(since, until, kpi)]


@router.post("")
def create(workspace: InWorkspace, asked: NewAnnotation, language: Language) -> ShownAnnotation:
    """Keeps a new one."""
    return workspace.annotations.shown(workspace.annotations.create(asked), language)


@router.get("/{annotation}")
def one(workspace: InWorkspace, annotation: str, language: Language) -> ShownAnnotation:
    """An annotation."""
    return workspace.annotations.shown(workspace.annotations.get(annotation), language)


@router.patch("/{annotation}")
def change(
    workspace: InWorkspace, annotation: str, asked: AnnotationChange, language: Language
) -> ShownAnnotation:  # fmt: skip
    """Changes one; what is absent stays."""
    return workspace.annotations.shown(workspace.annotations.change(annotation, asked), language)


@router.delete("/{annotation}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    annotation: str,
    revision: Annotated[int | None, Query(ge=1, description="As it was seen")] = None,
) -> None:
    """Forgets one."""
    workspace.annotations.remove(annotation, revision)

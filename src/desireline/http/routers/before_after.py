"""Befores and afters: planned, measured, judged."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from desireline.http.desk import AtDesk, InWorkspace
from desireline.http.language import Language
from desireline.model.before_after import BeforeAfter, FileBeforeAfter
from desireline.model.definition import Strict
from desireline.service.before_after.door import NewBeforeAfter
from desireline.service.before_after.of_file import BeforeAfterFile

router = APIRouter(prefix="/before-after", tags=["before_after"])


class BeforeAfterChange(Strict):
    """Fields of the plan that change, and the revision that was seen."""

    revision: int
    fields: dict[str, Any]


class ToJudge(Strict):
    """An upload, and which of its columns is what."""

    upload: str
    columns: BeforeAfterFile


@router.get("")
def listed(workspace: InWorkspace, language: Language) -> list[BeforeAfter]:
    """All of them, oldest first, with their last results."""
    door = workspace.before_after
    return [door.in_language(one, language) for one in door.all()]


@router.post("")
def create(workspace: InWorkspace, asked: NewBeforeAfter) -> BeforeAfter:
    """Plans one; nothing is measured yet."""
    return workspace.before_after.create(asked)


@router.post("/file")
def judge(desk: AtDesk, asked: ToJudge, language: Language) -> FileBeforeAfter:
    """Judges an uploaded file of units by days; nothing of it is kept in the workspace."""
    file = desk.uploads.path(asked.upload)
    return desk.workspace.before_after.analyse(file, language=language, **asked.columns.model_dump())


@router.get("/{before_after}")
def one(workspace: InWorkspace, before_after: str, language: Language) -> BeforeAfter:
    """One with its last result."""
    return workspace.before_after.in_language(workspace.before_after.get(before_after), language)


@router.patch("/{before_after}")
def change(workspace: InWorkspace, before_after: str, asked: BeforeAfterChange) -> BeforeAfter:
    """Changes the plan; the result of the plan before is forgotten."""
    return workspace.before_after.change(before_after, asked.revision, asked.fields)


@router.delete("/{before_after}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    before_after: str,
    revision: Annotated[int | None, Query(ge=1, description="The one that was seen")] = None,
) -> None:
    """Forgets one."""
    workspace.before_after.remove(before_after, revision)


@router.post("/{before_after}/measure")
def measure(workspace: InWorkspace, before_after: str, language: Language) -> BeforeAfter:
    """Measures one as of now, and keeps result and verdict."""
    return workspace.before_after.in_language(workspace.before_after.measure(before_after), language)

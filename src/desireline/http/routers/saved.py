"""Saved questions: list, keep, forget."""

from fastapi import APIRouter

from desireline.http.desk import InWorkspace
from desireline.model.saved import SavedQuestion

router = APIRouter(tags=["saved questions"])


@router.get("/saved")
def saved(workspace: InWorkspace) -> list[SavedQuestion]:
    """All saved questions."""
    return workspace.saved_questions()


@router.post("/saved")
def save(workspace: InWorkspace, given: SavedQuestion) -> SavedQuestion:
    """Keeps a question under its name, in place of an earlier one."""
    return workspace.save_question(given)


@router.delete("/saved/{name:path}", status_code=204)
def forget(workspace: InWorkspace, name: str) -> None:
    """Deletes a saved question."""
    workspace.forget_question(name)

"""Saved segments: list, show, keep, forget, and check one that is being written."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from desireline.errors import DesirelineError
from desireline.http.desk import InWorkspace
from desireline.http.failures import Refusal, document
from desireline.http.language import Language
from desireline.model.definition import Strict
from desireline.model.segment import SavedSegment, Segment

router = APIRouter(tags=["segments"])


class Draft(Strict):
    """A segment that is being written: it may not make sense yet."""

    name: str | None = None
    version: int | None = None
    of: str = "people"
    where: dict[str, Any] | str


class Checked(BaseModel):
    """What a draft means and how many are in it, or why it makes no sense."""

    segment: Segment | None = None
    text: str | None = None
    people: int | None = None
    events: int | None = None
    error: Refusal | None = None


@router.get("/segments")
def segments(workspace: InWorkspace) -> list[SavedSegment]:
    """The newest version of every saved segment."""
    return workspace.segments()


@router.post("/segments")
def save(workspace: InWorkspace, given: Segment) -> SavedSegment:
    """Keeps a segment as a new version of its name; earlier versions stay."""
    return workspace.save_segment(given)


@router.post("/segments/check")
def check(workspace: InWorkspace, draft: Draft, language: Language) -> Checked:
    """What a segment means, as text, and how many are in it; or why it is refused, as part of the answer."""
    try:
        found = workspace.check_segment(draft.model_dump())
    except DesirelineError as error:
        return Checked(error=document(error, language).error)
    return Checked(segment=found.segment, text=found.text, people=found.people, events=found.events)


@router.get("/segments/{name:path}")
def show(
    workspace: InWorkspace, name: str, version: Annotated[int | None, Query(ge=1, le=2**31)] = None
) -> SavedSegment:
    """A saved segment, in its newest version or the one asked for."""
    return workspace.segment(name, version)


@router.delete("/segments/{name:path}", status_code=204)
def forget(workspace: InWorkspace, name: str) -> None:
    """Deletes all versions of a saved segment."""
    workspace.delete_segment(name)

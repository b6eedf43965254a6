"""What a team does around a map: versions, differences, comments."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.model.definition import Strict
from desireline.model.map_history import Comment, Difference, Entry, KeptVersion
from desireline.model.measured import Sheet

router = APIRouter(prefix="/maps/{map_id}", tags=["maps"])


class Keep(Strict):
    """A version to keep; `measured` freezes its figures with it."""

    label: Annotated[str, Field(min_length=1, max_length=200)]
    measured: bool = False


class Back(Strict):
    """The version to go back to."""

    version: int


class CommentChange(Strict):
    """What to change; what is absent stays."""

    text: Annotated[str, Field(min_length=1, max_length=5000)] | None = None
    resolved: bool | None = None


@router.get("/versions")
def versions(workspace: InWorkspace, map_id: str) -> list[KeptVersion]:
    """Versions that were kept under a label, newest first."""
    return workspace.maps.versions(map_id)


@router.post("/versions")
def keep(workspace: InWorkspace, map_id: str, asked: Keep) -> KeptVersion:
    """Keeps the map as it is, with its figures if they are to be frozen."""
    return workspace.maps.snapshot(map_id, asked.label, measured=asked.measured)


@router.get("/versions/{version}")
def version(workspace: InWorkspace, map_id: str, version: int) -> Sheet:
    """The map as it was."""
    return workspace.maps.sheet(map_id, version)


@router.post("/restore")
def restore(workspace: InWorkspace, map_id: str, asked: Back) -> Entry:
    """Makes the map what it was; how it is now is kept before."""
    return workspace.maps.restore(map_id, asked.version)


@router.get("/diff")
def diff(
    workspace: InWorkspace,
    language: Language,
    map_id: str,
    with_: Annotated[str | None, Query(alias="with", description="Another map; this one if absent")] = None,
    version: Annotated[int | None, Query(description="Of this map; the newest if absent")] = None,
    with_version: Annotated[int | None, Query(description="Of the other one; the newest if absent")] = None,
) -> list[Difference]:
    """What is different in the other map or version."""
    return workspace.maps.diff(map_id, with_, version, with_version, language)


@router.get("/comments")
def comments(workspace: InWorkspace, map_id: str) -> list[Comment]:
    """All comments, oldest first."""
    return workspace.maps.comments(map_id)


@router.post("/comments")
def comment(workspace: InWorkspace, map_id: str, given: Comment) -> Comment:
    """Adds a comment; its author and time are the server's to say."""
    return workspace.maps.comment(map_id, given)


@router.patch("/comments/{comment_id}")
def change_comment(workspace: InWorkspace, map_id: str, comment_id: str, asked: CommentChange) -> Comment:
    """Changes a comment, resolves its thread or opens it again."""
    return workspace.maps.change_comment(map_id, comment_id, asked.text, asked.resolved)


@router.delete("/comments/{comment_id}", status_code=204, response_class=Response)
def remove_comment(workspace: InWorkspace, map_id: str, comment_id: str) -> None:
    """Deletes a comment; with the first of a thread go its answers."""
    workspace.maps.remove_comment(map_id, comment_id)

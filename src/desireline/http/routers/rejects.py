"""Rows that could not become events: why, and reading them again."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.paging import Limit, Offset
from desireline.model.definition import Strict
from desireline.model.mapping import Mapping
from desireline.model.summary import RejectPage, ReplaySummary

router = APIRouter(prefix="/rejects", tags=["rejects"])


class Replay(Strict):
    """Which rejects to read again, and how. Without a preset or mapping, as the first time."""

    source: str
    preset: str | None = None
    mapping: Mapping | None = None


@router.get("")
def rejects(
    workspace: InWorkspace,
    source: Annotated[str | None, Query()] = None,
    reason: Annotated[str | None, Query()] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> RejectPage:
    """Rejected rows with their reasons."""
    return workspace.rejects(source, limit=limit, offset=offset, reason=reason)


@router.get("/export", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def export(workspace: InWorkspace, source: Annotated[str | None, Query()] = None) -> Response:
    """Rejected rows as CSV; no cell can be taken for a formula."""
    named = {"Content-Disposition": 'attachment; filename="rejects.csv"'}
    return Response(workspace.export_rejects(source).encode(), media_type="text/csv", headers=named)


@router.post("/replay")
def replay(workspace: InWorkspace, asked: Replay) -> ReplaySummary:
    """Reads the rejected rows of a source again, under another mapping if given."""
    return workspace.replay_rejects(asked.source, preset=asked.preset, mapping=asked.mapping)

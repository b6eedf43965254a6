"""Maps: the list, a document, its commands in the order of the server, its figures."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.http.paging import Filtered
from desireline.model.map_history import Bulk, Difference, Entry, MapInfo, NewMap, Sent, Suggestion
from desireline.model.measured import Conformance, Measured, Sheet, TwoMaps

router = APIRouter(prefix="/maps", tags=["maps"])

Segment = Annotated[str | None, Query(description="A saved segment; the map's own scope if there is none")]


@router.get("")
def listed(workspace: InWorkspace) -> list[MapInfo]:
    """All maps."""
    return workspace.maps.all()


@router.post("")
def new(workspace: InWorkspace, asked: NewMap) -> Sheet:
    """Makes a map from a template, from the data, or blank."""
    return workspace.maps.new(asked)


@router.post("/bulk")
def bulk(workspace: InWorkspace, asked: Bulk) -> list[MapInfo]:
    """One change to many maps."""
    return workspace.maps.change(asked)


@router.post("/diff/figures")
def diff_figures(workspace: InWorkspace, language: Language, asked: TwoMaps) -> list[Difference]:
    """The figures that differ by more than chance between two maps, moments, periods or segments."""
    return workspace.maps.diff_figures(asked.before, asked.after, language)


@router.get("/{map_id}")
def sheet(workspace: InWorkspace, map_id: str) -> Sheet:
    """The newest version with the library items that it uses; figures come from `/measured`."""
    return workspace.maps.sheet(map_id)


@router.delete("/{map_id}", status_code=204, response_class=Response)
def remove(workspace: InWorkspace, map_id: str) -> None:
    """Deletes a map with its versions and comments."""
    workspace.maps.remove(map_id)


@router.post("/{map_id}/commands")
def commit(workspace: InWorkspace, map_id: str, sent: Sent) -> Entry:
    """Does commands, all or none. On another version than theirs: 409 with what has happened since."""
    return workspace.maps.commit(map_id, sent)


@router.get("/{map_id}/commands")
def since(workspace: InWorkspace, map_id: str, after: Annotated[int, Query(ge=0)] = 0) -> list[Entry]:
    """What happened after a version, oldest first."""
    return workspace.maps.since(map_id, after)


@router.get("/{map_id}/measured")
def measured(
    workspace: InWorkspace,
    map_id: str,
    filters: Filtered,
    segment: Segment = None,
    curve: Annotated[list[str] | None, Query(description="Segments with an emotion curve of their own")] = None,
    snapshot: Annotated[int | None, Query(description="The version whose frozen figures are wanted")] = None,
) -> Measured:
    """The figures of a map, now or as they were frozen."""
    if snapshot is not None:
        return workspace.maps.frozen(map_id, snapshot)
    return workspace.maps.measured(map_id, filters, segment, curve or [])


@router.get("/{map_id}/suggestions")
def suggestions(workspace: InWorkspace, map_id: str) -> list[Suggestion]:
    """What the data would add to the map or change on it."""
    return workspace.maps.suggestions(map_id)


@router.get("/{map_id}/conformance")
def conformance(
    workspace: InWorkspace, map_id: str, ideal: str, filters: Filtered, segment: Segment = None,
    failing: Annotated[list[str] | None, Query(description="Touchpoints that say that the step before failed")] = None,
) -> Conformance:  # fmt: skip
    """What people did, compared with the order of an ideal map."""
    return workspace.maps.conformance(map_id, ideal, filters, segment, failing or ())

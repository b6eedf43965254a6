"""People, their timelines, and single events."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from desireline.http.desk import InWorkspace
from desireline.http.paging import Limit, Offset
from desireline.model.summary import PeoplePage, Person, RawEvent, Timeline

router = APIRouter(tags=["people"])

Key = Annotated[str, Path(description="`type:value` of an identifier, such as customer_id:1029", max_length=1000)]


@router.get("/people")
def find(
    workspace: InWorkspace,
    search: Annotated[str, Query(max_length=1000)] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> PeoplePage:
    """People one of whose identifiers holds the text."""
    return workspace.find_people(search, limit=limit, offset=offset)


@router.get("/people/{key:path}/timeline")
def timeline(
    workspace: InWorkspace,
    key: Key,
    limit: Limit = 50,
    before: Annotated[int | None, Query(description="Arrival number of the last event already shown")] = None,
) -> Timeline:
    """A person's events over all channels, newest first."""
    return workspace.timeline(key, limit=limit, before=before)


@router.get("/people/{key:path}")
def person(workspace: InWorkspace, key: Key) -> Person:
    """One person with identifiers and traits."""
    return workspace.person(key)


@router.get("/events/{arrival}")
def event(workspace: InWorkspace, arrival: Annotated[int, Path(ge=0, le=2**63 - 1)]) -> RawEvent:
    """One event as the lake holds it, with its properties."""
    return workspace.event(arrival)

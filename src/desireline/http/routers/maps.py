"""Maps: list, draw, show with filters, export."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.http.paging import Filtered
from desireline.model.definition import Strict
from desireline.model.map import MapDocument
from desireline.model.summary import MapSummary

router = APIRouter(tags=["maps"])

Format = Literal["svg", "pdf", "png", "json"]
MEDIA = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png", "json": "application/json"}


class Draw(Strict):
    """What to draw. Without a goal, the definition's first."""

    name: str
    goal: str | None = None


@router.get("/maps")
def maps(workspace: InWorkspace) -> list[MapSummary]:
    """All maps."""
    return workspace.maps()


@router.post("/maps")
def draw(workspace: InWorkspace, asked: Draw) -> MapDocument:
    """Draws a map from the definition and the data, and stores it."""
    return workspace.draw_map(asked.name, goal=asked.goal)


@router.get(
    "/maps/{name:path}/export",
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA.values()}}},
)
def export(
    workspace: InWorkspace,
    name: str,
    language: Language,
    format: Annotated[Format, Query()] = "pdf",  # noqa: A002 the name of the parameter in the address
    paper: Annotated[Literal["A3", "A4"], Query()] = "A3",
) -> Response:
    """The map as a file. A picture is shown in place, so a page can hold it; PDF and JSON are downloads."""
    body = workspace.export_map(name, format, paper=paper, language=language)
    how = "inline" if format in ("svg", "png") else "attachment"
    named = f"{how}; filename*=UTF-8''{quote(f'{name}.{format}', safe='')}"
    return Response(body, media_type=MEDIA[format], headers={"Content-Disposition": named})


@router.get("/maps/{name:path}")
def show(workspace: InWorkspace, name: str, filters: Filtered) -> MapDocument:
    """The stored map, measured again if anything is filtered."""
    return workspace.map(name) if filters.is_empty() else workspace.measure_map(name, filters)

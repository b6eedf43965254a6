"""Maps as files, out and in, and the pictures on them."""

import json
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response, UploadFile

from desireline.errors import BadRequest
from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.model.journey_map import Image
from desireline.service.maps.files import MEDIA, ExportFormat, Imported, Preview

router = APIRouter(tags=["maps"])


@router.get("/maps/formats")
def formats(workspace: InWorkspace, language: Language) -> list[ExportFormat]:
    """What maps can be written as, and what each cannot hold."""
    return workspace.maps.formats(language)


@router.post("/maps/import/preview")
def preview(workspace: InWorkspace, file: UploadFile) -> Preview:
    """What a file is, and how its grid would be read."""
    return workspace.maps.preview(file.filename or "", file.file.read())


@router.post("/maps/import")
def read(
    workspace: InWorkspace,
    file: UploadFile,
    language: Language,
    name: str | None = None,
    columns: Annotated[str | None, Query(description="JSON: how a grid is read, as the preview guessed it")] = None,
) -> Imported:
    """Makes a map from a file and says what of it could not be held."""
    grid = _object(columns) if columns else None
    return workspace.maps.import_file(
        file.filename or "", file.file.read(), rename=name, columns=grid, language=language
    )


@router.get(
    "/maps/{map_id}/export",
    response_class=Response,
    responses={200: {"content": {media: {} for media in sorted({m for m, _ in MEDIA.values()})}}},
)
def export(
    workspace: InWorkspace,
    map_id: str,
    language: Language,
    format: Annotated[str, Query()] = "pdf",  # noqa: A002 the name of the parameter in the address
    paper: Annotated[str, Query(description="A3, A4 or long; of a PDF")] = "A3",
    lane: Annotated[list[str] | None, Query(description="Only these lanes")] = None,
    snapshot: Annotated[int | None, Query(description="A version with frozen figures")] = None,
    segment: Annotated[str | None, Query(description="Figures of a saved segment")] = None,
) -> Response:
    """The map as a file. A picture is shown in place, so a page can hold it; all else is a download."""
    body = workspace.maps.export(
        map_id, format, paper=paper, language=language, lanes=lane or [], snapshot=snapshot, segment=segment
    )
    media, suffix = MEDIA[format]
    how = "inline" if format in ("svg", "png") else "attachment"
    named = quote(f"{workspace.maps.sheet(map_id).name}{suffix}", safe="")
    return Response(body, media_type=media, headers={"Content-Disposition": f"{how}; filename*=UTF-8''{named}"})


@router.post("/images")
def add_image(workspace: InWorkspace, file: UploadFile) -> Image:
    """Keeps a picture, encoded anew and without metadata."""
    return workspace.maps.add_image(file.filename or "", file.file.read())


@router.get("/images/{sha256}", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def image(workspace: InWorkspace, sha256: str) -> Response:
    """A picture; its address changes with what it shows, so it may be kept for ever."""
    body, media = workspace.maps.image(sha256)
    return Response(body, media_type=media, headers={"Cache-Control": "private, max-age=31536000, immutable"})


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadRequest(problems=["query.columns: a JSON object is expected"])
    return found

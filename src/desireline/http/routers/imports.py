"""Files on their way in: upload, preview, import in the background."""

from functools import partial
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from desireline.collect.presets import presets as shipped
from desireline.http.desk import AtDesk
from desireline.http.failures import Refusal, document
from desireline.http.jobs import Report
from desireline.http.language import Language
from desireline.model.definition import Strict
from desireline.model.mapping import Mapping
from desireline.model.preview import Preview
from desireline.model.summary import ImportSummary

router = APIRouter(tags=["imports"])

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


class PresetSummary(BaseModel):
    """A shipped mapping, and the columns by which it is recognised."""

    name: str
    title: str
    recognises: list[str]


class Uploaded(BaseModel):
    """A file that waits to be imported, for a day."""

    upload: str
    name: str
    bytes: int


class Reading(Strict):
    """An upload and how to read it. Without a preset or mapping, the preset that recognises it."""

    upload: str
    preset: str | None = None
    mapping: Mapping | None = None


class Order(Reading):
    """An import to start."""

    source: str


class Started(BaseModel):
    """A background job."""

    job: str


class JobState(BaseModel):
    """How far a background import is."""

    job: str
    state: Literal["running", "done", "failed"]
    rows: int
    rows_per_second: int
    summary: ImportSummary | None
    error: Refusal | None


@router.get("/presets")
def presets() -> list[PresetSummary]:
    """The mappings that are shipped."""
    found = shipped().values()
    return [PresetSummary(name=p.name, title=p.title, recognises=p.recognises) for p in found]


@router.post("/uploads", openapi_extra=FORM)
async def upload(desk: AtDesk, request: Request) -> Uploaded:
    """Takes one file of at most 512 MB."""
    number, path = await desk.uploads.receive(request)
    return Uploaded(upload=number, name=path.name, bytes=path.stat().st_size)


@router.delete("/uploads/{upload}", status_code=204, response_class=Response)
def discard(desk: AtDesk, upload: str) -> None:
    """Forgets an upload, before its day is over; not an error if it is gone."""
    desk.uploads.discard(upload)


@router.post("/imports/preview")
def preview(desk: AtDesk, asked: Reading) -> Preview:
    """The first rows as they would be understood, and what would be rejected; nothing is written."""
    return desk.workspace.preview(desk.uploads.path(asked.upload), preset=asked.preset, mapping=asked.mapping)


@router.post("/imports")
def start(desk: AtDesk, asked: Order) -> Started:
    """Starts an import; imports run one after the other."""
    path = desk.uploads.path(asked.upload)
    read = partial(desk.workspace.import_files, [path], source=asked.source, preset=asked.preset, mapping=asked.mapping)

    def work(report: Report) -> ImportSummary:
        summary = read(progress=report)
        desk.uploads.discard(asked.upload)
        return summary

    return Started(job=desk.jobs.start(work))


@router.get("/jobs/{job}")
def job(desk: AtDesk, job: str, language: Language) -> JobState:
    """State of a background import."""
    found = desk.jobs.get(job)
    return JobState(
        job=found.id,
        state=found.state,
        rows=found.rows,
        rows_per_second=round(found.rows_per_second),
        summary=found.summary,
        error=document(found.error, language).error if found.error else None,
    )

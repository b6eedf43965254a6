"""Reports: kept, made as PDF or PPTX, sent."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from desireline.http.desk import InWorkspace
from desireline.model.definition import Strict
from desireline.model.opportunity import Language
from desireline.model.report import NewReport, Report, ReportChange, ReportFormat

router = APIRouter(prefix="/reports", tags=["reports"])

_MADE: dict[str, dict[str, str]] = {
    "application/pdf": {},
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": {},
}


class Queued(Strict):
    """How many deliveries were queued."""

    queued: int


@router.get("")
def listed(workspace: InWorkspace) -> list[Report]:
    """All reports, oldest first."""
    return workspace.reports.all()


@router.post("")
def create(workspace: InWorkspace, asked: NewReport) -> Report:
    """Keeps a new one."""
    return workspace.reports.create(asked)


@router.get("/{report}")
def one(workspace: InWorkspace, report: str) -> Report:
    """A report."""
    return workspace.reports.get(report)


@router.patch("/{report}")
def change(workspace: InWorkspace, report: str, asked: ReportChange) -> Report:
    """Changes one; what is absent stays."""
    return workspace.reports.change(report, asked)


@router.delete("/{report}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace, report: str,
    revision: Annotated[int | None, Query(ge=1, description="As it was seen")] = None,
) -> None:  # fmt: skip
    """Deletes one."""
    workspace.reports.remove(report, revision)


@router.get("/{report}/file", response_class=Response, responses={200: {"content": _MADE}})
def file(
    workspace: InWorkspace, report: str, format: ReportFormat = "pdf",  # noqa: A002
    lang: Annotated[Language | None, Query(description="That of the report if absent")] = None,
) -> Response:  # fmt: skip
    """A report as a file, with figures as they are now; those of few people are hidden."""
    made = workspace.reports.make(report, format, lang)
    disposition = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.body, media_type=made.media_type, headers=disposition)


@router.post("/{report}/send")
def send(
    workspace: InWorkspace, report: str,
    to: Annotated[list[str] | None, Body(embed=True, max_length=100)] = None,
) -> Queued:  # fmt: skip
    """Makes one now and queues it to those it is for, or to others."""
    return Queued(queued=workspace.reports.send(report, to))

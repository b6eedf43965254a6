"""KPIs: the registry, what kinds there are, figures with their series and people, readings in and out."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from desireline.http.desk import AtDesk, InWorkspace
from desireline.http.language import Language
from desireline.http.paging import Limit, Offset
from desireline.model.day import Day
from desireline.model.definition import Strict
from desireline.model.kpi import Kpi, KpiAsked, KpiChange, KpiKind, KpiSeries, KpiValue, NewKpi, ReadingsImport
from desireline.model.summary import PeoplePage

router = APIRouter(prefix="/kpis", tags=["kpis"])


class Together(KpiAsked):
    """Several at once: ids or names, all if absent."""

    kpis: list[str] | None = None


class Of(Strict):
    """Counts by name."""

    counts: dict[str, float]


class Upload(Strict):
    """An uploaded file of counts, and whether they were measured elsewhere or said by somebody."""

    upload: str
    origin: Literal["imported", "typed"] = "imported"


@router.get("")
def listed(workspace: InWorkspace) -> list[Kpi]:
    """All KPIs, oldest first."""
    return workspace.kpis.all()


@router.post("")
def create(workspace: InWorkspace, asked: NewKpi) -> Kpi:
    """Keeps a new one."""
    return workspace.kpis.create(asked)


@router.get("/kinds")
def kinds(language: Language) -> list[KpiKind]:
    """What kinds there are: their counts, their unit, and the sentence that says how each is computed."""
    from desireline.service.kpis.kinds import told

    return told(language)


@router.post("/kinds/{kind}/compute")
def compute(kind: str, asked: Of) -> KpiValue:
    """A figure from counts."""
    from desireline.act.kpis.kinds import compute as computed

    return computed(kind, asked.counts)


@router.post("/measure")
def measure_all(workspace: InWorkspace, asked: Together) -> list[KpiSeries]:
    """Several measured at once, as a dashboard shows them."""
    fields = {name: getattr(asked, name) for name in KpiAsked.model_fields}
    return workspace.kpis.measure_all(asked.kpis, **fields)


@router.post("/import")
def read(desk: AtDesk, asked: Upload) -> ReadingsImport:
    """Takes the counts of an uploaded file, our CSV or metrics of TheyDo as JSON: all rows or none."""
    found = desk.workspace.kpis.read(desk.uploads.path(asked.upload), asked.origin)
    desk.uploads.discard(asked.upload)
    return found


@router.get("/export", response_class=Response, responses={200: {"content": {"text/csv": {}, "application/json": {}}}})
def export(
    workspace: InWorkspace,
    form: Annotated[Literal["csv", "theydo"], Query(description="Our CSV, or metrics of TheyDo as JSON")] = "csv",
    by: Literal["day", "week", "month"] = "week",
) -> Response:
    """All KPIs with their counts."""
    text = workspace.kpis.export(form, by)
    name, kind = ("kpis.csv", "text/csv") if form == "csv" else ("kpis.json", "application/json")
    body = text.encode("utf-8-sig" if form == "csv" else "utf-8")
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/{kpi}")
def one(workspace: InWorkspace, kpi: str) -> Kpi:
    """A KPI."""
    return workspace.kpis.get(kpi)


@router.patch("/{kpi}")
def change(workspace: InWorkspace, kpi: str, asked: KpiChange) -> Kpi:
    """Changes one; what is absent stays."""
    return workspace.kpis.change(kpi, asked)


@router.delete("/{kpi}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace, kpi: str, revision: Annotated[int | None, Query(ge=1, description="As it was seen")] = None
) -> None:
    """Deletes one."""
    workspace.kpis.remove(kpi, revision)


@router.post("/{kpi}/measure")
def measure(workspace: InWorkspace, kpi: str, asked: KpiAsked) -> KpiSeries:
    """The figure and the series of one, and how it compares."""
    return workspace.kpis.measure(kpi, asked)


@router.get("/{kpi}/people")
def people(
    workspace: InWorkspace, kpi: str, since: Day, until: Day, part: str | None = None,
    segment: str | None = None, split: str | None = None, value: str | None = None, limit: Limit = 50,
    offset: Offset = 0,
) -> PeoplePage:  # fmt: skip
    """The very people behind a figure, behind one of its counts (`part`), or behind a part of it (`split`, `value`)."""
    return workspace.kpis.people(kpi, since, until, part, segment, limit, offset, split=split, value=value)

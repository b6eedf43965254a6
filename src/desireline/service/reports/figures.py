"""KPIs and dashboards of a report, as finished cards."""

from typing import TYPE_CHECKING

from desireline.errors import DesirelineError
from desireline.i18n import date, translate
from desireline.maps.report.content import FigureCard, Point, Section, Tone
from desireline.model.dashboard import DashboardWindow
from desireline.model.kpi import KpiComparison, KpiSeries, KpiValue, Target
from desireline.model.report import DashboardPart, KpisPart
from desireline.service.kpis import telling

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace


def cards(workspace: "Workspace", part: KpisPart | DashboardPart, language: str) -> Section:
    """A section of cards."""
    if isinstance(part, KpisPart):
        return kpis(workspace, part, language)
    return dashboard(workspace, part, language)


def kpis(workspace: "Workspace", part: KpisPart, language: str) -> Section:
    """Chosen KPIs of the last periods."""
    from desireline.service.dashboards.showing import asked_of
    from desireline.service.kpis.counting import Scopes
    from desireline.service.kpis.measuring import measured

    every = workspace.kpis.all()
    known = {one.id: one for one in every}
    scopes, made = Scopes(workspace), []
    window = DashboardWindow(by=part.by, last=part.last)
    for which in part.kpis or known:
        try:
            kpi = known.get(which) or workspace.kpis.get(which)
            made.append(card(language, measured(scopes, kpi, asked_of(window, None, "previous"))))
        except DesirelineError as error:
            made.append(_missing(known[which].name if which in known else which, error.sentence(language)))
    empty = "" if made else translate(language, "report.empty.kpis")
    return Section(part.title or translate(language, "report.part.kpis"), cards=tuple(made), empty=empty)


def dashboard(workspace: "Workspace", part: DashboardPart, language: str) -> Section:
    """The tiles of a dashboard, in their order on it, with what was noted and what stood out."""
    shown = workspace.dashboards.show(part.dashboard, language)
    made = []
    for tile in sorted(shown.tiles, key=lambda one: (one.tile.row, one.tile.column)):
        if tile.series is None:
            made.append(_missing(tile.tile.kpi, tile.message or ""))
            continue
        compared = [tile.comparison] if tile.comparison else []
        made.append(card(language, tile.series.model_copy(update={"comparisons": compared})))
    notes = [shown.dashboard.description] if shown.dashboard.description else []
    notes += [f"{date(language, one.day)}: {one.name}" for one in shown.annotations]
    for one in shown.anomalies:
        if telling.few(one.n, one.people) >= telling.EXPORT_THRESHOLD:
            expected, value = (telling.written(language, x, one.unit) for x in (one.expected, one.value))
            notes.append(translate(
                language, "report.anomaly", day=date(language, one.day), kpi=one.name, value=value, expected=expected
            ))  # fmt: skip
    empty = "" if made else translate(language, "report.empty.kpis")
    return Section(shown.dashboard.name, " · ".join(notes), cards=tuple(made), empty=empty)


def card(language: str, series: KpiSeries) -> FigureCard:
    """A KPI with its series and what it is held against; nothing that tells of few people."""
    figure, currency = series.figure, series.currency
    window = f"{date(language, series.since)} – {date(language, series.until)}"
    formula = translate(language, f"kpi.formula.{figure.formula}")
    if figure.value is None or telling.is_small(figure):
        told = telling.told(language, figure, currency)
        return FigureCard(series.name, told, window=window, formula=formula, hidden=True)
    points = tuple(_point(one.figure, over=one.over) for one in series.points)
    known = [v for one in points for v in (one.value, one.low, one.high) if v is not None]
    target = next((one.other.value for one in series.comparisons if one.against == "target"), None)
    axis = [*known, *([target] if target is not None else [])]
    ends = (telling.written(language, min(axis), figure.unit, currency),
            telling.written(language, max(axis), figure.unit, currency)) if axis else ("", "")  # fmt: skip
    return FigureCard(
        series.name, telling.written(language, figure.value, figure.unit, currency),
        telling.interval(language, figure, currency).replace(" ", "\xa0"), telling.n_of(language, figure), window,
        tuple(filter(None, (_compared(language, one, series) for one in series.comparisons))), points,
        (date(language, series.since), date(language, series.until)), ends, target, formula,
    )  # fmt: skip


def _missing(name: str, why: str) -> FigureCard:
    return FigureCard(name, why, hidden=True)


def _point(figure: KpiValue, *, over: bool) -> Point:
    if figure.value is None or telling.is_small(figure):
        return Point(None, over=over)
    return Point(figure.value, figure.low, figure.high, over)


def _compared(language: str, one: KpiComparison, series: KpiSeries) -> tuple[str, Tone] | None:
    if one.difference is None or (isinstance(one.other, KpiValue) and telling.is_small(one.other)):
        return None
    unit = series.figure.unit
    said = telling.difference(language, one.difference, unit, series.currency)
    if one.low is not None and one.high is not None:
        ends = [telling.difference(language, end, unit, series.currency) for end in (one.low, one.high)]
        said += f" ({ends[0]} – {ends[1]})"
    verdict = "unknown" if one.changed is None else "same" if not one.changed else "better" if one.better else "worse"
    tone: Tone = "good" if verdict == "better" else "bad" if verdict == "worse" else "even"
    told = translate(language, f"cli.kpi.verdict.{verdict}")
    line = translate(language, f"cli.kpi.against.{one.against}", difference=said, verdict=told)
    if one.against == "target" and series.target_past and isinstance(one.other, Target) and one.other.by is not None:
        line += "; " + translate(language, "report.target_past", day=date(language, one.other.by))
    return line, tone

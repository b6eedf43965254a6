"""All that a dashboard shows, out of scopes that its tiles share."""

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Literal

from desireline.errors import DesirelineError, NoEvents
from desireline.model.annotation import ShownAnnotation
from desireline.model.anomaly import FALSE_ALARMS, Anomaly
from desireline.model.dashboard import Dashboard, DashboardWindow, ShownDashboard, ShownTile, Tile
from desireline.model.kpi import FromReadings, Kpi, KpiAsked, KpiSeries
from desireline.service.kpis.counting import Scopes
from desireline.service.kpis.measuring import measured

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace


def shown(workspace: "Workspace", dashboard: Dashboard, language: str) -> ShownDashboard:
    """Every tile's figure, series and comparison; annotations and anomalies of the same days."""
    kpis = {one.id: one for one in workspace.kpis.all()}
    scopes = Scopes(workspace)
    with contextlib.ExitStack() as stack:
        if any(not isinstance(one.source, FromReadings) for one in _used(dashboard, kpis)):
            with contextlib.suppress(NoEvents):
                stack.enter_context(workspace.pinned())
        tiles = [_tile(workspace, scopes, dashboard, tile, kpis, language) for tile in dashboard.tiles]
        anomalies = _anomalies(
            scopes,
            dashboard,
            [kpis[one.tile.kpi] for one in tiles if one.series and one.tile.segment in (None, dashboard.segment)],
        )
    series = [one.series for one in tiles if one.series]
    return ShownDashboard(
        dashboard=dashboard, tiles=tiles, anomalies=[one for one in anomalies if _within(one.day, one.day, series)],
        annotations=_annotations(workspace, series, language), at=dt.datetime.now(dt.UTC),
    )  # fmt: skip


def _used(dashboard: Dashboard, kpis: dict[str, Kpi]) -> list[Kpi]:
    return list({tile.kpi: kpis[tile.kpi] for tile in dashboard.tiles if tile.kpi in kpis}.values())


def _tile(
    workspace: "Workspace", scopes: Scopes, dashboard: Dashboard, tile: Tile, kpis: dict[str, Kpi], language: str
) -> ShownTile:
    try:
        kpi = kpis.get(tile.kpi) or workspace.kpis.get(tile.kpi)
        segment = None if isinstance(kpi.source, FromReadings) else tile.segment or dashboard.segment
        asked = asked_of(dashboard.window, segment, tile.against, tile.versus)
        series = measured(scopes, kpi, asked)
    except DesirelineError as error:
        return ShownTile(tile=tile, refused=error.code, message=error.sentence(language))
    comparison = next((one for one in series.comparisons if one.against == tile.against), None)
    return ShownTile(tile=tile, series=series, comparison=comparison)


def asked_of(
    window: DashboardWindow, segment: object = None,
    against: Literal["previous", "target", "segment"] | None = None, versus: object = None,
) -> KpiAsked:  # fmt: skip
    """The request for the figures of a window."""
    return KpiAsked.model_validate({
        "by": window.by, "since": window.since, "until": window.until, "last": window.last, "segment": segment,
        "versus": versus if against == "segment" else None, "previous": against == "previous",
    })  # fmt: skip


def _anomalies(scopes: Scopes, dashboard: Dashboard, kpis: list[Kpi]) -> list[Anomaly]:
    from desireline.service.anomalies import looked

    if dashboard.segment is not None:
        kpis = [one for one in kpis if not isinstance(one.source, FromReadings)]
    listed = list({one.id: one for one in kpis}.values())
    if not listed:
        return []
    return looked(scopes, listed, (None, dashboard.window.until), FALSE_ALARMS, dashboard.segment).found


def _annotations(workspace: "Workspace", series: list[KpiSeries], language: str) -> list[ShownAnnotation]:
    from desireline.service.annotations import Annotations

    door, of = Annotations(workspace), {one.kpi for one in series}
    return [
        door.shown(one, language) for one in door.all()
        if (not one.kpis or of & set(one.kpis)) and _within(one.day, one.until or one.day, series)
    ]  # fmt: skip


def _within(first: dt.date, last: dt.date, series: list[KpiSeries]) -> bool:
    return any(first <= one.until and one.since <= last for one in series)

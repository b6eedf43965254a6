"""All that a report shows, measured now and told in its language."""

import contextlib
import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desireline.errors import DesirelineError, NoEvents
from desireline.i18n import moment, translate
from desireline.maps.out import Request
from desireline.maps.report.content import Content, Section
from desireline.model.report import (
    DashboardPart,
    KpisPart,
    MapPart,
    ObstaclesPart,
    OpportunitiesPart,
    Part,
    Report,
    TextPart,
)
from desireline.service.kpis.telling import EXPORT_THRESHOLD

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace


def gathered(workspace: "Workspace", report: Report, language: str, now: dt.datetime) -> Content:
    """The report of one generation of the data; a part that cannot be shown says why."""
    from desireline.service import settings

    zone = settings.load(workspace.places.root).zone
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(NoEvents):
            stack.enter_context(workspace.pinned())
        sections = tuple(_guarded(workspace, part, language) for part in report.parts)
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    lines = (
        translate(language, "report.made", at=moment(language, local), zone=zone),
        translate(language, "report.small_groups", least=EXPORT_THRESHOLD),
    )
    words = {
        "page": translate(language, "map.page", page="{page}", pages="{pages}"),
        "formulas": translate(language, "report.formulas"), "continued": translate(language, "map.lane.continued"),
    }  # fmt: skip
    footer = f"Desireline · {moment(language, local)}"
    return Content(report.name, report.description, lines, language, footer, sections, words)


def _guarded(workspace: "Workspace", part: Part, language: str) -> Section:
    try:
        return _section(workspace, part, language)
    except DesirelineError as error:
        return Section(translate(language, f"report.part.{part.part}"), empty=error.sentence(language))


def _section(workspace: "Workspace", part: Part, language: str) -> Section:
    from desireline.service.reports import figures, findings

    if isinstance(part, TextPart):
        return Section(part.title, text=tuple(filter(None, part.text.split("\n"))))
    if isinstance(part, MapPart):
        return _map(workspace, part, language)
    if isinstance(part, KpisPart | DashboardPart):
        return figures.cards(workspace, part, language)
    if isinstance(part, ObstaclesPart):
        return findings.obstacles(workspace, part, language)
    if isinstance(part, OpportunitiesPart):
        return findings.opportunities(workspace, part, language)
    return findings.verdicts(workspace, part, language)


def _map(workspace: "Workspace", part: MapPart, language: str) -> Section:
    sheet = workspace.maps.shown(part.map)

    def image(sha256: str) -> bytes:
        return workspace.maps.image(sha256)[0]

    return Section(sheet.name, map=Request(sheet, language, "A4", None, image, EXPORT_THRESHOLD))

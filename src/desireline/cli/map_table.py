"""A map as a table in a terminal."""

from typing import TYPE_CHECKING

from desireline.cli.output import day, line, share, span, table, whole
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.map import MapDocument, MapStage

SHOWN = 6
"""Touchpoints of a stage that are named; the number of the others is said."""


def print_map(session: Session, document: "MapDocument") -> None:
    """Stages with their figures, then the touchpoints of each stage, then what the figures rest on."""
    line(document.name + (f" → {document.goal}" if document.goal else ""))
    if document.goal_people is not None:
        line(session.text("map.goal", n=document.goal_people, share=share(session, document.goal_share) or "–"))
    columns = ("stage", "people", "share", "onward", "dropped", "open", "median", "evidence")
    table(session, columns, (_stage(session, stage) for stage in document.stages))
    for lane in document.lanes:
        if lane.kind != "touchpoints":
            continue
        for stage, cell in zip(document.stages, lane.cells, strict=True):
            named = [f"{t.name} {whole(session, t.people)}" for t in cell.touchpoints[:SHOWN]]
            more = len(cell.touchpoints) - SHOWN
            line(f"{stage.name}: {', '.join(named) or '–'}" + (f" (+{more})" if more > 0 else ""))
    line(
        " · ".join(
            (
                session.text(f"scope.{document.grain}", n=document.people_in_scope),
                session.text("scope.events", n=document.events),
                f"{day(session, document.data_since) or '–'} – {day(session, document.data_until) or '–'}",
                session.text("scope.definition", version=str(document.definition_version)),
            )
        )
    )


def _stage(session: Session, stage: "MapStage") -> tuple[object, ...]:
    return (
        stage.name,
        whole(session, stage.people),
        share(session, stage.share),
        share(session, stage.goes_on_share),
        whole(session, stage.dropped),
        whole(session, stage.open),
        span(session, stage.median_seconds_to_later),
        session.text(f"evidence.{stage.evidence.grade}"),
    )

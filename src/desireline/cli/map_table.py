"""A map as a table in a terminal."""

from typing import TYPE_CHECKING

from desireline.cli.output import day, line, share, span, table, whole
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.journey_map import Card, MapStage
    from desireline.model.measured import Measured, Sheet

SHOWN = 6
"""Touchpoints of a stage that are named; the number of the others is said."""


def print_map(session: Session, sheet: "Sheet") -> None:
    """Stages with their figures, then the touchpoints of each stage, then what the figures rest on."""
    line(sheet.name + (f" → {sheet.goal.text or sheet.goal.goal}" if sheet.goal.text or sheet.goal.goal else ""))
    measured = sheet.measured
    if measured is None:
        table(session, ("stage", "steps"), ((s.name, ", ".join(t.name for t in s.steps) or "–") for s in sheet.stages))
        return
    if measured.goal_people is not None:
        line(session.text("map.goal", n=measured.goal_people, share=share(session, measured.goal_share) or "–"))
    columns = ("stage", "people", "share", "onward", "dropped", "open", "median", "evidence")
    table(session, columns, (_stage(session, stage, measured) for stage in sheet.stages))
    for stage in sheet.stages:
        named = _touchpoints(session, sheet, stage, measured)
        more = len(named) - SHOWN
        line(f"{stage.name}: {', '.join(named[:SHOWN]) or '–'}" + (f" (+{more})" if more > 0 else ""))
    line(
        " · ".join(
            (
                session.text(f"scope.{measured.grain}", n=measured.people_in_scope),
                session.text("scope.events", n=measured.events),
                f"{day(session, measured.data_since) or '–'} – {day(session, measured.data_until) or '–'}",
                session.text("scope.definition", version=str(measured.definition_version)),
            )
        )
    )


def _touchpoints(session: Session, sheet: "Sheet", stage: "MapStage", measured: "Measured") -> list[str]:
    """The touchpoints of a stage with their people, most people first."""
    steps = {step.id for step in stage.steps}
    lanes = [lane for lane in sheet.lanes if lane.kind == "touchpoints"]
    cards = [c for lane in lanes for step, cell in lane.cells.items() if step in steps for c in cell]
    names = {item.id: item.name for item in sheet.library}

    def people(card: "Card") -> int:
        found = measured.cards.get(card.id)
        return found.figure.n if found and found.figure else 0

    ordered = sorted(cards, key=lambda card: -people(card))
    return [f"{names.get(card.ref or '', card.text)} {whole(session, people(card))}" for card in ordered]


def _stage(session: Session, stage: "MapStage", measured: "Measured") -> tuple[object, ...]:
    found = measured.stages.get(stage.id)
    if found is None:
        return (stage.name, None, None, None, None, None, None, session.text("evidence.assumed"))
    return (
        stage.name,
        whole(session, found.people),
        share(session, found.share),
        share(session, found.goes_on_share),
        whole(session, found.dropped),
        whole(session, found.open),
        span(session, found.median_seconds_to_later),
        session.text(f"evidence.{found.proof.grade}"),
    )

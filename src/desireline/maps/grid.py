"""A sheet as a `Grid`: what every exporter reads, with all words and numbers finished in the reader's language."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from desireline.errors import BadQuestion
from desireline.i18n import number, translate
from desireline.maps import prose, wording
from desireline.maps.items import Reading, crossing, item
from desireline.maps.parts import (
    Curve,
    Flow,
    Grid,
    GridLane,
    Item,
    Picture,
    Point,
    Score,
    StageHead,
    StepHead,
    Trend,
)
from desireline.maps.privacy import guarded
from desireline.model.journey_map import Lane, MapStage
from desireline.model.measured import EmotionCurve, EmotionPoint, Sheet, StageMeasured
from desireline.model.measurements import Grade

__all__ = [
    "Curve", "Flow", "Grid", "GridLane", "Item", "Picture", "Point", "Score", "StageHead", "StepHead", "Trend", "grid",
]  # fmt: skip

GRADES: Final[tuple[Grade, ...]] = ("measured", "some", "assumed")


def grid(
    sheet: Sheet,
    language: str,
    lanes: Sequence[str] | None = None,
    images: Callable[[str], bytes] | None = None,
    threshold: int | None = None,
) -> Grid:
    """The map as exporters read it.

    Args:
        sheet: the map with its library and, if it was counted, what is measured.
        language: en, pl or hr; of all words that are not the team's.
        lanes: ids of the lanes to keep, in the map's order; None keeps all.
        images: the stored bytes of a picture by its SHA-256; None leaves pictures out.
        threshold: figures of fewer people than this are hidden, and it is said how many.

    Raises:
        BadQuestion: there is no lane of such an id.
    """
    known = [lane.id for lane in sheet.lanes]
    for asked in lanes or ():
        if asked not in known:
            raise BadQuestion(parameter="lanes", given=asked, expected=", ".join(known))
    hidden: frozenset[str | tuple[str, str]] = frozenset()
    rough: frozenset[str] = frozenset()
    if threshold and sheet.measured:
        kept = guarded(sheet.measured, threshold)
        hidden, rough = kept.hidden, kept.rough
        sheet = sheet.model_copy(update={"measured": kept.measured})
    reading = Reading(sheet, language, images, hidden)
    shown = [lane for lane in sheet.lanes if lanes is None or lane.id in lanes]
    private = [translate(language, "map.hidden.note", n=len(hidden | rough), threshold=threshold)] if threshold else []
    return Grid(
        language=language,
        title=prose.printable(sheet.name),
        subtitle=prose.printable(wording.subtitle(language, sheet)),
        goal=prose.plain(sheet.goal.text),
        lines=_lines(language, sheet),
        stages=tuple(_stages(reading, rough)),
        steps=tuple(_steps(reading)),
        lanes=tuple(_lane(reading, lane) for lane in shown),
        footer=prose.printable(wording.footer(language, sheet)),
        legend=tuple((g, translate(language, f"map.evidence.{g}")) for g in GRADES),
        notes=tuple(map(prose.printable, private + wording.notes(language, sheet))),
        told=prose.printable(wording.description(language, sheet)),
        threshold=threshold,
        hidden=len(hidden | rough),
        empty=None if sheet.stages else translate(language, "map.empty"),
    )


def _lines(language: str, sheet: Sheet) -> tuple[str, ...]:
    asked = wording.filters(language, sheet.measured.filters) if sheet.measured else None
    told = (
        wording.goal(language, sheet),
        wording.evidence(language, sheet.measured),
        asked,
    )
    return tuple(prose.printable(line) for line in told if line)


def _stages(reading: Reading, rough: frozenset[str]) -> list[StageHead]:
    found, first = [], 0
    measured = reading.sheet.measured
    for k, stage in enumerate(reading.sheet.stages):
        counted = measured.stages.get(stage.id) if measured else None
        last = k == len(reading.sheet.stages) - 1
        found.append(_stage(reading, stage, first, counted, last=last, rough=stage.id in rough))
        first += len(stage.steps)
    return found


def _stage(
    reading: Reading, stage: MapStage, first: int, counted: StageMeasured | None, *, last: bool, rough: bool
) -> StageHead:
    head = StageHead(
        id=stage.id,
        name=prose.printable(stage.name),
        description=prose.plain(stage.description),
        owner=stage.owner or "",
        first=first,
        steps=len(stage.steps),
        last=last,
    )
    if counted is None or reading.sheet.measured is None:
        hidden = reading.say("hidden.figure") if stage.id in reading.hidden else ""
        return replace(head, measured=hidden)
    onward = None if last or counted.goes_on_share is None else counted.goes_on_share
    people = wording.counted(reading.language, counted.people, reading.sheet.measured.grain)
    goes = reading.say("goes_on", share=wording.share(reading.language, onward)) if onward is not None else None
    return replace(
        head,
        measured=" · ".join(filter(None, (people, goes))),
        grade=counted.proof.grade,
        flow=Flow(counted.people, counted.goes_on, counted.dropped, counted.open, counted.loops),
        lost=number(reading.language, counted.dropped) if counted.dropped and not rough else None,
        facts=() if rough else tuple(_facts(reading, counted, last)),
    )


def _facts(reading: Reading, counted: StageMeasured, last: bool) -> list[tuple[str, str]]:
    """What became of the people of a stage."""
    rows = [("dropped", counted.dropped), ("open", counted.open)]
    if not last:
        rows = [("goes_on", counted.goes_on), *rows, ("loops", counted.loops)]
    told = [(reading.say(f"next.{kind}"), number(reading.language, n)) for kind, n in rows if n]
    if counted.median_seconds_to_later is not None:
        median = wording.duration(reading.language, counted.median_seconds_to_later)
        told.append((reading.say("next.median"), median))
    return told


def _steps(reading: Reading) -> list[StepHead]:
    measured = reading.sheet.measured
    found = []
    for k, stage in enumerate(reading.sheet.stages):
        for step in stage.steps:
            figure = measured.steps.get(step.id) if measured else None
            people = wording.figure(reading.language, figure, measured.grain) if figure and measured else None
            found.append(
                StepHead(
                    id=step.id,
                    name=prose.printable(step.name),
                    description=prose.plain(step.description),
                    stage=k,
                    optional=step.optional,
                    measured=people,
                    owner=step.owner or "",
                )
            )
    return found


def _lane(reading: Reading, lane: Lane) -> GridLane:
    steps = [step.id for step in reading.sheet.steps()]
    title = lane.title or reading.say(f"lane.{lane.kind}")
    channel = reading.library.get(lane.channel) if lane.channel else None
    if channel and not lane.title:
        title = f"{title}: {channel.name}"
    cells = [
        [item(reading, lane, card, min(card.span, len(steps) - k)) for card in lane.cells.get(step, [])]
        for k, step in enumerate(steps)
    ]
    if lane.kind == "hand_offs":
        _add_crossings(reading, cells)
    curves = reading.sheet.measured.emotion if reading.sheet.measured and lane.kind == "emotion" else []
    return GridLane(
        id=lane.id,
        kind=lane.kind,
        title=prose.printable(title),
        hint=reading.say(f"hint.{lane.kind}"),
        cells=tuple(map(tuple, cells)),
        curves=tuple(_curve(reading, curve, steps) for curve in curves if curve.lane == lane.id),
        empty=reading.say(f"fills.{lane.kind}"),
    )


def _add_crossings(reading: Reading, cells: list[list[Item]]) -> None:
    """Measured hand-overs of a stage come before those that somebody wrote, as wide as the stage."""
    measured = reading.sheet.measured
    first = 0
    for stage in reading.sheet.stages:
        flows = measured.hand_offs.get(stage.id, []) if measured else []
        found = [crossing(reading, f"{stage.id}.{i}", f, len(stage.steps)) for i, f in enumerate(flows, 1)]
        cells[first][:0] = found
        first += len(stage.steps)


def _curve(reading: Reading, curve: EmotionCurve, steps: list[str]) -> Curve:
    by_step = {point.step: point for point in curve.points}
    index = {step: k for k, step in enumerate(steps)}
    return Curve(
        of=curve.of,
        segment=curve.segment,
        points=tuple(
            _point(k, by_step.get(step), (curve.lane, step) in reading.hidden) for k, step in enumerate(steps)
        ),
        peak=index.get(curve.peak or ""),
        lowest=index.get(curve.lowest or ""),
        end=index.get(curve.end or ""),
    )


def _point(step: int, found: EmotionPoint | None, hidden: bool) -> Point:
    if found is None:
        return Point(step, None, None, None, 0, "assumed", hidden)
    return Point(step, found.value, found.low, found.high, found.n, found.proof.grade, hidden)

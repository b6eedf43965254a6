"""Drawing: a definition and its measurements become a map document. Pure: the same input gives the same map."""

import datetime as dt
import math

from desireline.model.definition import Definition, Touchpoint
from desireline.model.map import (
    EmptyCell,
    Evidence,
    EvidenceLane,
    Flow,
    Grade,
    Lane,
    MapDocument,
    MapStage,
    MapTouchpoint,
    Measurements,
    Need,
    PathCell,
    PathLane,
    StageMeasure,
    TouchpointCell,
    TouchpointLane,
    TouchpointMeasure,
    Waiting,
    touchpoint_cell,
)

MEASURED_FROM = 20
"""People from which a cell counts as measured."""

FRESH_FOR = dt.timedelta(days=90)
"""How far a cell's last event may lie behind the workspace's last event and still be fresh.

Judged against the data, not the clock: a map of last year's export is as true as on the day it was drawn, and drawing
it again gives the same badges. What ages is a cell that has fallen silent while the rest of the data went on.
"""

_WAITING: tuple[tuple[Waiting, Need], ...] = (
    ("emotion", "survey_or_comments"),
    ("pain", "complaints_or_friction"),
    ("opportunity", "pain_points"),
    ("persona", "traits_or_segments"),
)


def draw(
    definition: Definition, measurements: Measurements, name: str, goal: str | None, now: dt.datetime
) -> MapDocument:
    """The map of `definition` as `measurements` found it.

    Args:
        definition: stages and touchpoints, in the order in which they were measured.
        measurements: counts for the same definition.
        name: of the map.
        goal: name of a goal of the definition, shown with its reach; None for a map of everything.
        now: the moment of drawing, with zone.
    """
    measured = zip(definition.touchpoints, measurements.touchpoints, strict=True)
    by_people = sorted((_touchpoint(t, m, measurements) for t, m in measured), key=lambda t: (-t.people, t.name))
    stage_of = {t.name: t.stage for t in definition.touchpoints}
    stages = [s.name for s in definition.stages]
    reached = measurements.goal_people
    return MapDocument(
        name=name,
        goal=goal,
        goal_people=reached,
        goal_share=None if reached is None else _share(reached, measurements.people_in_scope),
        drawn=now,
        data_since=measurements.first,
        data_until=measurements.last,
        definition_version=definition.version,
        coherence=definition.coherence,
        grain=measurements.grain,
        filters=measurements.filters,
        people_in_scope=measurements.people_in_scope,
        events=measurements.events,
        outside_definition=measurements.outside_definition,
        stages=[_stage(k, name, measurements) for k, name in enumerate(stages)],
        lanes=_lanes([[t for t in by_people if stage_of[t.name] == s] for s in stages], measurements),
        unplaced=[t for t in by_people if stage_of[t.name] is None],
        cut=measurements.cut,
        drilldown=measurements.drilldown,
    )


def _lanes(touchpoints: list[list[MapTouchpoint]], measurements: Measurements) -> list[Lane]:
    path = PathLane(cells=[_path(m) for m in measurements.stages])
    met = TouchpointLane(cells=[TouchpointCell(touchpoints=t, needs=None if t else "touchpoints") for t in touchpoints])
    nothing = _evidence(0, None, measurements)
    waiting = [
        EvidenceLane(kind=kind, cells=[EmptyCell(needs=needs, evidence=nothing) for _ in touchpoints])
        for kind, needs in _WAITING
    ]
    return [path, met, *waiting]


def _path(measure: StageMeasure) -> PathCell:
    return PathCell(onward=[Flow(to=j, people=n) for j, n in enumerate(measure.onward, 1) if n])


def _stage(k: int, name: str, measurements: Measurements) -> MapStage:
    m = measurements.stages[k]
    return MapStage(
        name=name,
        people=m.people,
        share=_share(m.people, measurements.people_in_scope),
        events=m.events,
        goes_on=m.goes_on,
        goes_on_share=_share(m.goes_on, m.people),
        goes_on_interval=wilson(m.goes_on, m.people),
        dropped=m.dropped,
        open=m.open,
        median_seconds_to_later=m.median_seconds_to_later,
        loops=m.loops,
        channel_switches=m.channel_switches,
        evidence=_evidence(m.people, m.last, measurements),
        cell=f"stage:{k + 1}",
    )


def _touchpoint(touchpoint: Touchpoint, m: TouchpointMeasure, measurements: Measurements) -> MapTouchpoint:
    return MapTouchpoint(
        name=touchpoint.name,
        channel=touchpoint.channel or next(iter(m.channels), None),
        channels=m.channels,
        people=m.people,
        share=_share(m.people, measurements.people_in_scope),
        events=m.events,
        evidence=_evidence(m.people, m.last, measurements),
        caveat=touchpoint.caveat,
        cell=touchpoint_cell(touchpoint.name),
    )


def _evidence(n: int, last: dt.datetime | None, measurements: Measurements) -> Evidence:
    fresh = last is not None and measurements.until is not None and measurements.until - last <= FRESH_FOR
    grade: Grade = "assumed" if n == 0 else "measured" if n >= MEASURED_FROM and fresh else "some"
    return Evidence(
        grade=grade,
        n=n,
        since=measurements.first.date() if measurements.first else None,
        until=measurements.last.date() if measurements.last else None,
        last_true=last.date() if last else None,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def wilson(k: int, n: int) -> tuple[float, float] | None:
    """The 95 % interval of a share k / n (Wilson 1927); None for n = 0.

    >>> [round(x, 4) for x in wilson(15, 20)]
    [0.5313, 0.8881]
    """
    if n == 0:
        return None
    z = 1.959963984540054
    p, q = k / n, z * z / n
    middle = (p + q / 2) / (1 + q)
    half = z / (1 + q) * math.sqrt(p * (1 - p) / n + q / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)

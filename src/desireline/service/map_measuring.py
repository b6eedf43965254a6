"""The figures of a map: what it asks for is counted in one scope, compared with the period before, and put together."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from desireline.analyze import feelings, map_figures, overlay, worded
from desireline.analyze.crossing import crossings
from desireline.analyze.drilldown import token
from desireline.analyze.scope import Scope
from desireline.analyze.worded import Worded
from desireline.maps.bindings import Bindings
from desireline.maps.findings import Curve, Findings
from desireline.maps.measure import measured as put_together
from desireline.maps.wanted import wanted
from desireline.model.clock import moment
from desireline.model.counted import Feeling, Voices
from desireline.model.definition import Definition
from desireline.model.expression import told
from desireline.model.journey_map import JourneyMap
from desireline.model.library import LibraryItem
from desireline.model.measured import Measured
from desireline.model.question import Asked
from desireline.model.segment import Segment


def measured(
    scope: Scope,
    previous: Scope | None,
    document: JourneyMap,
    library: Sequence[LibraryItem],
    definition: Definition,
    segments: Mapping[str, Scope],
    *,
    segment: Segment | str | None = None,
    sparks: bool = True,
    texts: Callable[[Scope], Worded] | None = None,
) -> Measured:
    """The figures of a map.

    Args:
        scope: events and people in question, under `definition`.
        previous: the period before, of the same length; None to compare with nothing.
        document: the map.
        library: its items.
        definition: what measures it.
        segments: scopes that get an emotion curve of their own, by the name of the saved segment.
        segment: what `scope` was asked for, so that drill-downs ask the same.
        sparks: whether parts of the window are counted too.
        texts: judges what people wrote, for the lanes that ask for a curve of it.
    """
    bindings = Bindings(document, library, definition)
    asked = wanted(bindings)
    request = _request(scope, definition, document.goal.goal, segment)
    found = data(scope, definition, document.goal.goal, segment)
    felt = feelings.feelings(scope, asked.voices, previous, sparks=sparks)
    curve = feelings.feelings(scope, asked.curves, sparks=False)
    findings = Findings(
        definition=definition,
        measurements=found.measurements,
        figures=map_figures.figures(scope, asked.bounds, previous, sparks=sparks),
        feelings=felt,
        curve=Curve(curve),
        words=worded.feelings(scope.touchpoints.names, texts(scope), asked.words) if texts and asked.words else {},
        curves={name: _curve(one, asked.curves, request, name) for name, one in segments.items()},
        crossings=crossings(scope, found.measurements),
        goal=request.goal,
        segment=told(segment) if isinstance(segment, Segment) else segment,
    )
    return put_together(bindings, findings, dt.datetime.now(dt.UTC))


def data(
    scope: Scope, definition: Definition, goal: str | None = None, segment: Segment | str | None = None
) -> Findings:
    """What a map can be drawn from, and what suggestions and checks look at."""
    request = _request(scope, definition, goal, segment)
    return Findings(definition=definition, measurements=overlay.measure(scope, request), goal=request.goal)


def before(asked: Asked, scope: Scope, first: int) -> Asked | None:
    """The request for the period just before, of the same length, watched for as long after its end.

    Args:
        asked: the request for the period in question.
        scope: its answer.
        first: µs UTC, the first event of all.

    Returns:
        None where all time before is asked for, or the period before lies only partly in the data.
    """
    zone, since = ZoneInfo(scope.zone), asked.filters.since
    watched = asked.today or moment(scope.until).astimezone(zone).date()
    if since is None:
        return None
    length = (asked.filters.until or watched) - since + dt.timedelta(days=1)
    start, end = since - length, since - dt.timedelta(days=1)
    if length <= dt.timedelta(0) or start < moment(first).astimezone(zone).date():
        return None
    filters = asked.filters.model_copy(update={"since": start, "until": end})
    return asked.model_copy(update={"filters": filters, "today": watched - length})


def _request(
    scope: Scope, definition: Definition, goal: str | None, segment: Segment | str | None
) -> overlay.MapRequest:
    """The question that drill-downs ask again, of this version of the definition."""
    goals = [g.name for g in definition.goals]
    return overlay.MapRequest(
        goal=goal if goal in goals else None,
        filters=scope.filters,
        grain=scope.grain,
        segment=segment,
        definition=definition.version or None,
    )


def _curve(scope: Scope, voices: Mapping[str, Voices], request: overlay.MapRequest, segment: str) -> Curve:
    found: dict[str, Feeling] = feelings.feelings(scope, voices, sparks=False)
    return Curve(found, token("map", request.model_copy(update={"segment": segment})))

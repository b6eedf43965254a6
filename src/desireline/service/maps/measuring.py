"""The figures of a map: which scopes they are counted in, and what is made of the counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desireline.errors import NoDefinition, NoEvents, PersonaWithoutPeople, UnknownGoal
from desireline.model.map_history import Suggestion
from desireline.model.measured import Conformance, Measured, Sheet
from desireline.model.persona import PREFIX
from desireline.model.question import Asked, Filters
from desireline.model.segment import AllOf, InSegment, Segment
from desireline.service.opened import Opened

if TYPE_CHECKING:
    from desireline.maps.check import Problem
    from desireline.maps.findings import Findings


def measure(
    opened: Opened, sheet: Sheet, filters: Filters | None, segment: str | None, curves: Sequence[str] = ()
) -> Measured:
    """The figures of a map now.

    Raises:
        NoEvents, NoDefinition: there is nothing to measure by.
        UnknownSegment: there is no such segment.
        PersonaWithoutPeople: the map is about a persona that stands for nobody.
    """
    from desireline.service.map_measuring import before, measured
    from desireline.service.sentiment.door import Sentiment

    asked = Asked(filters=filters or Filters(), segment=segment or whom(opened, sheet))
    definition = opened.definition(sheet.definition)
    with opened.pinned() as generation:
        scope = opened.scope(asked, definition)
        first = min((s.first for s in generation.meta.sources if s.first is not None), default=0)
        earlier = before(asked, scope, first)
        previous = opened.scope(earlier, definition) if earlier else None
        others = {name: opened.scope(asked.model_copy(update={"segment": name}), definition) for name in curves}
        return measured(
            scope, previous, sheet, sheet.library, definition, others, segment=opened.resolved(asked).segment,
            texts=Sentiment(opened).worded,
        )  # fmt: skip


def if_possible(opened: Opened, sheet: Sheet, filters: Filters | None, segment: str | None) -> Measured | None:
    """The same, or None while there are no events, no definition, or nobody in the persona that the map is about."""
    try:
        return measure(opened, sheet, filters, segment)
    except (NoEvents, NoDefinition, PersonaWithoutPeople):
        return None


def whom(opened: Opened, sheet: Sheet) -> Segment | str | None:
    """Who is in a map's scope: the people of its persona, of its saved segment, or of both at once."""
    from desireline.service.segments import one

    persona = None if sheet.scope.persona is None else f"{PREFIX}{sheet.scope.persona}"
    name = sheet.scope.segment
    if persona is None or name is None:
        return persona or name
    both = AllOf(all=[InSegment(segment=persona), InSegment(segment=name)])
    return Segment(of=one(opened.records, name).of, where=both)


def data(opened: Opened, definition: str | None, goal: str | None = None) -> "Findings":
    """What a map can be drawn from.

    Raises:
        NoEvents, NoDefinition: there is nothing to draw from.
        UnknownGoal: the definition has no such goal.
    """
    from desireline.service import map_measuring

    found = opened.definition(definition)
    goals = [g.name for g in found.goals]
    if goal is not None and goal not in goals:
        raise UnknownGoal(goal=goal, available=goals)
    with opened.pinned():
        return map_measuring.data(opened.scope(Asked(), found), found, goal)


def conformance(
    opened: Opened,
    sheet: Sheet,
    ideal: Sheet,
    filters: Filters | None,
    segment: str | None,
    failing: Sequence[str] = (),
) -> Conformance:
    """The journeys in a map's scope, compared with an ideal map: who walks a way twice does not fail at its steps.

    Args:
        opened: the workspace.
        sheet: the map whose definition and persons count.
        ideal: the map that says what was planned.
        filters: which events count.
        segment: who counts, a saved one; the map's own scope for None.
        failing: touchpoints of the definition that say that the step before them failed.

    Raises:
        NoEvents, NoDefinition: there is nothing to compare.
        UnknownSegment: there is no such segment.
        IdealNotMeasured: no step of the ideal map can be recognised in the data.
    """
    from desireline.analyze.conformance import ConformanceRequest, align
    from desireline.maps.conform import planned

    definition = opened.definition(sheet.definition)
    asked = ConformanceRequest(
        grain="journey", filters=filters or Filters(), segment=segment or whom(opened, sheet),
        definition=definition.version, planned=planned(ideal, ideal.library), failing=list(failing),
    )  # fmt: skip
    with opened.pinned():
        return align(opened.scope(asked, definition), opened.resolved(asked))


def suggestions(opened: Opened, sheet: Sheet) -> list[Suggestion]:
    """What the data would add to a map or change on it."""
    from desireline.maps import propose
    from desireline.service.maps.library import items

    return propose.suggestions(sheet, items(opened.records), data(opened, sheet.definition))


def problems(opened: Opened, sheet: Sheet) -> "list[Problem]":
    """What is bound to measurement on a map and no longer measured."""
    from desireline.maps import check
    from desireline.maps.bindings import Bindings

    found = data(opened, sheet.definition)
    return check.problems(Bindings(sheet, sheet.library, found.definition), found.measurements)

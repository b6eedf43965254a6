"""The figures of a map: which scopes they are counted in, and what is made of the counts."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desireline.errors import NoDefinition, NoEvents
from desireline.model.measured import Measured, Sheet
from desireline.model.question import Asked, Filters
from desireline.service.opened import Opened

if TYPE_CHECKING:
    from desireline.analyze.scope import Scope
    from desireline.maps.check import Problem



def measure(
    opened: Opened, sheet: Sheet, filters: Filters | None, segment: str | None, curves: Sequence[str] = ()
) -> Measured:
    """The figures of a map now.

    Raises:
        NoEvents, NoDefinition: there is nothing to measure by.
        UnknownSegment: there is no such segment.
    """
    from desireline.service.map_measuring import measured

    asked = Asked(filters=filters or Filters(), segment=segment or sheet.scope.segment)
    definition = opened.definition(sheet.definition)
    with opened.pinned():
        scope = opened.scope(asked, definition)
        before = _before(asked.filters, scope)
        previous = opened.scope(asked.model_copy(update={"filters": before}), definition) if before else None
        others = {name: opened.scope(asked.model_copy(update={"segment": name}), definition) for name in curves}
        return measured(scope, previous, sheet, sheet.library, definition, others)


def if_possible(opened: Opened, sheet: Sheet, filters: Filters | None, segment: str | None) -> Measured | None:
    """The same, or None while there are no events or no definition."""
    try:
        return measure(opened, sheet, filters, segment)
    except (NoEvents, NoDefinition):
        return None


def _before(filters: Filters, scope: "Scope") -> Filters | None:
    """The period just before the one asked for, of the same length; None if all time before is asked for."""
    if filters.since is None:
        return None
    last = filters.until or (dt.datetime.fromtimestamp(scope.until / 1e6, dt.UTC)).date()
    length = last - filters.since + dt.timedelta(days=1)
    return filters.model_copy(update={"since": filters.since - length, "until": filters.since - dt.timedelta(days=1)})

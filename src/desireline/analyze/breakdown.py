"""Break an answer down by something that events or people have: channel, source, stage, a property or a trait."""

from dataclasses import dataclass

import numpy as np

from desireline.analyze.scope import I32, Labels, Scope
from desireline.errors import BadQuestion
from desireline.model.question import BY

OTHER = "@other"
PROPERTY, TRAIT = "property.", "trait."


@dataclass(frozen=True, eq=False)
class Breakdown:
    """The group of every event.

    Attributes:
        names: groups by falling number of events, equal ones by name; the last is `@other` if some were merged.
        index: int32[events], place in `names`, -1 for events that have none.
        by_unit: whether all events of a unit are in one group.
        found: how many distinct groups there were.
    """

    names: list[str]
    index: I32
    by_unit: bool
    found: int


def breakdown(scope: Scope, by: str, top: int = 10) -> Breakdown:
    """The groups of a scope's events.

    Args:
        scope: the events.
        by: channel, source, stage, touchpoint, event, `property.PATH` or `trait.NAME`.
        top: how many groups keep their name.

    Raises:
        BadQuestion: `by` is none of these.
    """
    values, names = _values(scope, by)
    counts = np.bincount(values + 1, minlength=len(names) + 1)[1:]
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda k: (-counts[k], names[k]))
    kept = order if len(order) <= top else order[:top]
    place = np.full(len(names) + 1, len(kept) if len(order) > len(kept) else -1, np.int32)
    place[-1] = -1
    place[kept] = np.arange(len(kept))
    listed = [names[k] for k in kept] + ([OTHER] if len(order) > len(kept) else [])
    return Breakdown(listed, place[values], by.startswith(TRAIT), len(order))


def _values(scope: Scope, by: str) -> tuple[I32, list[str]]:
    if by.startswith(PROPERTY):
        column = scope.columns.column(by.removeprefix(PROPERTY))
        return scope.rows(column.index), column.values
    if by.startswith(TRAIT):
        trait = scope.columns.trait(by.removeprefix(TRAIT))
        return np.repeat(trait.index[scope.owner], np.diff(scope.offsets)), trait.values
    labels: dict[str, Labels] = {
        "channel": scope.channels, "source": scope.sources, "stage": scope.stages,
        "touchpoint": scope.touchpoints, "event": scope.event_names,
    }  # fmt: skip
    if by not in labels:
        raise BadQuestion(parameter="by", given=by[:100], expected=BY)
    return labels[by].table[scope.code], labels[by].names

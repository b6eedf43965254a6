"""What segments of events are made of: the channel and properties of few values."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.analyze.breakdown import OTHER, PROPERTY, breakdown
from desireline.analyze.scope import Scope
from desireline.errors import BadQuestion

DIMENSIONS, VALUES, SMALL = 6, 12, 0.002
"""So many properties, so many values of each, and such a part of all events at least."""


@dataclass(frozen=True, eq=False)
class Dimensions:
    """The segments that each event is in.

    Attributes:
        names: of the dimensions.
        values: of every number the dimension and the value; number 0 is everyone.
        number: uint8[dimensions, events], 0 for none.
    """

    names: list[str]
    values: list[dict[str, str]]
    number: npt.NDArray[np.uint8]


def dimensions(scope: Scope, by: list[str] | None) -> Dimensions:
    """The segments of a scope's events.

    Args:
        scope: the events.
        by: `channel`, `source` or `property.PATH`; the channel and the commonest properties of few values if None.

    Raises:
        BadQuestion: `by` names something else.
    """
    asked = ["channel", *(PROPERTY + path for path in scope.columns.paths(DIMENSIONS))] if by is None else by
    if wrong := [name for name in asked if name not in {"channel", "source"} and not name.startswith(PROPERTY)]:
        raise BadQuestion(parameter="by", given=wrong[0][:100], expected="channel, source, property.PATH")
    values: list[dict[str, str]] = [{}]
    names, rows = [], []
    for name in asked[: DIMENSIONS + 1]:
        found = breakdown(scope, name, VALUES)
        size = np.bincount(found.index + 1, minlength=len(found.names) + 1)[1:]
        usable = [k for k, v in enumerate(found.names) if v != OTHER and size[k] >= SMALL * len(scope.time)]
        if (by is None and not 1 <= len(usable) <= VALUES) or size.max(initial=0) == len(scope.time):
            continue
        place = np.zeros(len(found.names) + 1, np.uint8)
        place[np.array(usable, np.int64) + 1] = np.arange(len(values), len(values) + len(usable))
        short = name.removeprefix(PROPERTY)
        values += [{short: found.names[k]} for k in usable]
        names.append(short)
        rows.append(place[found.index + 1])
    return Dimensions(names, values, np.stack(rows) if rows else np.zeros((0, len(scope.time)), np.uint8))

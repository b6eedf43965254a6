"""The scope of a question: the journey store at one grain, after filters, with the names that its codes stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desireline.analyze.drilldown import token
from desireline.errors import UnknownStep
from desireline.model.clock import moment
from desireline.model.definition import Definition
from desireline.model.question import Asked, Cut, Filters, Grain

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

FIRST, LAST = "@first", "@last"
"""Stand for a unit's first and last event wherever a step is named."""


@dataclass(frozen=True)
class Labels:
    """Names and the table from event code to their index; -1 is outside the definition."""

    names: list[str]
    table: I32

    def of(self, code: int) -> str | None:
        """The name that a code stands for, None outside the definition."""
        index = int(self.table[code])
        return self.names[index] if index >= 0 else None


@dataclass(frozen=True, eq=False)
class Scope:
    """Events of the units in question, sorted by (unit, time, arrival). All arrays are read-only.

    Attributes:
        offsets: int64[units + 1]; events of unit u are offsets[u]:offsets[u + 1]; no unit is empty.
        time: int64[events], µs UTC.
        code: int32[events], index into the event dictionary.
        arrival: int64[events], the event's key in the lake.
        owner: int32[units], the person each unit belongs to.
        touchpoints, stages, channels, event_names: label tables over `code`.
        until: µs UTC, the last event of the whole workspace: what has ended is judged against it.
        gap: µs, the definition's silence that ends a journey.
    """

    offsets: I64
    time: I64
    code: I32
    arrival: I64
    owner: I32
    touchpoints: Labels
    stages: Labels
    channels: Labels
    event_names: Labels
    grain: Grain
    filters: Filters
    definition: Definition | None
    generation: str
    until: int
    gap: int

    @property
    def units(self) -> int:
        """How many units have an event."""
        return len(self.offsets) - 1

    def labels(self, asked: Asked) -> Labels:
        """Touchpoints if there is a definition and the request does not ask for event names."""
        return self.event_names if asked.by_event_name or self.definition is None else self.touchpoints

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """First and last time in µs UTC, None without events."""
        if not len(self.time):
            return None
        return int(self.time[self.offsets[:-1]].min()), int(self.time[self.offsets[1:] - 1].max())

    @cached_property
    def by_code(self) -> I64:
        """int64[codes]: events of each code."""
        from desireline.kernels.touching import tally

        return tally(self.code, len(self.event_names.table))


def index_of(labels: Labels, name: str) -> int:
    """The index of a step's name.

    Raises:
        UnknownStep: there is none of that name.
    """
    try:
        return labels.names.index(name)
    except ValueError:
        raise UnknownStep(step=name, available=labels.names) from None


def about(scope: Scope, asked: Asked, question: str, labels: Labels, cut: Sequence[Cut] = ()) -> dict[str, object]:
    """The fields of `Result` for an answer."""
    return {
        "question": question,
        "grain": scope.grain,
        "people_in_scope": scope.units,
        "events": len(scope.time),
        "outside_definition": int(scope.by_code[labels.table < 0].sum()),
        "first": moment(scope.span[0]) if scope.span else None,
        "last": moment(scope.span[1]) if scope.span else None,
        "definition_version": scope.definition.version if scope.definition and not asked.by_event_name else None,
        "filters": scope.filters,
        "cut": list(cut),
        "drilldown": token(question, asked),
    }

"""The scope of a question: the journey store at one grain, after filters, with the names that its codes stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from desireline.analyze.drilldown import token
from desireline.errors import UnknownStep
from desireline.model.clock import moment
from desireline.model.definition import Definition
from desireline.model.expression import told
from desireline.model.question import Asked, Cut, Filters, Grain
from desireline.model.segment import Segment

Bools = npt.NDArray[np.bool_]
F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

Number = TypeVar("Number", bound=np.generic)

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

    def codes_of(self, names: Sequence[str]) -> Bools:
        """bool[codes]: the codes that stand for one of the names."""
        wanted = np.array([n in names for n in self.names] + [False], bool)
        return wanted[self.table]


class Valued(Protocol):
    """Values by row: `index` (int32, -1 for none) into the distinct `values`; `texts` are the same in Arrow."""

    @property
    def index(self) -> I32:
        """int32[rows]."""

    @property
    def values(self) -> list[str]:
        """Distinct."""

    @property
    def texts(self) -> pa.Array:
        """Distinct, in the same order."""


class Columns(Protocol):
    """What the store knows of events and persons beyond the scope's arrays."""

    def column(self, path: str) -> Valued:
        """A property of all events of the generation."""

    def paths(self, most: int) -> list[str]:
        """Properties with 2 to 12 values, the commonest first, so many at most: what segments can be made of."""

    def trait(self, name: str) -> Valued:
        """A trait of all persons."""

    def history(self) -> tuple[I64, I32]:
        """Offsets (int64[persons + 1]) and codes (int32[events]) of the whole generation, by person."""

    def value(self) -> F64:
        """float64[events of the generation], NaN for events without a value."""


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
        sources: label table over `code`.
        caveat: bool[codes], events known only with a purchase: no evidence in attribution, friction and lift.
        until: µs UTC, the end of the observation: what has ended is judged against it.
        gap: µs, the definition's silence that ends a journey.
        zone: IANA zone of all dates.
        columns: properties, traits and values.
        position: int64[events], rows of the generation; None where the scope is the generation itself.
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
    sources: Labels
    caveat: Bools
    columns: Columns
    zone: str = "UTC"
    position: I64 | None = None

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

    def labels_known(self) -> list[str]:
        """All names that a step can have, touchpoints first."""
        return list(dict.fromkeys([*self.touchpoints.names, *self.event_names.names]))

    def rows(self, column: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """A column of the generation's events at the events of this scope."""
        return column if self.position is None else column[self.position]

    @cached_property
    def value(self) -> F64:
        """float64[events], NaN for events without a value."""
        return self.rows(self.columns.value())

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
    defined = None if asked.by_event_name else scope.definition
    return {
        "question": question,
        "grain": scope.grain,
        "people_in_scope": scope.units,
        "events": len(scope.time),
        "outside_definition": int(scope.by_code[labels.table < 0].sum()),
        "first": moment(scope.span[0]) if scope.span else None,
        "last": moment(scope.span[1]) if scope.span else None,
        "definition_version": defined.version if defined else None,
        "definition_name": defined.name if defined else None,
        "segment": told(asked.segment) if isinstance(asked.segment, Segment) else asked.segment,
        "zone": scope.zone,
        "until": moment(scope.until) if scope.units else None,
        "filters": scope.filters,
        "cut": list(cut),
        "drilldown": token(question, asked),
    }

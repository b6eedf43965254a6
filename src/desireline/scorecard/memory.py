"""Events in memory as a scope, as the store would give them."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from desireline.analyze.scope import F64, I32, I64, Labels, Scope
from desireline.kernels.arrays import frozen
from desireline.model.question import Filters

DAY = 86_400_000_000
GAP_DAYS = 30
FEW_VALUES = 12


@dataclass(frozen=True, eq=False)
class Texts:
    """`index`: int32[events], -1 for none, into `values`."""

    index: I32
    values: list[str]

    @property
    def texts(self) -> pa.Array:
        """The values in Arrow."""
        return pa.array(self.values, pa.string())


@dataclass(frozen=True, eq=False)
class Table:
    """Events in any order.

    Attributes:
        person: int64; those without an event are no units.
        time: int64, µs UTC.
        event: int64 into `names`; `channel`: into `channels`.
        value: float64, NaN for none.
        properties: by path.
    """

    person: I64
    time: I64
    event: I64
    names: list[str]
    channel: I64 | None = None
    channels: tuple[str, ...] = ()
    value: F64 | None = None
    properties: dict[str, Texts] = field(default_factory=dict)


class Columns:
    """What is known of the events of a table beyond the arrays of a scope."""

    def __init__(self, properties: dict[str, Texts], value: F64, history: tuple[I64, I32]) -> None:
        self._properties, self._value, self._history = properties, value, history

    def column(self, path: str) -> Texts:
        """A property; without values where there is none of that name."""
        nothing = np.full(len(self._value), -1, np.int32)
        return self._properties.get(path, Texts(nothing, []))

    def paths(self, most: int) -> list[str]:
        """Properties of few values."""
        return [path for path, of in self._properties.items() if 1 < len(of.values) <= FEW_VALUES][:most]

    def trait(self, name: str) -> Texts:  # noqa: ARG002 the form of all columns
        """Nobody has any."""
        return Texts(np.full(len(self._history[0]) - 1, -1, np.int32), [])

    def history(self) -> tuple[I64, I32]:
        """Offsets and codes of everything."""
        return self._history

    def value(self) -> F64:
        """float64[events]."""
        return self._value


def scope_of(table: Table, until: int | None = None) -> Scope:
    """The events as a scope of people without a definition, unit i being the i-th person that has an event.

    Args:
        table: the events.
        until: end of the observation, µs; the last event for None.
    """
    order = np.lexsort((table.time, table.person))
    _, unit = np.unique(table.person[order], return_inverse=True)
    units, ways = int(unit[-1]) + 1, max(1, len(table.channels))
    channel = np.zeros(len(order), np.int64) if table.channel is None else table.channel[order]
    code = (table.event[order] * ways + channel).astype(np.int32)
    codes = len(table.names) * ways
    offsets = np.searchsorted(unit, np.arange(units + 1)).astype(np.int64)
    time = table.time[order].astype(np.int64)
    number = np.arange(codes, dtype=np.int32)
    names, nothing = Labels(table.names, number // ways), Labels([], np.full(codes, -1, np.int32))
    value = np.full(len(order), np.nan) if table.value is None else table.value[order]
    return Scope(
        offsets=frozen(offsets), time=frozen(time), code=frozen(code), arrival=frozen(np.arange(len(order))),
        owner=frozen(np.arange(units, dtype=np.int32)), touchpoints=names, stages=nothing,
        channels=Labels(list(table.channels), number % ways) if table.channels else nothing,
        event_names=names, grain="person", filters=Filters(), definition=None, generation="planted",
        until=int(time.max()) if until is None else until, gap=GAP_DAYS * DAY,
        sources=Labels(["planted"], np.zeros(codes, np.int32)), caveat=np.zeros(codes, np.bool_),
        columns=Columns(
            {path: Texts(of.index[order], of.values) for path, of in table.properties.items()}, value, (offsets, code)
        ),
    )  # fmt: skip

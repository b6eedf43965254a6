"""What detectors look at: the events of a scope, what each is, and where it belongs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from desireline.analyze.detectors.kinds import Role, has
from desireline.analyze.goals import caveat_codes, goal_codes
from desireline.analyze.scope import F64, I32, I64, Bools, Labels, Scope
from desireline.errors import UnknownStep
from desireline.kernels.masks import look_up

if TYPE_CHECKING:
    from desireline.analyze.obstacles import ObstaclesRequest
    from desireline.kernels.hits import Events

I8 = npt.NDArray[np.int8]

MINUTE = 60_000_000
NUMBERS = 12
_NO = frozenset({"", "0", "false", "no", "none", "null", "nie", "ne"})


@dataclass(frozen=True, eq=False)
class Signs:
    """Where a detector sees trouble.

    Attributes:
        hit: bool[events].
        chance: bool[events], where it could be; None for every event of a cell.
        rate: float64[kinds, cells], the share of chances that are hits if nothing is wrong, by
            kind of unit; None where nothing of the kind is expected.
        kind: int8[units]; None if all are of one kind.
        chosen: whether only cells that stand out of the expected have hits: they are not tested again.
        peers: whether `rate` is what others do, who differ among themselves: a cell has to stand out of that.
        other: int32[events], at hits, the label that they lead to.
        wider: of cells whose events are hits by name: bool[codes], the events of those to whom it could happen.
    """

    hit: Bools
    chance: Bools | None = None
    rate: F64 | None = None
    chosen: bool = False
    peers: bool = False
    other: I32 | None = None
    kind: I8 | None = None
    wider: dict[int, Bools] = field(default_factory=dict)


def by_number(counts: I64) -> I8:
    """int8[units]: 0 for up to one, 1 for two or three, 2 for four to seven and so on, below NUMBERS."""
    kinds: I8 = np.minimum(np.log2(np.maximum(counts, 1)), NUMBERS - 1).astype(np.int8)
    return kinds


@dataclass(frozen=True, eq=False)
class Property:
    """A property of the scope's events: int32[events], -1 for none, into its `values`."""

    index: I32
    values: list[str]

    def where(self, holds: Callable[[str], bool]) -> Bools:
        """bool[events]: whose value it holds for."""
        return look_up(self.index, np.array([*(holds(v) for v in self.values), False], np.bool_))


def is_set(value: str) -> bool:
    """Whether a property says yes: it is there and is none of no, 0, false and the like."""
    return value.strip().casefold() not in _NO


class Material:
    """The events of a scope as detectors see them; what is costly is made when it is first needed."""

    def __init__(self, scope: Scope, request: "ObstaclesRequest") -> None:
        self.scope, self.request = scope, request
        self._properties: dict[str, Property | None] = {}
        self._roles: dict[Role, Bools] = {}

    @cached_property
    def labels(self) -> Labels:
        """Touchpoints or event names, without those known only with a purchase."""
        found = self.scope.labels(self.request)
        return Labels(found.names, np.where(caveat_codes(self.scope), np.int32(-1), found.table))

    @cached_property
    def channels(self) -> I32:
        """int32[codes], -1 where no channel is known."""
        names = self.scope.channels.names
        unknown = np.array([n == "unknown" for n in names] + [True], np.bool_)
        table = self.scope.channels.table
        return np.where(unknown[table], np.int32(-1), table)

    @cached_property
    def cells(self) -> list[tuple[int, int]]:
        """Pairs of a label and a channel (-1 for none) that there are."""
        pairs = zip(self.labels.table.tolist(), self.channels.tolist(), strict=True)
        return sorted({pair for pair in pairs if pair[0] >= 0})

    @cached_property
    def events(self) -> "Events":
        """The events with their cells."""
        from desireline.kernels.hits import Events

        place = {pair: k for k, pair in enumerate(self.cells)}
        pairs = zip(self.labels.table.tolist(), self.channels.tolist(), strict=True)
        cell = np.array([place.get(pair, -1) for pair in pairs], np.int32)
        return Events(self.scope.offsets, self.scope.time, self.scope.code, cell)

    @cached_property
    def parts(self) -> I64:
        """Offsets of units that are cut where they are silent for longer than the definition's gap."""
        cuts = np.flatnonzero(np.diff(self.scope.time) > self.scope.gap) + 1
        return np.union1d(self.scope.offsets, cuts).astype(np.int64)

    @cached_property
    def final(self) -> Bools:
        """bool[codes]: goals and ends of journeys, after which nobody waits or drops off."""
        final = np.zeros(len(self.labels.table), np.bool_)
        defined = self.scope.definition
        for name in [*(g.name for g in defined.goals), *defined.journey.ends] if defined else []:
            final |= goal_codes(self.scope, name)
        return final | goal_codes(self.scope, self.request.goal) if self.request.goal else final

    @cached_property
    def exact(self) -> Bools:
        """bool[codes]: kinds of events whose times are exact to the second: most are at no whole minute."""
        n = len(self.labels.table)
        off = np.bincount(self.scope.code, weights=self.scope.time % MINUTE != 0, minlength=n)
        return (off > 0) & (2 * off >= self.scope.by_code)

    @cached_property
    def below_seconds(self) -> bool:
        """Whether times are exact to less than a second: most are at no whole one."""
        times = self.scope.time[:: max(1, len(self.scope.time) // 100_000)]
        return bool(2 * np.count_nonzero(times % 1_000_000) >= len(times))

    def property(self, path: str) -> Property | None:
        """A property, None if no event has it."""
        if path not in self._properties:
            column = self.scope.columns.column(path)
            known = len(column.texts) > 0
            self._properties[path] = Property(self.scope.rows(column.index), column.values) if known else None
        return self._properties[path]

    def codes(self, role: Role) -> Bools:
        """bool[codes]: the events of a role.

        Raises:
            UnknownStep: the request names what is no touchpoint, event or channel.
        """
        if role not in self._roles:
            named: list[str] | None = getattr(self.request, role, None)
            self._roles[role] = (self._by_words(role) if named is None else self._named(named)) & (
                self.labels.table >= 0
            )
        return self._roles[role]

    def rows(self, codes: Bools) -> Bools:
        """bool[events]: events of these codes."""
        return look_up(self.scope.code, codes)

    def units(self, codes: Bools) -> Bools:
        """bool[units]: those with an event of these codes."""
        from desireline.kernels.masks import count_in_units

        return count_in_units(self.scope.offsets, self.rows(codes)) > 0

    def _by_words(self, role: Role) -> Bools:
        scope = self.scope
        return np.array(
            [
                has(role, (scope.touchpoints.of(c), scope.event_names.of(c)), scope.channels.of(c))
                for c in range(len(self.labels.table))
            ],
            np.bool_,
        )

    def _named(self, names: list[str]) -> Bools:
        known = [self.scope.touchpoints, self.scope.event_names, self.scope.channels]
        for name in names:
            if not any(name in labels.names for labels in known):
                raise UnknownStep(step=name, available=[*self.scope.labels_known(), *self.scope.channels.names])
        found: Bools = np.any([labels.codes_of(names) for labels in known], axis=0)
        return found

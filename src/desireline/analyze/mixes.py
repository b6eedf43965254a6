"""Which channels each unit uses, as sets: how many units use exactly these."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desireline.analyze.scope import I32, I64, Scope

LISTED = 20
"""Sets that are listed by name."""


@dataclass(frozen=True, eq=False)
class Mixes:
    """Sets of channels by falling number of units.

    Attributes:
        scope: the events.
        channel: int32[codes], -1 for events that take no part.
    """

    scope: Scope
    channel: I32

    @cached_property
    def _found(self) -> tuple[npt.NDArray[np.uint64], I64, I64]:
        from desireline.kernels.switches import channel_sets

        of_unit = channel_sets(self.scope.offsets, self.scope.code, self.channel, len(self.scope.channels.names))
        plain = of_unit[:, 0] if of_unit.shape[1] == 1 else of_unit
        distinct, place, counts = np.unique(plain, axis=0, return_inverse=True, return_counts=True)
        distinct, place = distinct.reshape(-1, of_unit.shape[1]), place.reshape(-1)
        order = np.lexsort((*distinct.T, -counts))
        order = order[distinct[order].any(axis=1)]
        rank = np.full(len(distinct), -1, np.int64)
        rank[order] = np.arange(len(order))
        return distinct[order], rank[place], counts[order]

    @cached_property
    def of_unit(self) -> I64:
        """int64[units]: place of each unit's set, -1 for units without a channel."""
        return self._found[1]

    @cached_property
    def people(self) -> I64:
        """int64[sets]: units."""
        return self._found[2]

    @cached_property
    def sizes(self) -> I64:
        """int64[sets]: how many channels."""
        counts: I64 = np.bitwise_count(self._found[0]).sum(axis=1, dtype=np.int64)
        return counts

    @cached_property
    def shown(self) -> list[list[str]]:
        """The channels of the sets that are listed, by name."""
        names = self.scope.channels.names
        return [
            [name for k, name in enumerate(names) if int(words[k // 64]) >> k % 64 & 1]
            for words in self._found[0][:LISTED]
        ]

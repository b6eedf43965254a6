"""Which channels each unit uses, as sets: how many units use exactly these."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desireline.analyze.scope import I32, I64, Scope

LISTED = 20
"""Sets that are listed by name."""

FEW = 16
"""Up to so many channels the sets are counted in a table of all sets instead of sorted."""


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
        distinct, place = _distinct(of_unit, len(self.scope.channels.names))
        counts = np.bincount(place, minlength=len(distinct))
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


def _distinct(sets: npt.NDArray[np.uint64], channels: int) -> tuple[npt.NDArray[np.uint64], I64]:
    """The distinct rows, and the place of each row among them."""
    if channels <= FEW:
        keys = sets[:, 0].astype(np.int64)
        present = np.flatnonzero(np.bincount(keys, minlength=1 << channels))
        place = np.zeros(1 << channels, np.int64)
        place[present] = np.arange(len(present))
        return present.astype(np.uint64)[:, None], place[keys]
    distinct, place = np.unique(sets[:, 0] if sets.shape[1] == 1 else sets, axis=0, return_inverse=True)
    return distinct.reshape(-1, sets.shape[1]), place.reshape(-1)

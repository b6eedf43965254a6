"""Units and their events, as rows of a generation: people, journeys or cases."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.analyze.scope import I32, I64, Bools
from desireline.kernels.gather import gather
from desireline.kernels.masks import count_in_units


@dataclass(frozen=True, eq=False)
class Units:
    """Events by unit.

    Attributes:
        offsets: int64[units + 1].
        owner: int32[units], persons.
        position: int64[events], rows of the generation; None for all of them in their order.
    """

    offsets: I64
    owner: I32
    position: I64 | None = None

    def rows(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A column of the generation's events at these events."""
        if self.position is None:
            return column
        return column[self.position] if column.dtype == np.bool_ else gather(column, self.position)

    def where(self, keep: Bools) -> "Units":
        """Only the events that are kept, and the units that have one of them."""
        events = np.flatnonzero(keep)
        counts = count_in_units(self.offsets, keep)
        present = np.flatnonzero(counts)
        offsets = np.r_[0, np.cumsum(counts[present])].astype(np.int64)
        return Units(offsets, self.owner[present], events if self.position is None else self.position[events])

    def in_generation(self, keep: Bools, size: int) -> Bools:
        """A mask of these events as one of all events of the generation."""
        if self.position is None:
            return keep
        found = np.zeros(size, np.bool_)
        found[self.position] = keep
        return found


def unit_of_event(offsets: I64) -> I64:
    """int64[events]: the unit of each event."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))

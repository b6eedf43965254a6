"""A grid cut into runs of columns that fit side by side, and its cards placed in rows."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from desireline.maps.parts import Grid, GridLane, Item

OFF_BORDER: Final = 4
"""A cut inside a stage is as bad as runs that differ from their mean by two columns."""


@dataclass(frozen=True)
class Slot:
    """A card in a run of columns: from column `start` of the run, `width` wide.

    `goes_on`: it continues in the next run; `came`: it began in an earlier one, which holds its words.
    """

    item: Item
    start: int
    width: int
    came: bool = False
    goes_on: bool = False


def runs(grid: Grid, most: int) -> list[tuple[int, int]]:
    """As few runs of at most `most` columns as there can be, of like lengths, cut between stages where that is near."""
    n = len(grid.steps)
    if n == 0:
        return []
    count = -(-n // most)
    borders = {stage.first for stage in grid.stages} | {n}
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for k in range(1, count + 1):
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, min(n, start + most) + 1):
                total = cost + (end - start - n / count) ** 2 + (0 if end in borders else OFF_BORDER)
                if (k == count) == (end == n) and (end not in reached or total < reached[end][0]):
                    reached[end] = (total, [*cuts, end])
        best = reached
    return list(pairwise(best[n][1]))


def rows(lane: GridLane, lo: int, hi: int) -> list[list[Slot]]:
    """The cards of columns `lo`..`hi` in rows, each card as high up as cards before it in its cell let it be."""
    found: list[list[Slot]] = []
    taken: list[set[int]] = []
    for step, cell in enumerate(lane.cells[:hi]):
        above = -1
        for item in cell:
            start, end = max(step, lo), min(step + item.span, hi)
            if start >= end:
                continue
            columns = set(range(start - lo, end - lo))
            row = next((r for r in range(above + 1, len(taken)) if not columns & taken[r]), len(taken))
            if row == len(taken):
                found.append([])
                taken.append(set())
            taken[row] |= columns
            above = row
            slot = Slot(item, start - lo, end - start, came=step < lo, goes_on=step + item.span > hi)
            found[row].append(slot)
    return [sorted(row, key=lambda slot: slot.start) for row in found]

"""Threads over pieces of the work: kernels hold no lock, so a thread per core runs them side by side."""

import itertools
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import numpy as np

from desireline.kernels.arrays import I64

T = TypeVar("T")

WORKERS = max(1, os.cpu_count() or 1)
SMALL = 50_000
"""Events below which handing work to another thread costs more than it saves."""


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="desireline-kernel")


def ranges(n: int, parts: int) -> list[tuple[int, int]]:
    """`n` rows cut into at most `parts` runs [lo, hi) of about equal length; one (empty) run if there are none.

    >>> ranges(10, 3)
    [(0, 3), (3, 6), (6, 10)]
    """
    parts = max(1, min(parts, n))
    cuts = [n * i // parts for i in range(parts + 1)]
    return list(itertools.pairwise(cuts))


def row_ranges(n: int) -> list[tuple[int, int]]:
    """A run of rows for each thread, or one for all if there are few."""
    return ranges(n, WORKERS if n >= SMALL else 1)


def unit_ranges(offsets: I64, per_worker: int = 4) -> list[tuple[int, int]]:
    """Units cut into runs [lo, hi) of about equally many events.

    Args:
        offsets: int64[units + 1].
        per_worker: runs for each thread; more balance better, fewer merge faster.

    Returns:
        At least one run (empty if there are no units), none empty otherwise.
    """
    units, events = len(offsets) - 1, int(offsets[-1])
    if units <= 1 or events < SMALL:
        return [(0, units)]
    parts = WORKERS * per_worker
    wanted = [events * i // parts for i in range(1, parts)]
    cuts = np.unique(np.concatenate(([0], np.searchsorted(offsets, wanted), [units])))
    return [(int(a), int(b)) for a, b in itertools.pairwise(cuts)]


def each(work: Callable[..., T], pieces: Iterable[tuple[int, ...]]) -> list[T]:
    """`work(*piece)` for every piece, on all cores; results in the order of the pieces."""
    listed = list(pieces)
    if len(listed) <= 1 or WORKERS == 1:
        return [work(*piece) for piece in listed]
    return list(_threads().map(lambda piece: work(*piece), listed))

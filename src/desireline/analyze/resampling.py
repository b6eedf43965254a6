"""95 % intervals by bootstrap over random groups of persons.

Persons are thrown into groups by a hash, and the groups are drawn again with replacement. The spread of a statistic
over groups thrown at random is that over persons, up to chance: with 256 groups the width of an interval is off by
about 4 % (1 / √(2 · 256)). With no more persons than groups each is a group of its own, and the bootstrap is exact.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

GROUPS = 256
FEWEST_GROUPS = 32
DRAWS = 1000
TOGETHER = 10
SEED = 1
LOOKED_FOR = 1 << 16
"""Among so many units at most, persons are counted to see whether each can be a group."""


def groups_of(owner: npt.NDArray[np.int32], most: int) -> tuple[npt.NDArray[np.int32], int, bool]:
    """How units go into groups by their person.

    Args:
        owner: int32[units], persons.
        most: how many groups there may be.

    Returns:
        int32[units] and how many groups there are; whether the numbers are persons that are still to be hashed.
    """
    if len(owner) <= LOOKED_FOR:
        persons, place = np.unique(owner, return_inverse=True)
        if len(persons) <= most:
            return place.astype(np.int32), max(1, len(persons)), False
    return owner, most, True


@lru_cache(maxsize=8)
def draws(groups: int) -> F64:
    """float64[DRAWS, groups]: how often each group is in each draw; the same for every call."""
    drawn = np.random.default_rng(SEED).integers(0, groups, (DRAWS, groups))
    cells = drawn + groups * np.arange(DRAWS)[:, None]
    often = np.bincount(cells.ravel(), minlength=DRAWS * groups).reshape(DRAWS, groups).astype(np.float64)
    often.flags.writeable = False
    return often


def mixed(drawn: F64, sums: F64) -> F64:
    """float64[draws, columns]: the sums float64[groups, columns] of the groups of each draw."""
    if len(drawn) % TOGETHER:
        return drawn @ sums
    # in pieces too small for the threads of BLAS, which wait for each other longer than the product takes
    together = drawn.reshape(-1, TOGETHER, drawn.shape[1]) @ sums
    return together.reshape(len(drawn), -1)


def middle(values: F64) -> tuple[F64, F64] | None:
    """The 2.5 % and 97.5 % points of each column of float64[draws, columns]; draws with NaN are left out.

    Returns:
        None where fewer than half of the draws are left.
    """
    known = values[~np.isnan(values).any(axis=1)]
    if 2 * len(known) < len(values):
        return None
    ordered = np.sort(known, axis=0)
    ends = []
    for place in (0.025 * (len(known) - 1), 0.975 * (len(known) - 1)):
        below = int(place)
        above = min(below + 1, len(known) - 1)
        ends.append(ordered[below] + (ordered[above] - ordered[below]) * (place - below))
    return ends[0], ends[1]

"""How many groups there are where nobody says: the square root of half the number of different texts.

It is the rule of thumb of Mardia, Kent and Bibby (Multivariate Analysis, 1979, p. 365), kept between `FEWEST` and
`MOST`: more topics than that nobody reads, and merging is easier than finding what lies hidden in a large group. How
far the groups can be trusted is told beside them (`grouping.stability`, `grouping.agreement`).
"""

from math import sqrt
from typing import Final

FEWEST: Final = 2
MOST: Final = 60
NEEDED: Final = 30
"""Different texts below which there are no topics: they are read faster than grouped."""


def number_of_topics(texts: int) -> int:
    """How many groups so many different texts are cut into.

    >>> [number_of_topics(n) for n in (30, 200, 3200, 1_000_000)]
    [4, 10, 40, 60]
    """
    return max(FEWEST, min(MOST, round(sqrt(texts / 2))))

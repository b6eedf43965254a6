"""Small groups stay private: which counts to hide, so that what is shown does not give them back."""

from collections.abc import Sequence
from typing import Final

from desireline.model.persona import Hidden

THRESHOLD: Final = 20
"""People that a figure on a screen needs (El Emam's choice for public use)."""


def small(n: int, threshold: int) -> bool:
    """Whether so few are some, but too few; nobody can be found in a zero."""
    return 0 < n < threshold


def tells(n: int, of: int, threshold: int) -> bool:
    """Whether a share tells of too few: of those in it, or of those who are not."""
    return small(n, threshold) or small(of - n, threshold)


def hidden_of_parts(counts: Sequence[int], of: int, threshold: int, *, exclusive: bool) -> list[Hidden | None]:
    """Why each part of a distribution is hidden, None where it is shown.

    Args:
        counts: people of each part.
        of: people who could be in one.
        threshold: people that a figure needs.
        exclusive: whether nobody is in two parts, so that those shown, taken from `of`, leave the rest: the smallest
            ones shown are hidden too until that rest is nobody or large enough (complementary suppression).

    >>> hidden_of_parts([60, 31, 9], 100, 20, exclusive=True)
    [None, 'would_tell', 'few_people']
    >>> hidden_of_parts([60, 31, 9], 100, 20, exclusive=False)
    [None, None, 'few_people']
    """
    found: list[Hidden | None] = ["few_people" if small(n, threshold) else None for n in counts]
    if not exclusive:
        others: list[Hidden | None] = ["would_tell" if small(of - n, threshold) else None for n in counts]
        return [why or other for why, other in zip(found, others, strict=True)]
    for k in sorted((k for k, n in enumerate(counts) if n), key=lambda k: (counts[k], k)):
        rest = of - sum(n for n, why in zip(counts, found, strict=True) if why is None)
        if not small(rest, threshold):
            break
        found[k] = found[k] or "would_tell"
    return found

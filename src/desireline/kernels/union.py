"""Connected components of links between numbered things."""

import numpy as np

from desireline.kernels.arrays import I32, frozen
from desireline.kernels.compiled import compiled


@compiled
def _root(parent: I32, i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@compiled
def _join(a: I32, b: I32, parent: I32) -> None:
    """The smaller root stays root, so a component is known by its smallest member."""
    for i in range(len(a)):
        x, y = _root(parent, a[i]), _root(parent, b[i])
        if x < y:
            parent[y] = x
        elif y < x:
            parent[x] = y


@compiled
def _label(parent: I32, component: I32) -> int:
    n = 0
    for i in range(len(parent)):
        root = _root(parent, i)
        if root == i:
            component[i] = n
            n += 1
        else:
            component[i] = component[root]
    return n


def components(a: I32, b: I32, n: int) -> I32:
    """Number the components of n things linked pairwise, by union-find with path halving.

    Args:
        a: int32[m], one end of each link, in [0, n).
        b: int32[m], the other end.
        n: how many things there are; one without a link is a component of its own.

    Returns:
        int32[n]: component of each thing, 0, 1, 2, … in order of the smallest member.
    """
    parent, component = np.arange(n, dtype=np.int32), np.empty(n, np.int32)
    _join(frozen(a), frozen(b), parent)
    _label(parent, component)
    return component

"""Stages proposed from the data alone: the order in which touchpoints follow each other, cut into runs.

Order: trophic levels of the directly-follows graph (R. S. MacKay, S. Johnson, B. Sansom: How directed is a directed
network? Royal Society Open Science 7, 2020). Runs: optimal one-dimensional segmentation (W. D. Fisher: On grouping for
maximum homogeneity, 1958; Jenks' natural breaks).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from desireline.analyze.scope import I64

Floats = npt.NDArray[np.float64]

SAME_LEVEL = 1e-6
"""Levels closer than this differ by rounding only."""


@dataclass(frozen=True)
class StageProposal:
    """Proposed stages, first to last.

    Attributes:
        names: of the stages; each is the commonest touchpoint in it. What a stage means is the user's to say.
        assignment: index of the stage of each touchpoint.
        levels: trophic level of each touchpoint; a link leads one level up on average.
        coherence: 0..1, how far all links lead one level up (1: a funnel, 0: a circle); None without links.
    """

    names: list[str]
    assignment: list[int]
    levels: list[float]
    coherence: float | None


def propose_stages(
    counts: npt.NDArray[np.int64] | sparse.sparray, names: Sequence[str], people: Sequence[int], k: int = 5
) -> StageProposal:
    """Put touchpoints in at most `k` stages.

    Touchpoints count equally in the segmentation, however many people met them: a funnel has few people at its end,
    which is as much a stage as its beginning (on planted stages, weights by people found no more of them).

    Args:
        counts: how often touchpoint j came directly after touchpoint i, n × n, dense or sparse. Repeats (the
            diagonal) say nothing about order and are ignored.
        names: of the n touchpoints.
        people: who met each; only names the stages.
        k: wanted number of stages; fewer if there are fewer distinct levels.
    """
    between = links(counts)
    levels = trophic_levels(between)
    assignment = segments(levels, k)
    stages = [np.flatnonzero(assignment == s) for s in range(int(assignment.max(initial=-1)) + 1)]
    return StageProposal(
        names=[names[min(of.tolist(), key=lambda i: (-people[i], names[i]))] for of in stages],
        assignment=[int(s) for s in assignment],
        levels=[float(h) for h in levels],
        coherence=coherence(between, levels),
    )


def links(counts: npt.NDArray[np.int64] | sparse.sparray) -> sparse.csr_array:
    """The counts as float64 weights of links, without those from a node to itself."""
    found = sparse.coo_array(counts).astype(np.float64)
    between = found.row != found.col
    return sparse.csr_array((found.data[between], (found.row[between], found.col[between])), shape=found.shape)


def trophic_levels(links: sparse.csr_array) -> Floats:
    """Solve (diag(u) - W - Wᵀ) h = v with u = in + out and v = in - out weight of each node.

    The solution is unique up to a constant in each weakly connected component; the lowest level of each is made 0.

    Args:
        links: float64[n, n], weights W without self-loops.

    Returns:
        float64[n]; 0 for a node without links.
    """
    into, out = np.asarray(links.sum(axis=0)).ravel(), np.asarray(links.sum(axis=1)).ravel()
    laplacian = (sparse.diags_array(into + out) - links - links.T).tocsr()
    levels = np.zeros(links.shape[0])
    components, of = connected_components(links, directed=True, connection="weak")
    for component in range(components):
        nodes = np.flatnonzero(of == component)
        if len(nodes) == 1:
            continue
        # One node held at 0 takes the constant out and leaves a matrix that is never singular.
        free = nodes[1:]
        levels[free] = spsolve(laplacian[free][:, free].tocsc(), (into - out)[free])
        levels[nodes] -= levels[nodes].min()
    return levels


def coherence(links: sparse.csr_array, levels: Floats) -> float | None:
    """1 - F0, with F0 = Σ W_ij (h_j - h_i - 1)² / Σ W_ij, the trophic incoherence."""
    edges = links.tocoo()
    total = edges.data.sum()
    if not total:
        return None
    incoherence = (edges.data * (levels[edges.col] - levels[edges.row] - 1) ** 2).sum() / total
    return float(min(1.0, max(0.0, 1 - incoherence)))


def segments(levels: Floats, k: int) -> I64:
    """Cut the line of levels into at most `k` runs with the least sum of squared distances to their means.

    Equal levels stay together. Dynamic programming over the distinct levels, exact.

    Returns:
        int64[n], the run of each level, 0 for the lowest.
    """
    order = np.argsort(levels, kind="stable")
    if not len(order):
        return np.zeros(0, np.int64)
    new = np.r_[True, np.diff(levels[order]) > SAME_LEVEL]
    first = np.flatnonzero(new)
    starts = first[_cuts(levels[order], np.r_[first, len(order)], min(k, len(first)))]
    run = np.empty(len(order), np.int64)
    run[order] = np.searchsorted(starts, np.arange(len(order)), side="right") - 1
    return run


def _cuts(values: Floats, edges: I64, k: int) -> list[int]:
    """Where each of `k` runs starts, as indices of groups; group g is values[edges[g]:edges[g + 1]]."""
    sums, squares = (np.r_[0.0, np.cumsum(v)][edges] for v in (values, values**2))
    groups = len(edges) - 1
    cost = _spread(sums, squares, edges, 0, np.arange(groups + 1))
    back = np.zeros((k, groups + 1), np.int64)
    for run in range(1, k):
        # cost[j]: the best of j groups in the runs so far; the new run holds the groups from i to the end.
        longer = np.full(groups + 1, np.inf)
        for end in range(run + 1, groups + 1):
            i = np.arange(run, end)
            total = cost[i] + _spread(sums, squares, edges, i, end)
            back[run, end] = i[np.argmin(total)]
            longer[end] = total.min()
        cost = longer
    starts, end = [], groups
    for run in range(k - 1, -1, -1):
        end = int(back[run, end])
        starts.append(end)
    return starts[::-1]


def _spread(sums: Floats, squares: Floats, edges: I64, lo: I64 | int, hi: I64 | int) -> Floats:
    """The sum of squared distances to the mean of groups lo..hi (exclusive)."""
    n = np.maximum(edges[hi] - edges[lo], 1)
    spread: Floats = squares[hi] - squares[lo] - (sums[hi] - sums[lo]) ** 2 / n
    return spread

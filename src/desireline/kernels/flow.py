"""Walks counted by place and between places: layer by layer, or merged over the layers to a graph."""

from dataclasses import dataclass

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.paths import NOTHING
from desireline.kernels.pool import each, row_ranges


@compiled
def _nodes(steps: I32, lo: int, hi: int, counts: I64) -> None:
    for w in range(lo, hi):
        for layer in range(steps.shape[1]):
            counts[layer, steps[w, layer] + 1] += 1


@compiled
def _links(steps: I32, node: I32, lo: int, hi: int, counts: I64) -> None:
    for w in range(lo, hi):
        before = node[0, steps[w, 0] + 1]
        for layer in range(steps.shape[1] - 1):
            after = node[layer + 1, steps[w, layer + 1] + 1]
            counts[layer, before, after] += 1
            before = after


def node_counts(steps: I32, labels: int) -> I64:
    """int64[layers, labels + 1]: walks by layer and label; the first column is NOTHING."""
    steps = frozen(steps)

    def part(lo: int, hi: int) -> I64:
        counts = np.zeros((steps.shape[1], labels + 1), np.int64)
        _nodes(steps, lo, hi, counts)
        return counts

    return sum(each(part, row_ranges(len(steps))), np.zeros((steps.shape[1], labels + 1), np.int64))


def link_counts(steps: I32, node: I32, nodes: int) -> I64:
    """int64[layers - 1, nodes, nodes]: walks between nodes of neighbouring layers.

    Args:
        steps: int32[walks, layers].
        node: int32[layers, labels + 1], the node (below `nodes`) of each label; the first column is for NOTHING.
        nodes: how many nodes a layer may have.
    """
    steps, node = frozen(steps), frozen(node)
    shape = (steps.shape[1] - 1, nodes, nodes)

    def part(lo: int, hi: int) -> I64:
        counts = np.zeros(shape, np.int64)
        _links(steps, node, lo, hi, counts)
        return counts

    return sum(each(part, row_ranges(len(steps))), np.zeros(shape, np.int64))


@dataclass(frozen=True, eq=False)
class GraphCounts:
    """Walks merged over their layers.

    Attributes:
        events: int64[nodes], visits to each node.
        people: int64[nodes], walks that visit it at all.
        edge_count: int64[nodes, nodes], steps from node to node.
        edge_people: int64[nodes, nodes], walks with such a step at all.
    """

    events: I64
    people: I64
    edge_count: I64
    edge_people: I64


@compiled
def path_of(steps: I32, node: I32, back: int, until: int, path: I64) -> int:
    """Write the nodes that one walk visits, without the places where it only waits; returns how many.

    Args:
        steps: int32[layers], one walk.
        node: int32[labels + 2], the node of each label; the first is for the start, the last for the end.
        back: the anchor's layer.
        until: a label at which a walk stays once it came there after the anchor; NOTHING for none.
        path: int64[layers], written.
    """
    n = 0
    for layer in range(len(steps)):
        here = steps[layer]
        if here == NOTHING:
            if layer > back:
                path[n] = node[-1]
                return n + 1
            if layer and steps[layer - 1] == NOTHING:
                continue
            path[n] = node[0]
        else:
            path[n] = node[here + 1]
        n += 1
        if layer > back and here == until:
            return n
    return n


@compiled
def _graph(
    steps: I32, node: I32, nodes: int, back: int, until: int, lo: int, hi: int, visits: I64, moves: I64
) -> None:  # fmt: skip
    path = np.empty(steps.shape[1], np.int64)
    seen, moved = np.full(nodes, -1, np.int64), np.full(nodes * nodes, -1, np.int64)
    for w in range(lo, hi):
        n = path_of(steps[w], node, back, until, path)
        for k in range(n):
            here = path[k]
            visits[here, 0] += 1
            visits[here, 1] += seen[here] != w
            seen[here] = w
            if k:
                edge = path[k - 1] * nodes + here
                moves[edge, 0] += 1
                moves[edge, 1] += moved[edge] != w
                moved[edge] = w


def graph_counts(steps: I32, node: I32, nodes: int, back: int, until: int = NOTHING) -> GraphCounts:
    """Count walks by node and edge, whatever the layer; arguments as `path_of` takes them, but all walks' steps."""
    steps, node = frozen(steps), frozen(node)

    def part(lo: int, hi: int) -> tuple[I64, I64]:
        visits, moves = np.zeros((nodes, 2), np.int64), np.zeros((nodes * nodes, 2), np.int64)
        _graph(steps, node, nodes, back, until, lo, hi, visits, moves)
        return visits, moves

    parts = each(part, row_ranges(len(steps)))
    visits, moves = (np.sum(column, axis=0) for column in zip(*parts, strict=True))
    edges = moves.reshape(nodes, nodes, 2)
    return GraphCounts(visits[:, 0], visits[:, 1], edges[..., 0], edges[..., 1])


@compiled
def _visitors(
    steps: I32,
    node: I32,
    back: int,
    until: int,
    before: int,
    after: int,
    lo: int,
    hi: int,
    found: Bools,
) -> None:
    path = np.empty(steps.shape[1], np.int64)
    for w in range(lo, hi):
        n = path_of(steps[w], node, back, until, path)
        for k in range(n):
            if path[k] == after and (before < 0 or (k > 0 and path[k - 1] == before)):
                found[w] = True
                break


def visitors(steps: I32, node: I32, back: int, after: int, before: int = -1, until: int = NOTHING) -> Bools:
    """bool[walks]: which visit node `after`, coming from node `before` if one is given."""
    steps, node = frozen(steps), frozen(node)
    found = np.zeros(len(steps), np.bool_)
    each(lambda lo, hi: _visitors(steps, node, back, until, before, after, lo, hi, found), row_ranges(len(steps)))
    return found

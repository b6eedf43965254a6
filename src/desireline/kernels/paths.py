"""What comes before and after a unit's first event of one label, layer by layer."""

from dataclasses import dataclass

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges, unit_ranges

NOTHING = -1
"""Stands in a layer for a unit whose sequence does not reach so far."""


@dataclass(frozen=True, eq=False)
class Walks:
    """The steps around each unit's first anchor.

    Attributes:
        unit: int64[walks], units that have the anchor, ascending.
        steps: int32[walks, layers], label in each layer, NOTHING where the sequence has ended (or not begun).
    """

    unit: I64
    steps: I32


@compiled
def _ahead(code: I32, label: I32, collapse: bool, at: int, last: int, steps: I32, layer: int, layers: int) -> None:
    before = label[code[at]]
    at += 1
    while layer < layers and at < last:
        here = label[code[at]]
        if here >= 0 and not (collapse and here == before):
            steps[layer] = here
            before = here
            layer += 1
        at += 1
    steps[layer:layers] = NOTHING


@compiled
def _back(code: I32, label: I32, collapse: bool, at: int, first: int, steps: I32, layer: int) -> None:
    after = label[code[at]]
    at -= 1
    while layer >= 0 and at >= first:
        here = label[code[at]]
        if here >= 0 and not (collapse and here == after):
            steps[layer] = here
            after = here
            layer -= 1
        at -= 1
    steps[: layer + 1] = NOTHING


@compiled
def _walk(
    offsets: I64, code: I32, label: I32, anchor: int, back: int, collapse: bool, lo: int, hi: int, unit: I64, steps: I32
) -> int:
    n = 0
    layers = steps.shape[1]
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if label[np.uint32(code[i])] != anchor:
                continue
            unit[n] = u
            steps[n, back] = anchor
            _back(code, label, collapse, i, offsets[u], steps[n], back - 1)
            _ahead(code, label, collapse, i, offsets[u + 1], steps[n], back + 1, layers)
            n += 1
            break
    return n


def walks(offsets: I64, code: I32, label: I32, anchor: int, back: int, ahead: int, *, collapse: bool) -> Walks:
    """The labels before and after each unit's first event labelled `anchor`.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        anchor: a label.
        back: layers before the anchor.
        ahead: layers after it.
        collapse: repeats in a row count as one.
    """
    offsets, code, label = frozen(offsets), frozen(code), frozen(label)

    def part(lo: int, hi: int) -> Walks:
        unit, steps = np.empty(hi - lo, np.int64), np.empty((hi - lo, back + 1 + ahead), np.int32)
        n = _walk(offsets, code, label, anchor, back, collapse, lo, hi, unit, steps)
        return Walks(unit[:n], steps[:n])

    parts = each(part, unit_ranges(offsets))
    return Walks(np.concatenate([p.unit for p in parts]), np.concatenate([p.steps for p in parts]))


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

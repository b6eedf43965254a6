"""What comes before and after a unit's first event of one label, layer by layer."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

NOTHING = -1
"""Stands in a layer for a unit whose sequence does not reach so far."""

Steps = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Walks:
    """The steps around each unit's first anchor.

    Attributes:
        unit: int64[walks], units that have the anchor, ascending.
        steps: int32[walks, layers], label in each layer, NOTHING where the sequence has ended (or not begun).
        arrived: bool[walks], whether the label that ends a walk comes anywhere after the anchor.
    """

    unit: I64
    steps: I32
    arrived: Bools


@compiled
def _ahead(code: I32, label: I32, collapse: bool, at: int, last: int, steps: Steps, layer: int, layers: int) -> int:
    """Fill the layers after the anchor; returns the place of the first event that was not looked at."""
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
    return at


@compiled
def _arrive(code: I32, label: I32, until: int, at: int, last: int, steps: Steps, layer: int) -> bool:
    """Let a walk stay where it arrives; returns whether it does, be it after the layers."""
    for k in range(layer, len(steps)):
        if steps[k] == until:
            steps[k:] = until
            return True
    while at < last and label[code[at]] != until:
        at += 1
    return at < last


@compiled
def _back(code: I32, label: I32, collapse: bool, at: int, first: int, steps: Steps, layer: int) -> None:
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
    offsets: I64, code: I32, label: I32, anchor: int, back: int, until: int, collapse: bool, lo: int, hi: int,
    unit: npt.NDArray[np.int64], steps: Steps, arrived: Bools,
) -> int:  # fmt: skip
    n = 0
    layers = steps.shape[1]
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if label[np.uint32(code[i])] != anchor:
                continue
            unit[n] = u
            steps[n, back] = anchor
            _back(code, label, collapse, i, offsets[u], steps[n], back - 1)
            at = _ahead(code, label, collapse, i, offsets[u + 1], steps[n], back + 1, layers)
            arrived[n] = until >= 0 and _arrive(code, label, until, at, offsets[u + 1], steps[n], back + 1)
            n += 1
            break
    return n


def walks(
    offsets: I64, code: I32, label: I32, anchor: int, back: int, ahead: int, *, collapse: bool, until: int = NOTHING
) -> Walks:
    """The labels before and after each unit's first event labelled `anchor`.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        anchor: a label.
        back: layers before the anchor.
        ahead: layers after it.
        collapse: repeats in a row count as one.
        until: a label that ends a walk where it first comes after the anchor, and fills the layers from there on.
    """
    offsets, code, label = frozen(offsets), frozen(code), frozen(label)

    def part(lo: int, hi: int) -> Walks:
        unit, arrived = np.empty(hi - lo, np.int64), np.empty(hi - lo, np.bool_)
        steps = np.empty((hi - lo, back + 1 + ahead), np.int32)
        n = _walk(offsets, code, label, anchor, back, until, collapse, lo, hi, unit, steps, arrived)
        return Walks(unit[:n], steps[:n], arrived[:n])

    parts = each(part, unit_ranges(offsets))
    return Walks(
        np.concatenate([p.unit for p in parts]),
        np.concatenate([p.steps for p in parts]),
        np.concatenate([p.arrived for p in parts]),
    )

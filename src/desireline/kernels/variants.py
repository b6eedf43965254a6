"""Distinct sequences of labels. Long ones are found by hash and verified label by label: two never count as one."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.partition import mixed, partition
from desireline.kernels.pool import each, unit_ranges

END = -1


@compiled
def _next(code: I32, label: I32, collapse: bool, at: int, last: int, before: int) -> int:
    """The position in [at, last) of the next event of the sequence after one labelled `before`; `last` if none."""
    while at < last:
        here = label[code[at]]
        if here >= 0 and not (collapse and here == before):
            break
        at += 1
    return at


@compiled
def _keys(
    offsets: I64, code: I32, label: I32, collapse: bool, base: int, longest: int, lo: int, hi: int, found: I64
) -> None:
    """A number for each sequence: itself, written in a base, if it is short; else a hash below 0. None is 0."""
    for u in range(lo, hi):
        written, hashed, n, before = 0, np.uint64(0), 0, END
        for i in range(offsets[u], offsets[u + 1]):
            here = label[np.uint32(code[i])]
            if here >= 0 and not (collapse and here == before):
                written = written * base + here + 1
                hashed = (hashed + np.uint64(here + 1)) * np.uint64(0x9E3779B97F4A7C15)
                n += 1
                before = here
        found[u] = written if n <= longest else np.int64(hashed | np.uint64(1 << 63))


@compiled
def _compare(offsets: I64, code: I32, label: I32, collapse: bool, u: int, v: int, rank: I32) -> int:
    """Below, equal to or above 0 as the sequence of unit u stands before, with or after that of v in order of rank."""
    i, last_i, a = offsets[u], offsets[u + 1], END
    j, last_j, b = offsets[v], offsets[v + 1], END
    while True:
        i = _next(code, label, collapse, i, last_i, a)
        j = _next(code, label, collapse, j, last_j, b)
        if i == last_i or j == last_j:
            a_first: int = (j == last_j) - (i == last_i)
            return a_first
        a, b = label[code[i]], label[code[j]]
        if a != b:
            by_name: int = rank[a] - rank[b]
            return by_name
        i += 1
        j += 1


@compiled
def _group(
    edges: I64, keys: I64, rows: I32, offsets: I64, code: I32, label: I32, collapse: bool, rank: I32,
    verify: bool, lo: int, hi: int, first_unit: I32, people: I32,
) -> None:  # fmt: skip
    """For parts [lo, hi): the first unit of each unit's sequence, and there their number. A row is a unit."""
    for part in range(lo, hi):
        first, last = edges[part], edges[part + 1]
        size = 16
        while size < 2 * (last - first):
            size *= 2
        mask = np.uint64(size - 1)
        table = np.full(size, -1, np.int32)
        for i in range(first, last):
            slot = mixed(keys[i]) & mask
            while table[slot] >= 0:
                other = first + table[slot]
                if keys[other] == keys[i] and not (
                    verify and _compare(offsets, code, label, collapse, rows[i], rows[other], rank)
                ):
                    break
                slot = (slot + np.uint64(1)) & mask
            if table[slot] < 0:
                table[slot] = i - first
            first_unit[rows[i]] = rows[first + table[slot]]
            people[rows[first + table[slot]]] += 1


@compiled
def _same(offsets: I64, code: I32, label: I32, collapse: bool, plain: bool, u: int, v: int, rank: I32) -> bool:
    """Whether two units have the same sequence; `plain` sequences skip and collapse nothing."""
    if not plain:
        return _compare(offsets, code, label, collapse, u, v, rank) == 0
    i, j, n = offsets[u], offsets[v], offsets[u + 1] - offsets[u]
    if offsets[v + 1] - j != n:
        return False
    k = 0
    while k < n and label[code[i + k]] == label[code[j + k]]:
        k += 1
    equal: bool = k == n
    return equal


@compiled
def _collide(
    offsets: I64, code: I32, label: I32, collapse: bool, plain: bool, rank: I32, keys: I64, lo: int, hi: int,
    first_unit: I32,
) -> bool:  # fmt: skip
    """Whether a unit's sequence differs from that of the unit it was counted with; short ones cannot."""
    for u in range(lo, hi):
        first = first_unit[u]
        if keys[u] < 0 and first != u and not _same(offsets, code, label, collapse, plain, u, first, rank):
            return True
    return False


@compiled
def _equal(offsets: I64, code: I32, label: I32, collapse: bool, sequence: I32, lo: int, hi: int, found: Bools) -> None:
    for u in range(lo, hi):
        at, last, before, n = offsets[u], offsets[u + 1], END, 0
        while n < len(sequence):
            at = _next(code, label, collapse, at, last, before)
            if at == last or label[code[at]] != sequence[n]:
                break
            before = sequence[n]
            n += 1
            at += 1
        found[u] = n == len(sequence) and _next(code, label, collapse, at, last, before) == last


@compiled
def _sift(heap: I64, at: int, n: int, offsets: I64, code: I32, label: I32, collapse: bool, rank: I32) -> None:
    """Restore a heap whose root is the last in order, after the unit at `at` changed."""
    while 2 * at + 1 < n:
        child = 2 * at + 1
        if child + 1 < n and _compare(offsets, code, label, collapse, heap[child], heap[child + 1], rank) < 0:
            child += 1
        if _compare(offsets, code, label, collapse, heap[at], heap[child], rank) >= 0:
            return
        heap[at], heap[child] = heap[child], heap[at]
        at = child


@compiled
def _first_in_order(offsets: I64, code: I32, label: I32, collapse: bool, rank: I32, units: I64, heap: I64) -> None:
    n = len(heap)
    heap[:] = units[:n]
    for at in range(n // 2 - 1, -1, -1):
        _sift(heap, at, n, offsets, code, label, collapse, rank)
    for i in range(n, len(units)):
        if _compare(offsets, code, label, collapse, units[i], heap[0], rank) < 0:
            heap[0] = units[i]
            _sift(heap, 0, n, offsets, code, label, collapse, rank)
    for last in range(n - 1, 0, -1):
        heap[0], heap[last] = heap[last], heap[0]
        _sift(heap, 0, last, offsets, code, label, collapse, rank)


@dataclass(frozen=True, eq=False)
class Sequences:
    """The sequences in question: each unit's labels in order.

    Attributes:
        offsets: int64[units + 1].
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        rank: int32[labels], the order of labels by name.
        collapse: repeats in a row count as one.
    """

    offsets: I64
    code: I32
    label: I32
    rank: I32
    collapse: bool

    def count(self) -> I32:
        """int32[units]: at the first unit of each distinct sequence how many units have it, 0 at all others.

        Units without a labelled event have no sequence.
        """
        keys, people, _ = self._grouped()
        people[np.flatnonzero(keys == 0)[:1]] = 0
        return people

    def firsts(self) -> I32:
        """int32[units]: the first unit with the same sequence; units without one share theirs, too."""
        return self._grouped()[2]

    def _grouped(self) -> tuple[I64, I32, I32]:
        """Keys of the sequences, how many units share each first unit's, and the first unit of each unit's."""
        offsets, code, label, rank = self._frozen()
        base = len(rank) + 1
        longest = int(62 / np.log2(base)) if len(rank) else 0
        keys = np.empty(len(offsets) - 1, np.int64)
        each(
            lambda lo, hi: _keys(offsets, code, label, self.collapse, base, longest, lo, hi, keys),
            unit_ranges(offsets),
        )
        people, first_unit, exact = self._group(keys, verify=False)
        if not exact:
            people, first_unit, _ = self._group(keys, verify=True)
        return keys, people, first_unit

    def _group(self, key: I64, *, verify: bool) -> tuple[I32, I32, bool]:
        """How many units share each first unit's sequence, the first unit of each, and whether that holds.

        Two long sequences may share a hash. Checking in the order of units, after grouping, reads memory in order: five
        times faster than on the way.
        """
        offsets, code, label, rank = self._frozen()
        key = frozen(key)
        edges, keys, rows = partition(key)
        people, first_unit = np.zeros(len(key), np.int32), np.empty(len(key), np.int32)

        def group(lo: int, hi: int) -> None:
            _group(edges, keys, rows, offsets, code, label, self.collapse, rank, verify, lo, hi, first_unit, people)

        def collide(lo: int, hi: int) -> bool:
            return _collide(offsets, code, label, self.collapse, plain, rank, key, lo, hi, first_unit)

        plain = not self.collapse and bool((label >= 0).all())

        each(group, [(p, p + 1) for p in range(len(edges) - 1)])
        return people, first_unit, verify or not any(each(collide, unit_ranges(offsets)))

    def first_in_order(self, units: I64, n: int) -> I64:
        """The n units whose sequences come first in order of rank, in that order."""
        offsets, code, label, rank = self._frozen()
        heap = np.empty(min(n, len(units)), np.int64)
        if len(heap):
            _first_in_order(offsets, code, label, self.collapse, rank, frozen(units), heap)
        return heap

    def equal_to(self, sequence: Iterable[int]) -> Bools:
        """bool[units]: whether a unit's sequence is this one of labels."""
        offsets, code, label, _ = self._frozen()
        found, wanted = np.zeros(len(offsets) - 1, np.bool_), frozen(np.array(list(sequence), np.int32))
        each(
            lambda lo, hi: _equal(offsets, code, label, self.collapse, wanted, lo, hi, found),
            unit_ranges(offsets),
        )
        return found

    def of(self, unit: int) -> I32:
        """int32[n]: one unit's labels."""
        here = self.label[self.code[self.offsets[unit] : self.offsets[unit + 1]]]
        here = here[here >= 0]
        if self.collapse and len(here):
            here = here[np.concatenate(([True], here[1:] != here[:-1]))]
        return here

    def _frozen(self) -> tuple[I64, I32, I32, I32]:
        return frozen(self.offsets), frozen(self.code), frozen(self.label), frozen(self.rank)

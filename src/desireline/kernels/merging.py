"""Sorting inside one unit: short runs by insertion, then merges that skip what is in order already."""

from desireline.kernels.arrays import I32, I64
from desireline.kernels.compiled import compiled

RUN = 24
"""Up to here insertion sort is faster than merging."""


@compiled
def _merge_keys(keys: I64, lo: int, mid: int, hi: int, spare: I64) -> None:
    if keys[mid - 1] <= keys[mid]:
        return
    n = mid - lo
    spare[:n] = keys[lo:mid]
    a, b, at = 0, mid, lo
    while a < n and b < hi:
        if keys[b] < spare[a]:
            keys[at] = keys[b]
            b += 1
        else:
            keys[at] = spare[a]
            a += 1
        at += 1
    while a < n:
        keys[at] = spare[a]
        a += 1
        at += 1


@compiled
def sort_keys(keys: I64, n: int, spare: I64) -> None:
    """Sort keys[:n] in place; `spare` has room for as many."""
    for lo in range(0, n, RUN):
        for i in range(lo + 1, min(lo + RUN, n)):
            key = keys[i]
            j = i - 1
            while j >= lo and key < keys[j]:
                keys[j + 1] = keys[j]
                j -= 1
            keys[j + 1] = key
    width = RUN
    while width < n:
        for lo in range(0, n - width, 2 * width):
            _merge_keys(keys, lo, lo + width, min(lo + 2 * width, n), spare)
        width *= 2


@compiled
def _insert_pairs(keys: I64, rows: I32, lo: int, hi: int) -> None:
    for i in range(lo + 1, hi):
        key, row = keys[i], rows[i]
        j = i - 1
        while j >= lo and key < keys[j]:
            keys[j + 1] = keys[j]
            rows[j + 1] = rows[j]
            j -= 1
        keys[j + 1] = key
        rows[j + 1] = row


@compiled
def _merge_pairs(keys: I64, rows: I32, lo: int, mid: int, hi: int, spare: I64, spare_rows: I64) -> None:
    if keys[mid - 1] <= keys[mid]:
        return
    n = mid - lo
    spare[:n] = keys[lo:mid]
    spare_rows[:n] = rows[lo:mid]
    a, b, at = 0, mid, lo
    while a < n and b < hi:
        if keys[b] < spare[a]:
            keys[at] = keys[b]
            rows[at] = rows[b]
            b += 1
        else:
            keys[at] = spare[a]
            rows[at] = spare_rows[a]
            a += 1
        at += 1
    while a < n:
        keys[at] = spare[a]
        rows[at] = spare_rows[a]
        a += 1
        at += 1


@compiled
def sort_pairs(keys: I64, rows: I32, first: int, last: int, spare: I64, spare_rows: I64) -> None:
    """Sort keys[first:last] in place and stably, and rows with them; each spare has room for last - first."""
    for lo in range(first, last, RUN):
        _insert_pairs(keys, rows, lo, min(lo + RUN, last))
    width = RUN
    while width < last - first:
        for lo in range(first, last - width, 2 * width):
            _merge_pairs(keys, rows, lo, lo + width, min(lo + 2 * width, last), spare, spare_rows)
        width *= 2

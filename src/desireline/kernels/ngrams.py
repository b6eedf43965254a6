"""Hashed n-grams of texts: of the characters of words, and of words; what takes longest when many texts are read.

Both count what scikit-learn's analyzers `char_wb` and `word` count, with a 64-bit FNV-1a hash in place of the n-gram's
text, folded to a number of buckets. Two n-grams in one bucket are one feature.
"""

from typing import Final

import numpy as np

from desireline.kernels.arrays import F32, I32, I64, U32, Bools
from desireline.kernels.compiled import compiled

_OFFSET: Final = np.uint64(14695981039346656037)
_PRIME: Final = np.uint64(1099511628211)
_SPACE: Final = np.uint32(32)
_WORDS: Final = np.uint64(0x9E3779B97F4A7C15)


@compiled
def _bucket(hashed: np.uint64, buckets: int) -> int:
    hashed ^= hashed >> np.uint64(33)
    hashed *= np.uint64(0xFF51AFD7ED558CCD)
    hashed ^= hashed >> np.uint64(33)
    return int(hashed % np.uint64(buckets))


@compiled
def _at(letters: U32, start: int, end: int, place: int) -> np.uint32:
    """A letter of a word that has a space on either side."""
    if place == 0 or place > end - start:
        return _SPACE
    return np.uint32(letters[start + place - 1])


@compiled
def _of_word(letters: U32, start: int, end: int, least: int, most: int, buckets: int, out: I32, n: int) -> int:
    """N-grams of the letters of a word between spaces; a word shorter than n is its own n-gram, once."""
    length = end - start + 2
    for first in range(length):
        hashed = _OFFSET
        for size in range(1, most + 1):
            if first + size > length:
                break
            hashed = (hashed ^ np.uint64(_at(letters, start, end, first + size - 1))) * _PRIME
            if size >= least or (first == 0 and size == length):
                out[n] = _bucket(hashed, buckets)
                n += 1
    return n


@compiled
def char_ngrams(
    offsets: I64, letters: U32, least: int, most: int, buckets: int, lo: int, hi: int, out: I32, ends: I64
) -> int:
    """N-grams of `least` to `most` letters within the words of texts lo..hi, one after the other.

    Args:
        offsets: int64[texts + 1].
        letters: uint32[letters of all texts]; words stand between spaces.
        least: letters of the shortest n-gram, the spaces around a word included.
        most: of the longest.
        buckets: how many features there are.
        lo: first text.
        hi: after the last text.
        out: int32, room for `most` n-grams for each letter and each word's two spaces.
        ends: int64[hi - lo], where the n-grams of each text end.

    Returns:
        How many there are.
    """
    n = 0
    for text in range(lo, hi):
        start = offsets[text]
        for at in range(offsets[text], offsets[text + 1] + 1):
            if at == offsets[text + 1] or letters[at] == _SPACE:
                if at > start:
                    n = _of_word(letters, start, at, least, most, buckets, out, n)
                start = at + 1
        ends[text - lo] = n
    return n


@compiled
def word_ngrams(
    offsets: I64, letters: U32, within: Bools, most: int, buckets: int, lo: int, hi: int, out: I32, ends: I64
) -> int:
    """Runs of 1 to `most` words of two signs or more in texts lo..hi, one after the other.

    Args:
        offsets: int64[texts + 1].
        letters: uint32[letters of all texts].
        within: bool[letters], whether a sign is part of a word.
        most: words of an n-gram, up to 4.
        buckets: how many features there are.
        lo: first text.
        hi: after the last text.
        out: int32, room for `most` n-grams for each letter.
        ends: int64[hi - lo], where the n-grams of each text end.

    Returns:
        How many there are.
    """
    n = 0
    last = np.zeros(4, np.uint64)
    for text in range(lo, hi):
        known, at, end = 0, offsets[text], offsets[text + 1]
        while at < end:
            start, hashed = at, _OFFSET
            while at < end and within[at]:
                hashed = (hashed ^ np.uint64(letters[at])) * _PRIME
                at += 1
            if at - start >= 2:
                last[known % 4] = hashed
                known += 1
                joined = _WORDS
                for size in range(min(most, known)):
                    joined = (joined ^ last[(known - 1 - size) % 4]) * _PRIME + np.uint64(size)
                    out[n] = _bucket(joined, buckets)
                    n += 1
            at += 1
        ends[text - lo] = n
    return n


@compiled
def counted(found: I32, ends: I64, n: I32) -> int:
    """The n-grams of each text sorted, equal ones once with their number, in place.

    Args:
        found: int32, of `char_ngrams` or `word_ngrams`; afterwards the different ones.
        ends: int64[texts]; afterwards where the different ones of each text end.
        n: int32, afterwards how often each occurs.

    Returns:
        How many there are.
    """
    start = kept = 0
    for text in range(len(ends)):
        run = np.sort(found[start : ends[text]])
        start, before = ends[text], -1
        for bucket in run:
            if bucket == before:
                n[kept - 1] += 1
                continue
            before = bucket
            found[kept], n[kept] = bucket, 1
            kept += 1
        ends[text] = kept
    return kept


@compiled
def times_dense(indptr: I64, indices: I32, data: F32, dense: F32, lo: int, hi: int, out: F32) -> None:
    """Rows lo..hi of a sparse matrix times a dense one.

    Args:
        indptr: int64[rows + 1].
        indices: int32[values], columns.
        data: float32[values].
        dense: float32[columns, k].
        lo: first row.
        hi: after the last row.
        out: float32[rows, k], filled from lo to hi.
    """
    k = dense.shape[1]
    for row in range(lo, hi):
        total = np.zeros(k, np.float32)
        for at in range(indptr[row], indptr[row + 1]):
            value, column = data[at], indices[at]
            for j in range(k):
                total[j] += value * dense[column, j]
        out[row] = total

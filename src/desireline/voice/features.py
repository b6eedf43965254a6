"""Texts as vectors: hashed n-grams of letters and of words, weighted by how rare they are (TF-IDF).

Term frequencies are sublinear (1 + ln n), inverse document frequencies smoothed (ln((1 + N) / (1 + n)) + 1), and each
kind of n-gram has length 1 in every text: scikit-learn's `TfidfVectorizer` with `sublinear_tf`, of hashed n-grams, a
union of kinds with weights.
"""

import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from desireline.kernels.arrays import F32, I32, I64, U32, Bools, frozen
from desireline.kernels.pool import WORKERS, each

BUCKETS: Final = 1 << 22
_BLOCK: Final = 2_000_000
"""Letters of a piece of work: its n-grams take about 80 MB."""

Part = tuple[I32, I32, I64]


@dataclass(frozen=True)
class Grams:
    """A kind of n-gram.

    Attributes:
        of: letters within words, or words.
        least, most: how many; words always begin with one.
        weight: of this kind among others.
    """

    of: Literal["letters", "words"]
    least: int
    most: int
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class _Fitted:
    grams: Grams
    column: I32  # of each bucket, -1 for none
    idf: F32


@dataclass(frozen=True, eq=False)
class _Letters:
    offsets: I64
    letters: U32
    within: Bools


class Features:
    """Learns which n-grams count from some texts, and makes vectors of any.

    Args:
        kinds: of n-grams.
        least_texts: an n-gram in fewer texts does not count.
        most_share: nor does one in a greater share of texts.
    """

    def __init__(self, kinds: Sequence[Grams], least_texts: int = 2, most_share: float = 1.0) -> None:
        self._kinds, self._least, self._most = tuple(kinds), least_texts, most_share
        self._fitted: list[_Fitted] = []

    def learn(self, texts: Sequence[str]) -> csr_matrix:
        """Learn from texts; their vectors: float32[texts, features], each of length 1 (0 where nothing counts)."""
        read = _letters(texts)
        counts = [_counts(read, kind) for kind in self._kinds]
        self._fitted = [self._fit(kind, found) for kind, found in zip(self._kinds, counts, strict=True)]
        return self._vectors(counts)

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """The vectors of other texts."""
        read = _letters(texts)
        return self._vectors([_counts(read, kind) for kind in self._kinds])

    def _fit(self, grams: Grams, counts: csr_matrix) -> _Fitted:
        texts = counts.shape[0]
        known = np.bincount(counts.indices, minlength=BUCKETS)
        kept = np.flatnonzero((known >= min(self._least, texts)) & (known <= max(1, self._most * texts)) & (known > 0))
        column = np.full(BUCKETS, -1, np.int32)
        column[kept] = np.arange(len(kept), dtype=np.int32)
        return _Fitted(grams, column, (np.log((1 + texts) / (1 + known[kept])) + 1).astype(np.float32))

    def _vectors(self, counts: Sequence[csr_matrix]) -> csr_matrix:
        total = sum(fitted.grams.weight for fitted in self._fitted)
        parts = [
            _weighted(found, fitted, float(np.sqrt(fitted.grams.weight / total)))
            for found, fitted in zip(counts, self._fitted, strict=True)
        ]
        return parts[0] if len(parts) == 1 else hstack(parts, format="csr", dtype=np.float32)


def _weighted(counts: csr_matrix, fitted: _Fitted, length: float) -> csr_matrix:
    column = fitted.column[counts.indices]
    kept = column >= 0
    ends = np.concatenate(([0], np.cumsum(kept)))[counts.indptr]
    column = column[kept]
    values = (1 + np.log(counts.data[kept].astype(np.float32))) * fitted.idf[column]
    row = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    norm = np.sqrt(np.bincount(row, values.astype(np.float64) ** 2, len(ends) - 1))
    values *= np.where(norm > 0, length / np.maximum(norm, 1e-12), 0).astype(np.float32)[row]
    return csr_matrix((values, column, ends), shape=(counts.shape[0], len(fitted.idf)))


def _letters(texts: Sequence[str]) -> _Letters:
    lower = [" ".join(text.lower().split()) for text in texts]
    offsets = np.concatenate(([0], np.cumsum([len(text) for text in lower]))).astype(np.int64)
    together = "".join(lower)
    letters = np.frombuffer(together.encode("utf-32-le", "surrogatepass"), np.uint32)
    within = np.zeros(sys.maxunicode + 1, bool)
    within[[ord(sign) for sign in set(together) if sign.isalnum() or sign == "_"]] = True
    return _Letters(frozen(offsets), frozen(letters), frozen(within[letters]))


def _counts(read: _Letters, kind: Grams) -> csr_matrix:
    """How often each bucket's n-grams are in each text: int32[texts, BUCKETS]."""
    texts = len(read.offsets) - 1
    if not texts:
        return csr_matrix((0, BUCKETS), dtype=np.int32)
    parts = each(lambda lo, hi: _part(read, kind, lo, hi), _blocks(read.offsets))
    ends = np.concatenate([[0], *(part[2] for part in parts)])
    starts = np.cumsum([0, *(len(part[0]) for part in parts[:-1])])
    ends[1:] += np.repeat(starts, [len(part[2]) for part in parts])
    shape = (texts, BUCKETS)
    return csr_matrix((np.concatenate([p[1] for p in parts]), np.concatenate([p[0] for p in parts]), ends), shape=shape)


def _part(read: _Letters, kind: Grams, lo: int, hi: int) -> Part:
    from desireline.kernels import ngrams

    letters = int(read.offsets[hi] - read.offsets[lo])
    ends = np.empty(hi - lo, np.int64)
    if kind.of == "letters":
        found = np.empty((2 * letters + 2 * (hi - lo)) * (kind.most - kind.least + 1), np.int32)
        n = ngrams.char_ngrams(read.offsets, read.letters, kind.least, kind.most, BUCKETS, lo, hi, found, ends)
    else:
        found = np.empty(letters * kind.most, np.int32)
        n = ngrams.word_ngrams(read.offsets, read.letters, read.within, kind.most, BUCKETS, lo, hi, found, ends)
    times = np.empty(n, np.int32)
    kept = ngrams.counted(found[:n], ends, times)
    return found[:kept].copy(), times[:kept].copy(), ends


def _blocks(offsets: I64) -> list[tuple[int, int]]:
    cuts = np.unique(np.searchsorted(offsets, np.arange(0, offsets[-1] + _BLOCK, _BLOCK), "left"))
    cuts = np.unique(np.concatenate(([0], np.minimum(cuts, len(offsets) - 1), [len(offsets) - 1])))
    return [(int(lo), int(hi)) for lo, hi in itertools.pairwise(cuts)]


def times_dense(vectors: csr_matrix, dense: npt.NDArray[np.float32]) -> F32:
    """Sparse vectors times a dense matrix, on all cores: float32[texts, k]."""
    from desireline.kernels import ngrams

    indptr, indices = frozen(vectors.indptr.astype(np.int64)), frozen(vectors.indices.astype(np.int32))
    data, by = frozen(vectors.data.astype(np.float32)), frozen(dense.astype(np.float32))
    out = np.zeros((vectors.shape[0], dense.shape[1]), np.float32)
    rows = vectors.shape[0]
    pieces = [(rows * i // (WORKERS * 4), rows * (i + 1) // (WORKERS * 4)) for i in range(WORKERS * 4)]
    each(lambda lo, hi: ngrams.times_dense(indptr, indices, data, by, lo, hi, out), pieces)
    return out

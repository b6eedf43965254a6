"""Sorting, first occurrences, dense numbers and components against their twins and outside oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from desireline.kernels import pool
from desireline.kernels.arrays import frozen
from desireline.kernels.dedup import first_occurrences
from desireline.kernels.dense import dense_ids
from desireline.kernels.gather import gather
from desireline.kernels.sort import sort_events
from desireline.kernels.union import components
from tests.twins import ordering as twin

FAR = 2**62
times = st.one_of(st.integers(-3, 3), st.integers(-FAR, FAR))
rows = st.lists(st.tuples(st.integers(0, 4), times, st.integers(0, 5)), max_size=60)


def arrays(listed, *types):
    columns = list(zip(*listed, strict=True)) or [()] * len(types)
    return [np.array(c, t) for c, t in zip(columns, types, strict=True)]


@given(rows)
def test_sort_equals_its_twin(listed):
    unit, time, arrival = arrays(listed, np.int32, np.int64, np.int64)
    sorted_time = np.empty(len(unit), np.int64)
    offsets, order = sort_events(unit, time, arrival, 6, sorted_time)
    expected_offsets, expected = twin.sort_events(unit.tolist(), time.tolist(), arrival.tolist(), 6)
    assert offsets.tolist() == expected_offsets
    assert order.tolist() == expected
    assert sorted_time.tolist() == time[order].tolist()


@pytest.mark.parametrize("ties", ["none", "days", "all"])
@pytest.mark.parametrize("shape", ["random", "reversed", "nearly sorted"])
def test_sort_of_one_unit_with_very_many_events_beside_small_ones(ties, shape):
    random = np.random.default_rng(3)
    n = 300_000
    unit = np.where(random.random(n) < 0.5, 7, random.integers(0, 5_000, n)).astype(np.int32)
    time = {"none": np.arange(n) * 1_000_000_000, "days": np.arange(n) // 10_000, "all": np.zeros(n, np.int64)}[ties]
    if shape == "random":
        random.shuffle(time)
    elif shape == "reversed":
        time = time[::-1].copy()
    else:
        late = random.integers(0, n - 1, 100)
        time[late], time[late + 1] = time[late + 1].copy(), time[late].copy()
    arrival = random.permutation(n)
    offsets, order = sort_events(unit, time, arrival, 5_000)
    assert np.array_equal(order, np.lexsort((arrival, time, unit)))
    assert np.array_equal(np.diff(offsets), np.bincount(unit, minlength=5_000))


def test_sort_spans_wider_than_a_packed_number():
    time = np.array([2**62, -(2**62), 5, -(2**63), 2**63 - 1], np.int64)
    _, order = sort_events(np.zeros(5, np.int32), time, np.arange(5), 1)
    assert order.tolist() == [3, 1, 2, 0, 4]


@given(st.lists(st.tuples(st.one_of(st.integers(0, 5), st.integers(-(2**63), 2**63 - 1)), st.integers(0, 9))))
def test_first_occurrences_equal_their_twin(listed):
    key, arrival = arrays(listed, np.int64, np.int64)
    assert first_occurrences(key, arrival).tolist() == twin.first_occurrences(key.tolist(), arrival.tolist())


@given(st.lists(st.one_of(st.integers(0, 5), st.integers(-(2**63), 2**63 - 1))))
def test_dense_ids_equal_their_twin(listed):
    unique, code = dense_ids(np.array(listed, np.int64))
    assert (unique.tolist(), code.tolist()) == twin.dense_ids(listed)


def test_large_keys_with_many_repeats_and_one_that_is_half_of_all():
    random = np.random.default_rng(5)
    n = 400_000
    key = random.integers(-(2**63), 2**63 - 1, 50_000)[random.integers(0, 50_000, n)]
    key[random.random(n) < 0.5] = 42
    arrival = random.permutation(n)
    best = np.zeros(n, bool)
    by_arrival = np.argsort(arrival)
    best[by_arrival[np.unique(key[by_arrival], return_index=True)[1]]] = True
    assert np.array_equal(first_occurrences(key, arrival), best)
    unique, code = dense_ids(key)
    first_rows = np.sort(np.unique(key, return_index=True)[1])
    assert np.array_equal(unique, key[first_rows])
    assert np.array_equal(unique[code], key)


links = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20)


@given(links)
def test_components_equal_their_twin(listed):
    a, b = arrays(listed, np.int32, np.int32)
    assert components(a, b, 12).tolist() == twin.components(a.tolist(), b.tolist(), 12)


@given(st.integers(1, 300), st.integers(0, 400), st.integers(0, 2**32))
def test_components_equal_those_of_scipy(n, m, seed):
    a, b = np.random.default_rng(seed).integers(0, n, (2, m), dtype=np.int32)
    ours = components(a, b, n)
    count, theirs = connected_components(coo_array((np.ones(m), (a, b)), shape=(n, n)), directed=False)
    assert ours.max() + 1 == count
    assert len(np.unique(np.stack((ours, theirs)), axis=1)[0]) == count
    assert np.array_equal(np.unique(ours, return_index=True)[1], np.sort(np.unique(ours, return_index=True)[1]))


@pytest.mark.parametrize("dtype", [np.int32, np.int64, np.float64])
def test_gather_takes_rows_and_fills_what_is_given(dtype):
    values = np.arange(100_000).astype(dtype)
    order = np.random.default_rng(1).permutation(100_000).astype(np.int32)
    out = np.empty(100_000, dtype)
    assert np.array_equal(gather(values, order, out), values[order])
    assert np.array_equal(out, values[order])


def test_frozen_shares_memory_and_refuses_writing(tmp_path):
    np.save(tmp_path / "a.npy", np.arange(5))
    mapped = np.load(tmp_path / "a.npy", mmap_mode="r")
    view = frozen(mapped)
    assert type(view) is np.ndarray
    assert np.shares_memory(view, mapped)
    with pytest.raises(ValueError, match="read-only"):
        view[0] = 1
    assert frozen(np.arange(6).reshape(2, 3)[:, 1]).flags.c_contiguous
    own = np.arange(3)
    frozen(own)
    own[0] = 9


@given(st.lists(st.integers(1, 2_000), max_size=300), st.integers(1, 4))
def test_runs_of_units_cover_all_units_once_in_order(lengths, per_worker):
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    runs = pool.unit_ranges(offsets, per_worker)
    assert [u for lo, hi in runs for u in range(lo, hi)] == list(range(len(lengths)))

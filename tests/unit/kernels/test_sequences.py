"""What small random journeys do not show: very long units, many threads, colliding hashes, exact medians."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import pool
from desireline.kernels.durations import durations
from desireline.kernels.funnel import funnel
from desireline.kernels.group_quantiles import group_quantiles
from desireline.kernels.paths import walks
from desireline.kernels.quantile import quantiles
from desireline.kernels.transitions import transitions
from desireline.kernels.variants import Sequences
from desireline.kernels.warm import warm
from tests.twins.funnel import funnel as funnel_twin

LABELS = 6
LABEL = np.arange(LABELS, dtype=np.int32)


def journeys(seed=1, units=30_000, longest=1_000_000):
    """Heavy-tailed units of which one has very many events."""
    random = np.random.default_rng(seed)
    lengths = random.geometric(0.2, units)
    lengths[units // 3] = longest
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    time = np.arange(offsets[-1]) * 7 // 3
    return offsets, time, random.integers(0, LABELS, offsets[-1], dtype=np.int32)


def one_by_one(offsets, time, code, units):
    for u in units:
        a, b = offsets[u], offsets[u + 1]
        yield np.array([0, b - a]), time[a:b], code[a:b]


def test_one_unit_with_a_million_events_changes_nothing_for_the_rest():
    offsets, time, code = journeys()
    mask = np.array([1, 2, 4, 1, 0, 0], np.uint32)
    together = funnel(offsets, time, code, mask, 3, 20)
    around = walks(offsets, code, LABEL, 2, 3, 3, collapse=True)
    walked = dict(zip(around.unit.tolist(), around.steps.tolist(), strict=True))
    began, wait = durations(offsets, time, code, LABEL, 1, 2)
    for u, events in zip(range(9_900, 10_100), one_by_one(offsets, time, code, range(9_900, 10_100)), strict=True):
        alone, times, codes = events
        assert together.reached[u] == funnel(alone, times, codes, mask, 3, 20).reached[0]
        assert walked.get(u) == next(iter(walks(alone, codes, LABEL, 2, 3, 3, collapse=True).steps.tolist()), None)
        start, took = (x[0] for x in durations(alone, times, codes, LABEL, 1, 2))
        assert (began[u], wait[u]) == (start + offsets[u] if start >= 0 else start, took)
    assert together.reached[10_000] == 3
    assert together.people.tolist() == [int((together.reached >= k).sum()) for k in (1, 2, 3)]


def test_long_units_agree_with_the_twin_of_the_funnel():
    offsets, time, code = journeys(seed=4, units=40, longest=80)
    events = [list(zip(c.tolist(), t.tolist(), strict=True)) for _, t, c in one_by_one(offsets, time, code, range(40))]
    mask = np.array([0, 1, 2, 4, 0, 0], np.uint32)
    counts = funnel(offsets, time, code, mask, 3, 9)
    twin = funnel_twin(events, [1, 2, 3], 9)
    assert counts.reached.tolist() == [len(w) for w in twin]
    assert [sorted(w.tolist()) for w in counts.waits] == [sorted(w[k] for w in twin if len(w) > k) for k in (1, 2)]


def test_transitions_of_many_events_are_those_of_numpy():
    offsets, time, code = journeys(units=5_000, longest=200_000)
    inside = np.ones(len(code) - 1, bool)
    inside[offsets[1:-1] - 1] = False
    pair = (code[:-1].astype(np.int64) * LABELS + code[1:])[inside]
    waits = np.diff(time)[inside]
    unit = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))[1:][inside]
    found = transitions(offsets, time, code, LABEL, LABELS, collapse=False, medians=True)
    assert np.array_equal(found.count, np.bincount(pair))
    expected = [np.quantile(waits[pair == k], [0.5, 0.9]) for k in range(LABELS**2)]
    assert np.allclose(np.transpose(expected), found.times, rtol=1e-12)
    assert [len(np.unique(unit[pair == k])) for k in range(LABELS**2)] == found.people.tolist()


@pytest.mark.parametrize("labels", [3, 600, 2_500])
def test_transitions_between_thousands_of_labels(labels):
    random = np.random.default_rng(2)
    offsets = np.arange(0, 90_001, 9)
    time, code = np.cumsum(random.integers(0, 99, 90_000)), random.integers(0, labels, 90_000, dtype=np.int32)
    label = np.arange(labels, dtype=np.int32)
    found = transitions(offsets, time, code, label, labels, collapse=False, medians=True)
    inside = np.arange(1, 90_000) % 9 != 0
    pair = (code[:-1].astype(np.int64) * labels + code[1:])[inside]
    unique, inverse, count = np.unique(pair, return_inverse=True, return_counts=True)
    assert np.array_equal(found.source * labels + found.target, unique)
    assert np.array_equal(found.count, count)
    waits, unit = np.diff(time)[inside], (np.arange(1, 90_000) // 9)[inside]
    order = np.lexsort((waits, inverse))
    for k, group in enumerate(np.split(order, np.cumsum(count)[:-1])):
        if k % 97 == 0 or labels == 3:
            assert found.times[:, k].tolist() == pytest.approx(np.quantile(waits[group], [0.5, 0.9]).tolist())
            assert found.people[k] == len(np.unique(unit[group]))


def thue_morse(n):
    return np.array([bin(i).count("1") % 2 for i in range(n)], np.int32)


def test_sequences_whose_hashes_collide_are_told_apart():
    # The Thue-Morse sequence and its complement collide in every polynomial hash modulo a power of two.
    code = np.concatenate([thue_morse(2048), 1 - thue_morse(2048), thue_morse(2048)])
    sequences = Sequences(np.array([0, 2048, 4096, 6144]), code, LABEL, LABEL, collapse=False)
    assert sequences.count().tolist() == [2, 1, 0]
    assert sequences.equal_to(thue_morse(2048)).tolist() == [True, False, True]


@given(
    st.lists(st.lists(st.integers(-(2**40), 2**40), max_size=30), max_size=5),
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=4).map(sorted),
)
def test_quantiles_of_groups_are_those_of_numpy(groups, wanted):
    edges = np.concatenate(([0], np.cumsum([len(g) for g in groups]))).astype(np.int64)
    found = group_quantiles(edges, np.array([x for g in groups for x in g], np.int64), wanted)
    for group, of_group in zip(groups, found.T, strict=True):
        expected = np.quantile(group, wanted) if group else [np.nan] * len(wanted)
        assert of_group.tolist() == pytest.approx(list(expected), rel=1e-12, abs=1e-3, nan_ok=True)


@pytest.mark.parametrize(
    "values", [np.zeros(100_000), np.arange(100_000), np.arange(100_000)[::-1], np.arange(100_000) % 3]
)
def test_quantiles_of_many_equal_or_ordered_values(values):
    found = group_quantiles(np.array([0, len(values)]), values.astype(np.int64), (0.5, 0.9))
    assert found[:, 0].tolist() == pytest.approx(np.quantile(values, [0.5, 0.9]).tolist(), rel=1e-12)
    extreme = np.array([np.iinfo(np.int64).max] * 3)
    assert group_quantiles(np.array([0, 3]), extreme, (0.5,))[0, 0] == float(np.iinfo(np.int64).max)


@given(st.lists(st.integers(-(2**50), 2**50), min_size=1), st.floats(0, 1))
def test_quantiles_are_those_of_numpy(values, q):
    expected = np.percentile(np.array(values), [100 * q, 50], method="linear")
    assert quantiles(np.array(values), (q, 0.5)) == pytest.approx(expected.tolist(), abs=1, rel=1e-9)
    assert quantiles(np.array([], np.int64), (0.5,)) is None


def test_after_warming_up_nothing_is_compiled_anymore(monkeypatch):
    warm()
    from desireline.kernels import attribution as a
    from desireline.kernels import durations as d
    from desireline.kernels import funnel as f
    from desireline.kernels import log_rank as r
    from desireline.kernels import micro_conversions as m
    from desireline.kernels import partition as p
    from desireline.kernels import paths as w
    from desireline.kernels import sort as s
    from desireline.kernels import transitions as t
    from desireline.kernels import variants as v

    def compiled():
        modules = (a, d, f, m, p, r, s, t, v, w)
        kernels = [(one.__name__, k, x) for one in modules for k, x in vars(one).items() if hasattr(x, "signatures")]
        return {(module, name): len(kernel.signatures) for module, name, kernel in kernels}

    before = compiled()
    assert len(before) > 20
    offsets, time, code = journeys(units=3_000, longest=70_000)
    monkeypatch.setattr(pool, "WORKERS", 3)
    funnel(offsets, time, code, np.arange(LABELS).astype(np.uint32), 3, 5)
    transitions(offsets, time, code, LABEL, LABELS, collapse=True, medians=True)
    Sequences(offsets, code, LABEL, LABEL, collapse=True).count()
    walks(offsets, code, LABEL, 1, 2, 2, collapse=False)
    durations(offsets, time, code, LABEL, 0, 1)
    touch, nothing, goal = np.where(LABEL == 5, a.GOAL, LABEL).astype(np.int32), np.zeros(0), LABEL == 5
    walks_of = a.Walks(offsets, time, code, np.arange(len(offsets) - 1, dtype=np.int32), nothing, nothing, True)
    a.path_sums(walks_of, a.Asked(touch, 5, np.zeros(5, np.bool_), 2, 99, 3.0, False), 8)
    m.reach(offsets, code, goal, np.arange(LABELS + 1), LABEL, LABELS)
    m.marks(offsets, code, goal, ~goal)
    r.log_rank(np.sort(time), time % 2 > 0, code, LABELS)
    assert compiled() == before

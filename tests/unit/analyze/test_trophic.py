"""Stages from data: levels by hand and by least squares, cuts by brute force, planted stages found again."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from desireline.analyze.trophic import propose_stages, segments, trophic_levels


def matrix(n, *links):
    counts = np.zeros((n, n), np.int64)
    for i, j, weight in links:
        counts[i, j] = weight
    return counts


def test_a_chain_is_a_funnel():
    found = propose_stages(matrix(3, (0, 1, 7), (1, 2, 7)), ["a", "b", "c"], [9, 7, 7], 5)
    assert found.levels == pytest.approx([0, 1, 2])
    assert found.coherence == pytest.approx(1)
    assert (found.assignment, found.names) == ([0, 1, 2], ["a", "b", "c"])


def test_a_shortcut_by_hand():
    # Links 0→1, 1→2, 0→2: u = 2 2 2, v = -2 0 2, so h = 0, 2/3, 4/3 and F0 = (1/9 + 1/9 + 1/9) / 3.
    found = propose_stages(matrix(3, (0, 1, 1), (1, 2, 1), (0, 2, 1)), ["a", "b", "c"], [1, 1, 1])
    assert found.levels == pytest.approx([0, 2 / 3, 4 / 3])
    assert found.coherence == pytest.approx(8 / 9)


def test_a_circle_has_no_direction():
    found = propose_stages(matrix(4, (0, 1, 5), (1, 2, 5), (2, 3, 5), (3, 0, 5)), list("abcd"), [5, 6, 5, 5])
    assert found.levels == pytest.approx([0, 0, 0, 0])
    assert found.coherence == pytest.approx(0)
    assert (found.assignment, found.names) == ([0, 0, 0, 0], ["b"])


def test_repeats_say_nothing():
    plain = matrix(3, (0, 1, 7), (1, 2, 7))
    assert propose_stages(plain + np.diag([100, 0, 50]), "abc", [1, 1, 1]) == propose_stages(plain, "abc", [1, 1, 1])


def test_components_each_begin_at_zero():
    found = propose_stages(matrix(6, (1, 0, 3), (3, 4, 2), (4, 5, 2)), list("abcdef"), [1, 2, 3, 4, 5, 6], 3)
    assert found.levels == pytest.approx([1, 0, 0, 0, 1, 2])  # c was never before or after another
    assert found.assignment == [1, 0, 0, 0, 1, 2]
    assert found.names == ["d", "e", "f"]


def test_nothing_follows_anything():
    assert propose_stages(matrix(2), ["a", "b"], [1, 1]).coherence is None
    nothing = propose_stages(matrix(0), [], [])
    assert (nothing.names, nothing.assignment, nothing.coherence) == ([], [], None)


def test_stages_are_named_by_people_then_by_name():
    counts = matrix(4, (0, 2, 1), (0, 3, 1), (1, 2, 1), (1, 3, 1))
    assert propose_stages(counts, ["b", "a", "d", "c"], [5, 5, 2, 3], 2).names == ["a", "c"]


def test_sparse_and_dense_agree():
    counts = matrix(4, (0, 1, 5), (1, 2, 4), (2, 1, 2), (2, 3, 1))
    assert propose_stages(sparse.csr_array(counts), "abcd", [4, 3, 2, 1], 3) == propose_stages(
        counts, "abcd", [4, 3, 2, 1], 3
    )


@given(st.integers(2, 7).flatmap(lambda n: st.lists(st.integers(0, 6), min_size=n * n, max_size=n * n)))
def test_levels_equal_least_squares(flat):
    n = round(len(flat) ** 0.5)
    w = np.array(flat, float).reshape(n, n)
    np.fill_diagonal(w, 0)
    levels = trophic_levels(sparse.csr_array(w))
    u, v = w.sum(0) + w.sum(1), w.sum(0) - w.sum(1)
    assert (np.diag(u) - w - w.T) @ levels == pytest.approx(v, abs=1e-8)
    # One level up per link is what the levels approximate: no other levels have less incoherence.
    i, j = np.nonzero(w)
    rows = np.zeros((len(i), n))
    rows[np.arange(len(i)), j] += 1
    rows[np.arange(len(i)), i] -= 1
    root = np.sqrt(w[i, j])
    best, *_ = np.linalg.lstsq(rows * root[:, None], root, rcond=None)
    assert w[i, j] @ (levels[j] - levels[i] - 1) ** 2 == pytest.approx(w[i, j] @ (best[j] - best[i] - 1) ** 2, abs=1e-8)


def spread(parts):
    return sum(((p - p.mean()) ** 2).sum() for p in parts)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=9), st.integers(1, 5))
def test_cuts_equal_brute_force(values, k):
    levels = np.array(values, float)
    found = segments(levels, k)
    groups = sorted(set(values))
    runs = min(k, len(groups))
    assert sorted(set(found.tolist())) == list(range(runs))
    assert all((found[i] <= found[j]) for i in range(len(values)) for j in range(len(values)) if values[i] < values[j])
    assert all((found[i] == found[j]) for i in range(len(values)) for j in range(len(values)) if values[i] == values[j])
    tried = [
        spread([levels[(levels >= lo) & (levels < hi)] for lo, hi in zip([0, *cut], [*cut, 99], strict=True)])
        for cut in combinations(groups[1:], runs - 1)
    ]
    assert spread([levels[found == r] for r in range(runs)]) == pytest.approx(min(tried), abs=1e-9)


def planted(seed, stages=5, per=6, people=3000):
    """People move through stages, wander inside them, step back, leave, and stray anywhere now and then."""
    rng = np.random.default_rng(seed)
    n = stages * per
    counts, favourite = np.zeros((n, n), np.int64), rng.dirichlet(np.full(per, 2.0), stages)
    for _ in range(people):
        stage, before = 0, -1
        while stage < stages:
            strays = rng.random() < 0.03
            here = int(rng.integers(n)) if strays else stage * per + int(rng.choice(per, p=favourite[stage]))
            if before >= 0:
                counts[before, here] += 1
            before, move = here, rng.random()
            stage = stages if move < 0.08 else max(stage - 1, 0) if move < 0.12 else stage + (move < 0.45)
    return counts, np.repeat(np.arange(stages), per)


def adjusted_rand(a, b):
    """Hubert and Arabie 1985."""
    table = np.zeros((max(a) + 1, max(b) + 1))
    np.add.at(table, (a, b), 1)
    pairs = lambda x: (x * (x - 1) / 2).sum()  # noqa: E731
    index, rows, columns = pairs(table), pairs(table.sum(1)), pairs(table.sum(0))
    expected = rows * columns / pairs(np.array([len(a)]))
    return (index - expected) / ((rows + columns) / 2 - expected)


def test_planted_stages_are_found_again():
    scores, coherences = [], []
    for seed in range(4):
        counts, truth = planted(seed)
        found = propose_stages(counts, [f"t{i}" for i in range(len(truth))], counts.sum(0).tolist(), 5)
        scores.append(adjusted_rand(np.array(found.assignment), truth))
        coherences.append(found.coherence)
    assert min(scores) >= 0.9
    assert all(0.05 < c < 0.6 for c in coherences)

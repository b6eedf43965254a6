"""The space of texts against the exact singular value decomposition."""

import numpy as np
import pytest

from desireline.voice.features import Features, Grams
from desireline.voice.topics import space
from desireline.voice.topics.space import DIMENSIONS, space_of, unit

SYLLABLES = ["ka", "lo", "mi", "ran", "tes", "vu", "pol", "dri", "sha", "ne"]


def written(texts: int, words: int) -> list[str]:
    rng = np.random.default_rng(3)
    vocabulary = ["".join(rng.choice(SYLLABLES, 3)) for _ in range(400)]
    return [" ".join(rng.choice(vocabulary, words)) for _ in range(texts)]


def exact(texts: list[str], dimensions: int) -> tuple[np.ndarray, np.ndarray]:
    vectors = Features([Grams("letters", 3, 5)]).learn(texts).toarray().astype(np.float64)
    _, lengths, right = np.linalg.svd(vectors, full_matrices=False)
    return vectors @ right[:dimensions].T, lengths


def test_few_texts_lie_as_their_strongest_directions_say() -> None:
    texts = written(60, 4)
    points = space_of(texts).points
    wanted = unit(exact(texts, 59)[0])
    np.testing.assert_allclose(points @ points.T, wanted @ wanted.T, atol=1e-3)


def test_many_texts_keep_nearly_all_that_so_many_directions_can() -> None:
    texts = written(300, 5)
    found = space_of(texts)
    vectors = found.features.of(texts).toarray()
    kept = ((vectors @ found.directions) ** 2).sum()
    best = (exact(texts, DIMENSIONS)[1][:DIMENSIONS] ** 2).sum()
    assert 0.99 * best <= kept <= best * (1 + 1e-4)
    np.testing.assert_allclose(found.directions.T @ found.directions, np.eye(DIMENSIONS), atol=1e-3)


def test_texts_that_span_few_directions_have_no_others() -> None:
    words = ["parcel", "refund", "login", "courier"]
    texts = [f"{a} {b}" for a in words for b in words] * 3
    found = space_of(texts)
    assert found.directions.shape[1] <= len(words)
    np.testing.assert_allclose(np.linalg.norm(found.points, axis=1), 1, atol=1e-4)
    np.testing.assert_allclose(found.points[:16], found.points[16:32], atol=1e-4)


def test_all_cores_move_points_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    points = unit(np.random.default_rng(0).standard_normal((1_200, 20)).astype(np.float32))
    found = space.diffused(points)
    monkeypatch.setattr(space, "each", lambda work, pieces: [work(*piece) for piece in pieces])
    np.testing.assert_allclose(found, space.diffused(points), atol=1e-6)

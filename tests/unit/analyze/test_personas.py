"""Groups of people: found where they are planted, refused where nothing is, and told in figures that add up."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from desireline.analyze import personas
from desireline.analyze.grouping import mixture, stability, valleys
from desireline.analyze.grouping.measuring import measured
from desireline.analyze.grouping.naive import silhouette_means
from desireline.errors import BadDrilldown, UnknownStep
from desireline.kernels.habits import EVENTS
from desireline.model.intervals import wilson
from tests.planted import personas as planted
from tests.scopes import make_scope

ASKED = personas.PersonasRequest()


@pytest.fixture(scope="module")
def world():
    return planted.kinds(1_000, seed=4, separation=2.5)


@pytest.fixture(scope="module")
def scope(world):
    value = np.where(world.name == planted.TOUCHPOINTS.index("pay"), 10.0, np.nan)
    return world.scope(value)


@pytest.fixture(scope="module")
def result(scope):
    return personas.answer(scope, personas.PersonasRequest(goal="pay"))


def labels(scope):
    units, named = personas.labelled(scope, ASKED)
    assert units.tolist() == list(range(scope.units))
    return named


def test_four_planted_kinds_are_found(world, scope, result):
    assert result.stable
    assert result.reason is None
    assert len(result.groups) == 4
    assert adjusted_rand_score(world.truth, labels(scope)) >= 0.8


@pytest.mark.parametrize(
    "nothing",
    [
        lambda: planted.kinds(1_000, seed=1, separation=0.0, spread=1.2),
        lambda: planted.continuum(1_000, seed=0, shape="skewed"),
        lambda: planted.chain(1_000, seed=0, events=8, sticky=0.5),
    ],
    ids=["broad", "skewed-continuum", "one-chain"],
)
def test_one_population_has_no_groups_where_the_usual_way_finds_some(nothing):
    scope = nothing().scope()
    found = personas.answer(scope, ASKED)
    assert (found.stable, found.reason, found.groups, found.mixed) == (False, "one_population", [], 0)
    assert found.evidence.people >= 500
    assert len(personas.labelled(scope, ASKED)[0]) == 0
    assert len(np.unique(silhouette_means(measured(scope, ASKED), 0))) >= 2


def test_every_figure_is_counted_again(world, scope, result):
    named, events = np.array(labels(scope)), np.diff(world.offsets)
    person = np.repeat(np.arange(scope.units), events)
    pays = world.name == planted.TOUCHPOINTS.index("pay")
    assert sum(g.people for g in result.groups) + result.mixed == scope.units
    assert [g.people for g in result.groups] == sorted((g.people for g in result.groups), reverse=True)
    for place, group in enumerate(result.groups):
        inside = np.flatnonzero(named == group.name)
        assert personas.members(scope, ASKED, f"persona:{place}").tolist() == inside.tolist()
        assert group.people == len(inside)
        assert (group.low, group.high) == wilson(group.people, scope.units)
        mine = np.isin(person, inside)
        assert group.value.mean == pytest.approx(10 * pays[mine].sum() / len(inside))
        assert group.goal.n == len(np.unique(person[mine & pays]))
        for part in group.channels:
            share = (world.channel[mine] == planted.CHANNELS.index(part.name)).mean()
            assert part.share == pytest.approx(share)
        gaps = [gap for u in inside for gap in np.diff(world.time[world.offsets[u] : world.offsets[u + 1]])]
        assert group.pace_seconds == pytest.approx(np.median(gaps) / 1e6)
        activity = next((t for t in group.traits if t.behaviour == "activity"), None)
        if activity:
            assert activity.mean == pytest.approx(events[inside].mean())
    mixed = personas.members(scope, ASKED, "mixed")
    assert mixed.tolist() == np.flatnonzero(named == "mixed").tolist()


def test_months_hold_everyone_who_was_there(world, scope, result):
    months = world.time.astype("datetime64[us]").astype("datetime64[M]")
    person = np.repeat(np.arange(scope.units), np.diff(world.offsets))
    for place, group in enumerate(result.groups):
        mine = np.isin(person, personas.members(scope, ASKED, f"persona:{place}"))
        for month in group.trend:
            there = mine & (months == np.datetime64(month.start, "M"))
            assert month.people == len(np.unique(person[there]))


def test_the_middle_person_really_walked_that_journey(world, scope, result):
    walks = set()
    for lo, hi in zip(world.offsets[:-1], world.offsets[1:], strict=True):
        walk = world.name[lo:hi]
        kept = walk[np.append(True, walk[1:] != walk[:-1])][:40]
        walks.add(tuple(planted.TOUCHPOINTS[k] for k in kept))
    assert all(tuple(group.journey) in walks for group in result.groups)


def test_names_tell_only_what_sets_a_group_apart(result):
    for language in ("en", "pl", "hr"):
        assert len({g.names[language] for g in result.groups}) == len(result.groups)
    for group in result.groups:
        assert group.name == group.names["en"]
        naming = [t for t in group.traits if t.names_it]
        assert 1 <= len(naming) <= 3
        for trait in naming:
            assert abs(np.log2(trait.mean / trait.everyone)) >= 0.5
            assert trait.q < 0.05
            if trait.name is not None:
                assert trait.mean > trait.everyone
                assert f"“{trait.name}”" in group.name


def test_the_same_question_has_the_same_answer(world, scope):
    again = world.scope(scope.value)
    assert personas.members(again, ASKED, "persona:1").tolist() == personas.members(scope, ASKED, "persona:1").tolist()


def test_drift_follows_the_planted_shares(world):
    """People of one kind mostly come in the second half, all others mostly in the first: or all come alike."""
    rng = np.random.default_rng(0)
    late = rng.random(len(world.truth)) < np.where(world.truth == 0, 0.7, 0.3)
    for moved in (True, False):
        half = late if moved else rng.random(len(late)) < 0.5
        scope = _within(world, half).scope()
        drift = personas.answer(scope, ASKED).drift
        named = np.array(labels(scope))
        truly = [np.bincount(world.truth[half == second], minlength=4) / (half == second).sum() for second in (0, 1)]
        assert drift.alarm == moved
        assert len(drift.moves) == 4
        for move in drift.moves:
            kind = np.bincount(world.truth[named == move.name]).argmax()
            assert move.share_before == pytest.approx(truly[0][kind], abs=0.05)
            assert move.share_after == pytest.approx(truly[1][kind], abs=0.05)
            assert move.alarm == (moved and abs(truly[1][kind] - truly[0][kind]) > 0.2) or kind != 0


def _within(world, second):
    """The same events, each person's all within one half of 600 days."""
    lengths = np.diff(world.offsets)
    since = world.time - np.repeat(world.time[world.offsets[:-1]], lengths)
    start = planted.START + np.where(second, 300, 0) * planted.DAY
    time = np.repeat(start, lengths) + np.minimum(since, 299 * planted.DAY)
    time[-1] = max(time[-1], planted.START + 599 * planted.DAY)
    return world._replace(time=time)


def test_too_little_is_said_so():
    few = make_scope([(u, t * 1_000_000, "ab"[t % 2]) for u in range(30) for t in range(6)])
    assert personas.answer(few, ASKED).reason == "too_few_people"
    short = make_scope([(u, u * 1_000_000, "a") for u in range(300)])
    assert personas.answer(short, ASKED).reason == "too_few_events"
    with pytest.raises(BadDrilldown):
        personas.members(few, ASKED, "persona:0")
    with pytest.raises(UnknownStep):
        personas.answer(few, personas.PersonasRequest(goal="nowhere"))


def test_habits_by_hand():
    hour, day = 3_600_000_000, planted.DAY
    friday = planted.START + 2 * day + 17 * hour  # 2025-01-03, 17:00
    events = [(0, friday, "a"), (0, friday + hour, "a"), (0, friday + day, "b"), (1, friday, "c")]
    found = measured(make_scope(events, channels={"a": "web", "b": "shop"}), ASKED)
    counts = found.habits.counts
    assert found.touchpoints == ["a", "b", "c"]
    assert found.habits.touched.tolist() == [[2, 1, 0], [0, 0, 1]]
    assert found.channels == ["web", "shop"]
    assert found.habits.channels.tolist() == [[2, 1], [0, 0]]
    assert counts[:, EVENTS].tolist() == [3, 1]
    assert counts[0].tolist() == [3, 1, 2, 0, 1, 1]  # events, repeats, ends of visits, of journeys, weekend, evening
    assert found.habits.sums[0, 0] == pytest.approx(np.log1p(3600) + np.log1p(23 * 3600))
    assert not found.channels_tell


@pytest.mark.parametrize(("distance", "two"), [(2.0, False), (2.5, False), (3.0, True), (4.0, True)])
def test_two_normal_populations_are_two_from_a_valley_on(distance, two):
    """The density of an equal mixture of normals has a valley of 0.75 at a distance of about 2.8 (by hand)."""
    rng = np.random.default_rng(0)
    side = np.repeat([0, 1], 10_000)
    points = rng.normal(0, 1, (20_000, 3))
    points[:, 0] += side * distance
    assert len(valleys.merged([points], side)) == 1 + two


def test_the_index_of_rand_is_that_of_scikit_learn():
    rng = np.random.default_rng(3)
    for k in (2, 3, 5):
        a, b = rng.integers(0, k, 80), rng.integers(0, 4, 80)
        assert stability.adjusted_rand(stability.crossed(a, b, k)) == pytest.approx(adjusted_rand_score(a, b))
    assert stability.overlap(np.array([[3.0, 1.0], [0.0, 4.0]])).tolist() == pytest.approx([3 / 4, 4 / 5])


def test_the_fit_is_that_of_scikit_learn():
    from sklearn.mixture import GaussianMixture

    rng = np.random.default_rng(1)
    side = rng.integers(0, 2, 1_000)
    points = rng.normal(0, 1, (1_000, 3)) + 4 * side[:, None] * np.array([1, 0.5, 0])
    ours = mixture.fitted(points, [np.flatnonzero(side == k) for k in (0, 1)], mixture.Start("tied", 2))
    means = np.array([points[side == k].mean(axis=0) for k in (0, 1)])
    theirs = GaussianMixture(2, covariance_type="tied", means_init=means, tol=1e-6, reg_covar=1e-3).fit(points)
    assert ours.bic == pytest.approx(theirs.bic(points), abs=0.5)
    assert ours.mean == pytest.approx(theirs.means_, abs=0.02)
    assert ours.posterior(points) == pytest.approx(theirs.predict_proba(points), abs=0.02)


def test_residuals_are_those_of_scipy():
    from scipy.stats import betabinom, binom

    from desireline.kernels.residuals import places

    n = np.array([5, 12, 40, 3], np.int32)
    x = np.array([0, 7, 39, 3], np.int32)
    half = np.full(4, 0.5)
    for share, spread in ((0.3, 0.1), (0.8, 0.4)):
        a, b = share * (1 - spread) / spread, (1 - share) * (1 - spread) / spread
        expected = betabinom.cdf(x - 1, n, a, b) + 0.5 * betabinom.pmf(x, n, a, b)
        assert places(x, n, share, spread, half) == pytest.approx(expected)
    near = binom.cdf(x - 1, n, 0.3) + 0.5 * binom.pmf(x, n, 0.3)
    assert places(x, n, 0.3, 1e-6, half) == pytest.approx(near, abs=1e-3)

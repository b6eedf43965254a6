"""Types of journeys of people whose types are known."""

import numpy as np
import pytest

from desireline.analyze.mixtures import finding, markov
from desireline.analyze.mixtures.naive import random_start_em
from desireline.analyze.mixtures.search import preferred, search
from desireline.analyze.mixtures.steps import steps_of
from desireline.analyze.staging import adjusted_rand
from desireline.analyze.types import TypesRequest, answer, labelled, members
from desireline.errors import BadDrilldown, UnknownStep
from tests.planted import journeys as planted
from tests.scopes import make_scope


def scope_of(traces):
    return make_scope([(u, k * 1_000_000, name) for u, trace in enumerate(traces) for k, name in enumerate(trace)])


def steps_and(traces):
    names = sorted({name for trace in traces for name in trace})
    walks = [[names.index(name) for name in trace] for trace in traces]
    walks = [[x for k, x in enumerate(walk) if not k or x != walk[k - 1]] for walk in walks]
    starts = np.cumsum([0] + [len(walk) + 1 for walk in walks])
    tokens = np.array([t for walk in walks for t in [len(names), *walk]], np.int32)
    return steps_of(starts, tokens, np.arange(len(walks)), len(names))


def agreement(scope, truth, request):
    units, labels = labelled(scope, request)
    place = {label: k for k, label in enumerate(dict.fromkeys(labels))}
    return adjusted_rand(np.array(truth)[units], np.array([place[label] for label in labels]))


@pytest.mark.parametrize(("seed", "k"), [(0, 3), (1, 5)])
def test_planted_types_are_found_again(seed, k):
    planting = planted.routes(seed, k, 800, noise=0.3)
    scope = scope_of(planting.traces)
    result = answer(scope, TypesRequest())
    assert (len(result.groups), result.stable, result.reason) == (k, True, None)
    assert agreement(scope, planting.types, TypesRequest()) >= 0.8
    assert [g.people for g in result.groups] == sorted((g.people for g in result.groups), reverse=True)
    assert sum(g.people for g in result.groups) + result.mixed.people == result.with_journey == 800
    assert len({g.name for g in result.groups}) == k
    for group in result.groups:
        assert tuple(group.medoid) in {tuple(trace) for trace in planting.traces}


def test_the_usual_way_finds_fewer_kinds():
    planting = planted.routes(1, 5, 800)
    steps = steps_and(planting.traces)
    ours, usual = preferred(steps, search(steps, 6, 0))[0], random_start_em(steps, 6, 0)
    truth = np.array(planting.types)
    assert ours.k == 5
    assert adjusted_rand(truth, ours.belonging.argmax(1)) > adjusted_rand(truth, usual.belonging.argmax(1)) + 0.2


def test_one_kind_is_not_cut_into_types():
    result = answer(scope_of(planted.nothing(0, 1000).traces), TypesRequest())
    assert (result.stable, result.reason, len(result.groups)) == (False, "one_kind", 1)
    assert result.groups[0].people == 1000
    assert max(result.fits, key=lambda fit: fit.completed).k == 1


def test_people_by_hand():
    traces = [["a", "b", "c"]] * 60 + [["c", "b", "b", "a", "d"]] * 40
    scope = scope_of(traces)
    asked = TypesRequest(goal="d")
    result = answer(scope, asked)
    first, second = result.groups
    assert [(g.name, g.people, g.share, g.medoid, g.coverage) for g in result.groups] == [
        ("a → b", 60, 0.6, ["a", "b", "c"], 1), ("a → d", 40, 0.4, ["c", "b", "a", "d"], 1)
    ]  # fmt: skip
    assert (first.median_length, first.median_seconds, second.median_length, second.median_seconds) == (3, 2, 4, 4)
    assert [(t.names, t.share, t.elsewhere) for t in first.traits[:2]] == [(["a", "b"], 1, 0), (["b", "c"], 1, 0)]
    assert (first.converted, first.rate, second.converted, second.rate) == (0, 0, 40, 1)
    assert (first.low, first.high) == pytest.approx((0.502, 0.691), abs=5e-4)  # Wilson's interval of 60 of 100
    assert members(scope, asked, "type:1").tolist() == list(range(60, 100))
    assert members(scope, asked, "mixed").tolist() == []
    for wrong in ("type:2", "type:-1", "type", "mixed:0", "stage:0"):
        with pytest.raises(BadDrilldown):
            members(scope, asked, wrong)
    with pytest.raises(UnknownStep):
        answer(scope, TypesRequest(goal="nowhere"))


def test_the_same_seed_gives_the_same_answer():
    traces = planted.routes(2, 3, 400).traces
    one, other = (answer(scope_of(traces), TypesRequest(seed=7)) for _ in range(2))
    assert one == other


def test_few_short_and_empty():
    few = answer(scope_of([["a", "b"]] * 10), TypesRequest())
    assert (few.stable, few.reason, [g.people for g in few.groups]) == (False, "too_few", [10])
    short = answer(scope_of([["a"]] * 300 + [["b"]] * 20), TypesRequest())
    assert sum(g.people for g in short.groups) + short.mixed.people == 320
    outside = make_scope([(u, 0, "a") for u in range(50)], touchpoints={})
    nobody = answer(outside, TypesRequest())
    assert (nobody.groups, nobody.with_journey, nobody.stable) == ([], 0, False)
    partly = make_scope([(u, 0, "a" if u % 2 else "b") for u in range(100)], touchpoints={"a": "A"})
    assert answer(partly, TypesRequest()).with_journey == 50
    assert labelled(partly, TypesRequest())[0].tolist() == list(range(1, 100, 2))


def test_a_thousand_labels_and_a_huge_one():
    rng = np.random.default_rng(0)
    traces = [
        [x for k in rng.integers(0, 1000, 4) for x in ("page", f"label {k}")] + (["x", "y"] if u % 2 else ["y", "x"])
        for u in range(400)
    ]
    result = answer(scope_of(traces), TypesRequest(most=3))
    labels = len({x for trace in traces for x in trace})
    assert ("labels", finding.NAMED, labels) in [(c.what, c.kept, c.total) for c in result.cut]
    assert result.with_journey == 400


def test_a_sample_is_fitted_and_everyone_assigned(monkeypatch):
    monkeypatch.setattr(finding, "SAMPLE", 500)
    planting = planted.routes(0, 3, 1000, noise=0.15)
    scope = scope_of(planting.traces)
    result = answer(scope, TypesRequest())
    assert [(c.what, c.kept, c.total) for c in result.cut] == [("sample", 500, 1000)]
    assert sum(g.people for g in result.groups) + result.mixed.people == 1000
    assert agreement(scope, planting.types, TypesRequest()) >= 0.9


def test_fitting_never_makes_it_less_likely():
    steps = steps_and(planted.chains(0, 3, 200).traces)
    start = np.random.default_rng(0).dirichlet(np.ones(3), 200)
    likely = [markov.fitted(steps, start, rounds).log_likelihood for rounds in (1, 2, 5, 20, 100)]
    assert likely == sorted(likely)

"""Every question about sequences equals its plain twin and an SQL oracle on random journeys, and adds up."""

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze import durations, paths, transitions, variants
from desireline.kernels import transitions as transitions_kernel
from desireline.kernels.touching import tally, units_touching
from tests import oracles
from tests.scopes import make_scope, sequences
from tests.twins import durations as durations_twin
from tests.twins import paths as paths_twin
from tests.twins import transitions as transitions_twin

journeys = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.sampled_from("abcd")), max_size=28)
definitions = st.sampled_from([None, {"a": "A", "b": "B", "c": "C"}, {"a": "A", "b": "B", "c": "A"}, {"d": "D"}])
scopes = st.builds(lambda events, known: make_scope([*events, (9, 0, "a"), (9, 1, "d")], known), journeys, definitions)
seconds = pytest.approx


def micros(value):
    return None if value is None else seconds(value / 1e6)


@given(scopes, st.booleans(), st.booleans())
def test_transitions(scope, collapse, dense):
    request = transitions.TransitionsRequest(collapse=collapse)
    labels = scope.labels(request)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transitions_kernel, "DENSE_CELLS", 1 << 22 if dense else 0)
        result = transitions.answer(scope, request)
        listed = {
            (labels.names.index(t.from_), labels.names.index(t.to)): (t.count, t.people, t.median_seconds)
            for t in result.transitions
        }
        sizes = [len(transitions.members(scope, request, f"pair:{i}")) for i in range(len(listed))]
    twin = transitions_twin.transitions(sequences(scope, labels.table), collapse)
    assert listed == {k: (n, people, micros(wait)) for k, (n, people, wait) in twin.items()}
    assert listed == {
        k: (n, people, micros(w)) for k, (n, people, w) in oracles.transitions(scope, labels.table, collapse).items()
    }
    assert sizes == [t.people for t in result.transitions]
    assert result.transitions == sorted(result.transitions, key=lambda t: (-t.count, t.from_, t.to))
    if not collapse:
        assert result.total == sum(max(len(s) - 1, 0) for s in sequences(scope, labels.table))
    assert sum(t.count for t in result.transitions) == result.total


@given(scopes, st.booleans(), st.sampled_from([1, 2, 100]))
def test_variants(scope, collapse, top):
    request = variants.VariantsRequest(collapse=collapse, top=top)
    labels = scope.labels(request)
    result = variants.answer(scope, request)
    units = [paths_twin.labels_of(events, collapse) for events in sequences(scope, labels.table)]
    twin = Counter(tuple(labels.names[x] for x in unit) for unit in units if unit)
    expected = sorted(twin.items(), key=lambda item: (-item[1], item[0]))
    assert [(tuple(v.path), v.people) for v in result.variants] == expected[:top]
    assert result.distinct == len(expected)
    by_sql = oracles.variants(scope, labels.table, collapse)
    assert twin == {tuple(labels.names[x] for x in path): n for path, n in by_sql.items()}
    for i, variant in enumerate(result.variants):
        assert len(variants.members(scope, request, f"variant:{i}")) == variant.people
    if top == 100:
        assert sum(v.people for v in result.variants) == sum(bool(s) for s in sequences(scope, labels.table))
        assert not result.variants or result.variants[-1].cumulative_share == pytest.approx(1)


@given(
    scopes, st.integers(0, 9), st.sampled_from(["from", "to", "around"]), st.integers(2, 5), st.integers(1, 3),
    st.booleans(),
)  # fmt: skip
def test_paths(scope, pick, direction, depth, width, collapse):
    labels = scope.labels(paths.PathsRequest(anchor=""))
    anchor = pick % len(labels.names)
    request = paths.PathsRequest(
        anchor=labels.names[anchor], direction=direction, depth=depth, max_nodes_per_layer=width, collapse=collapse
    )
    result = paths.answer(scope, request)
    back, ahead = (0 if direction == "from" else depth - 1), (0 if direction == "to" else depth - 1)
    walks = paths_twin.layers(sequences(scope, labels.table), anchor, back, ahead, collapse)
    assert result.people_entered == len(walks)
    assert result.anchor_layer == back
    by_sql = oracles.paths(scope, labels.table, anchor, collapse)
    for k, layer in enumerate(result.layers):
        counts = Counter(walk[k] for walk in walks.values())
        assert {x: n for x, n in counts.items() if x is not None} == {
            label: n for (at, label), n in by_sql.items() if at == k - back
        }
        assert sum(node.people for node in layer) == len(walks)
        named = sorted(((-n, labels.names[x]) for x, n in counts.items() if x is not None))
        expected = [(name, -n) for n, name in named[:width]]
        expected += [("@other", -sum(n for n, _ in named[width:]))] if named[width:] else []
        expected += [("@start" if k < back else "@end", counts[None])] if counts[None] else []
        assert [(node.name, node.people) for node in layer] == expected
        assert [c.total for c in result.cut if c.what == f"layer:{k}"] == ([len(named)] if named[width:] else [])
    for k, (before, after) in enumerate(pairwise(result.layers)):
        links = [link for link in result.links if link.layer == k]
        for node in before:
            assert sum(link.people for link in links if link.from_ == node.name) == node.people
        for node in after:
            assert sum(link.people for link in links if link.to == node.name) == node.people
    for layer in result.layers:
        for node in layer:
            cell = "node:" + json.dumps([node.layer, node.name])
            assert len(paths.members(scope, request, cell)) == node.people
    for link in result.links:
        cell = "link:" + json.dumps([link.layer, link.from_, link.to])
        assert len(paths.members(scope, request, cell)) == link.people


@given(journeys, definitions, st.integers(0, 9), st.integers(0, 9))
def test_durations(events, known, pick_from, pick_to):
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "d")], known, channels={"a": "web", "b": "shop", "c": "web"})
    labels = scope.labels(durations.DurationsRequest(from_="", to=""))
    choices = [*labels.names, "@first", "@last"]
    start, goal = choices[pick_from % len(choices)], choices[pick_to % len(choices)]
    request = durations.DurationsRequest(from_=start, to=goal, by="channel")
    result = durations.answer(scope, request)

    def label(name):
        return name if name.startswith("@") else labels.names.index(name)

    units = sequences(scope, labels.table)
    twin = durations_twin.durations(units, label(start), label(goal))
    waits = [w for _, w in twin.values() if w is not None]
    assert (result.entered, result.n) == (len(twin), len(waits))
    assert result.median_seconds == (micros(np.percentile(waits, 50)) if waits else None)
    assert result.p90_seconds == (micros(np.percentile(waits, 90)) if waits else None)
    if not start.startswith("@") and not goal.startswith("@"):
        by_sql = oracles.durations(scope, labels.table, label(start), label(goal))
        assert (result.entered, result.n, result.median_seconds, result.p90_seconds) == (
            *by_sql[:2], micros(by_sql[2]), micros(by_sql[3])
        )  # fmt: skip
    assert sum(g.entered for g in result.groups) == result.entered
    assert sum(g.n for g in result.groups) == result.n
    for name, which, size in [
        ("entered", "", result.entered), ("reached", "", result.n), ("missed", "", result.entered - result.n),
        *(("entered", f":{g.name or ''}", g.entered) for g in result.groups),
        *(("reached", f":{g.name or ''}", g.n) for g in result.groups),
        *(("missed", f":{g.name or ''}", g.entered - g.n) for g in result.groups),
    ]:  # fmt: skip
        assert len(durations.members(scope, request, name + which)) == size


@given(scopes, st.sets(st.integers(0, 3)))
def test_units_touching_and_tally(scope, wanted):
    mask = np.array([c in wanted for c in range(len(scope.event_names.names))])
    assert units_touching(scope.offsets, scope.code, mask).tolist() == [
        any(c in wanted for c in scope.code[a:b]) for a, b in pairwise(scope.offsets)
    ]
    assert tally(scope.code, len(mask)).tolist() == np.bincount(scope.code, minlength=len(mask)).tolist()

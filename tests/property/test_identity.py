"""The person view against an independent oracle on random graphs."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from desireline.identity.view import person_view

ids = st.integers(-(2**62), 2**62)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]]]:
    known = draw(st.lists(ids, min_size=1, max_size=30, unique=True))
    some = st.sampled_from(known)
    events = draw(st.lists(some, min_size=1, max_size=60))
    return events, draw(st.lists(st.tuples(some, some), max_size=40))


def view(events: list[int], links: list[tuple[int, int]]) -> tuple[list[int], dict[int, int]]:
    table = pa.table(
        {"hash": pa.array([a for a, _ in links], pa.int64()), "linked": pa.array([b for _, b in links], pa.int64())}
    )
    found = person_view(np.array(events, np.int64), table)
    return found.event.tolist(), dict(zip(found.hashes.tolist(), found.person.tolist(), strict=True))


def partition(labels: dict[int, int]) -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for key, label in labels.items():
        groups.setdefault(label, set()).add(key)
    return {frozenset(g) for g in groups.values()}


@given(worlds())
def test_persons_are_the_connected_components(world: tuple[list[int], list[tuple[int, int]]]) -> None:
    events, links = world
    found, of_id = view(events, links)
    everyone = sorted({*events, *(x for pair in links for x in pair)})
    place = {x: i for i, x in enumerate(everyone)}
    edges = ([place[a] for a, _ in links], [place[b] for _, b in links])
    graph = coo_array((np.ones(len(links)), edges), shape=(len(everyone), len(everyone)))
    labels = connected_components(graph, directed=False)[1]
    with_events = {labels[place[e]] for e in events}
    expected = {x: int(labels[place[x]]) for x in everyone if labels[place[x]] in with_events}
    assert partition(of_id) == partition(expected)
    assert [of_id[e] for e in events] == found
    assert sorted(set(found)) == list(range(len(with_events))), "persons are numbered from 0 without gaps"


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(world: tuple[list[int], list[tuple[int, int]]], random) -> None:
    events, links = world
    shuffled = [(b, a) for a, b in links]
    random.shuffle(shuffled)
    assert view(events, links) == view(events, shuffled)

"""The person view against an independent oracle on random graphs."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from desireline.identity.view import person_view
from desireline.store.journeys import NOBODY, Known
from desireline.store.who import View

ids = st.integers(-(2**62), 2**62)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]]]:
    known = draw(st.lists(ids, min_size=1, max_size=30, unique=True))
    some = st.sampled_from(known)
    events = draw(st.lists(some, min_size=1, max_size=60))
    return events, draw(st.lists(st.tuples(some, some), max_size=40))


def table(links: list[tuple[int, int]]) -> pa.Table:
    return pa.table(
        {"hash": pa.array([a for a, _ in links], pa.int64()), "linked": pa.array([b for _, b in links], pa.int64())}
    )


def extended(known: Known, events: list[int], links: list[tuple[int, int]], others: list[int] | None = None) -> View:
    return person_view(known, np.array(events, np.int64), np.array(others or [], np.int64), table(links))


def of_identifiers(known: Known) -> dict[int, int]:
    return dict(zip(known.hashes.tolist(), known.person.tolist(), strict=True))


def view(events: list[int], links: list[tuple[int, int]]) -> tuple[list[int], dict[int, int]]:
    """Persons of events, and of identifiers whose person has an event."""
    found = extended(NOBODY, events, links)
    everyone = of_identifiers(found.known)
    assert sorted(set(everyone.values())) == list(range(found.known.total))
    return found.event.tolist(), {h: p for h, p in everyone.items() if p < found.known.people}


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


@given(worlds(), st.lists(ids, max_size=5), st.data())
def test_events_in_several_goes_make_the_same_persons_as_at_once(
    world: tuple[list[int], list[tuple[int, int]]], others: list[int], data: st.DataObject
) -> None:
    events, links = world
    known, person = NOBODY, {}
    cuts = sorted(data.draw(st.lists(st.integers(0, max(len(events), len(links))), max_size=3)))
    for lo, hi in zip([0, *cuts], [*cuts, len(events) + len(links)], strict=True):
        found = extended(known, events[lo:hi], links[lo:hi], others)
        before = of_identifiers(known)
        known, person = found.known, of_identifiers(found.known)
        assert [person[e] for e in events[lo:hi]] == found.event.tolist()
        assert {h: int(found.was[p]) for h, p in before.items()} == {h: person[h] for h in before}
        first = [events[lo:hi][row] for row in found.first]
        assert first == list(dict.fromkeys(e for e in events[lo:hi] if e not in before))
        with_events = {person[e] for e in events[:hi]}
        assert with_events == set(range(known.people))
    once = extended(NOBODY, events, links, others)
    assert partition(person) == partition(of_identifiers(once.known))
    assert (known.people, known.total) == (once.known.people, once.known.total)

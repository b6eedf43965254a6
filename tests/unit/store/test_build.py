"""The journey store against a plain sort of the same events."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.identity.view import person_view
from desireline.store import ingest
from desireline.store.build import build
from desireline.store.journeys import Generation, JourneyStore
from desireline.store.paths import Paths
from tests.staging import event, stage


def built(root: Path, rows: list[dict], properties: dict[str, list[str]] | None = None) -> Generation:
    paths = Paths(root)
    with paths.writing():
        ingest.commit(paths, stage(root / "staged", rows), None, "b")
        return build(paths, properties or {}, person_view)


def told(generation: Generation) -> dict[str, list[tuple[int, str]]]:
    """Every person's events as (time, name), by key."""
    names = generation.dictionary["name"].to_pylist()
    bounds = generation.offsets.tolist()
    events = list(zip(generation.time.tolist(), (names[c] for c in generation.code), strict=True))
    keys = generation.people["key"].to_pylist()
    return {key: events[lo:hi] for key, lo, hi in zip(keys, bounds, bounds[1:], strict=False)}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("pqr"), st.integers(0, 4), st.sampled_from("abc")), min_size=1, max_size=40))
def test_events_are_sorted_by_time_and_ties_keep_arrival(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, str]]
) -> None:
    found = told(built(tmp_path_factory.mktemp("ws"), [event(n, t, f"customer_id:{p}") for p, t, n in rows]))
    expected: dict[str, list[tuple[int, str]]] = {}
    for person, time, name in sorted(rows, key=lambda r: r[1]):  # sorted() is stable: arrival decides ties
        expected.setdefault(f"customer_id:{person}", []).append((time, name))
    assert found == expected


def test_people_are_joined_through_shared_identifiers_and_only_through_those(tmp_path: Path) -> None:
    rows = [
        event("visit", 1, "cookie:c1"),
        event("login", 2, ["cookie:c1", "email:ana@example.org"]),
        event("call", 3, ["phone:+48123", "email:ana@example.org"], source="calls"),
        event("visit", 4, "cookie:c2"),
        event("permit", 5, "case:s:7"),
        event("permit", 6, "case:t:7", source="t"),
    ]
    found = built(tmp_path, rows)
    assert {k: [n for _, n in v] for k, v in told(found).items()} == {
        "email:ana@example.org": ["visit", "login", "call"],
        "cookie:c2": ["visit"],
        "case:s:7": ["permit"],
        "case:t:7": ["permit"],
    }
    people = {r["key"]: [i["value"] for i in r["identifiers"]] for r in found.people.to_pylist()}
    assert people["email:ana@example.org"] == ["ana@example.org", "+48123", "c1"]


def test_traits_are_no_events_and_the_latest_statement_counts(tmp_path: Path) -> None:
    rows = [
        event("visit", 5),
        event("traits", 1, kind="traits", properties='{"age": "35-44", "city": "Split"}'),
        event("traits", 2, kind="traits", properties='{"age": "45-54"}'),
        event("traits", 2, "customer_id:nobody", kind="traits", properties='{"age": "65+"}'),
    ]
    found = built(tmp_path, rows)
    assert (found.meta.events, found.meta.people) == (1, 1)
    assert [(t["name"], t["value"]) for t in found.traits.to_pylist()] == [("age", "45-54"), ("city", "Split")]


def test_values_that_rules_look_for_are_told_apart_and_no_others(tmp_path: Path) -> None:
    ways = ["card", "cash", "cheque", "barter"]
    rows = [event("order", i, properties=json.dumps({"paid by": way})) for i, way in enumerate(ways)]
    found = built(tmp_path, rows, {"paid by": ["card", "cash", "gold"]})
    assert found.dictionary["property.paid by"].to_pylist() == [None, "card", "cash"]
    assert found.code.tolist() == [1, 2, 0, 0]
    assert found.meta.properties == {"paid by": ["card", "cash", "gold"]}


def test_an_unfinished_build_leaves_the_old_generation_valid_and_is_swept(tmp_path: Path) -> None:
    first = built(tmp_path, [event("a", 1)])
    store = JourneyStore(Paths(tmp_path).journeys)
    unfinished = store.draft()
    (unfinished / "time.npy").write_bytes(b"half")
    assert store.current().meta == first.meta  # type: ignore[union-attr]
    second = built(tmp_path, [event("b", 2)])
    assert store.current().meta.events == 2  # type: ignore[union-attr]
    assert {f for f in store.root.iterdir() if f.is_dir()} == {first.folder, second.folder}

"""New events join a generation as if it had been built with them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desireline.identity.view import person_view
from desireline.store import build as building
from desireline.store import ingest, lake
from desireline.store.journeys import Generation, JourneyStore
from desireline.store.paths import Paths
from tests.staging import event, stage

ANA = ["cookie:c1", "email:ana@example.org"]


class Store:
    """A lake and its journey store; `merged` says whether the last step needed no rebuild."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths, self.rebuilt = Paths(root), 0
        whole = building.build

        def counted(*args: Any) -> Generation:
            self.rebuilt += 1
            return whole(*args)

        monkeypatch.setattr(building, "build", counted)
        self._whole = whole

    def add(self, *rows: dict[str, Any], properties: dict[str, list[str]] | None = None) -> Generation:
        """Import rows and refresh."""
        with self.paths.writing():
            ingest.commit(self.paths, stage(self.paths.root / "staged", list(rows)), None, "b")
        return self.refresh(properties)

    def refresh(self, properties: dict[str, list[str]] | None = None) -> Generation:
        with self.paths.writing():
            return building.refresh(self.paths, properties or {}, person_view)

    def anew(self, properties: dict[str, list[str]] | None = None) -> Generation:
        with self.paths.writing():
            return self._whole(self.paths, properties or {}, person_view)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    return Store(tmp_path, monkeypatch)


def told(g: Generation) -> dict[str, list[tuple[Any, ...]]]:
    """Every person's events with all that the dictionary knows, by key."""
    kinds = [tuple(sorted(r.items(), key=str)) for r in g.dictionary.to_pylist()]
    columns = (g.time, g.arrival, g.case, g.array("value"))
    events = [(*(c[i].item() for c in columns), kinds[g.code[i]]) for i in range(g.meta.events)]
    bounds = g.offsets.tolist()
    found = {k: events[lo:hi] for k, lo, hi in zip(g.people["key"].to_pylist(), bounds, bounds[1:], strict=False)}
    return json.loads(json.dumps(found).replace("NaN", '"none"'))


def names(g: Generation) -> dict[str, list[str]]:
    kinds = g.dictionary["name"].to_pylist()
    bounds = g.offsets.tolist()
    return {
        k: [kinds[c] for c in g.code[lo:hi]]
        for k, lo, hi in zip(g.people["key"].to_pylist(), bounds, bounds[1:], strict=False)
    }


def traits(g: Generation) -> dict[str, dict[str, str]]:
    keys = g.people["key"].to_pylist()
    found: dict[str, dict[str, str]] = {}
    for row in g.traits.to_pylist():
        found.setdefault(keys[row["person"]], {})[row["name"]] = row["value"]
    return found


def stated(time: int, who: str | list[str], **values: str) -> dict[str, Any]:
    return event("traits", time, who, kind="traits", properties=json.dumps(values), source="crm")


def test_late_events_land_where_they_belong_and_ties_fall_to_arrival(store: Store) -> None:
    store.add(event("b", 2), event("d", 4), event("z", 1, "customer_id:2"))
    merged = store.add(event("e", 4), event("a", 1), event("c", 3), event("y", 1, "customer_id:2"))
    assert names(merged) == {"customer_id:1": ["a", "b", "c", "d", "e"], "customer_id:2": ["z", "y"]}
    assert store.rebuilt == 1, "only the first was a build"
    assert told(merged) == told(store.anew())


def test_persons_that_a_link_joins_have_one_history_one_key_and_one_set_of_traits(store: Store) -> None:
    store.add(
        event("visit", 1, "cookie:c1"), event("mail", 3, "email:ana@example.org"), event("call", 5, "phone:+48123"),
        event("other", 1, "cookie:c9"), stated(2, "cookie:c1", city="Split", size="M"),
        stated(3, "email:ana@example.org", city="Zadar"), stated(1, "phone:+48123", size="L", age="40"),
    )  # fmt: skip
    merged = store.add(event("login", 2, ANA), event("reply", 4, ["phone:+48123", "email:ana@example.org"]))
    history = ["visit", "login", "mail", "reply", "call"]
    assert names(merged) == {"email:ana@example.org": history, "cookie:c9": ["other"]}
    assert traits(merged) == {"email:ana@example.org": {"city": "Zadar", "size": "M", "age": "40"}}
    known = {r["key"]: [i["value"] for i in r["identifiers"]] for r in merged.people.to_pylist()}
    assert known == {"email:ana@example.org": ["ana@example.org", "+48123", "c1"], "cookie:c9": ["c9"]}
    assert (store.rebuilt, merged.meta.people) == (1, 2)


def test_a_person_known_by_traits_alone_appears_with_the_first_event(store: Store) -> None:
    before = store.add(
        event("visit", 1, "cookie:c1"), stated(1, "customer_id:7", city="Split"), stated(2, ANA, age="30")
    )
    assert names(before) == {"email:ana@example.org": ["visit"]}
    assert traits(before) == {"email:ana@example.org": {"age": "30"}}
    merged = store.add(event("order", 2, "customer_id:7"))
    assert names(merged) == {"email:ana@example.org": ["visit"], "customer_id:7": ["order"]}
    assert traits(merged) == {"email:ana@example.org": {"age": "30"}, "customer_id:7": {"city": "Split"}}


def test_of_two_statements_the_later_counts_whichever_came_first(store: Store) -> None:
    store.add(event("a", 1), stated(5, "customer_id:1", city="Zadar", size="M"))
    assert traits(store.add(stated(3, "customer_id:1", city="Split", age="40"))) == {
        "customer_id:1": {"city": "Zadar", "size": "M", "age": "40"}
    }
    assert traits(store.add(stated(9, "customer_id:1", city="Rijeka")))["customer_id:1"]["city"] == "Rijeka"
    assert store.rebuilt == 1


def test_sources_grow_and_a_new_one_joins_them(store: Store) -> None:
    store.add(event("a", 5), stated(1, "customer_id:1", city="Split"))
    merged = store.add(event("b", 2), event("c", 9), event("d", 7, source="t"))
    assert {s.name: (s.events, s.traits, s.first, s.last) for s in merged.meta.sources} == {
        "s": (3, 0, 2, 9), "t": (1, 0, 7, 7), "crm": (0, 1, None, None),
    }  # fmt: skip


def test_replaced_rows_are_built_anew_and_a_compaction_is_nothing_new(store: Store) -> None:
    store.add(event("a", 1))
    store.add(event("b", 2))
    lake.events(store.paths.events).compact(over_files=0)
    same = store.refresh()
    assert (store.rebuilt, same.meta.events, same.meta.lake_version) == (1, 2, store.paths.newest_commit())
    assert store.refresh().folder == same.folder, "nothing to do makes no generation"
    again = store.add({**event("a", 1), "name": "A", "mapping": "m2"})
    assert (store.rebuilt, names(again)) == (2, {"customer_id:1": ["A", "b"]})


def test_a_log_that_does_not_reach_back_is_built_anew(store: Store) -> None:
    store.add(event("a", 1))
    with store.paths.writing():
        ingest.commit(store.paths, stage(store.paths.root / "staged", [event("b", 2)]), None, "b")
        ingest.commit(store.paths, stage(store.paths.root / "staged", [event("c", 3)]), None, "b")
    (store.paths.events / "_delta_log" / f"{1:020}.json").rename(store.paths.root / "gone")
    assert lake.events(store.paths.events).gained(0) is None


def test_a_key_that_another_writer_appended_again_counts_once(store: Store) -> None:
    first = store.add(event("a", 1, event_id="e1"), event("b", 2, event_id="e2"))
    table = lake.events(store.paths.events)
    held = lake.query(f"SELECT * REPLACE (arrival + 10 AS arrival, time + 100 AS time) FROM {table.sql()}")
    table.append(held.cast(lake.EVENT))
    merged = store.refresh()
    assert told(merged) == told(first)
    assert (store.rebuilt, told(store.anew())) == (1, told(first))


def test_a_property_makes_new_codes_only_and_merges_keep_it(store: Store) -> None:
    plan = [
        event("order", t, properties=json.dumps({"paid by": p, "name": "N"})) for t, p in enumerate(["card", "cash"])
    ]
    first = store.add(*plan, event("visit", 5))
    wanted = {"name": ["N"], "paid by": ["card", "cash", "gift card"]}
    recoded = store.refresh(wanted)
    same = {f.name for f in recoded.folder.glob("*.npy") if f.samefile(first.folder / f.name)}
    assert same == {"offsets.npy", "time.npy", "arrival.npy", "case.npy", "value.npy", "hash.npy", "person.npy"}
    assert (first.folder / "code.npy").exists(), "the generation before is as it was"
    merged = store.add(
        event("order", 1, properties='{"paid by": "gift card"}'), event("order", 3, properties='{"paid by": "card"}')
    )
    dictionary = merged.dictionary.to_pylist()
    told_in_order = [(dictionary[c]["name"], dictionary[c]["property.paid by"]) for c in merged.code]
    assert told_in_order == [
        ("order", "card"), ("order", "cash"), ("order", "gift card"), ("order", "card"), ("visit", None),
    ]  # fmt: skip
    assert (store.rebuilt, merged.meta.properties) == (1, wanted)
    assert told(merged) == told(store.anew(wanted))


def test_another_value_of_a_known_property_makes_new_codes(store: Store) -> None:
    store.add(*(event("order", t, properties=json.dumps({"plan": p})) for t, p in enumerate("abcb")))
    assert [len(store.refresh({"plan": [p]}).dictionary) for p in "ab"] == [2, 3]
    again = store.refresh({"plan": ["c"]})
    plans = again.dictionary["property.plan"].to_pylist()
    assert [plans[c] for c in again.code] == ["a", "b", "c", "b"]
    assert (store.rebuilt, again.meta.properties) == (1, {"plan": ["a", "b", "c"]})
    assert told(again) == told(store.anew(again.meta.properties))


def test_an_empty_lake_grows(store: Store) -> None:
    with store.paths.writing():
        building.refresh(store.paths, {}, person_view)
    grown = store.add(event("a", 1), properties={"plan": ["pro"]})
    assert names(grown) == {"customer_id:1": ["a"]}
    assert np.array_equal(grown.offsets, [0, 1])
    assert JourneyStore(store.paths.journeys).current().meta == grown.meta  # type: ignore[union-attr]

"""Properties as columns, against Python's own reading of the same JSON."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.identity.view import person_view
from desireline.store import columns, ingest, lake
from desireline.store.build import build
from desireline.store.journeys import Generation
from desireline.store.paths import Paths
from tests.staging import event, stage

DOCUMENTS = [
    {"plan": "pro", "cart": {"total": 9.5, "items": [{"sku": "A"}, {"sku": "ž/~"}]}, "new": True},
    {"plan": None, "cart.total": "literal", "a \"b\"": "quoted", "": "blank"},
    {"plan": "pro", "cart": {"total": 12, "a.b": {"c": 1}}, "tags": ["x", 2]},
    {},
    {"plan": "'); DROP TABLE staged; --", "$": "root", "*": "any"},
]  # fmt: skip


def built(root: Path, documents: list[dict[str, Any]]) -> tuple[Generation, lake.Table]:
    """Events in reversed time, so that the generation's order is not the lake's."""
    paths = Paths(root)
    rows = [event("e", -i, properties=json.dumps(d)) for i, d in enumerate(documents)]
    with paths.writing():
        ingest.commit(paths, stage(root / "staged", rows), None, "b")
        return build(paths, {}, person_view), lake.events(paths.events)


def told(generation: Generation, events: lake.Table, path: str) -> list[str | None]:
    """The property of each document, in the order of the documents."""
    found = columns.column(generation, events, path)
    assert len(set(found.values)) == len(found.values)
    text = [*found.values, None]
    return [text[i] for i in found.index[::-1]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("plan", ["pro", None, "pro", None, "'); DROP TABLE staged; --"]),
        ("cart.total", ["9.5", "literal", "12", None, None]),
        ("cart.items[1].sku", ["ž/~", None, None, None, None]),
        ("cart.items[0]", ['{"sku":"A"}', None, None, None, None]),
        ('cart."a.b".c', [None, None, "1", None, None]),
        ('a "b"', [None, "quoted", None, None, None]),
        ("new", ["true", None, None, None, None]),
        ("tags", [None, None, '["x",2]', None, None]),
        ("$", [None, None, None, None, "root"]),
        ("*", [None, None, None, None, "any"]),
        ("$.plan", [None] * 5),
        ("cart.*", [None] * 5),
        ("tags[", [None] * 5),
        ("'); DROP TABLE staged; --", [None] * 5),
        ("", [None, "blank", None, None, None]),
    ],
)
def test_paths_lead_to_what_they_name(tmp_path: Path, path: str, expected: list[str | None]) -> None:
    generation, events = built(tmp_path, DOCUMENTS)
    assert told(generation, events, path) == expected
    kept = columns.load(generation.folder, path)
    assert kept is not None
    assert told(Generation(generation.folder), events, path) == expected, "the same from the folder"


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
scalars = st.one_of(st.booleans(), st.integers(-(2**40), 2**40), names)


@settings(max_examples=15)
@given(documents=st.lists(st.dictionaries(names, scalars, max_size=4), min_size=1, max_size=8))
def test_any_name_finds_its_property(tmp_path_factory: pytest.TempPathFactory, documents: list[dict[str, Any]]) -> None:
    generation, events = built(tmp_path_factory.mktemp("lake"), documents)
    for name in {n for d in documents for n in d}:
        expected = [
            None if name not in d else d[name] if isinstance(d[name], str) else json.dumps(d[name]) for d in documents
        ]
        assert told(generation, events, name) == expected


def test_a_column_is_of_the_lake_that_the_generation_was_built_from(tmp_path: Path) -> None:
    generation, events = built(tmp_path, [{"plan": "free"}, {"plan": "pro"}])
    again = {**event("e", 0, properties='{"plan": "other"}'), "mapping": "m2"}
    again["content"] = event("e", 0, properties='{"plan": "free"}')["content"]
    with Paths(tmp_path).writing():
        assert ingest.commit(Paths(tmp_path), stage(tmp_path / "staged", [again]), None, "b").replaced == 1
    assert told(generation, events, "plan") == ["free", "pro"]


def test_a_swept_generation_still_answers(tmp_path: Path) -> None:
    generation, events = built(tmp_path, [{"plan": "free"}, {}])
    shutil.rmtree(generation.folder)
    assert told(generation, events, "plan") == ["free", None]
    assert not generation.folder.exists()


def test_new_values_follow_those_that_were_there() -> None:
    import numpy as np
    import pyarrow as pa

    old = columns.Column(np.array([0, -1, 1], np.int32), pa.array(["b", "a"]))
    new = columns.Column(np.array([2, 0, -1, 1], np.int32), pa.array(["c", "a", "d"]))
    texts, index = columns.joined(old, new)
    assert texts.to_pylist() == ["b", "a", "c", "d"]
    assert index.tolist() == [3, 2, -1, 1]

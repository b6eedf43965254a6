"""Documents of any kind: nobody overwrites what they have not seen, and names are unique in their kind."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from desireline.errors import BadQuestion, NameTaken, StaleDocument, UnknownDocument
from desireline.model.kept import Kept
from desireline.service.shelf import Shelf
from desireline.store.records import Records


class Note(Kept):
    text: str


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf[Note]:
    return Shelf(Records(tmp_path / "records.sqlite"), "note", Note)


def test_what_was_kept_is_found_by_id_and_by_name(shelf: Shelf[Note]) -> None:
    made = shelf.add({"name": "Hours", "text": "9-17"})
    assert made.id.startswith("n-")
    assert shelf.get(made.id) == shelf.get("Hours") == made
    assert shelf.all() == [made]


@pytest.mark.parametrize("name", ['Žuto "x" \\ <b>', "zażółć / gęślą", "😀"])
def test_a_name_is_taken_however_it_is_written(shelf: Shelf[Note], name: str) -> None:
    kept = shelf.add({"name": name, "text": ""})
    shelf.add({"name": "Other", "text": f'"name":"{name}"'})
    with pytest.raises(NameTaken):
        shelf.add({"name": name, "text": ""})
    assert shelf.change(kept.id, 1, {"name": name}).revision == 2


def test_of_two_who_change_what_they_both_saw_one_is_refused(shelf: Shelf[Note]) -> None:
    made, refused = shelf.add({"name": "Hours", "text": "0"}), []

    def change(text: str) -> None:
        try:
            shelf.change(made.id, 1, {"text": text})
        except StaleDocument as error:
            refused.append((error.seen, error.now))

    both = [threading.Thread(target=change, args=(text,)) for text in ("a", "b")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert refused == [(1, 2)]
    assert shelf.get("Hours").revision == 2
    assert shelf.get("Hours").text in {"a", "b"}


def at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """What each came to, all of them begun together."""
    gate, told = threading.Barrier(len(jobs)), list[object]()

    def run(job: Callable[[], object]) -> None:
        gate.wait()
        try:
            told.append(job())
        except NameTaken as error:
            told.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


def test_of_many_who_add_or_take_a_name_at_once_one_gets_it(tmp_path: Path) -> None:
    shelves = [Shelf(Records(tmp_path / "records.sqlite"), "note", Note) for _ in range(6)]  # as processes have them
    for name in ("Hours", "Prices", "Returns"):
        told = at_once([partial(one.add, {"name": name, "text": ""}) for one in shelves])
        assert sum(isinstance(one, NameTaken) for one in told) == 5
    others = [shelves[0].add({"name": f"Other {k}", "text": ""}) for k in range(6)]
    jobs = [partial(one.change, each.id, 1, {"name": "Mine"}) for one, each in zip(shelves, others, strict=True)]
    assert sum(isinstance(one, NameTaken) for one in at_once(jobs)) == 5
    assert Counter(one.name for one in shelves[0].all()).most_common(1)[0][1] == 1


def test_names_are_unique_in_their_kind_and_free_in_another(shelf: Shelf[Note], tmp_path: Path) -> None:
    shelf.add({"name": "Hours", "text": ""})
    other = shelf.add({"name": "Prices", "text": ""})
    with pytest.raises(NameTaken):
        shelf.add({"name": "Hours", "text": ""})
    with pytest.raises(NameTaken):
        shelf.change(other.id, 1, {"name": "Hours"})
    Shelf(Records(tmp_path / "records.sqlite"), "page", Note).add({"name": "Hours", "text": ""})
    assert [note.name for note in shelf.all()] == ["Hours", "Prices"]


def test_what_makes_no_sense_or_is_not_there_is_said(shelf: Shelf[Note]) -> None:
    with pytest.raises(BadQuestion, match="text"):
        shelf.add({"name": "Hours"})
    shelf.add({"name": "Hours", "text": ""})
    with pytest.raises(UnknownDocument, match="'Hours'"):
        shelf.get("Hour")
    with pytest.raises(StaleDocument):
        shelf.remove("Hours", seen=7)
    shelf.remove("Hours", seen=1)
    assert shelf.all() == []

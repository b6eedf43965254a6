"""Studies: kept as evidence, and their quotes found by touchpoint."""

from pathlib import Path
from typing import Any

import pytest

from desireline.errors import BadQuestion, StaleDocument
from desireline.service.workspace import Workspace

QUOTES = [
    {"id": "q1", "text": "Where is my parcel? <b>", "who": "P3", "touchpoint": "Delivery", "language": "en"},
    {"id": "q2", "text": "Szukałam paczkomatu.", "touchpoint": "Order"},
]
STUDY: dict[str, Any] = {
    "name": "Spring", "method": "interview", "date": "2026-03-04", "participants": 6, "quotes": QUOTES
}  # fmt: skip


def test_quotes_of_a_touchpoint_are_found_newest_study_first(tmp_path: Path) -> None:
    ws = Workspace(tmp_path)
    assert ws.studies.all() == ws.studies.quotes() == []
    ws.studies.create(STUDY)
    later = [{"id": "q1", "text": "Stiglo je dan ranije.", "touchpoint": "Delivery"}]
    ws.studies.create({**STUDY, "name": "Test", "method": "user_test", "date": "2026-05-01", "quotes": later})
    found = ws.studies.quotes("Delivery")
    assert [(one.name, one.quote.text) for one in found] == [
        ("Test", "Stiglo je dan ranije."), ("Spring", "Where is my parcel? <b>"),
    ]  # fmt: skip
    assert (found[1].participants, found[1].method, found[1].quote.who) == (6, "interview", "P3")
    assert len(ws.studies.quotes()) == 3


def test_a_study_changes_only_for_who_saw_it(tmp_path: Path) -> None:
    ws = Workspace(tmp_path)
    made = ws.studies.create(STUDY)
    assert ws.studies.change("Spring", 1, {"participants": 7}).quotes == made.quotes
    with pytest.raises(StaleDocument):
        ws.studies.change("Spring", 1, {"participants": 8})
    ws.studies.remove("Spring")
    assert ws.studies.quotes() == []


@pytest.mark.parametrize(
    "wrong", [{"method": "rumour"}, {"participants": 0}, {"date": "yesterday"}, {"quotes": [QUOTES[0], QUOTES[0]]}]
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadQuestion):
        Workspace(tmp_path).studies.create({**STUDY, **wrong})

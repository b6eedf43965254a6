"""Saved questions: what cannot be asked is not kept."""

from pathlib import Path

import pytest

from desireline.errors import DesirelineError
from desireline.model.saved import EVERYONE, SavedQuestion
from desireline.service.workspace import Workspace

FIELDS = {"steps": ["look", "buy"], "by_event_name": True}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    file = tmp_path / "events.csv"
    file.write_text(
        "person_id,timestamp,event,channel\n1,2026-01-01,look,web\n1,2026-01-02,buy,web\n2,2026-01-01,look,shop\n"
    )
    made = Workspace(tmp_path / "ws")
    made.import_files([file], "shop")
    return made


def test_a_second_segment_that_makes_no_sense_is_refused(ws: Workspace) -> None:
    odd = SavedQuestion(name="Odd", question="funnel", fields=FIELDS, versus={"where": 'channel == "web'})
    with pytest.raises(DesirelineError):
        ws.save_question(odd)
    assert ws.saved_questions() == []


def test_a_comparison_with_everyone_is_asked_again(ws: Workspace) -> None:
    web = {"where": 'channel = "web"'}
    ws.save_question(
        SavedQuestion(
            name="Web", question="funnel", fields=FIELDS | {"segment": web}, versus=EVERYONE, on_overview=True
        )
    )
    found = ws.ask_saved("Web")
    assert (found.a.people, found.b.people, found.overlap) == (1, 2, 1)
    (last,) = [d for d in found.differences if d.a == d.b == 1 and d.b_of == 2]
    assert last.difference == pytest.approx(0.5)

"""One question sees one generation, and nobody waits for another one's question."""

import gc
import threading
import weakref
from pathlib import Path

import pytest

from desireline.service import questions
from desireline.service.workspace import Workspace

HEAD = "person_id,timestamp,event,channel\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "first.csv").write_text(HEAD + "".join(f"p{n},2026-01-0{n},look,web\n" for n in range(1, 5)))
    made = Workspace(tmp_path / "ws")
    made.import_files([tmp_path / "first.csv"], "shop")
    return made


def test_events_that_arrive_while_people_are_listed_do_not_shift_them(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more.csv").write_text(HEAD + "a0,2026-01-01,look,web\np1,2026-01-09,buy,web\n")
    found = ws.variants()
    listed = questions.persons_in

    def slowly(*given: object) -> object:
        answer = listed(*given)
        other = threading.Thread(target=Workspace(ws.places.root).import_files, args=([tmp_path / "more.csv"], "shop"))
        other.start()
        other.join()
        ws.build()  # numbers persons anew
        return answer

    monkeypatch.setattr(questions, "persons_in", slowly)
    page = found.people("variant:0")
    assert [row.person for row in page.people] == [f"customer_id:p{n}" for n in range(1, 5)]
    assert ws.variants().people_in_scope == 5


def test_a_slow_question_does_not_hold_up_a_quick_one(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from desireline.analyze import scoping

    quick, begun, go_on = scoping.scope_of, threading.Event(), threading.Event()

    def slow(generation: object, definition: object, asked: object, *more: object, **named: object) -> object:
        if asked.segment is not None:  # type: ignore[attr-defined]
            begun.set()
            assert go_on.wait(30)
        return quick(generation, definition, asked, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(scoping, "scope_of", slow)
    segment = {"where": 'channel = "web"'}
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(ws.variants(segment=segment).people_in_scope))
    asking.start()
    assert begun.wait(30)
    assert ws.variants().people_in_scope == 4
    assert not answers
    go_on.set()
    asking.join(30)
    assert answers == [4]


def test_a_question_leaves_nothing_behind_in_circles(ws: Workspace) -> None:
    gc.collect()
    gc.disable()
    try:
        for order in ("ordered", "strict", "any"):
            ws.funnel(["look", "look"], by_event_name=True, order=order, by="channel")
            ws.funnel(["look"], by_event_name=True, order=order, by="property.plan")
        scopes = [weakref.ref(scope) for scope in ws._scopes.values()]
        assert scopes
        ws._scopes.clear()
        assert [scope() for scope in scopes] == [None] * len(scopes)
    finally:
        gc.enable()

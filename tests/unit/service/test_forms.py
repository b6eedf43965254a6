"""Forms: who may be invited when, who may answer how often, and what reaches the lake, each answer exactly once."""

import datetime as dt
import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desireline.errors import (
    AnsweredBefore,
    AnswerMissing,
    AnswerTooFast,
    AnswerTooLong,
    BadAnswer,
    BadQuestion,
    DesirelineError,
    FormClosed,
    InvitationExpired,
    InvitationNeeded,
    NoSuchForm,
    NothingAnswered,
    StalePage,
    UnknownInvitation,
)
from desireline.model.form import Form
from desireline.model.invitation import RuleFields
from desireline.service.forms import flushing
from desireline.service.forms.inviting import quiet_until
from desireline.service.workspace import Workspace
from desireline.store import ingest, lake
from tests import staging
from tests.commands import environment
from tests.forms import ANY_TIME, FORM, QUESTIONS, token_of

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """A workspace whose rule refuses nobody."""
    made = Workspace(tmp_path / "workspace")
    made.forms.change_rule(ANY_TIME)
    return made


@pytest.fixture
def form(ws: Workspace) -> Form:
    return ws.forms.create(FORM)


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Form]:
    """A workspace with a form, for answers that are not taken."""
    made = Workspace(tmp_path_factory.mktemp("refusing"))
    return made, made.forms.create(FORM)


def people(*emails: str) -> list[dict[str, Any]]:
    return [{"identifiers": {"email": email}} for email in emails]


def send(ws: Workspace, form: Form, token: str | None = None, page: str | None = None, **fields: str) -> None:
    """Answers as a page does; fields are questions, `browser` and `website` what they are."""
    own = {name if name in {"browser", "website"} else f"q.{name}": value for name, value in fields.items()}
    page = ws.forms.page(form, token) if page is None else page
    ws.forms.answer(ws.forms.admit(form, token), {**own, "page": page}, "en")


def held(ws: Workspace) -> list[dict[str, Any]]:
    """What the lake holds of forms."""
    table = lake.events(ws.places.events).sql()
    return lake.query(f"SELECT * FROM {table} WHERE source = 'forms' ORDER BY event_id").to_pylist()


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-02T20:59:00+01:00", None),
        ("2026-03-02T21:00:00+01:00", "2026-03-03T08:00:00+01:00"),
        ("2026-03-03T07:59:59+01:00", "2026-03-03T08:00:00+01:00"),
        ("2026-03-03T08:00:00+01:00", None),
        ("2026-03-28T22:00:00+01:00", "2026-03-29T08:00:00+02:00"),  # clocks go forward in that night
    ],
)
def test_quiet_hours_are_local(now: str, until: str | None) -> None:
    found = quiet_until(RuleFields(), ZoneInfo("Europe/Zagreb"), dt.datetime.fromisoformat(now))
    assert found == (dt.datetime.fromisoformat(until) if until else None)


class TestInviting:
    def test_nobody_is_invited_at_night_and_it_says_until_when(self, ws: Workspace, form: Form) -> None:
        ws.forms.change_rule({"quiet_from": "21:00", "quiet_until": "08:00", "zone": "Europe/Warsaw"})
        night = dt.datetime(2026, 7, 1, 20, tzinfo=dt.UTC)  # 22:00 in Warsaw
        done = ws.forms.invite(form.id, people("a@b.pl"), night)
        assert (done.made, done.refused) == (0, {"quiet_hours": 1})
        assert done.invitations[0].until == dt.datetime(2026, 7, 2, 6, tzinfo=dt.UTC)
        assert done.invitations[0].path is None

    def test_the_cap_counts_a_person_over_all_forms_whichever_identifier_is_used(
        self, ws: Workspace, form: Form, tmp_path: Path
    ) -> None:
        both = staging.event("Order", 1_700_000_000_000_000, ["customer_id:7", "email:a@b.pl"])
        ingest.commit(ws.places, staging.stage(tmp_path / "rows", [both]), None, "b1")
        other = ws.forms.create({**FORM, "name": "Other"})
        ws.forms.change_rule({"most": 2, "days": 10})
        day = dt.timedelta(days=1)
        assert ws.forms.invite(form.id, people(" A@B.pl"), NOON).made == 1
        assert ws.forms.invite(other.id, [{"identifiers": {"customer_id": "7"}}], NOON + 3 * day).made == 1
        third = ws.forms.invite(form.id, [{"identifiers": {"customer_id": "7"}}, *people("c@d.hr")], NOON + 4 * day)
        assert [one.refused for one in third.invitations] == ["frequency_cap", None]
        assert third.invitations[0].until == NOON + 10 * day
        assert ws.forms.invite(form.id, people("a@b.pl"), NOON + 10 * day).made == 1

    def test_the_cap_remembers_a_form_that_is_gone_until_the_person_is_erased(self, ws: Workspace, form: Form) -> None:
        other = ws.forms.create({**FORM, "name": "Other"})
        ws.forms.change_rule({"most": 1, "days": 10})
        token = token_of(ws.forms.invite(form.id, people("a@b.pl"), NOON).invitations[0].path or "")
        ws.forms.remove(form.id)
        with pytest.raises(UnknownInvitation):
            ws.forms.admit(other, token)
        again = ws.forms.invite(other.id, people("a@b.pl"), NOON + dt.timedelta(days=3)).invitations[0]
        assert (again.refused, again.until) == ("frequency_cap", NOON + dt.timedelta(days=10))
        ws.forms.erase({"email": "a@b.pl"})
        assert ws.forms.invite(other.id, people("a@b.pl"), NOON + dt.timedelta(days=3)).made == 1

    def test_who_stands_in_the_list_twice_or_is_nobody_is_told(self, ws: Workspace, form: Form) -> None:
        done = ws.forms.invite(form.id, people("a@b.pl", "A@B.PL ", "n/a"))
        assert [one.refused for one in done.invitations] == [None, "twice", "no_person"]
        assert (done.made, done.refused) == (1, {"no_person": 1, "twice": 1})

    def test_links_come_out_as_they_went_in(self, ws: Workspace, form: Form) -> None:
        given = "\ufeffemail;note;language\n=x@b.pl;Zażółć;pl\n\nc@d.hr;;\n"
        lines = ws.forms.invite_table(form.id, given, "http://127.0.0.1:1").splitlines()
        assert lines[0] == "email,note,language,link,invitation,expires,refused,until"
        assert lines[1].startswith(f"'=x@b.pl,Zażółć,pl,http://127.0.0.1:1/f/{form.key}?i=")
        assert "&lang=pl," in lines[1]
        token = token_of(lines[2].split(",")[3])
        assert ws.forms.admit(form, token).invitation is not None
        assert all(token not in file.read_bytes().decode("latin-1") for file in [ws.places.records])

    @pytest.mark.parametrize("text", ["", "name,city\nAna,Split\n", "email,language\na@b.pl,de\n"])
    def test_a_list_that_makes_no_sense_is_refused(self, ws: Workspace, form: Form, text: str) -> None:
        with pytest.raises(BadQuestion):
            ws.forms.invite_table(form.id, text)
        assert ws.forms.counts(form.id).invited == 0


class TestWhoMayAnswer:
    def test_one_answer_for_each_invitation_however_many_send_it_at_once(self, ws: Workspace, form: Form) -> None:
        token = token_of(ws.forms.invite(form.id, people("a@b.pl")).invitations[0].path or "")
        visit, said = ws.forms.admit(form, token), list[str]()

        def answer() -> None:
            try:
                ws.forms.answer(visit, {"q.nps": "9", "page": ws.forms.page(form, token)}, "en")
                said.append("taken")
            except AnsweredBefore:
                said.append("refused")

        threads = [threading.Thread(target=answer) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Counter(said) == {"taken": 1, "refused": 5}
        with pytest.raises(AnsweredBefore):
            ws.forms.admit(form, token)

    def test_a_page_counts_once_and_so_does_a_browser(self, ws: Workspace, form: Form) -> None:
        page = ws.forms.page(form, None)
        send(ws, form, page=page, nps="9", browser="b1")
        send(ws, form, page=page, nps="3", browser="b1")
        assert ws.forms.counts(form.id).link_answered == 1
        with pytest.raises(AnsweredBefore):
            send(ws, form, nps="3", browser="b1")
        send(ws, form, nps="3", browser="b2")
        assert ws.forms.counts(form.id).link_answered == 2

    def test_programs_that_fill_in_the_hidden_field_are_counted_and_not_kept(self, ws: Workspace, form: Form) -> None:
        send(ws, form, nps="10", website="http://spam")
        counts = ws.forms.counts(form.id)
        assert (counts.discarded, counts.link_answered, counts.waiting) == (1, 0, 0)

    def test_a_page_that_is_not_ours_or_was_not_read_is_refused(self, ws: Workspace, form: Form) -> None:
        token = token_of(ws.forms.invite(form.id, people("a@b.pl")).invitations[0].path or "")
        page = ws.forms.page(form, None)
        for wrong in ("", "x.y.z", page[:-1] + "?", "0" + page):
            with pytest.raises(StalePage):
                send(ws, form, page=wrong, nps="9")
        with pytest.raises(StalePage):
            send(ws, form, token, page=page, nps="9")
        slow = ws.forms.change(form.id, form.revision, {"least_seconds": 30})
        with pytest.raises(AnswerTooFast):
            send(ws, slow, nps="9")

    def test_invitations_that_open_nothing(self, ws: Workspace, form: Form) -> None:
        token = token_of(ws.forms.invite(form.id, people("a@b.pl")).invitations[0].path or "")
        old = token_of(ws.forms.invite(form.id, people("c@d.hr"), NOON).invitations[0].path or "")
        other = ws.forms.create({**FORM, "name": "Other", "access": "invitation"})
        cases: list[tuple[type[DesirelineError], Form, str | None]] = [
            (UnknownInvitation, form, "nonsense"),
            (UnknownInvitation, other, token),
            (InvitationExpired, form, old),
            (InvitationNeeded, other, None),
            (FormClosed, ws.forms.change(form.id, 1, {"open": False}), token),
            (FormClosed, ws.forms.change(form.id, 2, {"open": True, "closes": NOON}), None),
        ]
        for error, at, given in cases:
            with pytest.raises(error):
                ws.forms.admit(at, given)
        with pytest.raises(NoSuchForm):
            ws.forms.by_key("nonsense")

    def test_counts_say_what_happened(self, ws: Workspace, form: Form) -> None:
        """2 of 4 answered: 50 % [15.0, 85.0] by Wilson's interval as R's prop.test(2, 4, correct = FALSE) has it."""
        done = ws.forms.invite(form.id, people("a@b.pl", "b@b.pl", "c@b.pl", "d@b.pl"))
        tokens = [token_of(one.path or "") for one in done.invitations]
        for token in tokens[:3]:
            ws.forms.opened(ws.forms.admit(form, token))
        send(ws, form, tokens[0], nps="9")
        ws.forms.decline(ws.forms.admit(form, tokens[1]))
        ws.forms.decline(ws.forms.admit(form, tokens[2]))
        send(ws, form, tokens[2], nps="2")
        counts = ws.forms.counts(form.id)
        assert (counts.invited, counts.opened, counts.answered, counts.declined) == (4, 3, 2, 1)
        assert (counts.response_rate, counts.low, counts.high) == pytest.approx((0.5, 0.1500, 0.8500), abs=5e-5)
        states = Counter(one.state for one in ws.forms.invitations(form.id).invitations)
        assert states == {"answered": 2, "declined": 1, "invited": 1}
        told = [ws.feedback.counts(asked).surveys[0] for asked in ({}, {"channels": ["email"]})]
        assert [(one.survey, one.invited, one.answered) for one in told] == [
            ("After delivery", 4, 2), ("After delivery", None, 2)]  # fmt: skip


class TestAnswers:
    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            ({"nps": "11"}, BadAnswer), ({"nps": "-1"}, BadAnswer), ({"nps": "9.5"}, BadAnswer),
            ({"nps": "9", "csat": "0"}, BadAnswer), ({"nps": "9", "effort": "8"}, BadAnswer),
            ({"nps": "٩"}, BadAnswer), ({"nps": "9", "where": "<script>"}, BadAnswer), ({"csat": "4"}, AnswerMissing),
            ({"nps": "9", "comment": "x" * 50_000}, AnswerTooLong), ({"nps": "9", "gone": "1"}, StalePage),
        ],
    )  # fmt: skip
    def test_what_the_form_does_not_take_is_refused_and_not_kept(
        self, refusing: tuple[Workspace, Form], fields: dict[str, str], error: type[DesirelineError]
    ) -> None:
        ws, form = refusing
        with pytest.raises(error) as refused:
            send(ws, form, **fields)
        assert refused.value.http_status == 400
        assert ws.forms.counts(form.id).waiting == 0

    def test_nothing_at_all_is_no_answer(self, ws: Workspace) -> None:
        form = ws.forms.create({**FORM, "questions": QUESTIONS[1:]})
        with pytest.raises(NothingAnswered):
            send(ws, form, csat=" ", comment="\x00")

    def test_an_answer_becomes_one_event_for_each_question(self, ws: Workspace, form: Form) -> None:
        made = ws.forms.invite(form.id, people("Ana@B.pl")).invitations[0]
        ws.forms.answer(
            ws.forms.admit(form, token_of(made.path or "")),
            {"q.nps": "9", "q.courier": "0", "q.where": "door", "q.comment": " <b>😀</b>\r\nświetnie\x07 ",
             "page": ws.forms.page(form, token_of(made.path or ""))}, "pl",
        )  # fmt: skip
        assert ws.status().events == 4, "a question brings in what waits"
        found = {json.loads(row["properties"])["question"]: row for row in held(ws)}
        assert {row["name"] for row in found.values()} == {"Delivery"}
        assert {row["channel"] for row in found.values()} == {"email"}
        assert all(row["identifiers"] == [{"type": "email", "value": "ana@b.pl"}] for row in found.values())
        assert {which: (row["score"], row["text"]) for which, row in found.items()} == {
            "nps": (9.0, None), "courier": (0.0, None), "where": (None, None),
            "comment": (None, "<b>😀</b>\nświetnie"),
        }  # fmt: skip
        assert json.loads(found["nps"]["properties"]) == {
            "survey": "After delivery", "question": "nps", "question_text": "Czy nas polecisz?", "scale": "nps",
            "answer": "9", "language": "pl", "invitation": made.id,
        }  # fmt: skip
        where = json.loads(found["where"]["properties"])
        assert (where["scale"], where["answer"], where["answer_text"]) == ("choice", "door", "Do drzwi")
        assert "scale" not in json.loads(found["comment"]["properties"])

    def test_without_an_invitation_every_answer_is_somebody_else(self, ws: Workspace, form: Form) -> None:
        send(ws, form, nps="9")
        send(ws, form, nps="2")
        assert ws.status().people == 2
        assert all("invitation" not in json.loads(row["properties"]) for row in held(ws))

    def test_answers_stay_when_their_form_goes(self, ws: Workspace, form: Form) -> None:
        send(ws, form, nps="9")
        ws.forms.remove(form.id)
        assert ws.status().events == 1


class TestExactlyOnce:
    def test_a_question_is_answered_while_another_one_writes(self, ws: Workspace, form: Form, tmp_path: Path) -> None:
        ingest.commit(ws.places, staging.stage(tmp_path / "rows", [staging.event("Order", 1)]), None, "b1")
        send(ws, form, nps="9")
        ws.build()
        with ws.places.writing():
            assert ws.status().events == 1
        assert ws.forms.counts(form.id).waiting == 1
        assert ws.status().events == 2

    def test_a_process_that_is_killed_between_lake_and_records_leaves_nothing_twice(
        self, ws: Workspace, form: Form
    ) -> None:
        for score in ("9", "10", "3"):
            send(ws, form, nps=score)
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(ws.places.root)], env=environment(), timeout=120, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        assert len(held(ws)) == 3, "it was killed after its commit"
        assert ws.forms.counts(form.id).waiting == 3
        send(ws, form, nps="7")
        assert ws.status().events == 4
        assert Counter(row["score"] for row in held(ws)) == {9.0: 1, 10.0: 1, 3.0: 1, 7.0: 1}
        assert ws.forms.counts(form.id).waiting == 0

    def test_what_one_batch_does_not_hold_comes_in_the_next(
        self, ws: Workspace, form: Form, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(flushing, "BATCH", 2)
        for _ in range(5):
            send(ws, form, nps="9")
        ws.forms.flush()
        assert (len(held(ws)), ws.forms.counts(form.id).waiting) == (5, 0)


KILLED = f"""
import os, sys
from desireline.service.workspace import Workspace
ws = Workspace(sys.argv[1])
ws.records.forms.arrived = lambda answers: os.kill(os.getpid(), {int(signal.SIGKILL)})
ws.status()
"""
"""Dies where it hurts most: the events are in the lake, and the records do not know it yet."""


class TestErasing:
    def test_a_person_is_erased_over_all_forms_by_any_identifier_and_others_stay(
        self, ws: Workspace, form: Form, tmp_path: Path
    ) -> None:
        both = staging.event("Order", 1_700_000_000_000_000, ["customer_id:7", "email:ana@b.pl"])
        ingest.commit(ws.places, staging.stage(tmp_path / "rows", [both]), None, "b1")
        assert ws.status().events == 1
        ws.forms.change_rule({"most": 1, "days": 3650})
        other = ws.forms.create({**FORM, "name": "Other"})
        done = ws.forms.invite(form.id, people("Ana@b.pl", "eva@b.pl"))
        tokens = [token_of(one.path or "") for one in done.invitations]
        assert ws.forms.invite(other.id, [{"identifiers": {"customer_id": "7"}}]).refused == {"frequency_cap": 1}
        send(ws, form, tokens[0], nps="9", comment="secret words")
        send(ws, form, tokens[1], nps="3")
        gone = ws.forms.erase({"customer_id": "7"})
        assert (gone.identifiers, gone.invitations, gone.answers) == (["customer_id:7", "email:ana@b.pl"], 1, 1)
        assert (ws.forms.counts(form.id).invited, ws.forms.counts(form.id).waiting) == (1, 1)
        with pytest.raises(UnknownInvitation):
            ws.forms.admit(form, tokens[0])
        kept = b"".join(file.read_bytes() for file in ws.places.root.glob("records*"))
        assert b"eva@b.pl" in kept
        assert b"ana@b.pl" not in kept
        assert b"secret words" not in kept
        assert ws.status().events == 2, "the order that was there and the other one's answer"
        assert ws.forms.invite(other.id, [{"identifiers": {"customer_id": "7"}}]).made == 1
        assert ws.forms.erase({"email": "nobody@b.pl"}).invitations == 0
        with pytest.raises(BadQuestion):
            ws.forms.erase({"email": "n/a"})

    def test_an_answer_that_is_erased_while_it_is_brought_in_does_not_arrive(
        self, ws: Workspace, form: Form, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = ws.forms.invite(form.id, people("ana@b.pl", "eva@b.pl"))
        for one in done.invitations:
            send(ws, form, token_of(one.path or ""), nps="9")
        staged = flushing._staged

        def erased_meanwhile(folder: Path, rows: list[dict[str, Any]]) -> Path:
            monkeypatch.setattr(flushing, "_staged", staged)
            assert ws.forms.erase({"email": "ana@b.pl"}).answers == 1
            return staged(folder, rows)

        monkeypatch.setattr(flushing, "_staged", erased_meanwhile)
        ws.forms.flush()
        assert [row["identifiers"] for row in held(ws)] == [[{"type": "email", "value": "eva@b.pl"}]]

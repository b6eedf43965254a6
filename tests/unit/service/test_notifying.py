"""Subscriptions: each change is queued once for everybody who wants it, as the notice says it."""

import datetime as dt
import json
from pathlib import Path

import pytest

from desireline.errors import BadQuestion, NameTaken, UnknownDocument
from desireline.service.workspace import Workspace

HOOK = "https://example.com/hook"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "ws")


def bodies(ws: Workspace) -> list[dict]:
    """What waits for the webhook, oldest first."""
    now = dt.datetime.now(dt.UTC)
    found = []
    while claimed := ws.records.deliveries.claim(now, now + dt.timedelta(hours=1)):
        if claimed[0].channel == "webhook":
            found.append(json.loads(claimed[1]))
    return found


def test_each_change_is_queued_once_for_who_wants_it(ws):
    ws.subscriptions.create({"name": "Board", "to": HOOK, "nouns": ["action"], "kinds": ["created", "finished"]})
    ws.subscriptions.create({"name": "Mail", "to": "ana@example.com", "language": "hr", "nouns": ["annotation"]})
    made = ws.actions.create({"name": "Sign", "owner": "Ana"})
    ws.actions.change("Sign", {"revision": 1, "owner": "Iva"})
    ws.actions.start("Sign")
    ws.actions.finish("Sign")
    created, finished = bodies(ws)
    assert (created["type"], created["name"]) == ("action", "Sign")
    assert created["data"]["subject"] == "Sign: action created"
    assert {name: created["data"][name] for name in ("kind", "noun", "id", "revision")} == {
        "kind": "created", "noun": "action", "id": made.id, "revision": 1,
    }  # fmt: skip
    assert created["data"]["change"]["owner"] == {"before": None, "after": "Ana"}
    assert (finished["data"]["kind"], finished["data"]["revision"]) == ("finished", 4)
    assert finished["data"]["change"]["status"] == {"before": "in_progress", "after": "done"}
    waiting = ws.deliveries.page()
    assert [(one.channel, one.about, one.name) for one in waiting.deliveries if one.channel == "email"] == [
        ("email", "annotation", "Sign")
    ]
    assert waiting.total == 3


def test_what_is_no_recipient_is_refused(ws):
    for wrong in ({"to": "nobody"}, {"to": HOOK, "nouns": ["map"]}, {"to": HOOK, "kinds": ["seen"]}):
        with pytest.raises(BadQuestion):
            ws.subscriptions.create({"name": "x", **wrong})
    kept = ws.subscriptions.create({"name": "Board", "to": HOOK})
    with pytest.raises(NameTaken):
        ws.subscriptions.create({"name": "Board", "to": HOOK})
    ws.subscriptions.remove(kept.id)
    with pytest.raises(UnknownDocument):
        ws.subscriptions.remove(kept.id)
    ws.actions.create({"name": "Sign"})
    assert ws.deliveries.page().total == 0

"""Dashboards, goals, alerts, deliveries and reports over HTTP and on the command line: the same of all."""

import io
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from pptx import Presentation
from pypdf import PdfReader

from desireline.errors import DiskFull
from desireline.http import scheduler
from desireline.service import settings
from desireline.service.workspace import Workspace
from tests.commands import desireline_command, series
from tests.servers import serving

PASSWORD = "never to be seen"  # noqa: S105


def set_up(own: Path) -> tuple[str, Any]:
    """A typed KPI below what is wanted, with an alert, and a mail server that is down: the KPI's id, and the alert."""
    mail = {"host": "127.0.0.1", "port": 9, "security": "none", "user": "u", "password": PASSWORD, "sender": "a@b.c"}
    settings.save(own, settings.Settings(mail=mail))
    source = {"origin": "typed", "readings": [{"day": "2026-01-05", "counts": {"numerator": 30, "denominator": 100}}]}
    kpi = Workspace(own).kpis.create({"name": "Solved", "kind": "share", "source": source})
    written = own.parent / "alert.json"
    rule = {"on": "threshold", "below": 0.4}
    written.write_text(json.dumps({"name": "Low", "kpi": "Solved", "rule": rule, "to": ["ana@example.com"]}))
    return kpi.id, desireline_command("alerts", "create", written, "--json", workspace=own).json


def letters(api: httpx.Client) -> None:
    """The alert fires once, its letter waits, shows no password, and can be cancelled once."""
    checked = api.post("/alerts/check").json()  # before the server does so by itself
    assert (checked["fired"], checked["queued"]) == (["Low"], 1)
    api.post("/deliveries/flush")
    [letter] = api.get("/deliveries", params={"state": "waiting"}).json()["deliveries"]
    assert (letter["error"], letter["attempts"]) == ("unreachable", 1)
    assert PASSWORD not in api.get("/deliveries/settings").text + api.get("/deliveries").text
    assert api.post(f"/deliveries/{letter['id']}/cancel").json()["state"] == "cancelled"
    assert api.post(f"/deliveries/{letter['id']}/cancel").json()["error"]["code"] == "delivery_settled"
    assert api.post("/deliveries/test", json={"to": "nobody"}).json()["error"]["code"] == "bad_question"


def boards(api: httpx.Client, kpi: str) -> None:
    """A goal, a dashboard whose tiles may not overlap, and a report of it in the reader's language."""
    goal = api.post("/goals", json={"name": "Stay"}).json()
    api.patch(f"/kpis/{kpi}", json={"revision": 1, "serves": goal["id"]})
    tiles = [{"id": "a", "kpi": kpi}]
    board = api.post("/dashboards", json={"name": "Service", "tiles": tiles}).json()
    overlap = api.patch("/dashboards/Service", json={"revision": 1, "tiles": [*tiles, {"id": "b", "kpi": kpi}]})
    assert overlap.json()["error"]["code"] == "bad_question"
    parts = [{"part": "dashboard", "dashboard": board["id"]}]
    assert api.post("/reports", json={"name": "Monthly", "parts": parts}).status_code == 200
    made = api.get("/reports/Monthly/file", params={"lang": "hr"})
    assert made.headers["content-type"] == "application/pdf"
    assert "n = 100" in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)


def told_by(api: httpx.Client) -> dict[str, Any]:
    """What HTTP says, by the command that says the same."""
    return {
        "goal tree": api.get("/goals").json(), "dashboard list": {"dashboards": api.get("/dashboards").json()},
        "anomalies": api.get("/anomalies").json(), "deliveries list": api.get("/deliveries").json(),
        "deliveries settings": api.get("/deliveries/settings").json(),
        "report list": {"reports": api.get("/reports").json()},
    }  # fmt: skip


def test_both_surfaces_keep_one_registry(tmp_path: Path) -> None:
    own = tmp_path / "workspace"
    kpi, alert = set_up(own)
    with serving(own) as server, httpx.Client(base_url=server.address + "/api", timeout=60) as api:
        letters(api)
        boards(api, kpi)
        told = told_by(api)
        shown = api.get("/dashboards/Service/shown", params={"by": "day", "against": "target"}).json()
        assert [one["alert"] for one in api.get("/alerts").json()] == [alert]
    deck = tmp_path / "m.pptx"
    asked = [
        *((*words.split(), "--json") for words in told),
        ("dashboard", "show", "Service", "--by", "day", "--against", "target", "--json"),
        ("alerts", "check", "--json"), ("deliveries", "secret", "--json"), ("report", "make", "Monthly", "--out", deck),
        ("report", "make", "Monthly", "--out", tmp_path / "m.doc"),
    ]  # fmt: skip
    ran = series(*asked, workspace=own)
    assert [one.json for one in ran[: len(told)]] == list(told.values())
    board_again, check, secret, written, refused = ran[len(told) :]
    assert board_again.json["tiles"] == shown["tiles"]
    assert shown["tiles"][0]["series"]["figure"]["value"] == 0.3
    assert check.json["fired"] == []
    assert secret.json["secret"].startswith("whsec_")
    assert (written.code, refused.code, len(Presentation(str(deck)).slides)) == (0, 1, 3)


class Taking(BaseHTTPRequestHandler):
    """Counts calls."""

    def do_POST(self):
        self.server.calls.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    server.calls = []
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_server_checks_and_sends_by_itself(tmp_path, receiver, monkeypatch):
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.02)
    ws = Workspace(tmp_path / "ws")
    failing = [OSError("no such disk"), DiskFull(folder="/", free_mb=0)]

    def opened():
        if failing:
            raise failing.pop()
        return ws

    clock = scheduler.Scheduler(opened, ws.places.root)
    clock.tick()
    assert not ws.places.root.exists(), "nothing is made where nothing is"
    settings.save(ws.places.root, settings.Settings(webhooks={"allowed_hosts": ["127.0.0.1"]}))
    source = {"origin": "typed", "readings": [{"day": "2026-01-05", "counts": {"numerator": 30, "denominator": 100}}]}
    kpi = ws.kpis.create({"name": "Solved", "kind": "share", "source": source})
    rule = {"on": "threshold", "below": 0.4}
    ws.alerts.create({"name": "Low", "kpi": kpi.id, "rule": rule, "to": [f"http://127.0.0.1:{receiver.server_port}/"]})
    clock.start()
    until = time.monotonic() + 20
    while not receiver.calls and time.monotonic() < until:
        time.sleep(0.02)
    clock.stop()
    assert [one["name"] for one in receiver.calls] == ["Low"]
    assert ws.alerts.get("Low").state.state == "firing"

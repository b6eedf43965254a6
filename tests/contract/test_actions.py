"""Actions over HTTP and on the command line: one plan, the same sentences, the same refusals."""

import json

from desireline.http.app import create_app
from tests.asgi import Client
from tests.commands import series

BET = {"of": "Order", "measure": "conversion", "expected": {"value": 0.02, "low": 0.01, "high": 0.03},
       "evaluate": "2026-06-01"}  # fmt: skip


def typed(own, *commands):
    return [ran.json for ran in series(*(("action", *command, "--json") for command in commands), workspace=own)]


def test_both_surfaces_keep_one_plan(tmp_path):
    own = tmp_path / "workspace"
    created = ("create", "Short form", "--bet", json.dumps(BET), "--set", "owner=Ana", "--set", 'tags=["form"]')
    made, listed, begun, changed, unknown, bets = typed(
        own, created, ("list",), ("start", "Short form"),
        ("set", "Short form", "--bet", json.dumps({**BET, "evaluate": "2026-09-01"})),
        ("detectable", "--bet", json.dumps(BET)), ("bets",),
    )  # fmt: skip
    assert (made["status"], made["owner"], made["tags"], listed["actions"]) == ("idea", "Ana", ["form"], [made])
    assert made["told"]["bet"].startswith("“Order” is expected to change by +2 pp (from +1 pp to +3 pp); judged on")
    assert (begun["status"], begun["seal"]["bet"]) == ("in_progress", made["bet"])
    assert [(c["field"], c["before"]) for c in changed["changes"]] == [("evaluate", "2026-06-01")]

    api, one = Client(create_app(own)), f"/api/actions/{made['id']}"
    assert api.get(one).json() == changed == api.get("/api/actions").json()[0]
    assert api.get(one, headers={"Accept-Language": "pl"}).json()["told"]["bet"].startswith("Oczekiwana zmiana")
    assert "evaluate" in api.get(one).json()["told"]["changed"]
    stale = api.request("PATCH", one, json={"revision": 1, "owner": "Iva"})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale_document")
    refused = api.request("POST", f"{one}/verdict").json()["error"]
    assert (refused["code"], refused["details"]["needed"]) == ("action_state", ["done"])
    columns = api.get("/api/actions/board").json()
    assert [column["status"] for column in columns if column["actions"]] == ["in_progress"]
    assert api.get("/api/actions", params={"status": "done"}).json() == []
    assert api.get("/api/actions/bets").json() == bets
    assert unknown["detectable"] is None
    assert api.request("POST", "/api/actions/detectable", json={"bet": BET}).json() == unknown

    done = api.request("POST", f"{one}/finish", json={}).json()
    [note] = api.get("/api/annotations").json()
    assert (note["kind"], note["name"], note["action"]) == ("action", "Short form", made["id"])
    assert api.get("/api/actions/timeline").json()[0]["until"] == note["day"]
    wrong = api.request("PATCH", f"/api/annotations/{note['id']}", json={"revision": 1, "kind": "party"})
    assert wrong.status_code == 422

    _comes_back(own, tmp_path, api, done)


def _comes_back(own, folder, api, done):
    """The file of Jira's goes out, is changed, and is read on both surfaces."""
    one = f"/api/actions/{done['id']}"
    exported = api.get("/api/actions/export", params={"form": "jira"})
    assert exported.headers["content-disposition"] == 'attachment; filename="actions-jira.csv"'
    back, lost = folder / "jira.csv", folder / "lost.csv"
    back.write_text(exported.text.replace(",Ana,", ",Iva,"))
    lost.write_text("Summary,Status\nx,Done\n")
    found = api.request("POST", "/api/actions/import", files={"file": ("jira.csv", back.read_bytes())}).json()
    assert (found["changed"], found["rows"][0]["fields"]) == (1, ["owner"])
    kept = api.get(one).json()
    assert (kept["owner"], kept["bet"], kept["revision"]) == ("Iva", done["bet"], done["revision"] + 1)
    gone = folder / "gone.csv"
    gone.write_text("External ID,Status\na-gone,Done\n")
    again, left, keyless, deleted, absent = series(
        ("action", "import", back, "--json"), ("action", "import", gone), ("action", "import", lost),
        ("action", "delete", done["id"]), ("action", "start", done["id"]), workspace=own,
    )  # fmt: skip
    assert (again.json["same"], again.json["left"]) == (1, 0)
    assert left.out.splitlines() == [
        "1 row: 0 changed, 0 as before, 1 left out.", "  Line 2: no action has the key 'a-gone'.",
    ]  # fmt: skip
    assert (keyless.code, "External ID" in keyless.err) == (1, True)
    assert (deleted.code, absent.code, done["id"] in absent.err) == (0, 1, True)
    assert api.request("POST", f"{one}/start").json()["error"]["code"] == "unknown_document"

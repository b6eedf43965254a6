"""KPIs over HTTP and on the command line: one registry, the same figures, the same refusals."""

import datetime as dt
import json

import httpx
import pytest

from desireline.errors import BadQuestion
from desireline.http.failures import document
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace
from tests.commands import desireline_command
from tests.servers import serving

COUNTS = {"promoters": 1436, "passives": 968, "detractors": 342}


def shop(tmp_path):
    """60 customers; every third bought once, the others every few days."""
    rows, first = ["who,time,name,value"], dt.date(2026, 1, 1)
    for who in range(60):
        for k in range(1 if who % 3 == 0 else 2 + who % 7):
            day = first + dt.timedelta(days=who % 20 + k * (3 + who % 11))
            rows.append(f"c{who},{day}T10:00:00,order,{20 + who % 9 * 7 + k % 2 * 3}")
    (tmp_path / "orders.csv").write_text("\n".join(rows))
    ws = Workspace(tmp_path / "shop")
    ws.import_files([tmp_path / "orders.csv"], "shop", mapping=Mapping.model_validate({
        "person": [{"column": "who"}], "time": {"column": "time"}, "event": {"column": "name"},
        "value": {"column": "value"},
    }))  # fmt: skip
    return tmp_path / "shop"


def test_both_surfaces_fit_the_same_customers_and_a_kpi_keeps_what_was_found(tmp_path):
    own = shop(tmp_path)
    with serving(own) as server, httpx.Client(base_url=server.address + "/api", timeout=60) as api:
        fitted = api.post("/clv/customers", json={"purchases": ["order"], "months": 6}).json()
        assert fitted == desireline_command(
            "clv", "customers", "--purchase", "order", "--months", "6", "--json", workspace=own
        ).json  # fmt: skip
        assert (fitted["customers"], fitted["repeating"]) == (60, 40)
        counted = {"name": "Worth", "kind": "clv", "source": {"origin": "events", "touchpoints": ["order"]}}
        refused = api.post("/kpis", json=counted)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "modelled_elsewhere")
        assert "POST /api/clv/customers" in refused.json()["error"]["message"]
        worth = fitted["worth"]
        counts = {"customers": 60, "value": worth["total"], "value_squared": worth["squares"]}
        read = api.post("/kpis/kinds/clv/compute", json={"counts": counts}).json()
        told = [read[name] for name in ("value", "low", "high")]
        assert told == pytest.approx([worth[name] for name in ("mean", "low", "high")])
        for wrong in ({"purchases": []}, {"purchases": ["order"], "months": 0}, {"purchases": ["nothing"]}):
            assert api.post("/clv/customers", json=wrong).status_code in {400, 404, 422}


def test_both_surfaces_keep_one_registry(tmp_path):
    own = tmp_path / "workspace"

    def typed(*arguments):
        return desireline_command("kpi", *arguments, "--json", workspace=own)

    (tmp_path / "nps.csv").write_text(
        "kpi,kind,day,promoters,passives,detractors,by\nNPS,nps,2026-01-05,1436,968,342,mail\n"
    )
    assert typed("import", str(tmp_path / "nps.csv")).json == {"created": ["NPS"], "changed": [], "readings": 1}
    computed = typed("compute", "nps", "--counts", ",".join(f"{name}={n}" for name, n in COUNTS.items())).json
    with serving(own) as server, httpx.Client(base_url=server.address, timeout=60) as api:
        assert api.post("/api/kpis/kinds/nps/compute", json={"counts": COUNTS}).json() == computed
        assert (computed["value"], computed["n"], computed["formula"]) == (39.84, 2746, "nps")
        measured = api.post("/api/kpis/NPS/measure", json={"since": "2026-01-05", "until": "2026-01-11"}).json()
        assert measured == typed("measure", "NPS", "--since", "2026-01-05", "--until", "2026-01-11").json
        assert measured["figure"] == computed
        parts = api.post("/api/kpis/NPS/measure", json={"since": "2026-01-05", "split": "by"}).json()
        assert parts == typed("measure", "NPS", "--since", "2026-01-05", "--split", "by").json
        assert [(one["value"], one["figure"]["n"]) for one in parts["split"]["parts"]] == [("mail", 2746)]
        together = api.post("/api/kpis/measure", json={"since": "2026-01-05", "until": "2026-01-11"}).json()
        assert together == [measured]
        kinds = api.get("/api/kpis/kinds", headers={"Accept-Language": "hr"}).json()
        assert kinds == typed("--language", "hr", "kinds").json["kinds"]
        kept = api.get("/api/kpis").json()[0]
        changed = api.patch(f"/api/kpis/{kept['id']}", json={"revision": 1, "owner": "Service"}).json()
        assert (changed["owner"], changed["revision"], typed("list").json["kpis"]) == ("Service", 2, [changed])
        stale = api.patch(f"/api/kpis/{kept['id']}", json={"revision": 1, "owner": "Sales"})
        assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale_document")
        people = api.get("/api/kpis/NPS/people", params={"since": "2026-01-05", "until": "2026-01-11"})
        assert people.json()["error"]["code"] in {"bad_drilldown", "no_events"}
        exported = api.get("/api/kpis/export", params={"form": "theydo"}).json()
        assert exported["metrics"][0]["title"] == "NPS"
        upload = api.post("/api/uploads", files={"file": ("nps.json", json.dumps(exported).encode())}).json()["upload"]
        read = {"created": [], "changed": ["NPS"], "readings": 1}
        assert api.post("/api/kpis/import", json={"upload": upload}).json() == read
        assert api.delete(f"/api/kpis/{kept['id']}").status_code == 204
        assert api.get("/api/kpis/NPS").json()["error"]["code"] == "unknown_document"


def test_what_cannot_be_is_refused_with_a_sentence():
    ran = desireline_command("kpi", "compute", "churn", "--counts", "lost=3,start=2")
    assert (ran.code, "3 > 2" in ran.err) == (1, True)
    empty = desireline_command("kpi", "compute", "churn", "--counts", "lost=0,start=0", "--json")
    assert (empty.code, empty.json["value"], empty.json["refused"]) == (0, None, "nothing_counted")


def test_days_that_no_event_can_be_of_are_refused(tmp_path):
    with serving(tmp_path / "workspace") as server, httpx.Client(base_url=server.address, timeout=60) as api:
        source = {"origin": "typed", "readings": []}
        api.post("/api/kpis", json={"name": "NPS", "kind": "nps", "source": source}).raise_for_status()
        for far in ("9999-12-31", "1899-12-31"):
            asked = [api.post("/api/kpis/NPS/measure", json={"until": far}), api.get("/api/feedback?since=" + far),
                     api.get("/api/kpis/NPS/people", params={"since": "2026-01-05", "until": far}),
                     api.get("/api/anomalies", params={"until": far})]  # fmt: skip
            assert {one.status_code for one in asked} == {422}


def test_half_a_pair_of_utf_16_is_answered_in_utf_8():
    told = document(BadQuestion(parameter="name", given="a\ud800", expected="b"), "en").model_dump_json()
    assert json.loads(told)["error"]["details"]["given"] == "a?"

"""Opportunities over HTTP and on the command line: one portfolio, the same refusals."""

import httpx

from tests.commands import desireline_command
from tests.servers import serving


def test_both_surfaces_keep_one_portfolio(own):
    def typed(*arguments):
        return desireline_command("opportunities", *arguments, "--json", workspace=own)

    first = typed("add", "Say when it comes", "--set", "effort=1", "--set", "customer_value=5",
                  "--set", "business_value=4", "--set", "place.touchpoint=Order").json  # fmt: skip
    with serving(own) as server, httpx.Client(base_url=server.address, timeout=60) as api:
        made = api.post("/api/opportunities", json={"title": "=Shorter form", "effort": 4, "customer_value": 2,
                                                    "business_value": 2}).json()  # fmt: skip
        over_http = api.get("/api/opportunities").json()
        listed = typed("list").json
        assert {**over_http, "at": 0} == {**listed, "at": 0}
        assert [r["opportunity"]["id"] for r in listed["opportunities"]] == [first["id"], made["id"]]
        assert first["place"]["touchpoint"] == "Order"
        address = f"/api/opportunities/{made['id']}"
        assert api.patch(address, json={"revision": 1, "status": "planned"}).json()["revision"] == 2
        stale = api.patch(address, json={"revision": 1, "status": "done"})
        assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale_opportunity")
        assert typed("set", made["id"], "--revision", "1", "--set", "effort=1").code != 0
        bad = api.get("/api/opportunities", params={"formula": "effort ** 2"}, headers={"Accept-Language": "pl"})
        assert (bad.status_code, bad.json()["error"]["code"]) == (422, "bad_expression")
        assert api.put("/api/opportunities/formula", json={"formula": "ice"}).json() == {"formula": "ice"}
        assert typed("formula").json == {"formula": "ice"}
        sheet = api.get("/api/opportunities/export")
        assert ",'=Shorter form," in sheet.text
        assert api.post(f"{address}/measure", json={}).json()["error"]["code"] == "nothing_to_measure"
        assert api.delete(address, params={"revision": 1}).status_code == 409
        assert api.delete(address).status_code == 204
        assert api.get(address).json()["error"]["code"] == "unknown_opportunity"
    shown = desireline_command("opportunities", "show", "Say when it comes", workspace=own)
    assert "Say when it comes" in shown.out

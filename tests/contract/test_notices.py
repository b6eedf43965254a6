"""Targets, annotations and subscriptions: the command line says and does what HTTP says and does."""

import httpx

from tests.commands import desireline_command
from tests.servers import serving


def test_targets_are_kept_with_their_days_on_both_surfaces(tmp_path):
    own = tmp_path / "workspace"

    def typed(*arguments):
        return desireline_command("kpi", *arguments, workspace=own)

    (tmp_path / "nps.csv").write_text("kpi,kind,day,promoters,passives,detractors\nNPS,nps,2026-01-05,50,30,20\n")
    typed("import", str(tmp_path / "nps.csv"))
    typed("target", "NPS", "40", "--by", "2026-02-01")
    said = typed("target", "NPS", "45", "--by", "2026-01-31").out
    assert "The day of this target is over: 31 Jan 2026." in said
    measured = typed("measure", "NPS", "--since", "2026-01-05", "--until", "2026-01-11")
    assert "No target held on these days: this one, 45, was set on " in measured.out.replace("45.00", "45")
    assert "The day of this target is over" in measured.out
    [held] = typed("target", "NPS", "--json").json["targets"]
    assert (held["value"], held["by"], held["until"]) == (45, "2026-01-31", None), "the last one of a day holds"
    with serving(own) as server, httpx.Client(base_url=server.address, timeout=60) as api:
        kept = api.get("/api/kpis/NPS").json()
        assert [one["value"] for one in kept["targets"]] == [40, 45]
        assert api.post("/api/kpis/NPS/measure", json={}).json()["targets"] == [held]
        assert api.patch("/api/kpis/NPS", json={"revision": kept["revision"], "targets": []}).status_code == 422
    assert typed("target", "NPS", "--none", "--json").json["target"] is None


def test_annotations_and_subscriptions_on_both_surfaces(tmp_path):
    own = tmp_path / "workspace"

    def typed(*arguments):
        return desireline_command(*arguments, "--json", workspace=own)

    told = typed("subscriptions", "create", "Board", "ana@example.com", "--noun", "annotation", "--in", "hr").json
    noted = typed("annotations", "create", "Sale", "2026-03-20", "--kind", "campaign", "--until", "2026-03-22").json
    assert typed("annotations", "create", "Sale", "soon").json["error"]["code"] == "bad_question"
    assert typed("subscriptions", "create", "X", "a@example.com", "--kind", "seen").code == 1
    [waiting] = typed("deliveries", "list").json["deliveries"]
    assert (waiting["to"], waiting["about"], waiting["name"]) == ("ana@example.com", "annotation", "Sale")
    with serving(own) as server, httpx.Client(base_url=server.address, timeout=60) as api:
        assert api.get("/api/subscriptions").json() == typed("subscriptions", "list").json["subscriptions"] == [told]
        shown = typed("annotations", "list", "--since", "2026-03-22").json["annotations"]
        assert api.get("/api/annotations", params={"since": "2026-03-22"}).json() == shown
        assert [one["id"] for one in shown] == [noted["id"]]
    assert typed("annotations", "delete", "Sale").json == {"deleted": noted["id"]}
    assert typed("subscriptions", "delete", "Board").json == {"deleted": told["id"]}

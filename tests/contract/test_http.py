"""HTTP keeps its word on the real server, and says the same as the command line and Python."""

import http.client
import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

import desireline as dl
from desireline.model.journey_map import MapFile
from tests.commands import desireline_command
from tests.contract.conftest import CASES
from tests.servers import Server, serving

STEPS = ["Visit", "Basket", "Order"]


def ask(api: httpx.Client, question: str, **request: Any) -> Any:
    answer = api.post(f"/api/questions/{question}", json=request)
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestOneAnswerOnThreeSurfaces:
    @pytest.mark.parametrize(
        ("question", "request_", "options"),
        [
            ("funnel", {"steps": STEPS}, ("--steps", ",".join(STEPS))),
            ("funnel", {"steps": STEPS, "within": "7d", "grain": "case"},
             ("--steps", ",".join(STEPS), "--within", "7d", "--grain", "case")),
            ("funnel", {"steps": STEPS, "filters": {"channels": ["web"], "traits": {"segment": ["gold"]}}},
             ("--steps", ",".join(STEPS), "--channel", "web", "--trait", "segment=gold")),
            ("transitions", {"by_event_name": True}, ("--by-event-name",)),
            ("variants", {"top": 3, "collapse": True}, ("--top", "3", "--collapse")),
            ("paths", {"anchor": "Visit", "depth": 3}, ("--anchor", "Visit", "--depth", "3")),
            ("durations", {"from": "Visit", "to": "Order", "by": "channel"},
             ("--from", "Visit", "--to", "Order", "--by", "channel")),
            ("durations", {"from": "@first", "to": "@last"}, ("--from", "@first", "--to", "@last")),
        ],
    )  # fmt: skip
    def test_questions(
        self, api: httpx.Client, mapped: Path, question: str, request_: dict[str, Any], options: tuple[str, ...]
    ) -> None:
        over_http = ask(api, question, **request_)
        typed = desireline_command(question, *options, "--json", workspace=mapped).json
        called = dl.open(mapped).ask(question, request_).model_dump(mode="json", by_alias=True)
        assert over_http == typed == called

    def test_python_reads_as_the_documentation_says(self, api: httpx.Client, mapped: Path) -> None:
        called = dl.open(mapped).funnel(STEPS, within="7d")
        assert [s.people for s in called.steps] == [29, 20, 10]
        assert called.model_dump(mode="json") == ask(api, "funnel", steps=STEPS, within="7d")

    @pytest.mark.parametrize(
        ("address", "command"),
        [
            ("status", ("status",)),
            ("definition", ("definition", "show")),
            ("people?search=p2", ("people", "find", "p2")),
            ("rejects", ("rejects", "list")),
        ],
    )
    def test_everything_else(self, api: httpx.Client, mapped: Path, address: str, command: tuple[str, ...]) -> None:
        assert api.get(f"/api/{address}").json() == desireline_command(*command, "--json", workspace=mapped).json


class TestReading:
    def test_overview(self, api: httpx.Client) -> None:
        told = api.get("/api/overview").json()
        assert told["status"]["people"] == 30
        assert told["thumbnail_map"] == "purchase"
        assert told["next_steps"] == ["review_rejects", "explore", "import_data"]

    def test_dimensions(self, api: httpx.Client) -> None:
        told = api.get("/api/dimensions").json()
        assert told["channels"] == ["phone", "store", "web"]
        assert told["traits"] == {"segment": ["gold", "silver"]}
        assert told["touchpoints"] == ["Visit", "Call", "Basket", "Order"]
        assert told["stages"] == ["Look", "Choose", "Buy"]
        assert told["goals"] == ["Bought"]

    def test_drilldown_reconciles(self, api: httpx.Client) -> None:
        told = ask(api, "funnel", steps=STEPS)
        for cell, people in (("step:1", 29), ("step:3", 16), ("dropped:2", 9), ("dropped:3", 4)):
            page = api.get("/api/drilldown", params={"token": told["drilldown"], "cell": cell, "limit": 5}).json()
            assert page["total"] == people
            assert len(page["people"]) == min(people, 5)

    def test_person_timeline_event(self, api: httpx.Client) -> None:
        person = api.get("/api/people/customer_id:p1").json()
        assert person["traits"] == {"segment": "gold"}
        page = api.get("/api/people/customer_id:p1/timeline", params={"limit": 2}).json()
        assert [e["name"] for e in page["events"]] == ["Order", "Basket"]
        assert page["more"] is True
        rest = api.get("/api/people/customer_id:p1/timeline", params={"before": page["events"][-1]["arrival"]}).json()
        assert [e["name"] for e in rest["events"]] == ["Visit"]
        assert rest["more"] is False
        event = api.get(f"/api/events/{page['events'][0]['arrival']}").json()
        assert (event["event_id"], event["value"], event["touchpoint"]) == ("e3", 100, "Order")

    @pytest.mark.parametrize(
        ("kind", "media", "magic"),
        [("svg", "image/svg+xml", b"<svg"), ("pdf", "application/pdf", b"%PDF"), ("png", "image/png", b"\x89PNG"),
         ("json", "application/json", b"{")],
    )  # fmt: skip
    def test_map_export(self, api: httpx.Client, kind: str, media: str, magic: bytes) -> None:
        answer = api.get("/api/maps/purchase/export", params={"format": kind, "paper": "A4", "lang": "pl"})
        assert answer.headers["content-type"].startswith(media)
        assert magic in answer.content[:200]
        assert f"Purchase.{kind}" in answer.headers["content-disposition"]

    def test_exported_json_is_the_document(self, api: httpx.Client) -> None:
        answer = api.get("/api/maps/purchase/export", params={"format": "json"})
        assert MapFile.model_validate_json(answer.content).name == "Purchase"

    def test_rejects(self, api: httpx.Client) -> None:
        told = api.get("/api/rejects", params={"source": "visits", "limit": 1}).json()
        assert (told["total"], len(told["rows"])) == (2, 1)
        reasons = {row["reason"]: row["count"] for row in told["by_reason"]}
        for reason, count in reasons.items():
            chosen = api.get("/api/rejects", params={"reason": reason}).json()
            assert (chosen["total"], {row["reason"] for row in chosen["rows"]}) == (count, {reason})
            assert {row["reason"] for row in chosen["by_reason"]} == set(reasons), "the other reasons stay to choose"
        assert api.get("/api/rejects", params={"reason": "no_such"}).json()["total"] == 0
        table = api.get("/api/rejects/export")
        assert table.headers["content-type"].startswith("text/csv")
        assert "2024-02-31T10:00:00Z" in table.text

    def test_presets(self, api: httpx.Client) -> None:
        named = {p["name"]: p["recognises"] for p in api.get("/api/presets").json()}
        assert named["generic"] == ["person_id", "timestamp", "event"]
        assert {"xes", "completejourney"} <= named.keys()


class TestWriting:
    def test_upload_preview_import_replay(self, tmp_path: Path) -> None:
        workspace = tmp_path / "workspace"
        with serving(workspace) as server, httpx.Client(base_url=server.address, timeout=60) as api:
            assert api.get("/api/overview").json()["next_steps"] == ["import_data"]
            sent = api.post("/api/uploads", files={"file": ("events.csv", (CASES / "events.csv").read_bytes())}).json()
            assert (sent["name"], sent["bytes"]) == ("events.csv", (CASES / "events.csv").stat().st_size)
            preview = api.post("/api/imports/preview", json={"upload": sent["upload"]}).json()
            assert (preview["preset"], preview["read"], preview["complete"]) == ("generic", 77, True)
            assert api.get("/api/status").json()["events"] == 0, "a preview writes nothing"
            done = finished(api, api.post("/api/imports", json={"upload": sent["upload"], "source": "visits"}).json())
            assert (done["state"], done["rows"], done["summary"]["new"]) == ("done", 77, 75)
            assert api.get("/api/status").json()["people"] == 30
            again = api.post("/api/imports", json={"upload": sent["upload"], "source": "visits"})
            assert again.json()["error"]["code"] == "unknown_upload", "an imported upload is gone"
            replayed = api.post("/api/rejects/replay", json={"source": "visits"}).json()
            assert replayed == {"replayed": 2, "accepted": 0, "still_rejected": 2}

    def test_mapping_by_hand(self, tmp_path: Path) -> None:
        table = "klient;kiedy;co\na@example.org;1.2.2024 10:00;Wizyta\n"
        mapping = {
            "person": [{"column": "klient", "type": "email"}],
            "time": {"column": "kiedy", "format": ["%d.%m.%Y %H:%M"], "zone": "Europe/Warsaw"},
            "event": {"column": "co"},
            "channel": {"constant": "web"},
        }
        with serving(tmp_path / "workspace") as server, httpx.Client(base_url=server.address, timeout=60) as api:
            upload = api.post("/api/uploads", files={"file": ("t.csv", table)}).json()["upload"]
            refused = finished(api, api.post("/api/imports", json={"upload": upload, "source": "s"}).json())
            assert (refused["state"], refused["error"]["code"]) == ("failed", "no_mapping")
            preview = api.post("/api/imports/preview", json={"upload": upload, "mapping": mapping}).json()
            assert preview["rows"][0]["time"] == "2024-02-01T09:00:00Z"
            asked = {"upload": upload, "source": "s", "mapping": mapping}
            assert finished(api, api.post("/api/imports", json=asked).json())["summary"]["new"] == 1
            assert api.get("/api/people").json()["people"][0]["person"] == "email:a@example.org"

    def test_definition_and_map(self, own: Path) -> None:
        with serving(own) as server, httpx.Client(base_url=server.address, timeout=60) as api:
            definition = api.get("/api/definition").json()
            definition["stages"][0]["name"] = "See"
            for touchpoint in definition["touchpoints"][:2]:
                touchpoint["stage"] = "See"
            saved = api.put("/api/definition", json=definition).json()
            assert (saved["version"], saved["stages"][0]["name"]) == (2, "See")
            assert api.get("/api/definition", params={"version": 1}).json()["stages"][0]["name"] == "Look"
            drawn = api.post("/api/maps", json={"name": "Nowa mapa / 2", "from_data": True}).json()
            assert [s["name"] for s in drawn["stages"]] == ["See", "Choose", "Buy"]
            assert api.get(f"/api/maps/{drawn['id']}/measured").json()["definition_version"] == 2
            assert [m["name"] for m in api.get("/api/maps").json()] == ["Nowa mapa / 2", "Purchase"]
            assert api.get("/api/maps/nowa-mapa-2").json() == drawn
            assert api.post("/api/definition/propose").json()["origin"] == "proposed"

    def test_imports_run_one_after_the_other(self, tmp_path: Path) -> None:
        with serving(tmp_path / "workspace") as server, httpx.Client(base_url=server.address, timeout=60) as api:
            jobs = []
            for source in ("one", "two", "three"):
                upload = api.post("/api/uploads", files={"file": ("e.csv", (CASES / "events.csv").read_bytes())}).json()
                jobs.append(api.post("/api/imports", json={"upload": upload["upload"], "source": source}).json())
            assert [finished(api, job)["summary"]["new"] for job in jobs] == [75, 75, 75]
            assert api.get("/api/status").json()["events"] == 225


def finished(api: httpx.Client, started: dict[str, str]) -> Any:
    """The state of a job once it has ended."""
    for _ in range(600):
        state = api.get(f"/api/jobs/{started['job']}").json()
        if state["state"] != "running":
            return state
        time.sleep(0.1)
    raise AssertionError("the import did not end within a minute")


class TestRefusals:
    @pytest.mark.parametrize(
        ("method", "address", "body", "status", "code"),
        [
            ("POST", "questions/funnel", {"steps": ["Nowhere"]}, 404, "unknown_step"),
            ("POST", "questions/funnel", {}, 422, "bad_question"),
            ("POST", "questions/funnel", {"steps": []}, 422, "bad_question"),
            ("POST", "questions/funnel", {"steps": ["Visit"] * 33}, 422, "bad_question"),
            ("POST", "questions/funnel", {"steps": ["Visit"], "within": "soon"}, 422, "bad_question"),
            ("POST", "questions/funnel", {"steps": ["Visit"], "stpes": 1}, 422, "bad_question"),
            ("POST", "questions/paths", {"anchor": "Visit", "depth": 99}, 422, "bad_question"),
            ("POST", "questions/sorcery", {}, 404, "unknown_address"),
            ("GET", "drilldown?token=x&cell=step:1", None, 400, "bad_drilldown"),
            ("GET", "drilldown", None, 422, "bad_request"),
            ("GET", "people?limit=0", None, 422, "bad_request"),
            ("GET", "people/customer_id:nobody", None, 404, "unknown_person"),
            ("GET", "people/customer_id:nobody/timeline", None, 404, "unknown_person"),
            ("GET", "events/999999999", None, 404, "unknown_event"),
            ("GET", "maps/None", None, 404, "unknown_map"),
            ("GET", "maps/None/export", None, 404, "unknown_map"),
            ("GET", "maps/purchase/export?format=doc", None, 422, "bad_question"),
            ("GET", "maps/purchase/measured?trait=gold", None, 422, "bad_question"),
            ("GET", "maps/purchase/measured?since=soon", None, 422, "bad_request"),
            ("POST", "maps", {"name": " "}, 422, "bad_name"),
            ("POST", "maps", {"name": "x", "from_data": True, "goal": "Fame"}, 404, "unknown_goal"),
            ("GET", "definition?version=7", None, 409, "no_definition"),
            ("GET", "topics?since=0001-01-01", None, 422, "bad_request"),
            ("POST", "questions/transitions", {"definition": 10**30}, 409, "no_definition"),
            ("PUT", "definition", {"stages": "all"}, 422, "bad_definition"),
            ("PUT", "definition", {"stages": [{"name": "A"}, {"name": "A"}]}, 422, "bad_definition"),
            ("POST", "imports", {"upload": "../../etc", "source": "s"}, 404, "unknown_upload"),
            ("POST", "imports/preview", {"upload": "0" * 32}, 404, "unknown_upload"),
            ("POST", "imports/preview", {"upload": "0" * 32, "mapping": {"person": []}}, 422, "bad_mapping"),
            ("POST", "rejects/replay", {"source": "nowhere"}, 404, "unknown_source"),
            ("GET", "jobs/none", None, 404, "unknown_job"),
            ("GET", "nothing", None, 404, "unknown_address"),
            ("DELETE", "definition", None, 405, "bad_method"),
        ],
    )
    def test_one_shape(
        self, api: httpx.Client, method: str, address: str, body: dict[str, Any] | None, status: int, code: str
    ) -> None:
        told = {}
        for language in ("en", "pl", "hr"):
            headers = {"Accept-Language": f"{language}-XX,en;q=0.1"}
            answer = api.request(method, f"/api/{address}", json=body, headers=headers)
            assert answer.status_code == status, answer.text
            error = answer.json()["error"]
            assert error.keys() == {"code", "message", "details"}
            assert error["code"] == code
            told[language] = error["message"]
        assert len(set(told.values())) == 3

    def test_language_of_the_address_wins(self, api: httpx.Client) -> None:
        answer = api.get("/api/maps/None?lang=hr", headers={"Accept-Language": "pl"})
        assert "Nema mape 'None'" in answer.json()["error"]["message"]

    def test_body_that_is_no_json(self, api: httpx.Client) -> None:
        answer = api.post("/api/maps", content=b"{", headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_request")

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b'{"filters": {"channels": ["\\ud800"]}}', "bad_request"),
            (b'{"segment": "a\\udfff"}', "bad_request"),
            (b'{"filters": {"traits": {"\\uDC00": []}}}', "bad_request"),
            (b'{"definition": "\\ud83d\\ude00"}', "no_definition"),
        ],
    )
    def test_half_a_pair_of_utf_16_is_refused(self, api: httpx.Client, body: bytes, code: str) -> None:
        answer = api.post("/api/questions/transitions", content=body, headers={"Content-Type": "application/json"})
        assert answer.json()["error"]["code"] == code
        assert answer.status_code < 500

    def test_same_mistake_same_words_as_the_command_line(self, api: httpx.Client, mapped: Path) -> None:
        over_http = api.post("/api/questions/funnel", json={"steps": ["Nowhere"]}).json()
        assert over_http == desireline_command("funnel", "--steps", "Nowhere", "--json", workspace=mapped).json

    def test_a_fault_of_ours_is_logged_and_said_without_a_traceback(self, tmp_path: Path) -> None:
        (tmp_path / "records.sqlite").mkdir()
        with serving(tmp_path) as server:
            answer = httpx.get(f"{server.address}/api/definition", timeout=60)
            server.process.terminate()
            err = server.process.communicate(timeout=20)[1]
        assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
        assert "Traceback" not in answer.text + err
        assert "Traceback" in Path(answer.json()["error"]["details"]["log"]).read_text()


class TestDoor:
    """The server has no accounts, so it must not be reachable through the user's browser from elsewhere."""

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.4", "0.0.0.0", ""])  # noqa: S104
    def test_foreign_host_names_are_refused(self, api: httpx.Client, host: str) -> None:
        answer = api.get("/api/status", headers={"Host": host})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "untrusted_host")

    @pytest.mark.parametrize("host", ["localhost:1234", "127.0.0.1", "[::1]:80"])
    def test_names_of_this_machine_pass(self, api: httpx.Client, host: str) -> None:
        assert api.get("/api/status", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
         {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
    )  # fmt: skip
    def test_other_sites_change_nothing(self, api: httpx.Client, headers: dict[str, str]) -> None:
        for method, address in (("POST", "maps"), ("PUT", "definition"), ("POST", "uploads"), ("POST", "imports")):
            answer = api.request(method, f"/api/{address}", json={"name": "x"}, headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "untrusted_origin")

    def test_our_own_pages_may(self, api: httpx.Client, server: Server) -> None:
        headers = {"Origin": server.address, "Sec-Fetch-Site": "same-origin"}
        assert api.post("/api/questions/variants", json={}, headers=headers).status_code == 200

    @pytest.mark.parametrize("address", ["/api/status", "/api/nothing", "/", "/explore"])
    def test_headers(self, api: httpx.Client, address: str) -> None:
        headers = api.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy
        if address.startswith("/api/"):
            assert headers["cache-control"] == "no-store"

    def test_body_over_the_limit(self, api: httpx.Client) -> None:
        body = b'{"name": "' + b"x" * (9 << 20) + b'"}'
        for sent in (body, iter([body])):
            answer = api.post("/api/maps", content=sent, headers={"Content-Type": "application/json"})
            assert (answer.status_code, answer.json()["error"]["code"]) == (413, "file_too_large")

    def test_upload_over_the_limit_is_refused_before_it_is_sent(self, server: Server) -> None:
        connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=60)
        connection.putrequest("POST", "/api/uploads")
        connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        connection.putheader("Content-Length", str(600 << 20))
        connection.endheaders()
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())["error"]["code"]) == (413, "file_too_large")
        connection.close()

    def test_uploads_stay_in_their_folder(self, api: httpx.Client, server: Server) -> None:
        sent = api.post("/api/uploads", files={"file": ("../../../evil.csv", b"a,b\n1,2\n")}).json()
        assert sent["name"] == "evil.csv"
        found = [p.relative_to(server.workspace).as_posix() for p in server.workspace.rglob("*evil*")]
        assert found == [f"tmp/uploads/{sent['upload']}/evil.csv"]

    def test_form_without_a_file(self, api: httpx.Client) -> None:
        answer = api.post("/api/uploads", files={"other": ("a.csv", b"x")})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_request")
        assert api.post("/api/uploads", json={}).json()["error"]["code"] == "bad_request"


class TestPages:
    def test_unknown_paths_are_the_page_itself(self, api: httpx.Client) -> None:
        page = api.get("/")
        assert page.headers["content-type"].startswith("text/html")
        assert api.get("/people/customer_id:p1").content == page.content

    @pytest.mark.parametrize(
        "path", ["/../pyproject.toml", "/%2e%2e/app.py", "/assets/..%2f..%2fapp.py", "/assets/x.js"]
    )
    def test_no_path_leads_out(self, api: httpx.Client, path: str) -> None:
        answer = api.get(path)
        assert "build-backend" not in answer.text
        assert "create_app" not in answer.text


class TestOpenApi:
    def test_every_answer_is_described(self, api: httpx.Client) -> None:
        told = api.get("/api/openapi.json").json()
        for path, methods in told["paths"].items():
            assert path.startswith("/api/")
            for operation in methods.values():
                assert operation["description"], path
                assert "4XX" in operation["responses"]
                if "204" in operation["responses"]:
                    continue
                content = operation["responses"]["200"]["content"]
                schema = next(iter(content.values())).get("schema", {})
                assert schema or path.endswith(("/export", "/live", "/images/{sha256}", "/file")), (
                    f"{path} has no described answer"
                )

    def test_operations_have_names_of_their_own(self, api: httpx.Client) -> None:
        told = api.get("/api/openapi.json").json()
        names = [o["operationId"] for methods in told["paths"].values() for o in methods.values()]
        assert len(set(names)) == len(names)

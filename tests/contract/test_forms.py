"""Forms over HTTP and on the command line, and the page that customers answer: what it takes, what it refuses, how."""

import csv
import io
import json
import re
import signal
from html import escape
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from desireline.http.app import create_app
from desireline.service.workspace import Workspace
from tests.asgi import Client
from tests.commands import series
from tests.forms import ANY_TIME, FORM, QUESTIONS
from tests.servers import start

STUDY = {
    "name": "Spring", "method": "interview", "date": "2026-03-04", "participants": 6,
    "quotes": [{"id": "q1", "text": "Where is it?", "touchpoint": "Delivery", "who": "P1"}],
}  # fmt: skip
EVIL = {"Origin": "https://shop.example", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms") / "workspace"


@pytest.fixture(scope="module")
def client(workspace: Path) -> Client:
    client = Client(create_app(workspace))
    assert client.patch("/api/forms/rule", json={"fields": ANY_TIME}).json()["revision"] == 1
    return client


def make(client: Client | httpx.Client, name: str, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = client.post("/api/forms", json={**FORM, "name": name, **fields}).json()
    return made


def page_of(client: Client | httpx.Client, path: str) -> str:
    """The token of a page that is opened now."""
    found = re.search(r'name="page" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def test_both_surfaces_show_one_form_and_count_the_same(workspace: Path, client: Client) -> None:
    made = make(client, "Both")
    invited = {"people": [{"identifiers": {"email": "a@b.pl"}, "language": "pl"}]}
    path = client.post("/api/forms/Both/invitations", json=invited).json()["invitations"][0]["path"]
    assert client.post(path, data={"page": page_of(client, path), "q.nps": "9"}).status_code == 200
    over_http = client.get("/api/forms/Both").json()
    assert over_http["embed"] == f'<script src="http://localhost{made["path"]}/embed.js" async></script>'
    shown, counted, listed = series(
        ("forms", "show", "Both", "--json"), ("forms", "counts", "Both", "--json"),
        ("forms", "invitations", "Both", "--json"), workspace=workspace,
    )  # fmt: skip
    assert shown.json == over_http["form"]
    assert {**counted.json, "waiting": 1} == {**over_http["counts"], "waiting": 1}
    assert (counted.json["invited"], counted.json["answered"], counted.json["response_rate"]) == (1, 1, 1.0)
    assert listed.json == client.get("/api/forms/Both/invitations").json()
    stale = client.patch("/api/forms/Both", json={"revision": 2, "fields": {"open": False}})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale_document")
    assert client.patch("/api/forms/Both", json={"revision": 1, "fields": {"key": "x"}}).status_code == 422


def test_the_command_line_makes_forms_and_links(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(yaml.safe_dump(FORM), encoding="utf-8")
    (tmp_path / "study.json").write_text(json.dumps(STUDY), encoding="utf-8")
    (tmp_path / "rule.yaml").write_text(yaml.safe_dump(ANY_TIME), encoding="utf-8")
    (tmp_path / "people.csv").write_text("customer_id,language\n7,hr\n7,hr\n", encoding="utf-8")
    said = series(
        ("forms", "rule", tmp_path / "rule.yaml"), ("forms", "create", tmp_path / "form.yaml"),
        ("forms", "invite", "After delivery", "--file", tmp_path / "people.csv", "--out", tmp_path / "links.csv"),
        ("--language", "pl", "forms", "invite", "After delivery", "--person", "email=n/a"),
        ("forms", "create", tmp_path / "form.yaml"), ("forms", "delete", "After delivery"), ("forms", "list"),
        ("studies", "add", tmp_path / "study.json"), ("studies", "quotes", "--touchpoint", "Delivery", "--json"),
        workspace=tmp_path / "workspace",
    )  # fmt: skip
    assert [ran.code for ran in said] == [0, 0, 0, 0, 1, 0, 0, 0, 0], [ran.err for ran in said]
    assert "nikogo nie wskazuje" in said[3].out
    assert "name_taken" in said[4].err
    assert said[8].json["quotes"][0]["quote"]["text"] == "Where is it?"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "links.csv").read_text(encoding="utf-8-sig"))))
    assert [bool(row["link"]) for row in rows] == [True, False]
    assert rows[1]["refused"] == "twice"
    assert "127.0.0.1:8765/f/" in rows[0]["link"]


def test_a_person_is_erased_on_both_surfaces_and_it_says_what_stays(workspace: Path, client: Client) -> None:
    make(client, "Erase")
    people = [{"identifiers": {"email": f"{name}@erase.hr"}} for name in ("ana", "eva")]
    paths = [
        one["path"]
        for one in client.post("/api/forms/Erase/invitations", json={"people": people}).json()["invitations"]
    ]
    over_http = client.post("/api/forms/erase", json={"identifiers": {"email": "Ana@erase.hr"}})
    assert over_http.json() == {"identifiers": ["email:ana@erase.hr"], "invitations": 1, "answers": 0}
    assert client.get(paths[0]).status_code == 404
    told, nobody = series(
        ("forms", "erase", "--person", "email=eva@erase.hr"), ("forms", "erase", "--person", "email=n/a"),
        workspace=workspace,
    )  # fmt: skip
    assert told.out.startswith("1 invitation is deleted, and 0 of the answers that were waiting. ")
    assert "already in the data stay" in told.out
    assert (nobody.code, nobody.out) == (1, "")
    assert nobody.err.startswith("error[bad_question]: ")
    assert client.get("/api/forms/Erase/invitations").json()["total"] == 0
    refused = client.post("/api/forms/erase", json={"identifiers": {"shoe": "44"}})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_question")


def test_lists_of_people_come_back_with_links(client: Client) -> None:
    make(client, "Table")
    body = "email\nana@b.hr\n".encode("utf-16")
    assert client.post("/api/forms/Table/invitations/table", content=body).status_code == 422
    links = client.post("/api/forms/Table/invitations/table", content=b"email\nana@b.hr\n")
    assert links.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(links.content.decode("utf-8-sig")))
    assert client.get(row["link"]).status_code == 200


class TestThePage:
    def test_only_forms_may_be_framed_and_sent_from_elsewhere(self, client: Client) -> None:
        path = make(client, "Framed", accent="#204080")["path"]
        for address in (path, f"{path}/embed.js", f"{path}/form.js", f"{path}/form.css"):
            headers = client.get(address).headers
            assert "x-frame-options" not in headers
            assert "frame-ancestors *" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["cross-origin-resource-policy"] == "cross-origin"
            assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in client.get(path).headers
        assert "#204080" in client.get(f"{path}/form.css").text
        for address in ("/", "/api/forms", "/f/short", f"{path}/other.js"):
            headers = client.get(address).headers
            assert headers["x-frame-options"] == "DENY"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
        page = page_of(client, path)
        assert client.post(path, data={"page": page, "q.nps": "9"}, headers=EVIL).status_code == 200
        refused = client.patch("/api/forms/Framed", json={"revision": 1, "fields": {"open": False}}, headers=EVIL)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "untrusted_origin")

    def test_it_speaks_three_languages_and_works_without_scripts(self, client: Client) -> None:
        path = make(client, "Languages")["path"]
        assert "Czy nas polecisz?" in client.get(path, headers={"Accept-Language": "pl-PL,pl;q=0.9"}).text
        page = client.get(f"{path}?lang=hr", headers={"Accept-Language": "pl"}).text
        assert '<html lang="hr">' in page
        assert "Biste li nas preporučili?" in page
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", page), "nothing inline"
        thanks = client.post(f"{path}?lang=hr", data={"page": page_of(client, path), "q.nps": "9"})
        assert "Čitamo sve." in thanks.text

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"q.nps": "11"}, "does not take the answer “11”. It takes: 0–10."),
            ({"q.nps": "9", "q.where": "moon"}, "It takes: My door, A locker."),
            ({"q.nps": "9", "q.comment": "<b>" + "ż" * 49_997}, "has 50,000 characters; at most 5,000 fit"),
            ({"q.csat": "4"}, "still needs an answer"),
            ({"q.nps": "9", "q.gone": "1"}, "has changed since you opened it"),
            ({"q.nps": "9", "page": "1.2.3"}, "has changed since you opened it"),
        ],
    )
    def test_what_is_not_taken_stays_on_the_page_with_a_sentence(
        self, client: Client, fields: dict[str, str], sentence: str
    ) -> None:
        listed = {one["form"]["name"]: one for one in client.get("/api/forms").json()}
        path = (listed.get("Refusing") or make(client, "Refusing"))["path"]
        said = client.post(path, data={"page": page_of(client, path), **fields})
        assert said.status_code == 400
        assert sentence in said.text
        assert escape(fields.get("q.comment", "")) in said.text
        assert client.get("/api/forms/Refusing/counts").json()["link_answered"] == 0
        mended = {"page": re.findall(r'name="page" value="([^"]+)"', said.text)[0], "q.nps": "9"}
        assert "<form" in said.text
        if "page" in fields:
            assert client.post(path, data=mended).status_code == 200
            client.delete("/api/forms/Refusing")

    def test_whoever_cannot_answer_gets_a_page_that_says_why(self, client: Client) -> None:
        path = make(client, "Closed", access="invitation")["path"]
        people = {"people": [{"identifiers": {"email": "used@b.pl"}}]}
        used = client.post("/api/forms/Closed/invitations", json=people).json()["invitations"][0]["path"]
        page = page_of(client, used)
        assert client.post(used, data={"page": page, "q.nps": "9"}).status_code == 200
        assert client.post(used, data={"page": page, "q.nps": "1"}).status_code == 200, "the same page once more"
        cases = {
            "/f/abcdefghijkm": (404, "no form at this address"),
            path: (403, "for people who were invited"),
            f"{path}?i=<script>alert(1)</script>": (404, "do not know this invitation"),
            f"{path}?i={'a' * 300}&embed={'1' * 30}": (404, "do not know this invitation"),
            used: (409, "Your answer is already here"),
        }
        for address, (status, sentence) in cases.items():
            got = client.get(address)
            assert (got.status_code, sentence in got.text) == (status, True), got.text
            assert got.headers["content-type"].startswith("text/html")
            assert "alert(1)" not in got.text
        assert client.post(used, data={"page": "x", "q.nps": "1"}).status_code == 409
        assert client.get("/api/forms/Closed/counts").json()["answered"] == 1

    def test_a_flood_is_told_when_to_come_back_and_the_invited_are_not_held_up(self, client: Client) -> None:
        path = make(client, "Flooded", most_per_minute=2)["path"]
        for _ in range(2):
            assert client.post(path, data={"page": page_of(client, path), "q.nps": "9"}).status_code == 200
        flood = client.post(path, data={"page": page_of(client, path), "q.nps": "9"})
        assert flood.status_code == 429
        assert 1 <= int(flood.headers["retry-after"]) <= 60
        assert f"in {flood.headers['retry-after']} s" in flood.text
        people = {"people": [{"identifiers": {"email": "patient@b.pl"}}]}
        own = client.post("/api/forms/Flooded/invitations", json=people).json()["invitations"][0]["path"]
        assert client.post(own, data={"page": page_of(client, own), "q.nps": "9"}).status_code == 200
        assert client.get("/api/forms/Flooded/counts").json()["link_answered"] == 2

    def test_whoever_declines_is_counted_and_may_change_their_mind(self, client: Client) -> None:
        make(client, "Declined", questions=QUESTIONS[1:])
        people = {"people": [{"identifiers": {"email": "no@b.pl"}}]}
        own = client.post("/api/forms/Declined/invitations", json=people).json()["invitations"][0]["path"]
        told = client.post(own, data={"page": page_of(client, own), "decline": "1"})
        assert "That is fine" in told.text
        assert client.get("/api/forms/Declined/counts").json()["declined"] == 1
        client.post(own, data={"page": page_of(client, own), "q.comment": "😀"})
        counts = client.get("/api/forms/Declined/counts").json()
        assert (counts["answered"], counts["declined"]) == (1, 0)


def test_what_was_acknowledged_survives_a_server_that_is_killed(tmp_path: Path) -> None:
    server = start(tmp_path / "workspace")
    try:
        with httpx.Client(base_url=server.address, timeout=60) as client:
            path = make(client, "Killed")["path"]
            for score in ("9", "10", "3"):
                assert client.post(path, data={"page": page_of(client, path), "q.nps": score}).status_code == 200
    finally:
        server.process.send_signal(signal.SIGKILL)
        server.process.communicate()
    events = Workspace(tmp_path / "workspace").sql("SELECT event FROM events")
    assert events["event"].to_pylist() == ["Delivery"] * 3


def test_studies_are_kept_and_their_quotes_found(client: Client) -> None:
    made = client.post("/api/studies", json=STUDY).json()
    assert client.get("/api/studies/Spring").json() == made
    (said,) = client.get("/api/studies/quotes", params={"touchpoint": "Delivery"}).json()
    assert (said["study"], said["quote"]["text"]) == (made["id"], "Where is it?")
    assert client.get("/api/studies/quotes", params={"touchpoint": "Order"}).json() == []
    changed = client.patch("/api/studies/Spring", json={"revision": 1, "fields": {"participants": 7}})
    assert changed.json()["participants"] == 7
    assert client.delete("/api/studies/Spring", params={"revision": 1}).status_code == 409
    assert client.delete("/api/studies/Spring").status_code == 204

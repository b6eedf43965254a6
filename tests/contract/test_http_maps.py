"""Maps over HTTP on the real server: order, live changes, refusals, pictures, files; the same on the command line."""

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.commands import desireline_command
from tests.servers import Server, serving


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a workspace without events, to which these tests write."""
    with serving(tmp_path_factory.mktemp("maps") / "workspace") as server:
        yield server


@pytest.fixture
def api(maps: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{maps.address}/api", timeout=30) as client:
        yield client


@pytest.fixture
def shop(api: httpx.Client, request: pytest.FixtureRequest) -> str:
    """The id of a new map."""
    made = api.post("/maps", json={"name": request.node.name, "template": "ecommerce"})
    assert made.status_code == 200, made.text
    return str(made.json()["id"])


def renamed(name: str, base: int, sent: str) -> dict[str, Any]:
    return {"id": sent, "base": base, "commands": [{"do": "stage.set", "id": "stage-1", "set": {"name": name}}]}


def test_a_stale_command_is_answered_with_what_happened(api: httpx.Client, shop: str) -> None:
    first = api.post(f"/maps/{shop}/commands", json=renamed("Theirs", 1, "their-command")).json()
    assert (first["version"], first["author"]) == (2, "local")
    assert api.post(f"/maps/{shop}/commands", json=renamed("Theirs", 1, "their-command")).json() == first
    refused = api.post(f"/maps/{shop}/commands?lang=pl", json=renamed("Mine", 1, "my-own-command"))
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (409, "stale_commands")
    assert error["details"]["entries"] == [first]
    assert api.get(f"/maps/{shop}").json()["stages"][0]["name"] == "Theirs"
    assert api.get(f"/maps/{shop}/commands?after=1").json() == [first]


def test_an_open_map_hears_of_what_another_process_does(maps: Server, api: httpx.Client, shop: str) -> None:
    heard: list[tuple[str, dict[str, int]]] = []
    listening, done = threading.Event(), threading.Event()

    def listen() -> None:
        with httpx.stream("GET", f"{maps.address}/api/maps/{shop}/live", timeout=20) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            event = ""
            for line in stream.iter_lines():
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    heard.append((event, json.loads(line.removeprefix("data: "))))
                    listening.set()
                if ("version", {"version": 2}) in heard:
                    done.set()
                    return

    thread = threading.Thread(target=listen)
    thread.start()
    assert listening.wait(10)
    command = {"commands": [{"do": "map.set", "set": {"owner": "CX"}}], "map": shop}
    told = desireline_command("map", "apply", "-", "--json", workspace=maps.workspace, given=json.dumps(command))
    assert (told.code, told.json["version"]) == (0, 2)
    assert done.wait(10), heard
    thread.join(10)
    assert ("version", {"version": 1}) in heard


def test_a_stream_of_no_map_is_refused(api: httpx.Client) -> None:
    refused = api.get("/maps/nowhere/live")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "unknown_map")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"do": "map.paint"}, "unknown_command"),
        ({"do": "stage.remove", "id": "nobody"}, "unknown_id"),
        ({"do": "step.remove", "id": "step-1-1"}, "last_step"),
        ({"do": "stage.move", "id": "stage-1", "at": 99}, "bad_position"),
        ({"do": "map.set", "set": {"id": "x"}}, "bad_field"),
    ],
)
def test_a_refused_command_says_why_in_three_languages(
    api: httpx.Client, shop: str, command: dict[str, Any], reason: str
) -> None:
    said = set()
    for language in ("en", "pl", "hr"):
        sent = {"id": f"refused-{language}", "base": 1, "commands": [command]}
        refused = api.post(f"/maps/{shop}/commands?lang={language}", json=sent)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "command_refused")
        assert refused.json()["error"]["details"]["reason"] == reason
        said.add(refused.json()["error"]["message"])
    assert len(said) == 3
    assert api.get(f"/maps/{shop}").json()["version"] == 1


def test_what_is_no_document_is_refused(api: httpx.Client, shop: str) -> None:
    sent = {"id": "no-document", "base": 1, "commands": [{"do": "map.set", "set": {"kind": "dream"}}]}
    refused = api.post(f"/maps/{shop}/commands", json=sent)
    assert refused.status_code == 422
    assert api.get(f"/maps/{shop}").json()["version"] == 1


def test_pictures_come_back_without_what_was_written_in_them(api: httpx.Client) -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 32), (10, 120, 60)).save(out, "JPEG", comment=b"private")
    kept = api.post("/images", files={"file": ("../../x.jpg", out.getvalue())}).json()
    assert (kept["width"], kept["height"], kept["alt"]) == (64, 32, "")
    shown = api.get(f"/images/{kept['sha256']}")
    assert (shown.headers["content-type"], shown.headers["x-content-type-options"]) == ("image/jpeg", "nosniff")
    assert b"private" not in shown.content
    assert api.post("/images", files={"file": ("x.png", b"no picture")}).json()["error"]["code"] == "bad_image"
    assert api.get("/images/..%2Frecords.sqlite").status_code == 404


def test_a_page_of_another_site_changes_nothing(api: httpx.Client, shop: str) -> None:
    elsewhere = {"Origin": "https://example.org"}
    for method, path in (("POST", f"/maps/{shop}/commands"), ("DELETE", f"/maps/{shop}"), ("POST", "/images")):
        assert api.request(method, path, headers=elsewhere).json()["error"]["code"] == "untrusted_origin"
    assert api.get(f"/maps/{shop}").status_code == 200


def test_the_command_line_says_the_same(maps: Server, api: httpx.Client, shop: str) -> None:
    typed = desireline_command("map", "show", shop, "--json", workspace=maps.workspace).json
    assert typed == api.get(f"/maps/{shop}").json()
    listed = desireline_command("map", "list", "--json", workspace=maps.workspace).json
    assert listed == {"maps": api.get("/maps").json()}
    templates = desireline_command("map", "templates", "--language", "hr", "--json", workspace=maps.workspace).json
    assert templates == {"templates": api.get("/templates?lang=hr").json()}


def test_files_out_and_in(api: httpx.Client, shop: str, tmp_path: Path) -> None:
    for told in api.get("/maps/formats").json():
        got = api.get(f"/maps/{shop}/export", params={"format": told["format"], "paper": "A4"})
        assert got.status_code == 200, got.text
        assert len(got.content) > 100
        assert told["suffix"] in got.headers["content-disposition"]
    body = api.get(f"/maps/{shop}/export?format=json").content
    read = api.post("/maps/import?name=Again", files={"file": ("map.json", body)}).json()
    again, first = read["map"], api.get(f"/maps/{shop}").json()
    assert read["notes"] == []
    assert {**again, "id": "", "name": ""} == {**first, "id": "", "name": ""}
    refused = api.post("/maps/import", files={"file": ("map.json", b"{")}).json()["error"]
    assert refused["code"] == "map_unreadable"

"""The front end's files: right types, caches and compression; nothing outside of them."""

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette

from desireline.http.app import create_app
from desireline.http.spa import HASHED, listed, route
from tests.asgi import Client

SCRIPT = "const journeys = [" + "'visit', " * 200 + "];"


@pytest.fixture
def pages(tmp_path: Path) -> Client:
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<!doctype html><title>x</title>")
    (web / "favicon.svg").write_text("<svg/>")
    (web / "assets" / "index-B3kd92_a.js").write_text(SCRIPT)
    (web / "assets" / "inter-Dx4kXJAl.woff2").write_bytes(b"\x00font")
    (tmp_path / "secret.txt").write_text("secret")
    return Client(Starlette(routes=[route(web)]))


def test_hashed_assets_never_expire(pages: Client) -> None:
    answer = pages.get("/assets/index-B3kd92_a.js")
    assert answer.text == SCRIPT
    assert "javascript" in answer.headers["content-type"]
    assert "immutable" in answer.headers["cache-control"]


def test_the_page_is_asked_for_again(pages: Client) -> None:
    answer = pages.get("/")
    assert answer.headers["cache-control"] == "no-cache"
    again = pages.get("/map/Purchase", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_text_is_packed_for_those_who_take_it(pages: Client, tmp_path: Path) -> None:
    answer = pages.get("/assets/index-B3kd92_a.js", headers={"Accept-Encoding": "br, gzip"})
    assert (answer.text, answer.headers["content-encoding"]) == (SCRIPT, "gzip")
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 4
    plain = pages.get("/assets/index-B3kd92_a.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    packed = listed(tmp_path / "web")["assets/index-B3kd92_a.js"].packed
    assert packed is not None
    assert gzip.decompress(packed).decode() == SCRIPT


def test_what_the_build_packed_harder_goes_first(tmp_path: Path) -> None:
    (tmp_path / "app.js").write_text(SCRIPT)
    (tmp_path / "app.js.br").write_bytes(b"made by the build")
    asset = listed(tmp_path)["app.js"]
    assert asset.sent_as("gzip, br") == (b"made by the build", "br")
    assert asset.sent_as("gzip") == (asset.packed, "gzip")
    assert asset.sent_as("identity") == (SCRIPT.encode(), None)
    assert "app.js.br" not in listed(tmp_path)


def test_a_font_is_sent_as_it_is(pages: Client) -> None:
    answer = pages.get("/assets/inter-Dx4kXJAl.woff2")
    assert answer.content == b"\x00font"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%5csecret.txt", "//secret.txt"])
def test_nothing_outside(pages: Client, path: str) -> None:
    assert "secret" not in pages.get(path).text


def test_head(pages: Client) -> None:
    answer = pages.request("HEAD", "/favicon.svg")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(("name", "hashed"), [("index-B3kd92_a.js", True), ("favicon.svg", False), ("app.js", False)])
def test_which_names_carry_a_hash(name: str, hashed: bool) -> None:
    assert bool(HASHED.search(name)) is hashed


@pytest.mark.parametrize(
    ("language", "says"), [("en", "make web"), ("pl", "Serwer działa"), ("hr", "Poslužitelj radi")]
)
def test_without_a_front_end_the_page_says_what_to_do(tmp_path: Path, language: str, says: str) -> None:
    app = Client(create_app(tmp_path / "workspace", web=tmp_path / "none"))
    answer = app.get("/", headers={"Accept-Language": language})
    assert answer.status_code == 503
    assert says in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert app.get("/api/status").json()["events"] == 0, "the API works without it"

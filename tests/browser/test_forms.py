"""Customers answer forms: on a phone by keyboard, without scripts, and in a frame of another site."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_keyboard import press, tab_to
from tests.browser.watch import Watch
from tests.forms import ANY_TIME, FORM
from tests.servers import Server, serving


def call(server: Server, method: str, path: str, body: Any = None) -> Any:
    """What the server answers."""
    answer = httpx.request(method, f"{server.address}/api{path}", json=body, timeout=60)
    assert answer.is_success, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server over a workspace where anybody may be invited."""
    with serving(tmp_path_factory.mktemp("asking")) as server:
        call(server, "PATCH", "/forms/rule", {"fields": ANY_TIME})
        yield server


@pytest.fixture
def form(asking: Server) -> Iterator[dict[str, Any]]:
    """A form for one test, with its address and its embed."""
    made = call(asking, "POST", "/forms", FORM)
    yield made
    httpx.delete(f"{asking.address}/api/forms/{made['form']['id']}", timeout=60)


@pytest.fixture
def elsewhere(form: dict[str, Any], tmp_path: Path) -> Iterator[str]:
    """Another site with the embed's one line on its page."""
    head = "<!doctype html><html lang=en><title>A shop</title><link rel=icon href='data:,'>"
    page = f"{head}<main><h1>A shop</h1>{form['embed']}</main></html>"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield f"http://localhost:{site.server_port}/index.html"
        site.shutdown()
        thread.join()


def events(server: Server) -> int:
    """How many events the workspace holds."""
    return int(call(server, "GET", "/status")["events"])


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 its own name for it
        """Nothing."""


def test_an_invited_customer_answers_on_a_phone_by_keyboard(
    asking: Server, form: dict[str, Any], visit: Open, watch: Watch
) -> None:
    watch.allow("status of 400")
    watch.allow("status of 409")
    invited = {"people": [{"identifiers": {"email": "ana@example.org"}, "language": "hr"}]}
    own = call(asking, "POST", "/forms/After delivery/invitations", invited)["invitations"][0]["path"]
    page = visit(asking, own, width=390, height=844)
    expect(page.get_by_role("group", name="Biste li nas preporučili?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    press(page, page.get_by_role("button", name="Pošalji"))
    expect(page.get_by_role("alert"), "in the form's language, whatever the browser's").to_contain_text(
        "Biste li nas preporučili?"
    )
    tab_to(page, page.get_by_role("radio", name="0, Nimalo vjerojatno"))
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="9", exact=True)).to_be_checked()
    tab_to(page, page.get_by_label("Još nešto?"))
    page.keyboard.type("<b>Stiglo dan ranije</b> 😀")
    press(page, page.get_by_role("button", name="Pošalji"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Čitamo sve.")
    counts = call(asking, "GET", "/forms/After delivery/counts")
    assert (counts["invited"], counts["opened"], counts["answered"]) == (1, 1, 1)
    met = call(asking, "GET", "/people/email:ana@example.org/timeline")["events"]
    assert [event["name"] for event in met] == ["Delivery"] * 2
    page.goto(own)
    expect(page.get_by_text("Vaš je odgovor već stigao.")).to_be_visible()


def test_it_works_without_scripts_and_keeps_what_was_typed(
    asking: Server, form: dict[str, Any], visit: Open, watch: Watch
) -> None:
    watch.allow("status of 400")
    page = visit(asking, f"{form['path']}?lang=en", width=390, height=844)
    assert page.locator("[name=browser]").input_value(), "a browser with scripts says which it is"
    page.get_by_label("Anything else?").fill("x" * 5001)
    expect(page.get_by_text("Characters left: -1")).to_be_visible()

    bare = page.context.browser
    assert bare is not None
    context = bare.new_context(java_script_enabled=False, base_url=asking.address)
    plain = context.new_page()
    plain.goto(f"{form['path']}?lang=en")
    plain.get_by_role("radio", name="10, Extremely likely").check(force=True)
    plain.get_by_label("Anything else?").fill("x" * 5001)
    plain.get_by_role("button", name="Send").click()
    expect(plain.get_by_role("alert")).to_contain_text("has 5,001 characters; at most 5,000 fit")
    expect(plain.get_by_role("radio", name="10, Extremely likely")).to_be_checked()
    plain.get_by_label("Anything else?").fill("Fine")
    plain.get_by_role("button", name="Send").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("We read all of it.")
    context.close()
    assert call(asking, "GET", "/forms/After delivery/counts")["link_answered"] == 1


def test_another_site_shows_it_in_a_frame_that_reaches_nothing(asking: Server, elsewhere: str, visit: Open) -> None:
    before = events(asking)
    page = visit(asking, elsewhere)
    frame = page.locator("iframe")
    assert frame.get_attribute("sandbox") == "allow-forms allow-scripts"
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=1)).to_have_text("After delivery")
    page.wait_for_function("document.querySelector('iframe').offsetHeight !== 480")
    height = frame.evaluate("frame => frame.offsetHeight")
    assert inside.locator("html").evaluate("html => html.offsetHeight") == height, "no scroll bar of its own"
    inside.get_by_role("radio", name="9", exact=True).check(force=True)
    inside.get_by_role("button", name="Send").click()
    expect(inside.get_by_role("heading", level=1)).to_have_text("We read all of it.")
    page.wait_for_function(f"document.querySelector('iframe').offsetHeight < {height}")
    assert events(asking) == before + 1

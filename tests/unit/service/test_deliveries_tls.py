"""E-mails and calls over TLS, to real servers with certificates made for the test."""

import http.server
import ssl
import threading

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from desireline.service import settings
from desireline.service.workspace import Workspace
from tests.servers import free_port

PASSWORD = "correct horse battery staple"  # noqa: S105


class Box:
    """Keeps who sent, whether the line was encrypted, and as whom they had signed in."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append((envelope.mail_from, server.transport.get_extra_info("cipher") is not None, session.login))
        return "250 taken in"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def served(authority, tmp_path, security, name="localhost"):
    """A server with a certificate of that name, and a workspace that sends by it."""
    box, port, secret = Box(), free_port(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(secret)

    def known(_server, session, _envelope, _mechanism, data):
        session.login = data.login
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    way = {"ssl_context": secret} if security == "tls" else {"tls_context": secret, "require_starttls": True}
    extra = {"auth_require_tls": security == "starttls"}
    server = Controller(
        box, hostname="127.0.0.1", port=port, authenticator=known, auth_required=True, server_hostname="localhost",
        **way, **extra,
    )  # fmt: skip
    ws = Workspace(tmp_path / "ws")
    given = {"host": "localhost", "port": port, "security": security, "user": "shop", "password": PASSWORD,
             "sender": "cx@example.com"}  # fmt: skip
    settings.save(ws.places.root, settings.Settings(mail=given))
    return ws, box, server


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_goes_by_an_encrypted_line_to_who_proves_themselves(authority, tmp_path, monkeypatch, security):
    with authority.cert_pem.tempfile() as trusted:
        monkeypatch.setenv("SSL_CERT_FILE", trusted)
        ws, box, server = served(authority, tmp_path, security)
        server.start()
        try:
            assert ws.deliveries.test("ana@example.com").error is None
        finally:
            server.stop()
    assert box.letters == [("cx@example.com", True, b"shop")]
    assert ws.deliveries.page().deliveries[0].state == "sent"


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("wrong", ["unknown authority", "another name"])
def test_who_cannot_prove_themselves_get_nothing(authority, tmp_path, monkeypatch, security, wrong):
    with authority.cert_pem.tempfile() as trusted:
        if wrong == "another name":
            monkeypatch.setenv("SSL_CERT_FILE", trusted)
        name = "mail.example.com" if wrong == "another name" else "localhost"
        ws, box, server = served(authority, tmp_path, security, name)
        server.start()
        try:
            shown = ws.deliveries.test("ana@example.com")
        finally:
            server.stop()
    assert (shown.state, shown.error, box.letters) == ("waiting", "tls", [])


@pytest.mark.parametrize(
    ("name", "trusted", "error"),
    [("localhost", True, None), ("hooks.example.com", True, "tls"), ("localhost", False, "tls")],
    ids=["itself", "another name", "unknown authority"],
)
def test_a_webhook_is_called_only_where_its_certificate_is_its_own(
    authority, tmp_path, monkeypatch, name, trusted, error
):
    calls = []

    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            calls.append(self.headers["webhook-signature"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            """Nothing."""

    secret = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(secret)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.socket = secret.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    ws = Workspace(tmp_path / "ws")
    settings.save(ws.places.root, settings.Settings(webhooks={"allowed_hosts": ["localhost"]}))
    try:
        with authority.cert_pem.tempfile() as known:
            if trusted:
                monkeypatch.setenv("SSL_CERT_FILE", known)
            shown = ws.deliveries.test(f"https://localhost:{server.server_port}/in")
    finally:
        server.shutdown()
        server.server_close()
    assert (shown.error, len(calls)) == (error, 0 if error else 1)

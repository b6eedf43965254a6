"""Deliveries: what is queued arrives once at a real SMTP server and a real receiver, or is tried again, visibly."""

import datetime as dt
import email
import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from standardwebhooks import Webhook

from desireline.errors import BadQuestion, DeliverySettled, UnknownDocument
from desireline.service import settings
from desireline.service.deliveries import calling, sending
from desireline.service.deliveries.calling import signature
from desireline.service.deliveries.guarding import checked
from desireline.service.deliveries.mailing import File
from desireline.service.deliveries.trying import Missed
from desireline.service.workspace import Workspace
from tests.servers import free_port

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it runs on this machine

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="  # noqa: S105
PASSWORD = "correct horse battery staple"  # noqa: S105


class Box:
    """What a mail server took in; `refuse` answers every letter with that instead."""

    def __init__(self):
        self.letters, self.refuse, self.goodbye = [], None, "221 Bye"

    async def handle_QUIT(self, _server, _session, _envelope):  # noqa: N802
        return self.goodbye

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.refuse:
            return self.refuse
        self.letters.append(
            (envelope.mail_from, envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=default))
        )
        return "250 taken in"


@pytest.fixture
def mail(tmp_path):
    """A workspace that sends by a real SMTP server of this machine, which asks for the password."""
    box, port = Box(), free_port()

    def known(_server, _session, _envelope, _mechanism, data):
        fits = data.login == b"shop" and data.password == PASSWORD.encode()
        return AuthResult(success=fits, handled=False)

    def serve():
        made = Controller(
            box, hostname="127.0.0.1", port=port, authenticator=known, auth_required=True, auth_require_tls=False
        )
        made.start()
        running.append(made)
        return made

    running = []
    serve()
    ws = Workspace(tmp_path / "ws")
    given = {"host": "127.0.0.1", "port": port, "security": "none", "user": "shop", "password": PASSWORD,
             "sender": "cx@example.com"}  # fmt: skip
    settings.save(ws.places.root, settings.Settings(mail=given))
    yield ws, box, (running, serve)
    for server in running:
        server.stop()


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps calls; answers with the codes it was told, then 204."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((dict(self.headers.items()), body))
        code = self.server.codes.pop(0) if self.server.codes else 204
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def hook(tmp_path):
    """A workspace that may call a real receiver of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.calls, server.codes = [], []
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    ws = Workspace(tmp_path / "ws")
    settings.save(ws.places.root, settings.Settings(webhooks={"allowed_hosts": ["127.0.0.1"]}))
    yield ws, server, f"http://127.0.0.1:{server.server_port}/in?x=1"
    server.shutdown()
    server.server_close()


def queue(ws, to, key="k", **more):
    return ws.deliveries.queue(key, to, ("alert", "NPS"), "Žuto zażółć", "Gęślą jaźń", {"n": 1}, **more)


def test_an_email_arrives_once_with_what_is_attached(mail):
    ws, box, _ = mail
    file = File("raport.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
    assert queue(ws, "ana@example.com", files=[file])
    assert not queue(ws, "ana@example.com", files=[file]), "the same is told once"
    assert ws.deliveries.flush().sent == 1
    assert ws.deliveries.flush().sent == 0
    [(sender, to, letter)] = box.letters
    assert (sender, to, letter["From"], letter["To"]) == (
        "cx@example.com", ["ana@example.com"], "cx@example.com", "ana@example.com"
    )  # fmt: skip
    assert letter["Subject"] == "Žuto zażółć"
    assert letter.get_body().get_content().strip() == "Gęślą jaźń"
    [attached] = letter.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("raport.pdf", b"%PDF-1.7 \x00\xff")
    shown = ws.deliveries.page().deliveries[0]
    assert (shown.state, shown.attempts, shown.due) == ("sent", 1, None)
    with pytest.raises(DeliverySettled):
        ws.deliveries.again(shown.id)


def test_with_the_server_down_it_waits_is_seen_and_is_sent_later(mail):
    ws, box, (running, serve) = mail
    running.pop().stop()
    queue(ws, "ana@example.com")
    before = dt.datetime.now(dt.UTC)
    assert ws.deliveries.flush().again == 1
    shown = ws.deliveries.page("waiting").deliveries[0]
    assert (shown.error, shown.attempts, ws.deliveries.page().waiting) == ("unreachable", 1, 1)
    assert dt.timedelta(seconds=55) < shown.due - before < dt.timedelta(seconds=65), "the first pause is a minute"
    assert ws.deliveries.flush().sent == 0, "not before its time"
    serve()
    ws.deliveries.again(shown.id)
    assert ws.deliveries.flush().sent == 1
    assert len(box.letters) == 1


def test_it_is_given_up_after_the_last_pause(mail):
    ws, box, _ = mail
    box.refuse = "451 later"
    queue(ws, "ana@example.com")
    kept = ws.records.deliveries
    for turn in range(len(sending.WAITS) + 1):
        at = dt.datetime.now(dt.UTC) + dt.timedelta(days=10 * (turn + 1))
        claimed, _ = kept.claim(at, at + sending.LEASE)
        kept.missed(claimed, sending._next(claimed.attempts), "refused", None)
    assert ws.deliveries.page().deliveries[0].state == "failed"
    assert kept.claim(at + dt.timedelta(days=99), at) is None


@pytest.mark.parametrize(
    ("answer", "code", "state"), [("550 no such box", "refused", "waiting"), ("451 later", "refused", "waiting")]
)
def test_what_the_server_says_is_kept(mail, answer, code, state):
    ws, box, _ = mail
    box.refuse = answer
    queue(ws, "ana@example.com")
    ws.deliveries.flush()
    shown = ws.deliveries.page().deliveries[0]
    assert (shown.error, shown.state, shown.detail) == (code, state, answer)


def test_a_wrong_password_is_told_and_never_shown(mail, monkeypatch):
    ws, box, _ = mail
    monkeypatch.setenv("DESIRELINE_SMTP_PASSWORD", "wrong secret")
    queue(ws, "ana@example.com")
    ws.deliveries.flush()
    shown = ws.deliveries.page()
    assert (shown.deliveries[0].error, box.letters) == ("authentication", [])
    said = shown.model_dump_json() + ws.deliveries.settings().model_dump_json() + repr(settings.load(ws.places.root))
    assert ws.deliveries.settings().mail.password is True
    assert PASSWORD not in said
    assert "wrong secret" not in said
    assert (ws.places.root / "workspace.yaml").stat().st_mode & 0o077 == 0


def test_a_bad_setting_does_not_tell_the_password(tmp_path):
    given = {"host": "mail.example.com", "security": "none", "user": "u", "password": PASSWORD, "sender": "a@b.c"}
    with pytest.raises(BadQuestion) as refused:
        settings.mail_of(settings.Settings(mail=given), {})
    assert PASSWORD not in refused.value.sentence() + str(refused.value.details)
    ws = Workspace(tmp_path)
    queue(ws, "ana@example.com")
    ws.deliveries.flush()
    assert ws.deliveries.page().deliveries[0].error == "mail_settings"


def test_a_file_of_settings_that_cannot_be_read_does_not_tell_the_password(tmp_path):
    ws = Workspace(tmp_path)
    queue(ws, "ana@example.com")
    for text, where in (
        (f'mail:\n  password: "{PASSWORD}\n', "workspace.yaml, line 3"), (f"mail: {PASSWORD}", "workspace.yaml.mail")
    ):  # fmt: skip
        (tmp_path / "workspace.yaml").write_text(text)
        with pytest.raises(BadQuestion) as refused:
            ws.deliveries.flush()
        assert refused.value.parameter == where
        assert PASSWORD not in "".join(traceback.format_exception(refused.value))
    assert ws.deliveries.page().deliveries[0].attempts == 0, "none is claimed"


def test_an_email_that_was_taken_in_is_sent_whatever_is_said_to_a_goodbye(mail):
    ws, box, _ = mail
    box.goodbye = "500 What?"
    queue(ws, "ana@example.com")
    assert (ws.deliveries.flush().sent, len(box.letters)) == (1, 1)


def test_what_the_protocol_has_no_letters_for_holds_nothing_up(mail, monkeypatch):
    ws, _, _ = mail
    monkeypatch.setenv("DESIRELINE_SMTP_PASSWORD", "zażółć")
    queue(ws, "ana@example.com")
    queue(ws, "ana@example.com", key="other")
    assert ws.deliveries.flush().again == 2
    assert [one.error for one in ws.deliveries.page().deliveries] == ["refused", "refused"]


def test_a_server_that_cannot_prove_itself_gets_no_password(mail, monkeypatch):
    ws, box, _ = mail
    monkeypatch.setenv("DESIRELINE_SMTP_SECURITY", "starttls")
    queue(ws, "ana@example.com")
    ws.deliveries.flush()
    assert (ws.deliveries.page().deliveries[0].error, box.letters) == ("refused", [])


def test_a_call_is_signed_as_the_standard_has_it(hook):
    ws, server, address = hook
    queue(ws, address)
    assert ws.deliveries.flush().sent == 1
    [(headers, body)] = server.calls
    told = Webhook(ws.deliveries.secret()).verify(body, {k.lower(): v for k, v in headers.items()})
    assert (told["type"], told["name"], told["data"]["n"]) == ("alert", "NPS", 1)
    assert told["id"] == headers["webhook-id"] == ws.deliveries.page().deliveries[0].id
    # the example of the standard's own repository
    assert signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    ) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="  # fmt: skip


def test_a_receiver_that_fails_is_called_again_with_the_same_id(hook):
    ws, server, address = hook
    server.codes = [503]
    queue(ws, address)
    assert ws.deliveries.flush().again == 1
    shown = ws.deliveries.page().deliveries[0]
    assert (shown.error, shown.detail) == ("status", "503")
    ws.deliveries.again(shown.id)
    assert ws.deliveries.flush().sent == 1
    assert [call[0]["webhook-id"] for call in server.calls] == [shown.id, shown.id]


@pytest.mark.parametrize(("code", "error"), [(302, "redirected"), (410, "status")])
def test_redirects_are_not_followed_and_a_clear_no_is_final(hook, code, error):
    ws, server, address = hook
    server.codes = [code]
    queue(ws, address)
    assert ws.deliveries.flush().failed == 1
    assert (ws.deliveries.page().deliveries[0].error, len(server.calls)) == (error, 1)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0",  # noqa: S104
     "[::1]", "[fd00::1]", "[fec0::1]",
     "[fe80::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "224.0.0.1", "100.64.0.1", "2130706433"],
)  # fmt: skip
def test_addresses_inside_are_refused(tmp_path, host):
    ws = Workspace(tmp_path)
    queue(ws, f"https://{host}/hook")
    assert ws.deliveries.flush().failed == 1
    assert ws.deliveries.page().deliveries[0].error == "address_refused"


def test_one_deadline_holds_over_all_addresses(monkeypatch):
    clock, tried = [100.0], []

    def silent(address, seconds):
        tried.append((address[0], seconds))
        clock[0] += seconds
        raise TimeoutError

    monkeypatch.setattr(calling.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(calling.socket, "create_connection", silent)
    monkeypatch.setattr(calling, "checked", lambda *_: [f"203.0.113.{k}" for k in range(50)])
    with pytest.raises(Missed, match="timeout"):
        calling.call("https://many.example/", "d-1", b"{}", SECRET, 0, [])
    assert tried == [(f"203.0.113.{k}", 10) for k in range(3)]


def test_a_handshake_that_never_ends_is_cut_off(monkeypatch):
    monkeypatch.setattr(calling, "WHOLE_SECONDS", 0.2)
    monkeypatch.setattr(calling, "SECONDS", 3600)
    missed = []

    def call(port):
        with pytest.raises(Missed) as found:
            calling.call(f"https://127.0.0.1:{port}/", "d-1", b"{}", SECRET, 0, ["127.0.0.1"])
        missed.append(found.value.code)

    with socket.create_server(("127.0.0.1", 0)) as mute:
        thread = threading.Thread(target=call, args=(mute.getsockname()[1],), daemon=True)
        thread.start()
        thread.join(30)
    assert missed == ["timeout"]


def test_only_https_leaves_the_network(tmp_path):
    ws = Workspace(tmp_path)
    queue(ws, "http://example.com/hook")
    ws.deliveries.flush()
    assert ws.deliveries.page().deliveries[0].error == "not_https"


def test_a_name_with_one_address_inside_is_refused_and_is_asked_once(monkeypatch):
    asked = []

    def answers(host, port, **_):
        asked.append(host)
        inside = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(2, 1, 6, "", ("9.9.9.9", port)), (2, 1, 6, "", (inside, port))]

    monkeypatch.setattr("desireline.service.deliveries.guarding.socket.getaddrinfo", answers)
    assert checked("rebinding.example", 443, []) == ["9.9.9.9", "8.8.8.8"]
    assert len(asked) == 1, "what is called is what was checked"
    with pytest.raises(Missed, match="address_refused"):
        checked("rebinding.example", 443, [])


@pytest.mark.parametrize(
    "to", ["ana", "ana@x\r\nBcc: b@y", "żaba@example.com", "https://u:p@example.com/", "https:///x", "ftp://x.y"]
)
def test_what_is_no_recipient_is_refused(tmp_path, to):
    with pytest.raises(BadQuestion):
        Workspace(tmp_path).deliveries.test(to)


def test_what_waits_can_be_cancelled(tmp_path):
    ws = Workspace(tmp_path)
    queue(ws, "ana@example.com")
    which = ws.deliveries.page().deliveries[0].id
    assert ws.deliveries.cancel(which).state == "cancelled"
    assert ws.deliveries.flush().again == 0
    with pytest.raises(DeliverySettled):
        ws.deliveries.cancel(which)
    with pytest.raises(UnknownDocument):
        ws.deliveries.get("d-none")


KILLED = """
import sys, time
from desireline.service.deliveries import sending
from desireline.service.workspace import Workspace

def slow(*_):
    print("sending", flush=True)
    time.sleep(60)

sending.send = slow
Workspace(sys.argv[1]).deliveries.flush()
"""


def test_who_sends_may_be_killed(mail):
    ws, box, _ = mail
    queue(ws, "ana@example.com")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(ws.places.root)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout.readline() == "sending\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    shown = ws.deliveries.page().deliveries[0]
    assert (shown.state, shown.attempts, ws.deliveries.flush().sent) == ("waiting", 1, 0), "its lease runs"
    assert shown.due - shown.tried == pytest.approx(sending.LEASE, abs=dt.timedelta(seconds=2))
    ws.deliveries.again(shown.id)  # as when the lease is over
    assert ws.deliveries.flush().sent == 1
    assert len(box.letters) == 1

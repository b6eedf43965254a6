"""Commands that end in a browser: serve and demo."""

import errno
import ipaddress
import os
import socket
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table
from desireline.cli.progress import steps
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.service.demo import DemoSummary

HOST: Final = "127.0.0.1"
PORT: Final = 8765
APPLICATION: Final = "desireline.http.app:from_environment"
"""Named, not imported: the surfaces do not know each other, and the server loads it."""

Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="An address of this machine itself.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free port.")]


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command("serve")(serve)
    app.command("demo")(demo)


def serve(context: typer.Context, host: Host = HOST, port: Port = PORT, as_json: AsJson = False) -> None:
    """Serve the application to the browser on this machine."""
    session = session_of(context)
    taken = listen(host, port)
    if as_json:
        print_json({"address": _address(taken), "workspace": str(session.folder.resolve())})
        sys.stdout.flush()
    _serve(session, taken)


def demo(
    context: typer.Context,
    *,
    simulated: Annotated[
        bool, typer.Option("--simulated", help="An omnichannel shop that does not exist, instead of real households.")
    ] = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End when the map is drawn.")] = False,
    host: Host = HOST,
    port: Port = PORT,
    as_json: AsJson = False,
) -> None:
    """Journeys of 2,469 real households: import, build, draw the map, say what it shows, serve it."""
    session = session_of(context)
    taken = None if no_serve else listen(host, port)
    summary = _made(session, simulated)
    if as_json:
        told = [{**f.model_dump(), "sentence": f.sentence(session.language)} for f in summary.findings]
        address = _address(taken) if taken else None
        print_json({"simulated": simulated, "seconds": summary.seconds, "findings": told, "address": address})
        sys.stdout.flush()
    else:
        _told(session, summary)
        if simulated:
            line(session.text("demo.simulated"))
    if taken is not None:
        _serve(session, taken)


def _made(session: Session, simulated: bool) -> "DemoSummary":
    from desireline.service import demo, demo_simulated

    with steps(session) as progress:
        if simulated:
            return demo_simulated.run(session.workspace, progress, language=session.language)
        return demo.run(session.workspace, progress)


def _told(session: Session, summary: "DemoSummary") -> None:
    from desireline.i18n import number

    table(
        session, ("step", "seconds"),
        ((session.text(f"doing.{name}"), number(session.language, s, 1)) for name, s in summary.seconds.items()),
    )  # fmt: skip
    for count, finding in enumerate(summary.findings, 1):
        line(f"{count:>2}. {finding.sentence(session.language)}")


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on this machine only.

    Raises:
        NotLoopback: others could reach that address.
        PortTaken: another program has it.
    """
    from desireline.errors import NotLoopback, PortTaken

    bare = host.strip("[]")
    address = HOST if bare.lower() == "localhost" else bare
    try:
        local = ipaddress.ip_address(address)
    except ValueError:
        raise NotLoopback(host=host) from None
    if not local.is_loopback:
        raise NotLoopback(host=host)
    taken = socket.socket(socket.AF_INET6 if local.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # there it would allow two servers on one port
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((address, port))
        taken.listen(128)
    except OSError as error:
        taken.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise PortTaken(host=host, port=port) from None
        raise
    return taken


def _address(taken: socket.socket) -> str:
    host, port = taken.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _serve(session: Session, taken: socket.socket) -> None:
    """Runs until interrupted."""
    import uvicorn

    os.environ["DESIRELINE_WORKSPACE"] = str(session.folder.resolve())
    session.say("serving", address=_address(taken))
    sys.stderr.flush()
    config = uvicorn.Config(
        APPLICATION, factory=True, log_level="warning", access_log=False, server_header=False, lifespan="off",
        timeout_graceful_shutdown=3, ws="none",
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[taken])

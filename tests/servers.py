"""Starts the real server in a process of its own, on a free port of 127.0.0.1, and stops it by its process id."""

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.commands import COMMAND, copied_command, environment


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[str]
    workspace: Path


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(workspace: Path, port: int = 0, *, fresh: bool = False, **env: str) -> Server:
    """Starts `desireline serve`; it takes connections as soon as it has printed its address. Port 0 is any free one.

    A `fresh` one imports by itself what it needs, as a user's does; the others are copies of a process that has.
    """
    command = [*(COMMAND if fresh else copied_command()), "serve", "--port", str(port), "--json"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment(workspace, **env)
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line == "}\n":
            return Server(json.loads(said)["address"], process, workspace)
    _, err = process.communicate()
    raise AssertionError(f"the server did not start: {said}{err}")


def stop(server: Server) -> str:
    """Stops the server and returns what it wrote to stderr."""
    server.process.terminate()
    try:
        return server.process.communicate(timeout=20)[1]
    except subprocess.TimeoutExpired:
        server.process.kill()
        return server.process.communicate()[1]


@contextmanager
def serving(workspace: Path, *, fresh: bool = False, **env: str) -> Iterator[Server]:
    """A server for the length of a `with`."""
    server = start(workspace, fresh=fresh, **env)
    try:
        yield server
    finally:
        stop(server)

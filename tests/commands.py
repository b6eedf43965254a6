"""Runs the real command line: in this process for what it says, in one of its own for how it begins and ends."""

import atexit
import contextlib
import functools
import io
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import desireline

PACKAGE = Path(desireline.__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "desireline.cli.main"]


@functools.cache
def copied_command() -> list[str]:
    """The command line in a copy of a process that has imported everything; see forkserver.py."""
    program = str(Path(__file__).with_name("forkserver.py"))
    path = str(Path(tempfile.mkdtemp(prefix="desireline-")) / "socket")
    server = subprocess.Popen(
        [sys.executable, program, "serve", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    )
    assert server.stdin is not None
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    atexit.register(server.stdin.close)
    return [sys.executable, "-IS", program, "run", path]


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as the one document it has to be."""
        return json.loads(self.out)


def environment(workspace: Path | None = None, **more: str) -> dict[str, str]:
    """A clean environment that finds the package under test."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DESIRELINE_", "LC_", "LANG"))}
    kept["PYTHONPATH"] = str(PACKAGE)
    if workspace is not None:
        kept["DESIRELINE_WORKSPACE"] = str(workspace)
    return kept | more


def desireline_command(
    *arguments: object, workspace: Path | None = None, given: str = "", cwd: Path | None = None, **env: str
) -> Ran:
    """One run in this process, which saves the start of another; whatever happens, a traceback is a failure."""
    from desireline.cli.main import run

    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        for name in os.environ.keys() - environment().keys():
            patched.delenv(name)
        for name, value in environment(workspace, **env).items():
            patched.setenv(name, value)
        if cwd is not None:
            patched.chdir(cwd)
        patched.setattr("sys.stdin", io.StringIO(given))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([str(argument) for argument in arguments])
    assert "Traceback" not in err.getvalue() + out.getvalue(), err.getvalue()
    return Ran(code, out.getvalue(), err.getvalue())


def own_process(
    *arguments: object, workspace: Path | None = None, given: str | None = None, cwd: Path | None = None, **env: str
) -> Ran:
    """One run in a process of its own, as a user's shell does."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], input=given, capture_output=True, encoding="utf-8", cwd=cwd, timeout=300,
        env=environment(workspace, **env), check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def series(*commands: tuple[object, ...], workspace: Path | None = None, **env: str) -> list[Ran]:
    """Many command lines one after the other."""
    return [desireline_command(*command, workspace=workspace, **env) for command in commands]

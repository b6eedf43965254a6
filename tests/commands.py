"""Runs the real command line in a process of its own, as a user's shell does."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import desireline

PACKAGE = Path(desireline.__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "desireline.cli.main"]


SERIES = """
import contextlib, io, json, sys
from desireline.cli.main import run

ran = []
for arguments in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    ran.append([code, out.getvalue(), err.getvalue()])
json.dump(ran, sys.stdout)
"""
"""Runs many command lines in one process, which saves the start of each."""


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
    *arguments: object, workspace: Path | None = None, given: str | None = None, cwd: Path | None = None, **env: str
) -> Ran:
    """One run; whatever happens, a traceback on the screen is a failure."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], input=given, capture_output=True, encoding="utf-8", cwd=cwd, timeout=300,
        env=environment(workspace, **env), check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def here(*commands: tuple[object, ...], workspace: Path) -> list[Ran]:
    """Many command lines in this process, which saves even that start: for what they say, not for how they begin."""
    from desireline.cli.main import run

    ran = []
    with pytest.MonkeyPatch.context() as patched:
        for name in [*os.environ]:
            if name.startswith(("DESIRELINE_", "LC_", "LANG")):
                patched.delenv(name)
        patched.setenv("DESIRELINE_WORKSPACE", str(workspace))
        for command in commands:
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = run([str(argument) for argument in command])
            ran.append(Ran(code, out.getvalue(), err.getvalue()))
    return ran


def series(*commands: tuple[object, ...], workspace: Path | None = None, **env: str) -> list[Ran]:
    """Many command lines one after the other in one process of their own."""
    listed = json.dumps([[str(argument) for argument in command] for command in commands])
    done = subprocess.run(
        [sys.executable, "-c", SERIES], input=listed, capture_output=True, encoding="utf-8", timeout=300,
        env=environment(workspace, **env), check=True,
    )  # fmt: skip
    assert "Traceback" not in done.stdout
    return [Ran(*ran) for ran in json.loads(done.stdout)]

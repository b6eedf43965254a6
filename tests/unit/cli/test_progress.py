"""Progress on a real terminal, and silence everywhere else."""

import os
import pty
import subprocess
import sys

from tests.commands import environment

PROGRAM = """
import time
from pathlib import Path
from desireline.cli.progress import rows_read
from desireline.cli.session import Session

with rows_read(Session(Path(), "pl"), "import") as report:
    for k in range({steps}):
        report(1000 * (k + 1))
        time.sleep(0.1)
"""


def on_a_terminal(steps: int) -> str:
    ours, theirs = pty.openpty()
    program = PROGRAM.format(steps=steps)
    done = subprocess.run([sys.executable, "-c", program], stderr=theirs, env=environment(TERM="xterm"), check=True)
    os.close(theirs)
    told = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        told += piece
    os.close(ours)
    assert done.returncode == 0
    return told.decode()


def test_work_over_a_second_is_shown_with_its_speed() -> None:
    told = on_a_terminal(20)
    assert "wierszy/s" in told
    assert "Import" in told


def test_quick_work_shows_nothing() -> None:
    assert "Import" not in on_a_terminal(2)


def test_a_pipe_gets_nothing() -> None:
    program = PROGRAM.format(steps=15)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment(), check=True)
    assert (done.stdout, done.stderr) == (b"", b"")

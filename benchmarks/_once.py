"""A new process that opens a workspace and answers one question; imports no more than that needs.

Usage: python benchmarks/_once.py FOLDER QUESTION

Prints JSON: bytes that the process held at most above what it held before it asked, and the moment of the answer on the
system's steady clock, which whoever started the process knows the beginning on.
"""

import json
import sys
import time
from pathlib import Path


def held(line: str) -> int:
    """Bytes that this process holds (VmRSS) or held at most (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(next(told for told in status.splitlines() if told.startswith(line)).split()[1]) * 1024


def main() -> None:
    """Ask."""
    import _asked

    import desireline

    question = _asked.QUESTIONS[sys.argv[2]]
    workspace = question.before(desireline.open(sys.argv[1]))
    before = held("VmRSS")
    question.ours(workspace)
    answered = time.monotonic()
    print(json.dumps({"bytes": held("VmHWM") - before, "answered": answered}))


if __name__ == "__main__":
    main()

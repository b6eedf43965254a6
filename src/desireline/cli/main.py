"""The entry point: runs a command and turns whatever happens into an exit code and a sentence.

0 done, 1 refused, 2 not understood, 130 interrupted. A traceback goes to a log file of the workspace, never to the
screen.
"""

import errno
import json
import os
import sys
from collections.abc import Sequence
from typing import Final

import typer

from desireline.cli.session import Session, environment, hoisted
from desireline.errors import BadUsage, CannotOpen, DesirelineError, Internal

REFUSED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

_UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""Typer exports only this subclass of what it raises for any mistake in the command line."""


def main() -> None:
    """The `desireline` command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code."""
    given = list(arguments) or ["--help"]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    session = Session.of(given, environment())
    try:
        code = _guarded(given, session)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has gone; without this, Python complains once more when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return code


def _guarded(arguments: list[str], session: Session) -> int:
    try:
        return _command(arguments, session)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except typer.Abort:
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 a user never meets a traceback
        told = fault if isinstance(fault, DesirelineError) else _foreseen(fault, arguments, session)
        error = told or _logged(fault, session)
        return tell(error, session, USAGE if isinstance(error, BadUsage) else REFUSED)


def _foreseen(fault: Exception, arguments: list[str], session: Session) -> DesirelineError | None:
    """What the user can mend, wherever it came up: places without access, names that no file or text can have."""
    if isinstance(fault, OSError) and fault.errno in {errno.EACCES, errno.EPERM, errno.ENAMETOOLONG}:
        return CannotOpen(path=str(fault.filename or session.folder)[:200], why=fault.strerror or "permission denied")
    halves = [one for one in arguments if one != one.encode("utf-8", "replace").decode()]
    if isinstance(fault, UnicodeEncodeError) and halves:
        return BadUsage(why=f"Not UTF-8: {halves[0][:100]!r}.", command="desireline")
    return None


def _logged(fault: Exception, session: Session) -> DesirelineError:
    from desireline.service.faults import record

    return Internal(log=str(record(session.folder, fault)))


def _command(arguments: list[str], session: Session) -> int:
    from desireline.cli.app import app

    try:
        command = typer.main.get_command(app)
        code = command.main(hoisted(arguments), prog_name="desireline", standalone_mode=False, obj=session)
    except _UsageError as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "desireline"
        raise BadUsage(why=_sentence(error), command=path) from None
    return code if isinstance(code, int) else 0


def _sentence(error: Exception) -> str:
    """Typer's message on one line; a group called without a command has its whole help as the message."""
    told = " ".join(str(getattr(error, "message", "") or error).split()) or type(error).__name__
    if type(error).__name__.startswith("NoArgs"):
        told = "Missing command."
    elif hasattr(error, "format_message"):
        told = " ".join(error.format_message().split())
    return told if told.endswith((".", "?", "!")) else told + "."


def tell(error: DesirelineError, session: Session, code: int) -> int:
    """An error on stderr, and with `--json` also as the document on stdout."""
    sentence = error.sentence(session.language)
    if session.as_json:
        body = {"error": {"code": error.code, "message": sentence, "details": error.details}}
        sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2, default=list) + "\n")
    sys.stderr.write(f"error[{error.code}]: {sentence}\n")
    return code


if __name__ == "__main__":
    main()

"""What can be wrong with a command, a request or the server."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class NotLoopback(DesirelineError):
    """The server was asked to listen where others could reach it, and there are no accounts yet."""

    code: ClassVar[str] = "not_loopback"
    host: str


@dataclass(eq=False)
class PortTaken(DesirelineError):
    """Another program listens on the port."""

    code: ClassVar[str] = "port_taken"
    host: str
    port: int = field(metadata={"plain": True})


@dataclass(eq=False)
class MissingExtra(DesirelineError):
    """A part needs a package that only comes with an extra."""

    code: ClassVar[str] = "missing_extra"
    package: str
    extra: str


@dataclass(eq=False)
class Internal(DesirelineError):
    """Our own mistake; the traceback is in a log file of the workspace."""

    code: ClassVar[str] = "internal"
    http_status: ClassVar[int] = 500
    log: str


@dataclass(eq=False)
class BadUsage(DesirelineError):
    """A command line that cannot be understood."""

    code: ClassVar[str] = "bad_usage"
    why: str
    command: str


@dataclass(eq=False)
class CannotOpen(DesirelineError):
    """A file or folder that the system does not let us write or read."""

    code: ClassVar[str] = "cannot_open"
    path: str
    why: str


@dataclass(eq=False)
class NoEditor(DesirelineError):
    """The text editor named in the environment cannot be started or gave up."""

    code: ClassVar[str] = "no_editor"
    editor: str


@dataclass(eq=False)
class BadRequest(DesirelineError):
    """An HTTP request whose body or parameters cannot be understood."""

    code: ClassVar[str] = "bad_request"
    http_status: ClassVar[int] = 422
    problems: Sequence[str]


@dataclass(eq=False)
class UnknownAddress(DesirelineError):
    """No HTTP endpoint or file of that path."""

    code: ClassVar[str] = "unknown_address"
    http_status: ClassVar[int] = 404
    path: str


@dataclass(eq=False)
class BadMethod(DesirelineError):
    """The HTTP endpoint exists, but not with that method."""

    code: ClassVar[str] = "bad_method"
    http_status: ClassVar[int] = 405
    method: str
    path: str


@dataclass(eq=False)
class UntrustedHost(DesirelineError):
    """The request names a host that is not this machine: a sign of DNS rebinding."""

    code: ClassVar[str] = "untrusted_host"
    http_status: ClassVar[int] = 403
    host: str


@dataclass(eq=False)
class UntrustedOrigin(DesirelineError):
    """Another web site tried to change something here."""

    code: ClassVar[str] = "untrusted_origin"
    http_status: ClassVar[int] = 403
    origin: str

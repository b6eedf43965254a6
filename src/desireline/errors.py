"""One tree of errors: a stable code and a sentence that says what was wrong, what exists and what to do.

The sentence lives in `locales/<language>.json` under `errors.<code>`, so the command line, HTTP and Python
say the same in English, Polish and Croatian. Every class is a dataclass: its fields are the facts of the case
and the parameters of the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import ClassVar


@dataclass(eq=False)
class DesirelineError(Exception):
    """The root of all errors that a user can meet.

    Attributes:
        code: stable machine-readable name, the same in every surface.
        http_status: what the HTTP surface answers with.
    """

    code: ClassVar[str] = "error"
    http_status: ClassVar[int] = 400

    @property
    def details(self) -> dict[str, object]:
        """The facts of the case, by field name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def sentence(self, language: str = "en") -> str:
        """What was wrong, what exists and what to do, in `en`, `pl` or `hr`."""
        from desireline.i18n import translate

        shown = {f.name: _shown(getattr(self, f.name), f.metadata.get("plain", False)) for f in fields(self)}
        return translate(language, f"errors.{self.code}", **shown)

    def __str__(self) -> str:
        return self.sentence("en")


def _shown(value: object, plain: bool) -> object:
    """Lists in a sentence are quoted, comma-separated and cut at twelve; plain numbers are names, not amounts."""
    if plain:
        return str(value)
    if isinstance(value, (list, tuple)):
        head = ", ".join(f"'{v}'" for v in value[:12])
        return f"{head}, … ({len(value)})" if len(value) > 12 else head or "—"
    return value


@dataclass(eq=False)
class NoEvents(DesirelineError):
    """A question was asked of a workspace that holds no events."""

    code: ClassVar[str] = "no_events"
    http_status: ClassVar[int] = 409
    workspace: str


@dataclass(eq=False)
class WorkspaceBusy(DesirelineError):
    """Another process writes to the workspace and did not finish in time."""

    code: ClassVar[str] = "workspace_busy"
    http_status: ClassVar[int] = 503
    workspace: str
    seconds: int


@dataclass(eq=False)
class DiskFull(DesirelineError):
    """The disk had no room; nothing of the batch was kept."""

    code: ClassVar[str] = "disk_full"
    http_status: ClassVar[int] = 507
    folder: str
    free_mb: int


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
class FileMissing(DesirelineError):
    """No file, folder or glob of that name."""

    code: ClassVar[str] = "file_missing"
    http_status: ClassVar[int] = 404
    path: str


@dataclass(eq=False)
class UnknownFormat(DesirelineError):
    """A file whose format is none of ours."""

    code: ClassVar[str] = "unknown_format"
    http_status: ClassVar[int] = 415
    file: str
    known: Sequence[str]


@dataclass(eq=False)
class EmptyFile(DesirelineError):
    """A file without a single row."""

    code: ClassVar[str] = "empty_file"
    file: str


@dataclass(eq=False)
class BrokenFile(DesirelineError):
    """A file that ends early or is not what its name says; nothing of it was imported."""

    code: ClassVar[str] = "broken_file"
    file: str
    why: str


@dataclass(eq=False)
class FileTooLarge(DesirelineError):
    """A file, or what it unpacks to, is over the limit."""

    code: ClassVar[str] = "file_too_large"
    http_status: ClassVar[int] = 413
    file: str
    limit_mb: int


@dataclass(eq=False)
class MissingColumn(DesirelineError):
    """The mapping names a column that the file does not have."""

    code: ClassVar[str] = "missing_column"
    column: str
    available: Sequence[str]
    file: str


@dataclass(eq=False)
class NoMapping(DesirelineError):
    """No preset recognises the header and no mapping was given."""

    code: ClassVar[str] = "no_mapping"
    file: str
    columns: Sequence[str]
    presets: Sequence[str]


@dataclass(eq=False)
class BadMapping(DesirelineError):
    """A mapping document that cannot be read."""

    code: ClassVar[str] = "bad_mapping"
    http_status: ClassVar[int] = 422
    why: str


@dataclass(eq=False)
class UnknownPreset(DesirelineError):
    """No preset of that name."""

    code: ClassVar[str] = "unknown_preset"
    http_status: ClassVar[int] = 404
    preset: str
    available: Sequence[str]


@dataclass(eq=False)
class BadName(DesirelineError):
    """A name of a source, map or uploaded file that is empty, too long or holds forbidden characters."""

    code: ClassVar[str] = "bad_name"
    http_status: ClassVar[int] = 422
    kind: str
    name: str


@dataclass(eq=False)
class UnknownUpload(DesirelineError):
    """An upload that is not, or no longer, held."""

    code: ClassVar[str] = "unknown_upload"
    http_status: ClassVar[int] = 404
    upload: str


@dataclass(eq=False)
class UnknownJob(DesirelineError):
    """A background job that does not exist."""

    code: ClassVar[str] = "unknown_job"
    http_status: ClassVar[int] = 404
    job: str


@dataclass(eq=False)
class UnknownSource(DesirelineError):
    """No source of that name."""

    code: ClassVar[str] = "unknown_source"
    http_status: ClassVar[int] = 404
    source: str
    available: Sequence[str]


@dataclass(eq=False)
class NoDefinition(DesirelineError):
    """There is no definition yet, or not of that version."""

    code: ClassVar[str] = "no_definition"
    http_status: ClassVar[int] = 409
    available: Sequence[int]


@dataclass(eq=False)
class BadDefinition(DesirelineError):
    """A definition that cannot be read or contradicts itself."""

    code: ClassVar[str] = "bad_definition"
    http_status: ClassVar[int] = 422
    why: str


@dataclass(eq=False)
class UnknownStep(DesirelineError):
    """A step that is no touchpoint, stage or event name here."""

    code: ClassVar[str] = "unknown_step"
    http_status: ClassVar[int] = 404
    step: str
    available: Sequence[str]


@dataclass(eq=False)
class BadQuestion(DesirelineError):
    """A question whose parameters make no sense."""

    code: ClassVar[str] = "bad_question"
    http_status: ClassVar[int] = 422
    parameter: str
    given: str
    expected: str


@dataclass(eq=False)
class BadExpression(DesirelineError):
    """The text of a condition that stops making sense at some place; `near` marks it."""

    code: ClassVar[str] = "bad_expression"
    http_status: ClassVar[int] = 422
    near: str
    position: int = field(metadata={"plain": True})
    expected: Sequence[str]


@dataclass(eq=False)
class UnknownSegment(DesirelineError):
    """No saved segment of that name, or not of that version."""

    code: ClassVar[str] = "unknown_segment"
    http_status: ClassVar[int] = 404
    segment: str
    available: Sequence[str]


@dataclass(eq=False)
class SegmentCycle(DesirelineError):
    """Saved segments that refer to each other in a circle, or too deep."""

    code: ClassVar[str] = "segment_cycle"
    http_status: ClassVar[int] = 422
    segments: Sequence[str]


@dataclass(eq=False)
class BadDrilldown(DesirelineError):
    """A drill-down token or cell that cannot be read or fits no answer."""

    code: ClassVar[str] = "bad_drilldown"
    given: str


@dataclass(eq=False)
class UnknownPerson(DesirelineError):
    """No person of that key."""

    code: ClassVar[str] = "unknown_person"
    http_status: ClassVar[int] = 404
    person: str


@dataclass(eq=False)
class UnknownEvent(DesirelineError):
    """No event of that arrival number."""

    code: ClassVar[str] = "unknown_event"
    http_status: ClassVar[int] = 404
    event: int = field(metadata={"plain": True})


@dataclass(eq=False)
class UnknownMap(DesirelineError):
    """No map of that name."""

    code: ClassVar[str] = "unknown_map"
    http_status: ClassVar[int] = 404
    name: str
    available: Sequence[str]


@dataclass(eq=False)
class UnknownGoal(DesirelineError):
    """The definition has no goal of that name."""

    code: ClassVar[str] = "unknown_goal"
    http_status: ClassVar[int] = 404
    goal: str
    available: Sequence[str]


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

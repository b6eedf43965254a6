"""What can be wrong with data on its way in, and with where it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


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
    """A file does not have a column that was named, in a mapping or in a question."""

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
class NoPathTable(DesirelineError):
    """A file that was given as a table of paths and lacks a column of one."""

    code: ClassVar[str] = "no_path_table"
    http_status: ClassVar[int] = 422
    file: str
    column: str
    available: Sequence[str]


@dataclass(eq=False)
class BadPathRow(DesirelineError):
    """A row of a table of paths that cannot be understood; nothing is answered from the rest."""

    code: ClassVar[str] = "bad_path_row"
    http_status: ClassVar[int] = 422
    file: str
    line: int = field(metadata={"plain": True})
    column: str
    given: str
    expected: str


@dataclass(eq=False)
class MapUnreadable(DesirelineError):
    """A file that was to become a journey map and cannot; no map was made.

    Attributes:
        reason: `damaged`, `not_a_map`, `no_stages`, `no_lanes`, `unsafe_archive`, `too_many_steps`, `too_many_cards`,
            `too_wide`, `not_text`, `bad_columns`, `responses` or `unknown_format`.
        detail: the place, the amount or what the parser said.
    """

    code: ClassVar[str] = "map_unreadable"
    http_status: ClassVar[int] = 422
    file: str
    format: str
    reason: str
    detail: str

    def sentence(self, language: str = "en") -> str:
        """The reason as a phrase of the language."""
        from desireline.i18n import catalogue, translate

        reason = catalogue(language).get(f"map.unreadable.{self.reason}", self.reason)
        return translate(language, f"errors.{self.code}", **{**self.details, "reason": reason})

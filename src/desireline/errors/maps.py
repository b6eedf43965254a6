"""What can be wrong with a map, its versions, its library, its pictures and its files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from desireline.errors.base import DesirelineError


@dataclass(eq=False)
class NameTaken(DesirelineError):
    """Another thing of the same kind has the name."""

    code: ClassVar[str] = "name_taken"
    http_status: ClassVar[int] = 409
    name: str


@dataclass(eq=False)
class UnknownVersion(DesirelineError):
    """A map has no such version."""

    code: ClassVar[str] = "unknown_version"
    http_status: ClassVar[int] = 404
    version: int = field(metadata={"plain": True})
    newest: int = field(metadata={"plain": True})


@dataclass(eq=False)
class NotFrozen(DesirelineError):
    """The figures of a version were not frozen."""

    code: ClassVar[str] = "not_frozen"
    http_status: ClassVar[int] = 404
    version: int = field(metadata={"plain": True})
    available: Sequence[int]


@dataclass(eq=False)
class UnknownItem(DesirelineError):
    """The library has no such item, or it is of another kind."""

    code: ClassVar[str] = "unknown_item"
    http_status: ClassVar[int] = 404
    item: str


@dataclass(eq=False)
class ItemInUse(DesirelineError):
    """An item cannot be deleted while maps refer to it."""

    code: ClassVar[str] = "item_in_use"
    http_status: ClassVar[int] = 409
    name: str
    maps: Sequence[str]


@dataclass(eq=False)
class UnknownComment(DesirelineError):
    """A map has no such comment."""

    code: ClassVar[str] = "unknown_comment"
    http_status: ClassVar[int] = 404
    comment: str


@dataclass(eq=False)
class UnknownTemplate(DesirelineError):
    """There is no such template."""

    code: ClassVar[str] = "unknown_template"
    http_status: ClassVar[int] = 404
    template: str
    available: Sequence[str]


@dataclass(eq=False)
class BadImage(DesirelineError):
    """A file that is no picture, or too large a one."""

    code: ClassVar[str] = "bad_image"
    http_status: ClassVar[int] = 422
    file: str
    most_mb: int
    most_megapixels: int


@dataclass(eq=False)
class UnknownImage(DesirelineError):
    """The workspace holds no such picture."""

    code: ClassVar[str] = "unknown_image"
    http_status: ClassVar[int] = 404
    sha256: str


@dataclass(eq=False)
class IdealNotMeasured(DesirelineError):
    """No step of an ideal map can be recognised in the data, so that nothing can be compared with it."""

    code: ClassVar[str] = "ideal_not_measured"
    http_status: ClassVar[int] = 422
    ideal: str

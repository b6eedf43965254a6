"""Documents that a user hands in as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desireline.model.mapping import Mapping


def text_of(path: Path) -> str:
    """A file's text, stdin for `-`.

    Raises:
        FileMissing: there is no such file.
    """
    import sys

    from desireline.errors import FileMissing

    if str(path) == "-":
        return sys.stdin.read()
    if not path.is_file():
        raise FileMissing(path=str(path))
    return path.read_text(encoding="utf-8-sig", errors="replace")


def mapping_of(path: Path | None) -> "Mapping | None":
    """A mapping from YAML, None for None.

    Raises:
        FileMissing: there is no such file.
        BadMapping: the text is no mapping; says where.
    """
    if path is None:
        return None
    import yaml
    from pydantic import ValidationError

    from desireline.errors import BadMapping
    from desireline.model.mapping import Mapping

    try:
        return Mapping.model_validate(yaml.safe_load(text_of(path)))
    except yaml.YAMLError as error:
        raise BadMapping(why=" ".join(str(error).split())) from None
    except ValidationError as error:
        first = error.errors()[0]
        raise BadMapping(why=f"{'.'.join(str(p) for p in first['loc']) or path.name}: {first['msg']}") from None

"""Files, folders and globs to a sorted list of files."""

import os
from collections.abc import Sequence
from pathlib import Path

from desireline.collect.formats import format_by_name
from desireline.errors import FileMissing


def expand(paths: Sequence[str | os.PathLike[str]]) -> list[Path]:
    """All files meant, each once, sorted; of a folder all below it that are named as one of our formats.

    Raises:
        FileMissing: a path that is neither file nor folder, or a folder or glob without a file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        files = _files(Path(path))
        if not files:
            raise FileMissing(os.fspath(path))
        found.update(dict.fromkeys(files))
    return sorted(found)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        below = (p for p in path.rglob("*") if p.is_file() and format_by_name(p))
        return [p for p in below if not any(part.startswith((".", "__")) for part in p.relative_to(path).parts)]
    root = Path(path.anchor or ".")
    hidden = path.name.startswith(".")
    found = root.glob(str(path.relative_to(path.anchor)))
    return [p for p in found if p.is_file() and (hidden or not p.name.startswith("."))]

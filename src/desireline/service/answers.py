"""Answers of people in files that are no tables: unfolded into rows before they are imported."""

from pathlib import Path

from desireline.maps.into import theydo_responses
from desireline.maps.into.reading import LIMIT_MB
from desireline.maps.into.theydo import RESPONSES
from desireline.model.mapping import Mapping

_HEAD = 4096


def unfolded(
    paths: list[Path], preset: str | None, mapping: Mapping | None, folder: Path
) -> tuple[list[Path], Mapping | None]:
    """The files to read and how; the same ones, unless the only file holds answers in TheyDo's format.

    Args:
        paths: what is to be imported.
        preset: what the user named; then nothing is unfolded.
        mapping: likewise.
        folder: where rows may be written.
    """
    if preset is not None or mapping is not None or len(paths) != 1 or not _holds_answers(paths[0]):
        return paths, mapping
    found = theydo_responses.read(paths[0].name, paths[0].read_bytes())
    rows = folder / f"{paths[0].stem}.jsonl"
    rows.write_bytes(found.lines)
    return [rows], found.mapping


def _holds_answers(path: Path) -> bool:
    if path.suffix.lower() != ".json" or not path.is_file() or path.stat().st_size > LIMIT_MB << 20:
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return any(name.encode() in head for name in RESPONSES)

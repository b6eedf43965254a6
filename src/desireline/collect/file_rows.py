"""Rows of a small file of documents, by the names of its columns."""

from collections.abc import Sequence
from pathlib import Path

from desireline.collect.file_columns import read_columns
from desireline.collect.reading import open_table
from desireline.errors import MissingColumn


def read_rows(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> list[dict[str, str]]:
    """The rows as texts without blanks at their ends; empty cells are left out, other columns are not read.

    The case of a column's name does not matter.

    Raises:
        MissingColumn: a needed one is not there.
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
    """
    table = open_table(path)
    known = {name.strip().casefold(): name for name in reversed(table.columns)}
    for name in needed:
        if name not in known:
            raise MissingColumn(name, list(table.columns), table.file)
    wanted = {name: known[name] for name in (*needed, *optional) if name in known}
    columns = read_columns(path, list(wanted.values())).columns
    listed = {name: columns[own].to_pylist() for name, own in wanted.items()}
    return [
        {
            name: text
            for name, cell in zip(listed, cells, strict=True)
            if cell is not None and (text := str(cell).strip())
        }
        for cells in zip(*listed.values(), strict=True)
    ]

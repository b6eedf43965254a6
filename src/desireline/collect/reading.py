"""Opens any file as a table of raw rows."""

from pathlib import Path

from desireline.collect.formats import detect_format
from desireline.collect.survey_headers import without_headers
from desireline.collect.table import Limits, Table, with_sample
from desireline.errors import FileMissing


def open_table(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, limits: Limits | None = None
) -> Table:
    """Opens a file of any of our formats, with its first rows read as a sample.

    Args:
        path: the file.
        encoding: of text formats; None finds it out.
        delimiter: of CSV; None finds it out.
        limits: None means the usual ones.

    Raises:
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge, BadMapping: as named.
    """
    limits = limits or Limits()
    if not path.is_file():
        raise FileMissing(str(path))
    return without_headers(with_sample(_opened(path, detect_format(path, limits), encoding, delimiter, limits)))


def _opened(path: Path, kind: str, encoding: str | None, delimiter: str | None, limits: Limits) -> Table:
    """Each reader's libraries load only when a file needs them."""
    if kind == "xes":
        from desireline.collect.readers.eventlog import open_xes

        return open_xes(path, limits)
    if kind == "parquet":
        from desireline.collect.readers.columnar import open_parquet

        return open_parquet(path, limits)
    if kind == "xlsx":
        from desireline.collect.readers.workbook import open_xlsx

        return open_xlsx(path, limits)
    if kind in {"json", "jsonl"}:
        from desireline.collect.readers import objects as reader

        opened = reader.open_jsonl if kind == "jsonl" else reader.open_json
        return opened(path, limits, encoding)
    from desireline.collect.readers.delimited import open_csv

    return open_csv(path, limits, encoding, delimiter)

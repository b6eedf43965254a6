"""From paths to parsed events: which files, which preset, batch by batch."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Record
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from desireline.collect import presets as shipped
from desireline.collect.columns import columns_of
from desireline.collect.mapping import Reader, mapping_hash
from desireline.collect.paths import expand
from desireline.collect.reading import open_table
from desireline.collect.table import Limits, RawBatch, Table
from desireline.errors import MissingColumn, NoMapping
from desireline.model.mapping import Mapping

Progress = Callable[[str, int, float], None]
"""Called after every batch with the file's name, its rows so far, and the share of the file read (0..1)."""


@dataclass(frozen=True)
class Parsed:
    """What one batch of a file became.

    Attributes:
        file: its name (several files of one preset table: the table's own).
        table_suffix: None, or the table's name where a preset makes several: the source is `<NAME>/<suffix>`.
        mapping_hash: 16 hex digits, see `mapping.mapping_hash`.
        events: `PARSED_EVENT`, in the file's order.
        rejects: `REJECT` without source and file, by line.
    """

    file: str
    table_suffix: str | None
    mapping_hash: str
    events: pa.Table
    rejects: pa.Table


@dataclass(frozen=True)
class Job:
    """What the files of one import share: see `parse`."""

    source: str
    zone: str
    progress: Progress | None
    limits: Limits
    imported_at: int | None

    def read(self, table: Table, mapping: Mapping, *, lenient: bool, suffix: str | None = None) -> Iterator[Parsed]:
        """The batches of one opened file."""
        source = f"{self.source}/{suffix}" if suffix else self.source
        reader = Reader(mapping, table, source=source, zone=self.zone, lenient=lenient, imported_at=self.imported_at)
        digest = mapping_hash(mapping)
        rows = 0
        for batch in table.batches:
            events, rejects = reader.read(batch)
            rows += events.num_rows + rejects.num_rows
            yield Parsed(table.file, suffix, digest, events, rejects)
            if self.progress is not None:
                self.progress(table.file, rows, batch.share)


def parse(
    paths: Sequence[str | os.PathLike[str]],
    *,
    source: str,
    preset: str | None = None,
    mapping: Mapping | None = None,
    zone: str = "UTC",
    progress: Progress | None = None,
    limits: Limits | None = None,
    imported_at: int | None = None,
) -> Iterator[Parsed]:
    """Reads files, folders and globs in sorted order and yields parsed batches.

    Args:
        paths: what to read.
        source: its name; scopes case ids.
        preset: a shipped preset's name. None and no mapping: the preset that the header matches.
        mapping: how the columns are read; wins over `preset`.
        zone: the workspace's IANA zone, for times without offset where the mapping names no zone.
        progress: told after every batch.
        limits: what a file may cost.
        imported_at: µs UTC for traits without a time; None means now.

    Raises:
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: of a file.
        UnknownPreset, NoMapping, MissingColumn, BadMapping: of how it is to be read.
    """
    job = Job(source, zone, progress, limits or Limits(), imported_at)
    files = expand(paths)
    if mapping is not None:
        for path in files:
            table = open_table(path, encoding=mapping.encoding, delimiter=mapping.delimiter, limits=job.limits)
            yield from job.read(table, mapping, lenient=False)
        return
    together = _several(files, preset)
    if together is not None:
        from desireline.collect.joined import read_together

        yield from read_together(together, files, job)
        return
    for path in files:
        table = open_table(path, limits=job.limits)
        yield from job.read(table, chosen(table, preset).reading(table), lenient=True)


def _several(files: list[Path], name: str | None) -> shipped.Preset | None:
    """The preset of several files to use: the one named, or the one that these files make up."""
    if name is not None:
        named = shipped.preset(name)
        return named if named.roles else None
    if len(files) < 2:
        return None
    from desireline.collect.joined import headers

    found = headers(files)
    return shipped.recognise_together(list(found.values())) if len(found) == len(files) else None


def chosen(table: Table, name: str | None) -> shipped.Preset:
    """The preset named, or the one that recognises the header.

    Raises:
        UnknownPreset: none of that name.
        NoMapping: none named and none recognises it.
        MissingColumn: the one named lacks a column that it needs.
    """
    if name is None:
        found = shipped.recognise(table.columns)
        if found is None:
            raise NoMapping(table.file, table.columns, list(shipped.presets()))
        return found
    named = shipped.preset(name)
    for column in named.required:
        if column not in table.columns:
            raise MissingColumn(column, table.columns, table.file)
    return named


def parse_rows(
    file: str,
    records: Sequence[Record[str, object]],
    *,
    source: str,
    preset: str | None = None,
    mapping: Mapping | None = None,
    workspace_zone: str = "UTC",
) -> Iterator[Parsed]:
    """Reads rejected rows again.

    Args:
        file: the file that they came from.
        records: `REJECT` rows of that file, by line: `line`, and `raw` as a JSON object of column → value.
        source: the full name of their source, a preset table's suffix included.
        preset: as for `parse`.
        mapping: as for `parse`.
        workspace_zone: as `zone` of `parse`.

    Raises:
        UnknownPreset, NoMapping, MissingColumn, BadMapping: of how they are to be read.
    """
    rows = [json.loads(str(r["raw"])) for r in records]
    lines = np.array([r["line"] for r in records], np.int64)
    batch = RawBatch(columns_of(rows), lines, [], 1.0)
    table = Table(file, "rejects", list(batch.columns.column_names), iter([batch]), open_ended=True, sample=[batch])
    job = Job(source, workspace_zone, None, Limits(), None)
    if mapping is None:
        found = chosen(table, preset)
        used = _table_of(found, source).mapping if found.roles else found.reading(table)
        yield from job.read(table, used, lenient=True)
    else:
        yield from job.read(table, mapping, lenient=False)


def _table_of(found: shipped.Preset, source: str) -> shipped.PresetTable:
    """The preset's table that a source's suffix names, else its first."""
    suffix = source.rpartition("/")[2]
    return next((t for t in found.tables if t.name == suffix), found.tables[0])

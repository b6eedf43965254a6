"""The journey store: immutable generations of memory-mapped CSR arrays, rebuildable from the lake at any time.

A generation is a folder of `.npy` arrays sorted by (person, time, arrival), and three small tables:

- `offsets` int64[persons + 1]; events of person p are `offsets[p]:offsets[p + 1]`; no person is empty
- `time` int64[events] µs UTC, `code` int32[events] into `dictionary`, `arrival` int64[events] the key in the lake,
  `case` int64[events] hash of source and case (0: none), `value` float64[events] (NaN: none)
- `dictionary` one row per code: source, name, channel, caveat and the properties that touchpoint rules look at
- `people` one row per person: key and identifiers; `traits` one row per person and trait

`CURRENT` names the valid generation and is swapped by one atomic rename. Parts for threads or Spark tasks are
ranges of persons of these files (docs/adr/002).
"""

import json
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

ARRAYS = ("offsets", "time", "code", "arrival", "case", "value")


@dataclass(frozen=True)
class SourceStatus:
    """What one source has given: events, statements of traits, and the time span of its events in µs UTC."""

    name: str
    events: int
    traits: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Meta:
    """What a generation was built from and what it holds."""

    generation: str
    lake_version: int
    properties: list[str]
    events: int
    people: int
    sources: list[SourceStatus]
    seconds: float


class Generation:
    """One generation, open for reading. Arrays are mapped on first use and are read-only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        raw = json.loads((folder / "meta.json").read_text())
        self.meta = Meta(**{**raw, "sources": [SourceStatus(**s) for s in raw["sources"]]})

    def array(self, name: str) -> npt.NDArray[np.generic]:
        """One of `ARRAYS`, memory-mapped."""
        array: npt.NDArray[np.generic] = np.load(self.folder / f"{name}.npy", mmap_mode="r")
        return array.view(np.ndarray)

    @cached_property
    def offsets(self) -> npt.NDArray[np.int64]:
        """int64[persons + 1]."""
        return self.array("offsets")  # type: ignore[return-value]

    @cached_property
    def time(self) -> npt.NDArray[np.int64]:
        """int64[events], µs UTC."""
        return self.array("time")  # type: ignore[return-value]

    @cached_property
    def code(self) -> npt.NDArray[np.int32]:
        """int32[events], row of the dictionary."""
        return self.array("code")  # type: ignore[return-value]

    @cached_property
    def arrival(self) -> npt.NDArray[np.int64]:
        """int64[events], key in the lake."""
        return self.array("arrival")  # type: ignore[return-value]

    @cached_property
    def case(self) -> npt.NDArray[np.int64]:
        """int64[events], hash of source and case id; 0 where there is no case."""
        return self.array("case")  # type: ignore[return-value]

    @cached_property
    def dictionary(self) -> pa.Table:
        """One row per code: source, name, channel, caveat, and the properties in `meta.properties`."""
        return pq.read_table(self.folder / "dictionary.parquet")

    @cached_property
    def people(self) -> pa.Table:
        """One row per person: key, identifiers."""
        return pq.read_table(self.folder / "people.parquet", memory_map=True)

    @cached_property
    def traits(self) -> pa.Table:
        """Person (row number), name, value; the latest statement of each trait."""
        return pq.read_table(self.folder / "traits.parquet")


class JourneyStore:
    """The generations of a workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Generation | None:
        """The valid generation, or None before the first build."""
        for _ in range(3):  # a build may sweep the folder between reading CURRENT and opening it
            try:
                name = (self.root / "CURRENT").read_text().strip()
                return Generation(self.root / name)
            except FileNotFoundError:
                continue
        return None

    def draft(self, name: str) -> Path:
        """A folder for a new generation; what unfinished builds left is swept away."""
        current = self.current()
        self.root.mkdir(parents=True, exist_ok=True)
        for old in self.root.iterdir():
            if old.is_dir() and (current is None or old.name != current.folder.name):
                shutil.rmtree(old, ignore_errors=True)
        folder = self.root / name
        folder.mkdir()
        return folder

    def publish(self, folder: Path, meta: dict[str, object]) -> Generation:
        """Make a finished draft the valid generation by one atomic rename, after all of it is on disk."""
        (folder / "meta.json").write_text(json.dumps(meta, indent=1))
        for file in folder.iterdir():
            _sync(file)
        _sync(folder)
        pointer = self.root / "CURRENT.new"
        pointer.write_text(folder.name)
        _sync(pointer)
        pointer.replace(self.root / "CURRENT")
        _sync(self.root)
        return Generation(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

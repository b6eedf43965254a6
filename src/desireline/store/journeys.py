"""The journey store: immutable generations of memory-mapped CSR arrays, rebuildable from the lake at any time.

A generation is a folder of `.npy` arrays sorted by (person, time, arrival), and three small tables:

- `offsets` int64[persons + 1]; events of person p are `offsets[p]:offsets[p + 1]`; no person is empty
- `time` int64[events] µs UTC, `code` int32[events] into `dictionary`, `arrival` int64[events] the key in the lake,
  `case` int64[events] hash of source and case (0: none), `value` float64[events] (NaN: none)
- `dictionary` one row per code: source, name, channel, caveat and the properties (`property.PATH`) that touchpoint
  rules look at; a value that no rule looks for is null there
- `people` one row per person: key and identifiers; `traits` one row per person and trait. Persons who are known
  without any event follow those with events.
- `hash` int64[identifiers], `person` int32[identifiers]: who each identifier belongs to
- `columns/`: properties of events that somebody asked for (see `columns`)

`CURRENT` names the valid generation and is swapped by one atomic rename. Parts for threads or Spark tasks are
ranges of persons of these files (docs/adr/002). A reader opens all files of a generation at once and keeps it as long
as it likes; the generation before the valid one stays on disk for those who are just opening it.
"""

import contextlib
import datetime as dt
import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from desireline.store.files import sync

ARRAYS = ("offsets", "time", "code", "arrival", "case", "value", "hash", "person")
TABLES = ("dictionary", "people", "traits")
META = "meta.json"
PROPERTY = "property."
"""Before the path of a property where it is a column of the dictionary."""


@dataclass(frozen=True)
class SourceStatus:
    """What one source has given: events, statements of traits, and the time span of its events in µs UTC."""

    name: str
    events: int
    traits: int
    first: int | None
    last: int | None

    def and_more(self, more: "SourceStatus") -> "SourceStatus":
        """Both together."""
        times = [t for t in (self.first, self.last, more.first, more.last) if t is not None]
        events, traits = self.events + more.events, self.traits + more.traits
        return SourceStatus(self.name, events, traits, min(times, default=None), max(times, default=None))


@dataclass(frozen=True)
class Meta:
    """What a generation was built from and what it holds. `properties`: the values that codes tell apart, by path."""

    generation: str
    lake_version: int
    properties: dict[str, list[str]]
    events: int
    people: int
    sources: list[SourceStatus]
    seconds: float


@dataclass(frozen=True, eq=False)
class Known:
    """Identifiers and persons.

    Attributes:
        hashes: int64[identifiers], distinct.
        person: int32[identifiers], the person of each.
        people: persons with events are [0, people).
        total: persons are [0, total).
    """

    hashes: npt.NDArray[np.int64]
    person: npt.NDArray[np.int32]
    people: int
    total: int


NOBODY = Known(np.zeros(0, np.int64), np.zeros(0, np.int32), 0, 0)


class Generation:
    """One generation, open for reading: it stays whole for whoever holds it, also when its folder is swept.

    Raises:
        FileNotFoundError: it is not there, or not all of it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        raw = json.loads((folder / META).read_text())
        self.meta = Meta(**{**raw, "sources": [SourceStatus(**s) for s in raw["sources"]]})
        self._arrays: dict[str, npt.NDArray[Any]] = {
            n: np.load(folder / f"{n}.npy", mmap_mode="r").view(np.ndarray) for n in ARRAYS
        }
        self._tables = {n: pa.memory_map(str(folder / f"{n}.parquet")) for n in TABLES}

    def array(self, name: str) -> npt.NDArray[np.generic]:
        """One of `ARRAYS`, memory-mapped and read-only."""
        return self._arrays[name]

    @cached_property
    def offsets(self) -> npt.NDArray[np.int64]:
        """int64[persons + 1]."""
        return self._arrays["offsets"]

    @cached_property
    def time(self) -> npt.NDArray[np.int64]:
        """int64[events], µs UTC."""
        return self._arrays["time"]

    @cached_property
    def code(self) -> npt.NDArray[np.int32]:
        """int32[events], row of the dictionary."""
        return self._arrays["code"]

    @cached_property
    def arrival(self) -> npt.NDArray[np.int64]:
        """int64[events], key in the lake."""
        return self._arrays["arrival"]

    @cached_property
    def case(self) -> npt.NDArray[np.int64]:
        """int64[events], hash of source and case id; 0 where there is no case."""
        return self._arrays["case"]

    @cached_property
    def dictionary(self) -> pa.Table:
        """One row per code: source, name, channel, caveat, and `property.PATH` for those of `meta.properties`."""
        return _read(self._tables["dictionary"])

    @cached_property
    def everyone(self) -> pa.Table:
        """Key and identifiers of each person, also of those without events."""
        return _read(self._tables["people"])

    @cached_property
    def people(self) -> pa.Table:
        """One row per person: key, identifiers."""
        return self.everyone.slice(0, self.meta.people)

    @cached_property
    def statements(self) -> pa.Table:
        """The latest statement of each trait of each person, with its time, also of those without events."""
        return _read(self._tables["traits"])

    @cached_property
    def traits(self) -> pa.Table:
        """Person (row number), name, value; the latest statement of each trait."""
        rows = int(np.searchsorted(self.statements["person"].to_numpy(), self.meta.people))
        return self.statements.slice(0, rows).select(["person", "name", "value"])

    @property
    def known(self) -> Known:
        """All identifiers, and the person of each."""
        person = self._arrays["person"]
        return Known(self._arrays["hash"], person, self.meta.people, int(person.max(initial=-1)) + 1)


def _read(file: Any) -> pa.Table:
    """A small table; not `read_table`, which loads the datasets of Arrow and, where it is there, pandas."""
    file.seek(0)
    return pq.ParquetFile(file).read()


class JourneyStore:
    """The generations of a workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self, held: Generation | None = None) -> Generation | None:
        """The valid generation, which is `held` if that is still valid; None before the first build."""
        for _ in range(3):  # builds may sweep the folder between reading CURRENT and opening it
            with contextlib.suppress(FileNotFoundError):
                name = (self.root / "CURRENT").read_text().strip()
                return held if held is not None and held.folder.name == name else Generation(self.root / name)
        return None

    def draft(self) -> Path:
        """A folder for a new generation; what unfinished builds left is swept away."""
        self.root.mkdir(parents=True, exist_ok=True)
        for old in self.root.iterdir():
            if old.is_dir() and not (old / META).exists():
                shutil.rmtree(old, ignore_errors=True)
        folder = self.root / f"g{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}"
        folder.mkdir()
        return folder

    def publish(self, folder: Path, meta: dict[str, object]) -> Generation:
        """Make a finished draft the valid generation by one atomic rename, after all of it is on disk.

        The generation before stays for those who are opening it; older ones are swept away.
        """
        before = self.current()
        for file in folder.rglob("*"):
            sync(file)
        (folder / META).write_text(json.dumps({"generation": folder.name, **meta}, indent=1))
        sync(folder / META)
        sync(folder)
        pointer = self.root / "CURRENT.new"
        pointer.write_text(folder.name)
        sync(pointer)
        pointer.replace(self.root / "CURRENT")
        sync(self.root)
        for old in self.root.iterdir():
            if old.is_dir() and old != folder and (before is None or old != before.folder):
                shutil.rmtree(old, ignore_errors=True)
        return Generation(folder)

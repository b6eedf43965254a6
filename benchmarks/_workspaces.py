"""Workspaces of synthetic events, made once and shared by the scripts, and their rows in order for other engines.

The lake is written as an import leaves it (columns, hashes of full entropy, months), without the reading of files,
which `build.py` measures. The journey store is built from it by the public call.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import synthetic

from desireline.model.event import IDENTIFIER
from desireline.service.workspace import Workspace
from desireline.store import lake

U64 = npt.NDArray[np.uint64]

AT_ONCE = 1 << 20
"""Rows written at once."""

SOURCE = "synthetic"


@contextlib.contextmanager
def shelf(folder: Path | None) -> Iterator[Path]:
    """Where workspaces stand: the folder, or one for the time being."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as scratch:
        yield Path(scratch)


def made(
    home: Path, events: int, *, per_person: float = synthetic.EVENTS_PER_PERSON, kinds: int = synthetic.KINDS,
    giant: int = 0,
) -> Workspace:  # fmt: skip
    """The workspace of so many synthetic events (see `synthetic.events`), written if it is not there."""
    folder = home / f"{events}-{per_person}-{kinds}-{giant}"
    if not (folder / "journeys" / "CURRENT").exists():
        found = synthetic.events(events, per_person=per_person, kinds=kinds, giant=giant)
        write(folder, found, synthetic.names(kinds), synthetic.CHANNEL_NAMES)
    return Workspace(folder)


def write(folder: Path, found: synthetic.Events, names: list[str], channels: list[str]) -> Workspace:
    """A workspace of these events."""
    workspace = Workspace(folder)
    table = lake.events(workspace.places.events)
    starts = range(0, len(found.time), AT_ONCE)
    batches = (_batch(found, lo, min(lo + AT_ONCE, len(found.time)), names, channels) for lo in starts)
    table.append(pa.RecordBatchReader.from_batches(lake.EVENT, batches))
    workspace.build()
    return workspace


def rows(workspace: Workspace, file: Path) -> None:
    """The events in the order of the journey store, with their place, as Parquet: what other engines start from."""
    if file.exists():
        return
    generation = workspace.generation()
    dictionary = generation.dictionary
    kind = _numbers(dictionary["name"].to_pylist(), sorted(set(dictionary["name"].to_pylist())), np.int16)
    channel = _numbers(dictionary["channel"].to_pylist(), synthetic.CHANNEL_NAMES, np.int8)
    person = np.repeat(np.arange(generation.meta.people, dtype=np.int32), np.diff(generation.offsets))
    draft, writer = file.with_suffix(".draft"), None
    for lo in range(0, len(person), AT_ONCE):
        cut = slice(lo, lo + AT_ONCE)
        code, row = generation.code[cut], generation.arrival[cut]
        part = pa.table(
            {
                "person": person[cut], "time": generation.time[cut], "kind": kind[code], "channel": channel[code],
                "pos": np.arange(lo, lo + len(code)), "value": generation.array("value")[cut],
                "properties": synthetic.properties(np.asarray(row)),
            }
        )  # fmt: skip
        writer = writer or pq.ParquetWriter(draft, part.schema, compression="lz4")
        writer.write_table(part)
    if writer:
        writer.close()
        draft.rename(file)


def size(folder: Path) -> int:
    """Bytes of all files below."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())


def _numbers(texts: list[str], known: list[str], kind: type) -> npt.NDArray[np.generic]:
    place = {name: k for k, name in enumerate(known)}
    return np.array([place[text] for text in texts], kind)


def _batch(found: synthetic.Events, lo: int, hi: int, names: list[str], channels: list[str]) -> pa.RecordBatch:
    row, person = np.arange(lo, hi), pa.array(found.person[lo:hi])
    key = _mixed(row.astype(np.uint64))
    known = pa.StructArray.from_arrays(
        [_same("customer_id", hi - lo), person.cast(pa.string())], fields=list(IDENTIFIER)
    )
    time = pa.array(found.time[lo:hi])
    columns: dict[str, pa.Array] = {
        "arrival": pa.array(row), "key": key, "row_hash": key, "source": _same(SOURCE, hi - lo),
        "batch": _same(SOURCE, hi - lo), "mapping": _same(SOURCE, hi - lo), "time": time,
        "precision": _same("us", hi - lo), "zone": _same("UTC", hi - lo), "kind": _same("event", hi - lo),
        "name": pa.array(names).take(pa.array(found.kind[lo:hi])),
        "channel": pa.array(channels).take(pa.array(found.channel[lo:hi])),
        "value": pa.array(synthetic.totals(row) / 10.0), "id_hash": _mixed(~found.person[lo:hi].astype(np.uint64)),
        "identifiers": pa.ListArray.from_arrays(pa.array(np.arange(hi - lo + 1, dtype=np.int32)), known),
        "properties": synthetic.properties(row), "month": _months(found.time[lo:hi]),
    }  # fmt: skip
    filled = [columns.get(f.name, pa.nulls(hi - lo, f.type)) for f in lake.EVENT]
    return pa.RecordBatch.from_arrays(filled, schema=lake.EVENT)


def _same(text: str, n: int) -> pa.Array:
    return pa.repeat(pa.scalar(text), n)


def _months(time: npt.NDArray[np.int64]) -> pa.Array:
    months, place = np.unique(time.view("M8[us]").astype("M8[M]"), return_inverse=True)
    return pa.array(months.astype(str).tolist()).take(pa.array(place))


def _mixed(number: U64) -> pa.Array:
    """Numbers as scattered as a hash (the finaliser of SplitMix64, one to one)."""
    z = (number + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return pa.array((z ^ (z >> np.uint64(31))).view(np.int64))

"""Weave the events of some files of the lake into the arrays and tables of a generation.

They are read, given to persons, coded and sorted, and then every array is written with the rows of both. A build from
scratch weaves all files into nothing: there is one way into the store.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from desireline.kernels.sort import sort_events
from desireline.kernels.weave import Sorted, Weave, weave, woven
from desireline.store import columns, lake, who
from desireline.store.columns import Column
from desireline.store.dictionary import coded, extended, recoded
from desireline.store.files import write_array
from desireline.store.journeys import NOBODY, PROPERTY, Generation, Known, SourceStatus
from desireline.store.rows import Rows
from desireline.store.who import View

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

PersonView = Callable[[Known, I64, I64, pa.Table], View]
"""See `identity.view.person_view`."""


@dataclass(frozen=True)
class Held:
    """What a generation holds, for its `Meta`."""

    events: int
    people: int
    sources: list[SourceStatus]


def weave_in(
    folder: Path, base: Generation | None, table: lake.Table, files: Sequence[str], person_view: PersonView
) -> Held:
    """Write a generation to a draft.

    Args:
        folder: the draft.
        base: the generation to extend, None for nothing.
        table: the lake.
        files: those of the lake's files whose rows `base` lacks.
        person_view: how identifiers become persons.
    """
    rows, events = Rows(files, table.sql(base.meta.lake_version) if base else None), lake.source(files)
    before, stating = base.known if base else NOBODY, who.stating(events)
    view = person_view(before, rows.numbers("id_hash"), stating, who.links(events))
    np.save(folder / "hash.npy", view.known.hashes)
    np.save(folder / "person.npy", view.known.person)
    everyone = base.everyone if base else who.PEOPLE.empty_table()
    changed = view.changed(before)
    people = who.people(events, rows.arrival[view.first], view, changed, everyone)
    pq.write_table(people, folder / "people.parquet")
    statements = base.statements if base else who.TRAITS.empty_table()
    pq.write_table(who.traits(events, view, view.told_of(stating), statements), folder / "traits.parquet")
    code, dictionary, found = _coded(rows, base, events)
    pq.write_table(dictionary, folder / "dictionary.parquet")
    time = rows.numbers("time")
    sources = _sources(base.meta.sources if base else [], code, time, dictionary, who.counts(events))
    offsets, order = sort_events(view.event, time, rows.arrival, view.known.people)
    plan = _plan(base, view.was[: before.people], Sorted(offsets, time, rows.arrival), order)
    held = Held(len(order) + (base.meta.events if base else 0), view.known.people, sources)
    del view
    np.save(folder / "offsets.npy", plan.offsets)
    _write(folder, base, plan, order, "time", time)
    del time
    _write(folder, base, plan, order, "code", code)
    del code
    _write(folder, base, plan, order, "arrival", rows.arrival)
    _write(folder, base, plan, order, "case", rows.numbers("case_key"))
    _write(folder, base, plan, order, "value", rows.numbers("value"))
    for path, (old, new) in found.items():
        texts, index = columns.joined(old, new)
        columns.save(folder, path, Column(woven(plan, old.index, index, order, 0, held.events), texts))
    return held


def _write(
    folder: Path, base: Generation | None, plan: Weave, order: npt.NDArray[Any], name: str, new: npt.NDArray[Any]
) -> None:
    """One array. The old one is mapped anew for each run, so that what was read of it takes no memory any more."""

    def rows(lo: int, hi: int) -> npt.NDArray[Any]:
        old = np.load(base.folder / f"{name}.npy", mmap_mode="r") if base else new[:0]
        return woven(plan, old, new, order, lo, hi)

    write_array(folder / f"{name}.npy", new.dtype, int(plan.offsets[-1]), rows)


def _plan(base: Generation | None, was: I32, new: Sorted, order: npt.NDArray[Any]) -> Weave:
    """How the new events (their time and arrival not yet in order) and the old ones follow each other."""
    if base is None:
        return Weave(new.offsets, np.array([0, len(order)]), np.array([~0]))
    new = Sorted(new.offsets, new.time[order], new.arrival[order])
    return weave(was, Sorted(base.offsets, base.time, base.arrival), new)


def _coded(rows: Rows, base: Generation | None, events: str) -> tuple[I32, pa.Table, dict[str, tuple[Column, Column]]]:
    """Codes of the new events in the dictionary of all, that dictionary, and the columns, kept and new."""
    code, dictionary = coded(rows)
    if base is None:
        return code, dictionary, {}
    found = {path: (old, columns.extract(events, path, rows.arrival)) for path, old in columns.kept(base.folder)}
    for path, wanted in base.meta.properties.items():
        code, dictionary = recoded(code, dictionary, PROPERTY + path, *found[path][1].only(wanted))
    dictionary, place = extended(base.dictionary, dictionary)
    return place[code], dictionary, found


def _sources(
    base: Sequence[SourceStatus], code: I32, time: I64, dictionary: pa.Table, stated: dict[str, int]
) -> list[SourceStatus]:
    """Every source, those that only state traits too."""
    counted = pa.table({"code": code, "time": time}).group_by("code").aggregate(
        [("time", "count"), ("time", "min"), ("time", "max")]
    )  # fmt: skip
    of_code = dictionary["source"].to_pylist()
    new = [SourceStatus(of_code[c], n, 0, lo, hi) for c, n, lo, hi in zip(*counted.to_pydict().values(), strict=True)]
    new += [SourceStatus(name, 0, n, None, None) for name, n in stated.items()]
    found: dict[str, SourceStatus] = {}
    for s in [*base, *new]:
        found[s.name] = found[s.name].and_more(s) if s.name in found else s
    return [found[name] for name in sorted(found)]

"""The next generation of the journey store: from all of the lake, or from the last one and what the lake gained."""

import time as clock
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from desireline.store import columns, lake
from desireline.store.dictionary import recoded, together
from desireline.store.files import share, write_array
from desireline.store.journeys import META, PROPERTY, Generation, JourneyStore
from desireline.store.paths import Paths
from desireline.store.weaving import Held, PersonView, weave_in


def build(paths: Paths, properties: Mapping[str, Sequence[str]], person_view: PersonView) -> Generation:
    """Build a generation from all of the lake and publish it. The caller holds `paths.writing()`.

    Args:
        paths: the workspace.
        properties: values that touchpoint rules look for, by the path of the property: codes tell these apart.
        person_view: how identifiers become persons.
    """
    return _next(paths, None, lake.events(paths.events).files(), properties, person_view)


def refresh(paths: Paths, properties: Mapping[str, Sequence[str]], person_view: PersonView) -> Generation:
    """Bring the journey store up to date with the lake and the rules by the least work; the answers are as of `build`.

    New events are merged into the last generation; where rows were replaced or withdrawn all is built again.
    Values that the codes do not tell apart make new codes and nothing else; those that they do stay. Arguments as for
    `build`.
    """
    base = JourneyStore(paths.journeys).current()
    gained = None if base is None else lake.events(paths.events).gained(base.meta.lake_version)
    if base is None or gained is None:
        return build(paths, properties, person_view)
    wanted = together(base.meta.properties, properties)
    if not gained and wanted == base.meta.properties and base.meta.lake_version == paths.newest_commit():
        return base
    return _next(paths, base, gained, wanted, person_view)


def _next(
    paths: Paths,
    base: Generation | None,
    files: Sequence[str],
    properties: Mapping[str, Sequence[str]],
    person_view: PersonView,
) -> Generation:
    started = clock.perf_counter()
    table, version = lake.events(paths.events), paths.newest_commit()
    store = JourneyStore(paths.journeys)
    folder = store.draft()
    if base is not None and not files:
        share(base.folder, folder, but=frozenset({META}))
        held = Held(base.meta.events, base.meta.people, base.meta.sources)
    else:
        held = weave_in(folder, base, table, files, person_view)
    for path, wanted in properties.items():
        if base is None or base.meta.properties.get(path) != wanted:
            _tell_apart(folder, path, wanted, table.sql(version))
    meta = {
        "lake_version": version,
        "properties": properties,
        **asdict(held),
        "seconds": round(clock.perf_counter() - started, 3),
    }
    return store.publish(folder, meta)


def _tell_apart(folder: Path, path: str, wanted: Sequence[str], events: str) -> None:
    """Give events that differ in the wanted values of a property different codes."""
    found = columns.load(folder, path)
    if found is None:
        found = columns.extract(events, path, np.load(folder / "arrival.npy", mmap_mode="r"))
        columns.save(folder, path, found)
    code, file = np.load(folder / "code.npy", mmap_mode="r"), folder / "dictionary.parquet"
    code, dictionary = recoded(code, pq.read_table(file), PROPERTY + path, *found.only(wanted))
    write_array(folder / "code.npy", code.dtype, len(code), lambda lo, hi: code[lo:hi])
    file.unlink()
    pq.write_table(dictionary, file)

"""Readers in other processes, and builders that are killed: nobody ever sees half a generation."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from desireline.identity.view import person_view
from desireline.store import ingest
from desireline.store.build import build, refresh
from desireline.store.journeys import Generation, JourneyStore
from desireline.store.paths import Paths
from tests.staging import event, stage

ROOT = Path(__file__).resolve().parents[3]

READER = """
import json, sys
from pathlib import Path
import numpy as np
from desireline.store.journeys import JourneyStore

root = Path(sys.argv[1])
store = JourneyStore(root / "journeys")
held, seen = store.current(), []
print("reading", flush=True)
while not (root / "stop").exists() or not seen:
    g = store.current()
    codes, rows = len(g.dictionary), len(g.time)
    unit = np.repeat(np.arange(g.meta.people), np.diff(g.offsets))
    whole = (
        rows == g.meta.events == len(g.code) == len(g.arrival) == len(g.case) == len(g.array("value"))
        and len(g.people) == g.meta.people > int(g.traits["person"].to_numpy().max()) and g.code.max() < codes
        and len(np.unique(g.arrival)) == rows and bool((np.diff(g.offsets) > 0).all())
        and np.array_equal(np.lexsort((g.arrival, g.time, unit)), np.arange(rows))
    )
    seen.append((g.meta.events, bool(whole)))
print(json.dumps({"seen": sorted(set(seen)), "held": [held.meta.events, sorted(held.people["key"].to_pylist()),
    held.traits.to_pylist(), held.dictionary["name"].to_pylist(), held.arrival.tolist()],
    "swept": not held.folder.exists()}))
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from desireline.identity.view import person_view
from desireline.store import journeys, weaving
from desireline.store.build import refresh
from desireline.store.paths import Paths

moment = sys.argv[2]
def dying(module, name, real):
    def before(path, *more):
        if path.name == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(path, *more)
    setattr(module, name, before)
dying(journeys, "sync", journeys.sync)
dying(weaving, "write_array", weaving.write_array)
paths = Paths(Path(sys.argv[1]))
with paths.writing():
    refresh(paths, {"plan": ["pro"]}, person_view)
"""


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    call = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env=environment)


def add(paths: Paths, number: int, *, build_anew: bool = False) -> Generation:
    """A hundred more events of ten persons each time, half of them new."""
    who = [f"customer_id:{5 * number + i % 10}" for i in range(100)]
    rows = [event(f"e{i % 7}", (37 * i) % 50, who[i], event_id=f"{number}/{i}") for i in range(100)]
    with paths.writing():
        ingest.commit(paths, stage(paths.root / "staged", rows), None, "b")
        return (build if build_anew else refresh)(paths, {}, person_view)


def test_a_second_process_reads_whole_generations_while_others_are_published(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    statement = event("traits", 1, "customer_id:0", kind="traits", properties='{"city": "Split"}', source="crm")
    with paths.writing():
        ingest.commit(paths, stage(tmp_path / "staged", [event("first", 1, "customer_id:0")]), None, "b")
        refresh(paths, {}, person_view)
        ingest.commit(paths, stage(tmp_path / "staged", [statement]), None, "b")
        refresh(paths, {}, person_view)
        shift = refresh(paths, {"plan": ["pro"]}, person_view)
    assert shift.arrival.tolist() == [0]
    reader = start(READER, str(tmp_path))
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    for number in range(12):
        add(paths, number, build_anew=number % 5 == 4)
    (tmp_path / "stop").touch()
    told = json.loads(reader.communicate(timeout=60)[0])
    assert reader.returncode == 0
    assert all(whole for _, whole in told["seen"]), told["seen"]
    assert {n for n, _ in told["seen"]} <= {1 + 100 * k for k in range(13)}
    assert len(told["seen"]) > 1, "it saw several generations"
    traits = [{"person": 0, "name": "city", "value": "Split"}]
    assert told["held"] == [1, ["customer_id:0"], traits, ["first"], [0]], "what it opened first is as it was"
    assert told["swept"]


@pytest.mark.parametrize("moment", ["case.npy", "time.npy", "meta.json", "CURRENT.new", "journeys"])
def test_a_killed_merge_leaves_a_valid_store_and_nothing_behind(tmp_path: Path, moment: str) -> None:
    paths = Paths(tmp_path)
    before = add(paths, 0)
    rows = [event("new", 25, f"customer_id:{i}") for i in range(20)]
    with paths.writing():
        ingest.commit(paths, stage(tmp_path / "staged", rows), None, "b")
    builder = start(KILLED, str(tmp_path), moment)
    builder.communicate(timeout=60)
    assert builder.returncode == -signal.SIGKILL
    store = JourneyStore(paths.journeys)
    found = store.current()
    assert found is not None
    assert found.meta.events == (120 if moment == "journeys" else 100), "the rename alone decides"
    with paths.writing():
        after = refresh(paths, {"plan": ["pro"]}, person_view)
    assert (after.meta.events, after.meta.properties) == (120, {"plan": ["pro"]})
    left = {f.name for f in paths.journeys.iterdir()}
    assert left == {"CURRENT", before.folder.name, after.folder.name}
    assert not list(after.folder.rglob(".*"))


def test_the_generation_before_stays_one_round_and_an_open_one_for_ever(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    first, second = add(paths, 0), add(paths, 1)
    assert first.folder.exists()
    third = add(paths, 2)
    assert [g.folder.exists() for g in (first, second, third)] == [False, True, True]
    assert first.people["key"].to_pylist()[0] == "customer_id:0"
    assert len(first.dictionary) == 7
    assert np.array_equal(np.sort(first.arrival), np.arange(100))

"""What must survive: killed processes, two writers at once, a disk without room."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desireline.errors import DiskFull
from desireline.service.workspace import Workspace

ROWS = 60_000


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CSV with 60,000 events of 3,000 made-up people."""
    file = tmp_path_factory.mktemp("export") / "events.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["person_id", "timestamp", "event"])
        for i in range(ROWS):
            writer.writerow([f"p{i % 3_000}", f"2026-01-{1 + i % 28:02d}T{i % 24:02d}:00:00Z", f"step {i % 7}"])
    return file


def start(workspace: Path, *code: str) -> subprocess.Popen[bytes]:
    script = f"from desireline.service.workspace import Workspace\nws = Workspace({str(workspace)!r})\n" + "\n".join(
        code
    )
    return subprocess.Popen([sys.executable, "-c", script], env={**os.environ})


def kill_when(process: subprocess.Popen[bytes], seen: Callable[[], bool]) -> bool:
    """Kill -9 as soon as something is seen; whether the process was still at work."""
    deadline = time.monotonic() + 60
    while process.poll() is None and not seen() and time.monotonic() < deadline:
        time.sleep(0.002)
    at_work = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return at_work


@pytest.mark.parametrize(
    "moment",
    [
        "tmp/staging/*/events.parquet",  # while rows are staged
        "lake/events/month=*/*.parquet",  # while the lake is written, before or about its commit
        "lake/events/_delta_log/*.json",  # after the commit, before the build
        "journeys/g*/time.npy",  # in the middle of the build
    ],
)
def test_a_killed_import_leaves_no_half_batch_and_can_be_run_again(export: Path, tmp_path: Path, moment: str) -> None:
    process = start(tmp_path, f"ws.import_files([{str(export)!r}], 'shop')")
    assert kill_when(process, lambda: any(tmp_path.glob(moment))), "the import was over before it could be killed"
    ws = Workspace(tmp_path)
    committed = bool(list(tmp_path.glob("lake/events/_delta_log/*.json")))
    assert ws.status().events == (ROWS if committed else 0), "what is committed counts, even if its build was killed"
    summary = ws.import_files([export], "shop")
    assert summary.new + summary.known == ROWS
    assert (ws.status().events, ws.status().people) == (ROWS, 3_000)
    assert not list((tmp_path / "tmp" / "staging").iterdir())


def test_a_killed_build_leaves_the_old_store_valid(export: Path, tmp_path: Path) -> None:
    ws = Workspace(tmp_path)
    ws.import_files([export], "shop")
    before = ws.funnel(["step 0", "step 1"]).model_dump(exclude={"drilldown"})
    valid = ws.generation().folder
    for array in ("offsets.npy", "value.npy"):
        process = start(tmp_path, "ws.build()")
        drafts = lambda array=array: any(f.parent != valid for f in tmp_path.glob(f"journeys/*/{array}"))  # noqa: E731
        assert kill_when(process, drafts), "the build was over before it could be killed"
        assert Workspace(tmp_path).funnel(["step 0", "step 1"]).model_dump(exclude={"drilldown"}) == before
    newest = ws.build().folder
    left = {f for f in (tmp_path / "journeys").iterdir() if f.is_dir()}
    assert left == {valid, newest}, "the one before stays for those who read it; unfinished ones are swept"


def test_two_imports_at_once_both_count(export: Path, tmp_path: Path) -> None:
    both = [start(tmp_path, f"ws.import_files([{str(export)!r}], {name!r})") for name in ("shop", "kiosk", "shop")]
    assert [p.wait() for p in both] == [0, 0, 0]
    status = Workspace(tmp_path).status()
    assert {s.name: s.events for s in status.sources} == {"shop": ROWS, "kiosk": ROWS}
    assert status.people == 3_000


def test_a_disk_without_room_keeps_nothing_and_says_so(export: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("a small disk can only be mounted by root")
    try:
        ws = Workspace(disk / "ws")
        ws.import_files([_head(export, tmp_path, 50)], "shop")
        with pytest.raises(DiskFull) as caught:
            ws.import_files([export], "shop")
        assert "full" in str(caught.value)
        assert ws.status().events == 50
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def _head(export: Path, folder: Path, rows: int) -> Path:
    file = folder / "head.csv"
    file.write_text("".join(export.read_text().splitlines(keepends=True)[: rows + 1]))
    return file

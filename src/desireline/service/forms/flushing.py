"""Answers that wait become events of the lake, each exactly once: its id is as stable as the answer's."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from desireline.store import ingest, lake
from desireline.store.ingest import STAGED_EVENT
from desireline.store.paths import Paths
from desireline.store.records.forms import StoredAnswer

SOURCE = "forms"
"""The source of all answers in the lake."""

BATCH = 20_000
"""Answers that are brought in at once."""


def commit(paths: Paths, answers: Sequence[StoredAnswer], seconds: int, all_wait: Callable[[], bool]) -> bool:
    """Bring answers into the lake; those that a killed process brought in already are known there.

    Args:
        paths: of the workspace.
        answers: as they were read.
        seconds: how long to wait for another one who writes.
        all_wait: asked while nobody else writes: whether none of them was deleted meanwhile.

    Returns:
        Whether they were brought in; if one was deleted, none is.

    Raises:
        WorkspaceBusy: another one writes, for longer than `seconds`.
        DiskFull: there was no room; nothing is kept.
    """
    with lake.guarded(paths.root), paths.staging() as folder:
        staged = _staged(folder, [row for one in answers for row in json.loads(one.document or "[]")])
        with paths.writing(seconds):
            if not all_wait():
                return False
            batch = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
            ingest.commit(paths, staged, None, batch)
            return True


def _staged(folder: Path, rows: list[dict[str, Any]]) -> Path:
    same = {"precision": "us", "zone": "UTC", "kind": "event", "source": SOURCE, "file": SOURCE, "mapping": SOURCE}
    empty = dict.fromkeys(STAGED_EVENT.names)
    full = [
        {**empty, **same, **row, "seq": at, "line": at + 1, "content": _number(row["event_id"])}
        for at, row in enumerate(rows)
    ]
    file = folder / "answers.parquet"
    pq.write_table(pa.Table.from_pylist(full, schema=STAGED_EVENT), file)
    return file


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)

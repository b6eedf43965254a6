"""Rows for the lake without a file: what the import stages, made from short dictionaries."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from desireline.store.ingest import STAGED_EVENT, STAGED_REJECT


def event(name: str, time: int, who: str | list[str] = "customer_id:1", **more: Any) -> dict[str, Any]:
    """One parsed event; identifiers are written `type:value`."""
    people = [who] if isinstance(who, str) else who
    identifiers = [dict(zip(("type", "value"), p.split(":", 1), strict=True)) for p in people]
    raw = json.dumps([name, time, people, sorted((k, str(v)) for k, v in more.items() if k not in ("mapping", "file"))])
    return {
        "time": time, "precision": "us", "zone": "UTC", "kind": "event", "name": name, "channel": "web", "source": "s",
        "file": "a.csv", "mapping": "m1", "identifiers": identifiers, "properties": "{}",
        "content": int.from_bytes(hashlib.sha1(raw.encode()).digest()[:8], "big", signed=True), **more,  # noqa: S324
    }  # fmt: skip


def reject(content: int, reason: str = "no_time", **more: Any) -> dict[str, Any]:
    """One rejected row."""
    return {"source": "s", "file": "a.csv", "line": 1, "reason": reason, "raw": "{}", "content": content,
            "mapping": "m1", **more}  # fmt: skip


def stage(folder: Path, rows: list[dict[str, Any]], schema: pa.Schema = STAGED_EVENT) -> Path:
    """Write rows as the import stages them."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{'events' if schema is STAGED_EVENT else 'rejects'}-{len(list(folder.iterdir()))}.parquet"
    full = [{**dict.fromkeys(schema.names), **r, "seq": i} for i, r in enumerate(rows)]
    for i, row in enumerate(full):
        row["line"] = row["line"] or i + 2
    pq.write_table(pa.Table.from_pylist(full, schema=schema), file)
    return file


def stage_rejects(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """Write rejected rows as the import stages them."""
    return stage(folder, rows, STAGED_REJECT)

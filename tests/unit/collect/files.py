"""Small files for the tests of reading, and what reading makes of them."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from desireline.collect.importing import parse

HEADER = "person_id,timestamp,event"
ROW = "7,2017-03-01T10:00:00Z,visit"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with exactly this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def taken(*paths: Path | str, source: str = "src", **how: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All events and all rejects of an import, as dictionaries."""
    batches = list(parse(list(paths), source=source, **how))
    events = pa.concat_tables([b.events for b in batches]).to_pylist()
    rejects = pa.concat_tables([b.rejects for b in batches]).to_pylist()
    return events, rejects

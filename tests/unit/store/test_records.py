"""Definitions and maps in SQL."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from desireline.store.records import Records

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def test_several_open_a_new_workspace_at_once(tmp_path: Path) -> None:
    for attempt in range(10):
        together = Barrier(8)

        def opened(path: Path, together: Barrier = together) -> list[str]:
            together.wait()
            return [m.name for m in Records(path).maps.all()]

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(opened, [tmp_path / f"{attempt}.sqlite"] * 8)) == [[]] * 8


def test_versions_stay(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.sqlite")
    assert (records.definition(), records.next_definition_version()) == (None, 1)
    for version in (1, 2):
        records.add_definition(version, NOW, f"document {version}", None)
    records.add_definition(3, NOW, "service", "Service")
    assert records.definition() == "document 2"
    assert records.definition(1) == "document 1"
    assert records.definition("Service") == records.definition(3) == "service"
    assert records.definition(4) is records.definition("Sales") is None
    assert records.definitions() == ["document 1", "document 2", "service"]

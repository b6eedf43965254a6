"""`desireline simulate`: files whose names and keys are stable, and events that are read without a mapping."""

import json
from pathlib import Path

import pytest

from desireline.simulate import simulate
from tests.commands import Ran, series

FILES = [
    "assignments.parquet", "definition.yaml", "events.parquet", "events_truth.parquet", "identities.parquet",
    "people.parquet", "truth.json",
]  # fmt: skip
KEYS = {
    "simulated", "seed", "people", "difficulty", "effects", "goal", "stages", "frictions", "decoys", "help_seeking",
    "detectors", "troubles", "drift", "micro", "interventions", "counts",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("simulated")


@pytest.fixture(scope="module")
def ran(folder: Path) -> list[Ran]:
    """Simulated and imported, with a definition, in one process."""
    common = ("--people", 1500, "--seed", 4)
    return series(
        ("simulate", *common, "--out", folder / "made", "--json"),
        ("simulate", *common, "--out", folder / "none", "--effects", "none", "--difficulty", "easy", "--json"),
        ("import", folder / "made" / "events.parquet", "--source", "simulated", "--preset", "generic", "--json"),
        ("definition", "edit", "--file", folder / "made" / "definition.yaml", "--json"),
        ("simulate", "--people", 5, "--out", folder / "few", "--language", "hr"),
        ("simulate", "--people", 5, "--out", folder / "made" / "truth.json" / "below"),
        ("simulate", "--people", 0, "--out", folder / "few"),
        workspace=folder / "workspace",
    )


def test_what_is_printed_and_written(ran: list[Ran], folder: Path) -> None:
    told = ran[0].json
    assert told["files"] == FILES == sorted(p.name for p in (folder / "made").iterdir())
    assert (told["simulated"], told["goal"], told["people"]) == (True, "Order", 1500)
    truth = json.loads((folder / "made" / "truth.json").read_text("utf-8"))
    assert truth.keys() >= KEYS
    assert set(truth["frictions"][0]) == {"touchpoint", "outcome_factor", "people", "lost_conversions", "lost_value"}
    assert set(truth["troubles"][0]) == {"kind", "touchpoint", "segment", "from", "to", "people"}
    assert set(truth["drift"][0]) >= {"at", "from", "to", "share_before", "share_after"}
    assert "5 izmišljenih osoba" in ran[4].out


def test_the_command_and_python_write_the_same_bytes(ran: list[Ran], folder: Path, tmp_path: Path) -> None:
    assert ran[1].code == 0
    simulate(1500, 4, difficulty="easy", effects="none").write(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / "none" / name).read_bytes(), name


def test_only_planted_dirt_is_rejected(ran: list[Ran], folder: Path) -> None:
    counts = json.loads((folder / "made" / "truth.json").read_text("utf-8"))["counts"]
    imported = ran[2].json
    assert imported["rejected"] == {"no_name": counts["dirty"]}
    assert imported["known"] == counts["duplicates"]
    assert imported["new"] == counts["events"]
    assert ran[3].code == 0


def test_refusals(ran: list[Ran]) -> None:
    assert (ran[5].code, ran[6].code) == (1, 2)
    assert "cannot_open" in ran[5].err

"""The command of personas on bare events, and the file that says who is in which group."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
from sklearn.metrics import adjusted_rand_score

from tests.commands import series
from tests.planted import personas as planted


def test_personas_and_the_persona_of_each_person(tmp_path: Path) -> None:
    world = planted.kinds(800, seed=1, separation=3.0)
    events, who, workspace = tmp_path / "events.parquet", tmp_path / "who.csv", tmp_path / "w"
    pq.write_table(world.table(), events)
    _, asked, shown = series(
        ("import", events, "--preset", "generic", "--source", "s"),
        ("personas", "--goal", "pay", "--out", who, "--json"),
        ("personas", "--language", "pl"),
        workspace=workspace,
    )
    told = asked.json
    assert told["stable"]
    assert all(0 < group["goal"]["n"] <= group["people"] for group in told["groups"])
    rows = list(csv.DictReader(who.open(encoding="utf-8")))
    assert len(rows) == 800
    truth = [world.truth[int(row["person"].removeprefix("p"))] for row in rows]
    assert adjusted_rand_score(truth, [row["label"] for row in rows]) >= 0.8
    cells = [f"persona:{place}" for place in range(len(told["groups"]))]
    listed = series(
        *(("people", "list", "--drill", told["drilldown"], "--cell", cell, "--json") for cell in cells),
        workspace=workspace,
    )
    for group, page in zip(told["groups"], listed, strict=True):
        assert page.json["total"] == group["people"] == sum(row["label"] == group["name"] for row in rows)
    assert f"{len(cells)} stabiln" in shown.out

"""The command of personas on bare events, and the file that says who is in which group."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
from sklearn.metrics import adjusted_rand_score

from tests.commands import series
from tests.planted import personas as planted


def test_personas_and_the_persona_of_each_person(tmp_path: Path) -> None:
    world = planted.kinds(600, seed=1, separation=3.0)
    events, who = tmp_path / "events.parquet", tmp_path / "who.csv"
    pq.write_table(world.table(), events)
    _, asked = series(
        ("import", events, "--preset", "generic", "--source", "s"),
        ("personas", "--goal", "pay", "--out", who, "--json"),
        workspace=tmp_path / "w",
    )
    told = asked.json
    assert told["stable"]
    assert all(0 < group["goal"]["n"] <= group["people"] for group in told["groups"])
    rows = list(csv.DictReader(who.open(encoding="utf-8")))
    assert len(rows) == 600
    truth = [world.truth[int(row["person"].removeprefix("p"))] for row in rows]
    assert adjusted_rand_score(truth, [row["label"] for row in rows]) >= 0.8
    for group in told["groups"]:
        assert group["people"] == sum(row["label"] == group["name"] for row in rows)


def test_no_groups_are_told_in_words_and_leave_the_file_empty(visits: Path, tmp_path: Path) -> None:
    who = tmp_path / "who.parquet"
    shown = series(
        *(("personas", "--out", who, "--language", language) for language in ("en", "pl", "hr")), workspace=visits
    )
    assert [ran.out.splitlines()[0] for ran in shown] == [
        "No stable groups: there are too few people to tell.",
        "Brak stabilnych grup: jest za mało osób, żeby to ocenić.",
        "Nema stabilnih grupa: premalo je ljudi da bi se to moglo reći.",
    ]
    assert pq.read_table(who).num_rows == 0

"""The commands of stages and types of journeys, and the files that say who is in which group."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.commands import desireline_command


def test_stages_and_the_stage_of_each_touchpoint(visits: Path, tmp_path: Path) -> None:
    file = tmp_path / "stages.parquet"
    told = desireline_command("stages", "--k", 2, "--json", "--out", file, workspace=visits).json
    assert {"stable", "groups", "spanning", "incoherence"} <= set(told)
    assert all({"name", "people", "share"} <= set(group) for group in told["groups"])
    labels = {t["touchpoint"]: told["groups"][t["stage"]]["name"] for t in told["touchpoints"]}
    written = pq.read_table(file)
    assert written.column_names == ["touchpoint", "label"]
    assert dict(zip(*(written[c].to_pylist() for c in written.column_names), strict=True)) == labels
    listed = ("people", "list", "--drill", told["drilldown"], "--cell", "stage:0", "--json")
    assert desireline_command(*listed, workspace=visits).json["total"] == told["groups"][0]["people"]


def test_types_and_the_type_of_each_person(visits: Path, tmp_path: Path) -> None:
    file = tmp_path / "types.csv"
    told = desireline_command("types", "--json", "--out", file, workspace=visits).json
    assert (told["stable"], told["reason"]) == (False, "too_few")  # the workspace has 30 people
    [group] = told["groups"]
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    assert [*rows[0]] == ["person", "label", "key"]
    assert {row["label"] for row in rows} == {group["name"]}
    listed = ("people", "list", "--drill", told["drilldown"], "--cell", "type:0", "--limit", 1000, "--json")
    found = desireline_command(*listed, workspace=visits).json
    assert {row["key"] for row in rows} == {p["person"] for p in found["people"]}
    assert all(row["key"].split(":", 1)[1] == row["person"] for row in rows)
    assert len(rows) == group["people"] == found["total"]


@pytest.mark.parametrize("language", ["en", "pl", "hr"])
def test_tables_in_each_language(visits: Path, language: str) -> None:
    assert "Visit" in desireline_command("--language", language, "stages", workspace=visits).out
    told = desireline_command("--language", language, "types", workspace=visits).out
    assert {"en": "Too few journeys", "pl": "Za mało podróży", "hr": "Premalo putovanja"}[language] in told


def test_a_file_of_another_form_is_refused(visits: Path, tmp_path: Path) -> None:
    ran = desireline_command("types", "--out", tmp_path / "types.xlsx", workspace=visits)
    assert (ran.code, ran.out) == (1, "")
    assert ".csv" in ran.err

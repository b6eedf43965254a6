"""Saved questions on the command line, and comparisons and definitions side by side."""

from pathlib import Path

import pytest

from tests.commands import series

ROWS = """person_id,timestamp,event,channel
1,2026-01-01T10:00:00Z,look,web
1,2026-01-03T10:00:00Z,buy,web
2,2026-01-01T11:00:00Z,look,shop
3,2026-01-07T11:00:00Z,look,shop
3,2026-01-07T12:00:00Z,buy,shop
"""
STEPS = '{"steps": ["look", "buy"], "by_event_name": true}'


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "events.csv").write_text(ROWS)
    assert series(("import", folder / "events.csv", "--source", "shop"), workspace=folder / "ws")[0].code == 0
    return folder / "ws"


def test_a_saved_question_is_asked_again_and_forgotten(workspace: Path) -> None:
    saved, listed, asked, forgotten, gone = series(
        ("saved", "save", "Buyers", "funnel", STEPS, "--overview"),
        ("saved", "list", "--json"),
        ("saved", "ask", "Buyers", "--json"),
        ("saved", "delete", "Buyers"),
        ("saved", "ask", "Buyers"),
        workspace=workspace,
    )
    assert saved.out == "Saved as 'Buyers'.\n"
    assert [(s["name"], s["question"], s["on_overview"]) for s in listed.json["saved"]] == [("Buyers", "funnel", True)]
    assert [step["people"] for step in asked.json["steps"]] == [3, 2]
    assert forgotten.code == 0
    assert gone.code == 1
    assert "unknown_saved" in gone.err


def test_what_makes_no_sense_is_not_saved(workspace: Path) -> None:
    for question, fields in (("funnel", '{"stepz": []}'), ("sorcery", "{}"), ("funnel", "[1]"), ("funnel", "{")):
        (ran,) = series(("saved", "save", "Odd", question, fields), workspace=workspace)
        assert ran.code == 1
        assert "bad_question" in ran.err


def test_two_segments_side_by_side(workspace: Path) -> None:
    *_, told, shown = series(
        ("segments", "save", "Web", "--where", 'channel = "web"'),
        ("segments", "save", "Shop", "--where", 'channel = "shop"'),
        ("funnel", "--by-event-name", "--steps", "look,buy", "--segment", "Web", "--versus", "Shop", "--json"),
        ("funnel", "--by-event-name", "--steps", "look,buy", "--segment", "Web", "--versus", "Shop"),
        workspace=workspace,
    )
    (row,) = [d for d in told.json["differences"] if (d["a"], d["b"]) == (1, 1) and d["a_of"] == 1]
    assert (row["a_of"], row["b_of"], row["difference"]) == (1, 2, 0.5)
    assert row["low"] < 0.5 < row["high"]
    assert "1 / 2" in shown.out


def test_under_two_definitions(workspace: Path) -> None:
    *_, told, shown = series(
        ("definition", "propose"),
        ("definition", "propose", "--name", "service"),
        ("definition", "list", "--json"),
        ("variants", "--definition", "service", "--compare-definition", "1", "--json"),
        ("variants", "--definition", "service", "--compare-definition", "1"),
        workspace=workspace,
    )
    assert (told.json["definition"]["definition_name"], told.json["definition"]["definition_version"]) == ("service", 2)
    assert told.json["compare_definition"]["definition_version"] == 1
    assert "version 2" in shown.out
    assert "version 1" in shown.out


def test_sql_and_any_question_by_its_name(workspace: Path, tmp_path: Path) -> None:
    counted, asked, refused = series(
        ("sql", "SELECT channel, count(*) AS n FROM events GROUP BY channel ORDER BY channel", "--json"),
        ("ask", "funnel", STEPS, "--out", tmp_path / "funnel.csv"),
        ("sql", "DROP VIEW events"),
        workspace=workspace,
    )
    assert counted.json == {"columns": ["channel", "n"], "rows": [["shop", 3], ["web", 2]]}
    assert asked.code == 0
    assert (tmp_path / "funnel.csv").read_text(encoding="utf-8-sig").startswith("name,")
    assert refused.code == 1
    assert "bad_sql" in refused.err

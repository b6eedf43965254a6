"""Tables of paths: separators, missing columns, and the line of what cannot be understood."""

import json

import pytest

from desireline.collect.path_table import read_paths
from desireline.errors import BadPathRow, BadQuestion, EmptyFile, FileMissing, NoPathTable
from desireline.service.path_tables import attribution_of_paths

HEAD = "path;total_conversions;total_conversion_value;total_null\n"


@pytest.fixture
def written(tmp_path):
    def write(text, name="paths.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_three_paths(written, sign):
    text = HEAD + "C1 > C2 > C3;1;5;0\nC1;0;0;1\nC2>C3;0;0;1\n"
    found = attribution_of_paths(written(text.replace(";", sign)), {"intervals": False})
    assert found.models["markov"] == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}, abs=1e-12)
    assert found.removal_effects == pytest.approx({"C1": 0.5, "C2": 1.0, "C3": 1.0}, abs=1e-12)
    assert (found.conversions, found.nulls, found.paths, found.drilldown) == (1, 2, 3, "")


def test_columns_that_may_be_missing(written):
    found = attribution_of_paths(written("Total_Conversions,path\n2,A > B\n3,\n"), {})
    assert (found.conversions, found.unattributed, found.nulls, found.value) == (5, 3, 0, None)
    assert found.models["last"] == {"B": 2.0, "A": 0.0}
    assert [(row.channel, row.people) for row in found.rows] == [("A", 2), ("B", 2)]


def test_other_formats(written):
    rows = [{"path": "A > B", "total_conversions": 2}, {"path": "A", "total_conversions": 0, "total_null": 4}]
    table = read_paths(written(json.dumps(rows), "paths.json"))
    assert (table.names, table.offsets.tolist(), table.touch.tolist()) == (["A", "B"], [0, 2, 3], [0, 1, 0])
    assert (table.conversions.tolist(), table.nulls.tolist()) == ([2, 0], [0, 4])
    with pytest.raises(BadPathRow):
        read_paths(written(json.dumps([*rows, {"path": "B"}]), "without.json"))


@pytest.mark.parametrize(
    ("row", "column", "given"),
    [
        ("A;x;0;0", "total_conversions", "x"), ("A;-1;0;0", "total_conversions", "-1"),
        ("A;1.5;0;0", "total_conversions", "1.5"), ("A;1;0;nan", "total_null", "nan"),
        ("A;1;1e400;0", "total_conversion_value", "1e400"), ("A;;0;0", "total_conversions", ""),
        ("A > > B;1;0;0", "path", "A > > B"), ("> A;1;0;0", "path", "> A"), ("A;1;0", "broken_row", "A;1;0"),
        ("A;99999999999999999;0;0", "total_conversions", "99999999999999999"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_understood_is_named(written, row, column, given):
    with pytest.raises(BadPathRow) as caught:
        read_paths(written(HEAD + f"A;1;2;3\n{row}\nB;1;2;3\n"))
    error = caught.value
    assert (error.file, error.line, error.column, error.given) == ("paths.csv", 3, column, given)
    for language in ("en", "pl", "hr"):
        assert "3" in error.sentence(language)


def test_files_that_are_no_table_of_paths(written, tmp_path):
    with pytest.raises(NoPathTable) as caught:
        read_paths(written("path,conversions\nA,1\n"))
    assert (caught.value.column, list(caught.value.available)) == ("total_conversions", ["path", "conversions"])
    with pytest.raises(FileMissing):
        read_paths(tmp_path / "none.csv")
    with pytest.raises(EmptyFile):
        read_paths(written(HEAD))


@pytest.mark.parametrize(
    "fields", [{"models": ["time_decay"]}, {"credit": "value"}, {"models": []}, {"order": 4}, {"goal": "x"}]
)
def test_what_a_table_cannot_answer(written, fields):
    with pytest.raises(BadQuestion):
        attribution_of_paths(written("path,total_conversions\nA,1\n"), fields)


def test_rows_of_one_path_add_up(written):
    apart = written(HEAD + "A > B;1;3;2\nB;4;1;0\nA > B;2;6;5\n", "apart.csv")
    together = written(HEAD + "B;4;1;0\nA > B;3;9;7\n", "together.csv")
    for credit in ("conversions", "value"):
        one, other = (attribution_of_paths(f, {"intervals": False, "credit": credit}) for f in (apart, together))
        for model, shares in one.models.items():
            assert shares == pytest.approx(other.models[model])
        assert one.rows[0].people == other.rows[0].people


def test_dropping_repeats_in_a_row_changes_no_removal_effect(written):
    repeated = written(HEAD + "A > A > B;1;0;2\nB > B > A;2;0;3\nC > B > B > B;3;0;1\n", "repeated.csv")
    once = written(HEAD + "A > B;1;0;2\nB > A;2;0;3\nC > B;3;0;1\n", "once.csv")
    one, other = (attribution_of_paths(f, {"models": ["markov"]}).removal_effects for f in (repeated, once))
    assert one == pytest.approx(other)


def test_many_paths_are_dealt_by_multinomial_draws(written, monkeypatch):
    from desireline.analyze import attribution_of_paths as module

    file = written(HEAD + "A > B;400;0;300\nB;500;0;100\nC;100;0;900\n")
    one_by_one = attribution_of_paths(file, {})
    monkeypatch.setattr(module, "DEALT", 0)
    drawn = attribution_of_paths(file, {})
    for model, credit in drawn.models.items():
        assert credit == pytest.approx(one_by_one.models[model])
    widths = [width_of(found.intervals["first"]["A"]) for found in (one_by_one, drawn)]
    assert widths[1] == pytest.approx(2 * 1.96 * (1000 * 0.4 * 0.6) ** 0.5, rel=0.35)
    assert widths[0] == pytest.approx(2 * 1.96 * (1000 * 0.4 * 0.6) ** 0.5, rel=0.15)


def width_of(ends):
    return ends[1] - ends[0]

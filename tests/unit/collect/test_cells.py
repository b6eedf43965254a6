"""Columns of files for questions that need no workspace: the same from every format, and no cell is guessed."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from desireline.collect.cells import days, identities, looks_binary, moments, names, numbers, truths
from desireline.collect.file_columns import FileColumns, read_columns
from desireline.errors import BadCell, BrokenFile, EmptyColumn, MissingColumn

ROWS = {"who": ["c1", "c2", " c1 ", None], "arm": ["A", "B", "A", "B"], "value": [1.5, None, 3.0, -2.0],
        "bought": [True, False, True, None], "blank": [None] * 4}  # fmt: skip


def of(**columns):
    return FileColumns("f.csv", {name: pa.array(cells) for name, cells in columns.items()})


@pytest.fixture(params=["csv", "semicolons", "quoted", "windows", "parquet", "xlsx"])
def file(request, tmp_path):
    path = (
        tmp_path / f"x.{ {'semicolons': 'csv', 'quoted': 'csv', 'windows': 'csv'}.get(request.param, request.param) }"
    )
    if request.param == "parquet":
        pq.write_table(pa.table({k: pa.array(v, pa.string()) if k == "blank" else v for k, v in ROWS.items()}), path)
    elif request.param == "xlsx":
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        for k, (name, cells) in enumerate(ROWS.items()):
            sheet.write_column(0, k, [name, *("" if c is None else c for c in cells)])
        book.close()
    else:
        sign = ";" if request.param == "semicolons" else ","

        def cell(value):
            text = "" if value is None else str(value)
            text = text.replace(".", ",") if sign == ";" else text
            return f'"{text}"' if request.param == "quoted" else text

        body = "\n".join([sign.join(ROWS), *(sign.join(cell(v[r]) for v in ROWS.values()) for r in range(4))])
        more = sign.join(["", "ž", "", "", ""]) if request.param == "windows" else ""
        path.write_bytes((body + "\n" + more).encode("cp1250"))
    return path


def test_every_format_gives_the_same(file):
    read = read_columns(file, list(ROWS))
    index, words = names(read, "arm")
    assert [words[k] for k in index[:4]] == ["A", "B", "A", "B"]
    assert numbers(read, "value")[:4].tolist() == pytest.approx([1.5, np.nan, 3.0, -2.0], nan_ok=True)
    assert truths(read, "bought")[:4].tolist() == pytest.approx([1, 0, 1, np.nan], nan_ok=True)
    who = identities(read, "who")
    assert (who[0] == who[2], who[1] != who[0], who[3]) == (True, True, -1)
    assert looks_binary(read, "bought")
    assert not looks_binary(read, "value")
    for reading in (numbers, names, identities, truths):
        with pytest.raises(EmptyColumn):
            reading(read, "blank")
    with pytest.raises(MissingColumn):
        read_columns(file, ["arm", "none"])


def test_text_in_a_number_is_refused_with_its_row():
    with pytest.raises(BadCell) as refused:
        numbers(of(v=["1", "n/a", " 2 ", "", "three"]), "v")
    assert (refused.value.row, refused.value.given) == (5, "three")
    assert numbers(of(v=["1", "n/a", " 2 ", "", None]), "v")[[0, 2]].tolist() == [1.0, 2.0]
    with pytest.raises(BadCell):
        numbers(of(v=["1,5"]), "v")  # a thousand and five hundred, or one and a half: nobody can tell
    for cells in (["inf"], [1.0, float("inf")]):
        with pytest.raises(BadCell):
            numbers(of(v=cells), "v")


def test_truth_is_not_guessed():
    assert truths(of(v=["Tak", "nie", "NA", "1", "FALSE", ""]), "v").tolist() == pytest.approx(
        [1, 0, np.nan, 1, 0, np.nan], nan_ok=True
    )
    with pytest.raises(BadCell) as refused:
        truths(of(v=["yes", "maybe"]), "v")
    assert (refused.value.row, refused.value.given) == (2, "maybe")
    with pytest.raises(BadCell):
        truths(of(v=[0, 1, 2]), "v")


def test_moments():
    midday = 1_769_860_800_000_000
    for cells in (
        ["2026-01-31T12:00:00Z"],
        ["2026-01-31 12:00:00"],
        ["31.01.2026 12:00"],
        ["2026-01-31T14:00:00+02:00"],
    ):
        assert moments(of(t=cells), "t").tolist() == [midday]
    assert moments(of(t=["2026-01-31 13:00:00"]), "t", "Europe/Warsaw").tolist() == [midday]
    for cells in (["2026-01-31", "soon"], ["2026-01-31", None]):
        with pytest.raises(BadCell) as refused:
            moments(of(t=cells), "t")
        assert refused.value.row == 2


def test_a_row_that_is_none_breaks_the_file(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("arm,value\nA,1\nB\nA,2\n")
    with pytest.raises(BrokenFile, match="3"):
        read_columns(path, ["arm"])


def test_an_offset_moves_no_day():
    told = ["2026-03-29T00:00:00+02:00", "2026-03-29 23:30:00.5-0500", "2026-03-29T10:00Z", "2026-03-29T00:30 +01"]
    assert days(of(d=told), "d").tolist() == [20541] * 4, "2026-03-29"
    assert days(of(d=["29.03.2026", "30.03.2026"]), "d").tolist() == [20541, 20542]
    with pytest.raises(BadCell):
        days(of(d=["soon"]), "d")

"""Sentiment of a file: a cell or a column that is not right is named."""

import pytest

from desireline.errors import BadCell, MissingColumn
from desireline.service.sentiment.of_file import judge_file


@pytest.mark.parametrize(("cells", "row", "given"), [
    (["5", "4", "soon", "1"], 3, "soon"), (["5", "", "55", "-1"], 3, "55"), (["4", "3.5"], 2, "3.5"),
    (["5", "nan"], 2, "nan"), (["meh", "so-so"], 1, "meh"),
])  # fmt: skip
def test_the_label_that_means_nothing_is_named_with_its_row(tmp_path, cells, row, given):
    file = tmp_path / "said.csv"
    file.write_text("text,said\n" + "".join(f"Words,{cell}\n" for cell in cells))
    with pytest.raises(BadCell) as refused:
        judge_file(file, "text", "said")
    assert (refused.value.column, refused.value.row, refused.value.given) == ("said", row, given)


def test_scores_in_the_middle_are_labels_that_say_nothing(tmp_path):
    (tmp_path / "said.csv").write_text("text,said\nWords,3\nMore,3\nMost,\n")
    assert judge_file(tmp_path / "said.csv", "text", "said")[0].texts == 3


def test_a_column_that_is_not_there_is_told_without_a_mapping(tmp_path):
    (tmp_path / "said.csv").write_text("text,said\nWords,3\n")
    with pytest.raises(MissingColumn) as refused:
        judge_file(tmp_path / "said.csv", "comment")
    told = refused.value.sentence("en")
    assert told.startswith("'said.csv' has no column 'comment'. Its columns are: 'text', 'said'.")
    assert "mapp" not in " ".join(refused.value.sentence(one) for one in ("en", "pl", "hr"))

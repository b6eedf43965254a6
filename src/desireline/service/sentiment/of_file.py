"""Sentiment of the texts in a file."""

import os
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desireline.errors import BadCell, BadQuestion
from desireline.model.sentiment import Polarity, SentimentResult

if TYPE_CHECKING:
    from desireline.voice.language import Language

Rows = list[dict[str, str | float | int | None]]


def judge_file(
    file: str | os.PathLike[str], text: str, label: str | None = None, language: str | None = None,
    progress: Callable[[str, int], None] = lambda _step, _n: None,
) -> tuple[SentimentResult, Rows]:  # fmt: skip
    """The sentiment of a column of texts, and of each row.

    Args:
        file: any format that can be imported.
        text: the column of texts.
        label: a column of labels (words, or scores: 0 and 1, 1 to 5, 0 to 10); what is blank is judged.
        language: of all texts, such as `pl` or `en-GB`; detected for None.
        progress: called with a step and the number of rows it has done.

    Raises:
        MissingColumn: there is no such column.
        BadCell: no label means anything, because of this one.
        BadQuestion: the language is no code of one.
    """
    from desireline.collect.file_columns import read_columns
    from desireline.voice.language import languages
    from desireline.voice.sentiment.judging import described, judge
    from desireline.voice.texts import readable

    tongue = spoken(language)
    read = read_columns(Path(file), [text, *([label] if label else [])])
    texts = texts_of(read.columns[text])
    known = _labels(read.file, label, read.columns[label].to_pylist()) if label else [None] * len(texts)
    progress("language", len(texts))
    tongues = languages([readable(one or "") for one in texts], [tongue] * len(texts))
    progress("sentiment", 0)
    judged = judge(texts, tongues, known, lambda n: progress("sentiment", n))
    chances = [None if np.isnan(one) else round(one, 4) for one in judged.probability.tolist()]
    rows: Rows = [
        {
            "row": row + 1,
            "text": one,
            "language": spoken_in,
            "label": said,
            "known": int(is_known),
            "probability": chance,
        }
        for row, (one, spoken_in, said, is_known, chance) in enumerate(
            zip(texts, tongues, judged.label, judged.known.tolist(), chances, strict=True)
        )
    ]
    return described(judged), rows


def spoken(code: str | None) -> "Language | None":
    """The language that a code names, `other` for one that is not told apart; None for None.

    Raises:
        BadQuestion: it is no code of a language.
    """
    from desireline.voice.language import of_tag

    found = of_tag(code)
    if code is not None and found is None and code != "other":
        raise BadQuestion(parameter="language", given=code[:100], expected="en, pl, hr, other")
    return "other" if code == "other" else found


def texts_of(column: "object") -> list[str | None]:
    """A column of a file as texts."""
    return [None if one is None else str(one) for one in column.to_pylist()]  # type: ignore[attr-defined]


def _labels(file: str, column: str, given: list[object]) -> list[Polarity | None]:
    from desireline.voice.sentiment.labels import of_score, of_word, scale_of_numbers

    cells = ["" if one is None else str(one).strip() for one in given]
    numbers = [_number(one) for one in cells]
    known = {one for one in numbers if one is not None}
    if known and all(number is not None or not cell for number, cell in zip(numbers, cells, strict=True)):
        scale = scale_of_numbers(known)
        found = [of_score(one, scale) for one in numbers]
        wrong = [] if scale else [row for row, one in enumerate(numbers) if one is not None and not _fits(one)]
    else:
        found = [of_word(one) for one in cells]
        strange = [row for row, cell in enumerate(cells) if cell and numbers[row] is None and not found[row]]
        wrong = [] if any(found) else strange
    if wrong:
        raise BadCell(file, column, wrong[0] + 1, cells[wrong[0]][:100], "positive, neutral, negative; 1-5; 0-10")
    return found


def _fits(score: float) -> bool:
    """Whether there is a scale with that score."""
    return score == int(score) and 0 <= score <= 10


def _number(cell: str) -> float | None:
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def rows_as_csv(rows: Rows) -> bytes:
    """Rows as CSV; cells that a spreadsheet would run as a formula are disarmed."""
    from desireline.collect.exporting import csv_text

    return csv_text(list(rows[0] if rows else ()), ([*row.values()] for row in rows)).encode("utf-8-sig")

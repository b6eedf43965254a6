"""Sentiment of the texts in a file."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desireline.errors import BadQuestion
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
        BadQuestion: no label means anything, or the language is no code of one.
    """
    from desireline.collect.file_columns import read_columns
    from desireline.voice.language import languages
    from desireline.voice.sentiment.judging import described, judge
    from desireline.voice.texts import readable

    tongue = spoken(language)
    read = read_columns(Path(file), [text, *([label] if label else [])])
    texts = texts_of(read.columns[text])
    known = _labels(label, read.columns[label].to_pylist()) if label else [None] * len(texts)
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


def _labels(column: str, given: list[object]) -> list[Polarity | None]:
    from desireline.voice.sentiment.labels import of_score, of_word, scale_of_numbers

    numbers = [_number(one) for one in given]
    said = [one for one in given if one is not None and str(one).strip()]
    if said and sum(one is not None for one in numbers) == len(said):
        scale = scale_of_numbers({one for one in numbers if one is not None})
        found = [of_score(one, scale) for one in numbers]
    else:
        found = [None if one is None else of_word(str(one)) for one in given]
    if said and not any(found):
        raise BadQuestion(parameter=column, given=str(said[0])[:100], expected="positive, neutral, negative; 1-5; 0-10")
    return found


def _number(value: object) -> float | None:
    try:
        return None if value is None or not str(value).strip() else float(str(value).replace(",", "."))
    except ValueError:
        return None


def rows_as_csv(rows: Rows) -> bytes:
    """Rows as CSV; cells that a spreadsheet would run as a formula are disarmed."""
    from desireline.collect.exporting import csv_text

    return csv_text(list(rows[0] if rows else ()), ([*row.values()] for row in rows)).encode("utf-8-sig")

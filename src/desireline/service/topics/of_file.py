"""Topics of the texts in a file."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from desireline.model.topics import TextTopics
from desireline.service.sentiment.of_file import Rows, spoken, texts_of


def topics_of_file(
    file: str | os.PathLike[str], text: str, k: int | None = None, language: str | None = None,
    progress: Callable[[str, int], None] = lambda _step, _n: None,
) -> tuple[TextTopics, Rows]:  # fmt: skip
    """The topics of a column of texts, and the topic of each row.

    Args:
        file: any format that can be imported.
        text: the column of texts.
        k: how many topics; a rule says it for None.
        language: whose words tell nothing; that of most texts for None. Texts of all languages are grouped.
        progress: called with a step and the number of rows it has done.

    Raises:
        MissingColumn: there is no such column.
        BadQuestion: the language is no code of one.
    """
    from desireline.collect.file_columns import read_columns
    from desireline.voice.language import languages
    from desireline.voice.texts import readable
    from desireline.voice.topics.finding import described, find

    told = spoken(language)
    texts = texts_of(read_columns(Path(file), [text]).columns[text])
    progress("language", len(texts))
    known = told or _commonest(languages([readable(one or "") for one in texts]))
    progress("topics", 0)
    found = find(texts, known, k)
    result = described(found, asked=k is not None)
    names = [topic.name for topic in result.topics]
    rows: Rows = [
        {"row": row + 1, "text": one, "topic": names[group] if group >= 0 and names else None}
        for row, (one, group) in enumerate(zip(texts, found.of_texts().tolist(), strict=True))
    ]
    return result, rows


def _commonest(found: Sequence[str]) -> str:
    known = Counter(one for one in found if one != "other")
    return known.most_common(1)[0][0] if known else "other"

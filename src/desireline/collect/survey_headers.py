"""Further header rows of survey exports, which are no answers: Qualtrics has three in all, SurveyMonkey two.

Sources: Qualtrics, "Understanding your dataset" (CSV and TSV files come with 3 rows of headers: id, text, import id);
SurveyMonkey's individual responses, whose second row says `Response`, `Open-Ended Response` or a choice.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from desireline.collect.table import RawBatch, Table

_IMPORT_ID: Final = '{"ImportId"'
_MONKEY: Final = frozenset({"Respondent ID", "Collector ID"})
_SECOND: Final = frozenset({"Response", "Open-Ended Response"})


def without_headers(table: Table) -> Table:
    """The table without further header rows, and with what they say was asked; lines stay those of the file."""
    first = [
        {n: str(v or "") for n, v in row.items()} for b in table.sample[:1] for row in b.columns.slice(0, 2).to_pylist()
    ]
    rows = 0
    if len(first) == 2 and sum(v.startswith(_IMPORT_ID) for v in first[1].values()) > len(first[1]) / 2:
        rows = 2
        table.questions = first[0]
    elif first and set(table.columns) >= _MONKEY and _SECOND & set(first[0].values()):
        rows = 1
        table.questions = _parts(table.columns, first[0])
    if rows:
        table.sample[0] = _cut(table.sample[0], rows)
        table.batches = _without(table.batches, rows)
    return table


def _parts(columns: list[str], second: dict[str, str]) -> dict[str, str]:
    """What was asked by each column; only the first part of a question in parts has a header."""
    asked, found = "", {}
    for place, name in enumerate(columns, 1):
        asked = asked if name == f"column_{place}" else name
        part = second.get(name, "")
        found[name] = asked if not part or part in _SECOND else f"{asked} {part}"
    return found


def _without(batches: Iterator[RawBatch], rows: int) -> Iterator[RawBatch]:
    first = next(batches, None)
    return iter(()) if first is None else chain([_cut(first, rows)], batches)


def _cut(batch: RawBatch, rows: int) -> RawBatch:
    return RawBatch(batch.columns.slice(rows), batch.lines[rows:], batch.problems, batch.share)

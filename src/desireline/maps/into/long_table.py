"""A map from a list of cards: columns for stage, step, lane and text, one row each."""

from typing import Final

from desireline.errors import MapUnreadable
from desireline.maps.cells import split
from desireline.maps.into.build import MapBuilder
from desireline.maps.into.reading import Read
from desireline.maps.into.table import Rows
from desireline.maps.lane_names import lane_of
from desireline.maps.slug import slug

_COLUMNS: Final = {
    "stage": {"stage", "phase", "etap", "faza"},
    "step": {"step", "krok", "korak", "moment", "episode"},
    "lane": {"lane", "row", "type", "category", "section", "pas", "warstwa", "tor", "rzad", "kategoria", "rodzaj",
             "typ", "sekcja", "traka", "redak", "vrsta", "kategorija", "sekcija", "tip"},
    "text": {"text", "card", "content", "description", "value", "note", "tekst", "karta", "tresc", "opis", "wartosc",
             "kartica", "sadrzaj", "vrijednost"},
}  # fmt: skip


def columns_of(rows: Rows) -> dict[str, int] | None:
    """Which column is what by the heading; None if this is no list: a list has text, and a stage or a step."""
    head = next((row for row in rows if any(cell.strip() for cell in row)), [])
    names = [slug(cell) for cell in head]
    found = {what: k for what, words in _COLUMNS.items() for k, name in enumerate(names) if name in words}
    fits = "text" in found and "lane" in found and ({"stage", "step"} & set(found))
    return found if fits and len(set(found.values())) == len(found) else None


def read(builder: MapBuilder, rows: Rows, columns: dict[str, int]) -> Read:
    """The map of a list. Stages, their steps and lanes stand in the order in which the list first names them.

    Raises:
        MapUnreadable: no row below the heading.
    """
    start = next(k for k, row in enumerate(rows) if any(cell.strip() for cell in row)) + 1
    listed = [{what: _cell(row, k) for what, k in columns.items()} for row in rows[start:]]
    listed = [row for row in listed if any(row.values())]
    if not listed:
        raise MapUnreadable(builder.file, builder.form, "no_stages", str(len(rows)))
    places: dict[str, dict[str, None]] = {}
    for row in listed:
        places.setdefault(row.get("stage", ""), {})[row.get("step", "")] = None
    ids: dict[tuple[str, str], str] = {}
    for stage, steps in places.items():
        builder.stage(stage)
        ids |= {(stage, step): builder.step(step) for step in steps}
    for row in listed:
        lane = builder.lane(*lane_of(row.get("lane", "")))
        texts, left_out = split(row.get("text", ""))
        builder.note("figures_left_out", left_out)
        for text in texts:
            builder.written_card(lane, ids[row.get("stage", ""), row.get("step", "")], text)
    return builder.read()


def _cell(row: list[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""

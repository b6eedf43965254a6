"""The map as a workbook: its grid with merged stages and frozen headings, its ratings, figures and fields."""

import io
from typing import Any, Final

import xlsxwriter

from desireline.i18n import translate
from desireline.maps.out import Request
from desireline.maps.out.figures import figure_rows, rating_rows
from desireline.maps.out.kept import kept
from desireline.maps.out.table import LOSES, Table, table

__all__ = ["LOSES", "write"]
_LABEL, _CELL = 26, 32
_LONGEST: Final = 32_767
"""Characters that a cell of a workbook can hold."""


def write(request: Request) -> bytes:
    """A workbook. Texts are never formulas or links."""
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, safe) as book:
        book.set_properties({"title": request.sheet.name[:255]})
        look = {name: book.add_format(values) for name, values in _FORMATS.items()}
        _grid(book.add_worksheet(_say(request, "map")), table(request), look)
        sheet = kept(request)
        for name, rows in (
            ("ratings", rating_rows(sheet, request)),
            ("figures", figure_rows(sheet, request)),
            ("about", _about(request)),
        ):
            if len(rows) > 1:
                _list(book.add_worksheet(_say(request, name)), rows, look)
    return out.getvalue()


_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 14, "valign": "vcenter", "text_wrap": True},
    "stage": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "bg_color": "#DDE7E4",
        "border": 1,
    },
    "step": {"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#F1F5F4", "border": 1},
    "lane": {"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#F1F5F4", "border": 1},
    "cell": {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C8D2CF"},
    "head": {"bold": True, "text_wrap": True, "valign": "top"},
    "plain": {"valign": "top", "text_wrap": True},
    "share": {"valign": "top", "num_format": "0.0%"},
}


def _say(request: Request, name: str) -> str:
    return translate(request.language, f"map.workbook.{name}")


def _grid(page: Any, told: Table, look: dict[str, Any]) -> None:
    page.set_column(0, 0, _LABEL)
    if told.steps:
        page.set_column(1, len(told.steps), _CELL)
    page.freeze_panes(2, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    page.write_string(0, 0, told.title, look["title"])
    column = 1
    for name, n in told.stages:
        if n > 1:
            page.merge_range(0, column, 0, column + n - 1, "", look["stage"])
        page.write_string(0, column, name, look["stage"])
        column += n
    page.write_string(1, 0, "", look["step"])
    for k, name in enumerate(told.steps, 1):
        page.write_string(1, k, name, look["step"])
    for line, (name, cells) in enumerate(told.lanes, 2):
        page.write_string(line, 0, name, look["lane"])
        for k, text in enumerate(cells, 1):
            page.write_string(line, k, text[:_LONGEST], look["cell"])


def _list(page: Any, rows: list[list[object]], look: dict[str, Any]) -> None:
    """Rows of texts and numbers below a heading."""
    page.freeze_panes(1, 0)
    for line, row in enumerate(rows):
        for k, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, (int, float)):
                page.write_number(line, k, cell, look["plain"])
            else:
                page.write_string(line, k, str(cell)[:_LONGEST], look["head" if line == 0 else "plain"])
    for k in range(max(map(len, rows))):
        longest = max((len(str(row[k])) for row in rows if k < len(row) and row[k] is not None), default=0)
        page.set_column(k, k, min(48, longest + 2))


def _about(request: Request) -> list[list[object]]:
    """The fields of the map in words, a row each."""
    sheet, grid, language = request.sheet, request.grid, request.language
    fields = {
        "kind": translate(language, f"map.kind.{sheet.kind}"),
        "status": translate(language, f"map.status.{sheet.status}"),
        "life_cycle": translate(language, f"map.life_cycle.{sheet.life_cycle}") if sheet.life_cycle else None,
        "owner": sheet.owner,
        "review": sheet.review.isoformat() if sheet.review else None,
        "languages": ", ".join(sheet.languages) or None,
        "tags": ", ".join(sheet.tags) or None,
    }
    rows: list[list[object]] = [[_say(request, "name"), sheet.name]]
    rows += [[_say(request, name), told] for name, told in fields.items() if told]
    return rows + [["", line] for line in (*grid.lines, *grid.notes, grid.footer) if line]

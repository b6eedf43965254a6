"""An answer as a file: CSV, a workbook, JSON."""

import io
from typing import Literal

from desireline.collect.exporting import csv_text
from desireline.model.question import Result
from desireline.model.tabular import Cell

Format = Literal["csv", "xlsx", "json"]


def exported(result: Result, form: Format) -> bytes:
    """The file of an answer. CSV holds its rows; a workbook has a second sheet that says what they are of."""
    if form == "json":
        return result.model_dump_json(by_alias=True, indent=1).encode()
    return _csv(result) if form == "csv" else _workbook(result)


def _csv(result: Result) -> bytes:
    listed = result.to_rows()
    return csv_text(list(listed[0] if listed else ()), ([*row.values()] for row in listed)).encode("utf-8-sig")


def _workbook(result: Result) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, share = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        listed = result.to_rows()
        sheet = book.add_worksheet(result.question[:31])
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(listed[0] if listed else ()):
            cells = [row[name] for row in listed]
            sheet.write(0, place, name, bold)
            sheet.write_column(1, place, cells, share if _is_share(name) else None)
            sheet.set_column(place, place, min(60, max(len(str(cell)) for cell in [name, *cells]) + 2))
        told = book.add_worksheet("about")
        told.set_column(0, 0, 24)
        for line, (name, cell) in enumerate(_about(result).items()):
            told.write(line, 0, name, bold)
            told.write(line, 1, cell)
    return out.getvalue()


def _is_share(name: str) -> bool:
    return "share" in name.rsplit(".", maxsplit=1)[-1]


def _about(result: Result) -> dict[str, Cell]:
    """What the answer is of: the fields that every result has, as texts."""
    fields = result.model_dump(mode="json", include=set(Result.model_fields) - {"drilldown", "cut"})
    return {name: value if isinstance(value, int | float | str) else str(value) for name, value in fields.items()}

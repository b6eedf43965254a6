"""A before/after in a file: units by days, and which of them the change reached when."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from desireline.act.beforeafter.judging import LEAST_AFTER, Judging, judged
from desireline.act.beforeafter.panel import NEVER, Panel
from desireline.act.beforeafter.refusing import Refused
from desireline.errors import BadCell, BadQuestion
from desireline.model.before_after import BeforeAfterResult
from desireline.model.definition import Strict
from desireline.model.kpi import Direction

if TYPE_CHECKING:
    from desireline.collect.file_columns import FileColumns

I64 = npt.NDArray[np.int64]

MOST_CELLS: Final = 50_000_000
"""Units by days; a single date of a wrong century must not fill the memory."""
EPOCH: Final = dt.date(1970, 1, 1)


class BeforeAfterFile(Strict):
    """Which column is what.

    Attributes:
        unit: shop, region, channel …; time: the day; value: the day's figure.
        treated: yes or no a row: either whether the change reaches the unit at all, or whether it is there on the day.
        start: the first day of the change.
        start_column: in place of both, the first day of the unit; blank for those whom it never reaches.
        wait: days after the change before which there is no verdict.
        weighted: whether control units are weighted by cross-validation.
        value_per_unit: money that one unit of the value is worth; cost: money that the change takes.
    """

    unit: str
    time: str
    value: str
    treated: str | None = None
    start: dt.date | None = None
    start_column: str | None = None
    direction: Direction = "up"
    wait: Annotated[int, Field(ge=1, le=3650)] = LEAST_AFTER
    weighted: bool = False
    value_per_unit: Annotated[float, Field(ge=0, le=1e15)] | None = None
    cost: Annotated[float, Field(ge=0, le=1e15)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "BeforeAfterFile":
        if (self.start_column is None) == (self.treated is None) or (self.treated is None) != (self.start is None):
            raise ValueError("either treated and start, or start_column")
        return self


def judge_file(file: str | os.PathLike[str], asked: BeforeAfterFile | dict[str, Any]) -> BeforeAfterResult:
    """The before/after of a file with a row for each unit and day, of any format that can be imported.

    Raises:
        BadQuestion: a field makes no sense, or the days span ages.
        MissingColumn, EmptyColumn, BadCell: a column is not there, holds nothing, or a cell is not what it has to be.
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
    """
    from desireline.collect.file_columns import read_columns
    from desireline.service.shelf import valid

    asked = valid(BeforeAfterFile, asked)
    columns = [asked.unit, asked.time, asked.value, asked.treated or asked.start_column or ""]
    read = read_columns(Path(file), columns)
    try:
        panel = _panel(read, asked)
    except Refused as refused:
        return BeforeAfterResult(verdict="refused", reason=refused.reason, details=refused.details)
    return judged(panel, Judging(asked.direction, asked.wait, asked.weighted))


def _panel(read: "FileColumns", asked: BeforeAfterFile) -> Panel:
    from desireline.collect.cells import days as days_of
    from desireline.collect.cells import names, numbers

    unit, units = names(read, asked.unit)
    if (unit < 0).any():
        raise BadCell(read.file, asked.unit, int(np.argmax(unit < 0)) + 1, "", "Shop 1")
    day, value = days_of(read, asked.time), numbers(read, asked.value)
    first, days = int(day.min()), int(day.max() - day.min()) + 1
    if days * len(units) > MOST_CELLS:
        raise BadQuestion(parameter=asked.time, given=f"{_date(first)} – {_date(first + days - 1)}",
                          expected=f"≤ {MOST_CELLS // len(units)} d")  # fmt: skip
    _check_once(unit, units, day)
    values = np.full((len(units), days), np.nan)
    values[unit, day - first] = value
    start = _own_starts(read, asked, unit, units) if asked.start_column else _starts(read, asked, unit, units, day)
    return Panel(units, _date(first), values, np.where(start == NEVER, NEVER, np.maximum(start - first, 0)))


def _check_once(unit: npt.NDArray[np.int32], units: list[str], day: I64) -> None:
    order = np.lexsort((day, unit))
    again = np.flatnonzero((np.diff(unit[order]) == 0) & (np.diff(day[order]) == 0))
    if len(again):
        at = order[again[0]]
        where: dict[str, str | int | float] = {"unit": units[unit[at]], "day": _date(int(day[at])).isoformat()}
        raise Refused("duplicate_days", {**where, "rows": len(again)})


def _starts(
    read: "FileColumns", asked: BeforeAfterFile, unit: npt.NDArray[np.int32], units: list[str], day: I64
) -> I64:
    """int64[units], days since 1970: the given day, or a unit's first treated day if its rows differ.

    Raises:
        Refused: a unit is treated before the given day while rows tell days apart, or stops being treated.
    """
    from desireline.collect.cells import truths

    treated = truths(read, asked.treated or "")
    if np.isnan(treated).any():
        raise BadCell(read.file, asked.treated or "", int(np.argmax(np.isnan(treated))) + 1, "", "1, 0")
    on, given = treated == 1, ((asked.start or EPOCH) - EPOCH).days
    many = np.bincount(unit, minlength=len(units))
    share = np.bincount(unit, on, len(units)) / many
    since, until_off = np.full(len(units), NEVER), np.full(len(units), -NEVER)
    np.minimum.at(since, unit[on], day[on])
    np.maximum.at(until_off, unit[~on], day[~on])
    by_day = (share > 0) & (share < 1)
    stops = by_day & (until_off > since)
    if stops.any():
        _refuse("treated_not_constant", units, stops, until_off)
    early = (share > 0) & (since < given) & (by_day.any() | stops)
    if early.any():
        _refuse("treated_before_start", units, early, since)
    return np.where(by_day, since, np.where(share > 0, given, NEVER))


def _own_starts(
    read: "FileColumns", asked: BeforeAfterFile, unit: npt.NDArray[np.int32], units: list[str]
) -> I64:  # fmt: skip
    """int64[units], days since 1970, of a column that holds each unit's first day.

    Raises:
        Refused: the rows of a unit do not agree.
    """
    from desireline.collect.cells import days, names
    from desireline.collect.file_columns import FileColumns

    name = asked.start_column or ""
    index, texts = names(read, name)
    import pyarrow as pa

    known = FileColumns(read.file, {name: pa.array(texts, pa.string())}, read.decimal)
    of_text = np.append(days(known, name), NEVER)
    start = of_text[index]
    low, high = np.full(len(units), NEVER), np.full(len(units), -NEVER)
    np.minimum.at(low, unit, start)
    np.maximum.at(high, unit, start)
    if (low != high).any():
        _refuse("treated_not_constant", units, low != high, low)
    return low


def _refuse(reason: Any, units: list[str], wrong: npt.NDArray[np.bool_], day: I64) -> None:
    at = int(np.argmax(wrong))
    raise Refused(reason, {"unit": units[at], "day": _date(int(day[at])).isoformat(), "units": int(wrong.sum())})


def _date(day: int) -> dt.date:
    return EPOCH + dt.timedelta(days=day)

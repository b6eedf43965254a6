"""A map from a table of any tool: which row holds stages, steps and lanes is guessed, or said by whoever imports it."""

import re
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from desireline.errors import MapUnreadable
from desireline.maps.cells import split
from desireline.maps.into.build import MapBuilder
from desireline.maps.into.reading import MOST_STEPS, Read
from desireline.maps.lane_names import guessed, lane_of
from desireline.maps.slug import slug
from desireline.model.definition import Strict
from desireline.model.journey_map import LaneKind

Rows = list[list[str]]
Index = Annotated[int, Field(ge=0, le=20_000)]
_UNNAMED: Final = {"–", "-", "—"}
_HEADINGS: Final = re.compile(
    r"(?:.*-)?(?:stages?|phases?|steps?|substages?|episodes?|lanes?|etapy?|fazy?|faze|kroki?|koraci?|koraka?|epizody?|epizode)"
)
"""What a cell over lanes says where it only names the row or column; as a slug."""

_DISARMED: Final = re.compile(r"'(?=[=+\-@\t\r])")


class GridColumns(Strict):
    """Which row and column of a table is what; rows and columns count from 0.

    Attributes:
        stage_row: names of stages; an empty cell, or the same name again, goes on with the stage before.
        step_row: names of steps; None where every column is a step without a name.
        lane_column: names of lanes; an empty one goes on with the lane above.
        first_row: the first row of a lane; `first_column`: the first column of a step.
        lanes: by row, the kind of its lane or `skip`; rows that are not named are guessed by the lane's name.
    """

    stage_row: Index
    step_row: Index | None = None
    lane_column: Index = 0
    first_row: Index
    first_column: Index
    lanes: dict[Index, LaneKind | Literal["skip"]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A table as the import wizard shows it. No `rows`: nothing is to be asked. `guess`: None where it is no grid."""

    format: str
    rows: Rows
    guess: GridColumns | None


def guess(rows: Rows) -> GridColumns | None:
    """What the rows of a table are, by what they look like; None if it has no room for a lane and a step.

    Stages stand in the first row with more than a label; the next row is of steps if it is no lane: its label is
    empty or says so.
    """
    filled = [k for k, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        return None
    label = min(k for row in filled for k, cell in enumerate(rows[row]) if cell.strip())
    wide = [k for k in filled if any(cell.strip() for cell in rows[k][label + 1 :])]
    if not wide or wide[0] == filled[-1]:
        return None
    below = filled[filled.index(wide[0]) + 1]
    named = _at(rows, below, label)
    step = below if not named or _HEADINGS.fullmatch(slug(named)) else None
    first = (wide[0] if step is None else step) + 1
    lanes = _kinds(rows, first, label)
    return GridColumns(
        stage_row=wide[0], step_row=step, lane_column=label, first_row=first, first_column=label + 1, lanes=lanes
    )


def _kinds(rows: Rows, first: int, column: int) -> dict[int, LaneKind | Literal["skip"]]:
    found: dict[int, LaneKind | Literal["skip"]] = {}
    name = ""
    for row in range(first, len(rows)):
        name = _at(rows, row, column) or name
        found[row] = lane_of(name)[0] if any(cell.strip() for cell in rows[row]) else "skip"
    return found


def read(builder: MapBuilder, rows: Rows, columns: GridColumns | None) -> Read:
    """The map of a grid.

    Raises:
        MapUnreadable: rows or columns that do not exist; no stage, no step or no lane.
    """
    asked = columns or guess(rows)
    if asked is None:
        raise MapUnreadable(builder.file, builder.form, "no_stages", f"{len(rows)} × {max(map(len, rows), default=0)}")
    _check(builder, rows, asked)
    if title := _title(rows, asked):
        builder.document["name"] = builder.named(title)
    steps = _steps(builder, rows, asked)
    lane = None
    for row in range(asked.first_row, len(rows)):
        label = _at(rows, row, asked.lane_column)
        given = asked.lanes.get(row)
        if given == "skip" or not any(cell.strip() for cell in rows[row]):
            continue
        if label or lane is None or given not in {None, lane["kind"]}:
            lane = _lane(builder, label, given)
        for column, step in steps.items():
            texts, left_out = split(_at(rows, row, column))
            builder.note("figures_left_out", left_out)
            for text in texts:
                builder.written_card(lane, step, text)
    if lane is None:
        raise MapUnreadable(builder.file, builder.form, "no_lanes", str(len(rows)))
    return builder.read()


def _title(rows: Rows, asked: GridColumns) -> str:
    """The map's name: the text left of the stages, or the one text in a row above them; empty if it is a heading."""
    beside = _at(rows, asked.stage_row, asked.lane_column)
    above = [cell.strip() for row in rows[: asked.stage_row] for cell in row if cell.strip()]
    title = beside or (above[0] if above else "")
    return "" if _HEADINGS.fullmatch(slug(title)) or guessed(title) else title


def _lane(builder: MapBuilder, label: str, given: str | None) -> dict[str, object]:
    kind, title, channel = lane_of(label)
    if given and given != kind:
        kind, title, channel = given, label or None, None  # type: ignore[assignment]
    return builder.lane(kind, title, channel)


def _steps(builder: MapBuilder, rows: Rows, asked: GridColumns) -> dict[int, str]:
    """Step ids by column, up to the last column with any text in a row that is read."""
    read = [asked.stage_row, *([asked.step_row] if asked.step_row is not None else [])]
    read += [r for r in range(asked.first_row, len(rows)) if asked.lanes.get(r) != "skip"]
    last = max((k for r in read for k, cell in enumerate(rows[r]) if cell.strip()), default=-1)
    if last - asked.first_column >= MOST_STEPS:
        raise MapUnreadable(builder.file, builder.form, "too_many_steps", f"{last} > {MOST_STEPS}")
    found: dict[int, str] = {}
    open_stage = None
    for column in range(asked.first_column, last + 1):
        name = _at(rows, asked.stage_row, column)
        if open_stage is None or (name and name != open_stage):
            builder.stage("" if name in _UNNAMED else name)
            open_stage = name
        step = _at(rows, asked.step_row, column) if asked.step_row is not None else ""
        found[column] = builder.step("" if step in _UNNAMED else step)
    if not found:
        raise MapUnreadable(builder.file, builder.form, "no_stages", str(last + 1))
    return found


def _check(builder: MapBuilder, rows: Rows, asked: GridColumns) -> None:
    heads = (asked.stage_row, asked.step_row if asked.step_row is not None else asked.stage_row)
    wrong = [r for r in (*heads, *asked.lanes) if r >= len(rows)]
    if wrong or max(heads) >= asked.first_row or asked.lane_column >= asked.first_column:
        detail = asked.model_dump_json(exclude={"lanes"}) + (f" {wrong[:3]}" if wrong else "")
        raise MapUnreadable(builder.file, builder.form, "bad_columns", detail)


def _at(rows: Rows, row: int, column: int) -> str:
    """A cell without blanks around it, and without the apostrophe that disarms a formula."""
    cell = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
    return _DISARMED.sub("", cell.strip(), count=1) if cell.startswith("'") else cell.strip()

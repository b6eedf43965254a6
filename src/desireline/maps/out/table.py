"""The map as a table, which CSV and XLSX share: stages above steps, lanes at the left, cards in the cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from desireline.i18n import number
from desireline.maps.cells import joined
from desireline.maps.lane_names import lane_label
from desireline.maps.notation import written
from desireline.maps.out import Request
from desireline.maps.parts import Curve, GridLane
from desireline.model.journey_map import Lane

LOSES: Final = (
    "ids",
    "map_fields",
    "descriptions",
    "card_fields",
    "figures_as_text",
    "paths",
    "pictures",
    "appearance",
)
UNNAMED: Final = "–"
"""Stands for a name that is empty, where an empty cell would mean that the stage before goes on."""


@dataclass(frozen=True)
class Table:
    """Names of stages with the number of their steps, names of steps, and lanes with a text per step."""

    title: str
    stages: list[tuple[str, int]]
    steps: list[str]
    lanes: list[tuple[str, list[str]]]

    def rows(self) -> Iterator[list[str]]:
        """All rows; the name of a stage stands above its first step."""
        yield [self.title, *(name if k == 0 else "" for name, n in self.stages for k in range(n))]
        yield ["", *self.steps]
        for name, cells in self.lanes:
            yield [name, *cells]


def table(request: Request) -> Table:
    """The table of a map. A measured figure stands on a line of its own below its card."""
    sheet, grid = request.sheet, request.grid
    lanes = {lane.id: lane for lane in sheet.lanes}
    return Table(
        title=sheet.name,
        stages=[(stage.name or UNNAMED, len(stage.steps)) for stage in sheet.stages],
        steps=[step.name or UNNAMED for stage in sheet.stages for step in stage.steps],
        lanes=[(lane_name(request, lanes[lane.id]), _cells(request, lanes[lane.id], lane)) for lane in grid.lanes],
    )


def lane_name(request: Request, lane: Lane) -> str:
    """A lane's name as importers read it back, see `lane_names`."""
    names = {item.id: item.name for item in request.sheet.library}
    return lane_label(lane, request.language, names.get(lane.channel or ""))


def _cells(request: Request, lane: Lane, shown: GridLane) -> list[str]:
    steps = request.sheet.steps()
    return [joined(entries(request, lane, shown, k, step.id)) for k, step in enumerate(steps)]


def entries(
    request: Request, lane: Lane, shown: GridLane, k: int, step: str, spelled: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    """Text and measured figure of each card of the cell at step `k`, and of what is measured there without a card.

    `spelled` writes the names of library items, which are no Markdown.
    """
    names = {item.id: item.name for item in request.sheet.library}
    cards = {card.id: card for card in lane.cells.get(step, [])}
    found = []
    for item in shown.cells[k]:
        card = cards.get(item.id)
        text = written(card, lane.kind, spelled(names.get(card.ref or "", ""))) if card else ""
        figure = item.measured or ""
        if figure and (card is None or not text):
            figure = f"{item.plain}: {figure}" if item.plain else figure
        found.append((text, figure))
    found += [("", told) for curve in shown.curves if (told := _point(request.language, curve, k))]
    return found


def _point(language: str, curve: Curve, k: int) -> str:
    point = curve.points[k]
    if point.value is None or curve.of != "scores":
        return ""
    value = number(language, point.value, 1)
    who = f"{curve.segment}: " if curve.segment else ""
    return f"{who}{'+' if point.value > 0 else ''}{value} (n = {number(language, point.n)})"

"""The measured figures of a map as rows of counts, and the ratings of its touchpoints, for tables."""

from collections.abc import Iterator
from typing import Final

from desireline.i18n import translate
from desireline.maps import prose
from desireline.maps.out import Request
from desireline.maps.out.table import lane_name
from desireline.model.journey_map import Card, Lane, MapStage, Step
from desireline.model.measured import Figure, Sheet

_FIGURES: Final = (
    "stage", "step", "lane", "card", "question", "unit", "value", "n", "of", "low", "high", "grade", "since", "until",
    "last_true",
)  # fmt: skip
_RATINGS: Final = ("customer", "organisation", "expectation")


def figure_rows(sheet: Sheet, request: Request) -> list[list[object]]:
    """A heading and a row per figure: of stages, steps, cards and points of emotion curves. Shares are of 1."""
    rows = [_heading(request, _FIGURES)]
    if sheet.measured:
        rows += [[*place, *told] for place, told in _figures(sheet, request)]
    return rows


def rating_rows(sheet: Sheet, request: Request) -> list[list[object]]:
    """A heading and a row per rated card; measured ratings in columns of their own, with how many gave them."""
    measured = sheet.measured.cards if sheet.measured else {}
    heads = [translate(request.language, f"map.rating.{name}") for name in _RATINGS]
    of_all = translate(request.language, "map.workbook.measured")
    both = [h for head in heads for h in (head, f"{head} ({of_all})", "n")]
    rows = [[*_heading(request, ("stage", "step", "card")), *both]]
    for stage, step, _, card in _cards(sheet):
        typed = card.ratings
        found = measured[card.id].ratings if card.id in measured else {}
        told: list[object] = []
        for name in _RATINGS:
            figure = found.get(name)
            told += [getattr(typed, name) if typed else None, figure and figure.value, figure and figure.n]
        if any(cell is not None for cell in told):
            rows.append([stage.name, step.name, card_name(sheet, card), *told])
    return rows


def card_name(sheet: Sheet, card: Card) -> str:
    """The name of the library item that a card refers to, then its words, without markup."""
    names = {item.id: item.name for item in sheet.library}
    return " ".join(filter(None, (names.get(card.ref or ""), prose.plain(card.text))))


def _heading(request: Request, names: tuple[str, ...]) -> list[object]:
    return [translate(request.language, f"map.workbook.{name}") for name in names]


def _cards(sheet: Sheet) -> Iterator[tuple[MapStage, Step, Lane, Card]]:
    for lane in sheet.lanes:
        for stage in sheet.stages:
            for step in stage.steps:
                for card in lane.cells.get(step.id, []):
                    yield stage, step, lane, card


def _figures(sheet: Sheet, request: Request) -> Iterator[tuple[list[object], list[object]]]:
    measured = sheet.measured
    if measured is None:
        return
    for stage in sheet.stages:
        if counted := measured.stages.get(stage.id):
            proof = counted.proof
            end = [proof.grade, *map(str, (proof.since or "", proof.until or "", proof.last_true or ""))]
            for name in ("people", "goes_on", "dropped", "open", "loops"):
                n = getattr(counted, name)
                of = None if name == "people" else counted.people
                yield [stage.name, None, None, None], [name, "people", n, n, of, None, None, *end]
        for step in stage.steps:
            if figure := measured.steps.get(step.id):
                yield [stage.name, step.name, None, None], _told("people", figure)
    for stage, step, lane, card in _cards(sheet):
        found = measured.cards.get(card.id)
        if found and found.figure:
            question = card.bind.question if card.bind else "people"
            place: list[object] = [stage.name, step.name, lane_name(request, lane), card_name(sheet, card)]
            yield place, _told(question, found.figure)
    yield from _emotions(sheet, request)


def _emotions(sheet: Sheet, request: Request) -> Iterator[tuple[list[object], list[object]]]:
    steps = {step.id: (stage, step) for stage in sheet.stages for step in stage.steps}
    lanes = {lane.id: lane for lane in sheet.lanes}
    for curve in sheet.measured.emotion if sheet.measured else ():
        for point in curve.points:
            if point.value is None or point.step not in steps or curve.lane not in lanes:
                continue
            stage, step = steps[point.step]
            proof = point.proof
            end = [proof.grade, *map(str, (proof.since or "", proof.until or "", proof.last_true or ""))]
            place: list[object] = [stage.name, step.name, lane_name(request, lanes[curve.lane]), curve.segment]
            yield place, ["emotion" if curve.of == "scores" else curve.of, "−2…+2", point.value, point.n, None,
                          point.low, point.high, *end]  # fmt: skip


def _told(question: str, figure: Figure) -> list[object]:
    proof = figure.proof
    days = map(str, (proof.since or "", proof.until or "", proof.last_true or ""))
    return [question, figure.unit, figure.value, figure.n, figure.of, figure.low, figure.high, proof.grade, *days]

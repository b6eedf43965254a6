"""What of a sheet goes into a file of data: the lanes asked for, without the figures that have to be hidden."""

from collections.abc import Iterator

from desireline.maps.out import Request
from desireline.maps.privacy import guarded
from desireline.model.journey_map import Lane, MapFile
from desireline.model.measured import Sheet


def kept(request: Request) -> Sheet:
    """The sheet with the lanes asked for; with fewer lanes, also without library items that they do not name."""
    sheet = request.sheet
    lanes = [lane for lane in sheet.lanes if request.lanes is None or lane.id in request.lanes]
    changes: dict[str, object] = {"lanes": lanes}
    if len(lanes) < len(sheet.lanes):
        changes["library"] = _named(sheet, lanes)
    if request.threshold and sheet.measured:
        changes["measured"] = guarded(sheet.measured, request.threshold).measured
    return sheet.model_copy(update=changes)


def map_file(sheet: Sheet) -> MapFile:
    """What a file holds that stands alone: the document and its library items, nothing measured."""
    return MapFile.model_construct(**{name: getattr(sheet, name) for name in MapFile.model_fields})


def _named(sheet: Sheet, lanes: list[Lane]) -> list[object]:
    used = set(_references(sheet, lanes))
    used |= {item.channel for item in sheet.library if item.id in used and item.channel}
    return [item for item in sheet.library if item.id in used]


def _references(sheet: Sheet, lanes: list[Lane]) -> Iterator[str | None]:
    yield sheet.scope.persona
    for lane in lanes:
        yield lane.channel
        yield from (*lane.recipe.scales, *lane.recipe.weights) if lane.recipe else ()
        for cards in lane.cells.values():
            for card in cards:
                yield card.ref
                yield from (card.bind.touchpoint, card.bind.to) if card.bind else ()

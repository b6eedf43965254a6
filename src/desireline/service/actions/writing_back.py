"""A verdict goes back to where the action came from: the opportunity, the card on the map, the annotation of KPIs."""

import contextlib
import secrets
from typing import TYPE_CHECKING, Final

from desireline.errors import NoDefinition, NoEvents, UnknownMap, UnknownOpportunity
from desireline.model.action import Action, ActionVerdict, OnMap
from desireline.model.journey_map import JourneyMap, LaneKind
from desireline.model.map_history import Command
from desireline.model.opportunity import Judged
from desireline.service.actions.days import local_day
from desireline.service.actions.making import step_of

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace

SETTLED: Final = frozenset({"worked", "no_evidence", "harmed"})
LANES: Final[tuple[LaneKind, ...]] = ("opportunities", "pain_points", "text", "actions")
"""Where a verdict gets a card, where only its step is known: the first such lane that the map has."""


def keep_versions(workspace: "Workspace", found: Action) -> list[OnMap]:
    """The action's places, each map kept with its figures as it is before the change."""
    return [
        place.model_copy(update={"before": place.before if version is None else version})
        for place, version in _kept(workspace, found)
    ]


def write_back(workspace: "Workspace", found: Action, came: ActionVerdict) -> list[OnMap]:
    """Write a settled verdict back; doing it again changes nothing but what the verdict says.

    Returns:
        The action's places, with the versions that the maps were kept under.
    """
    if found.opportunity is not None:
        judged = Judged(action=found.id, name=found.name, at=came.at, verdict=came.verdict)
        with contextlib.suppress(UnknownOpportunity):
            workspace.opportunities.judge(found.opportunity, judged)
    annotate(workspace, found, came)
    for place in found.places:
        with contextlib.suppress(UnknownMap):
            _refer(workspace, found, place)
    return [
        place.model_copy(update={"after": place.after if version is None else version})
        for place, version in _kept(workspace, found)
    ]


def annotate(workspace: "Workspace", found: Action, came: ActionVerdict | None = None) -> None:
    """The annotation of the day on which customers met the change, and that of its verdict."""
    kpis = [found.bet.kpi] if found.bet is not None and found.bet.kpi is not None else []
    if found.finished is not None:
        day = local_day(workspace, found.finished)
        workspace.annotations.put("action", found.id, {"name": found.name, "day": day, "kpis": kpis})
    if came is not None:
        fields = {"name": found.name, "day": local_day(workspace, came.at), "kpis": kpis, "verdict": came.verdict}
        workspace.annotations.put("verdict", found.id, fields)


def _refer(workspace: "Workspace", found: Action, place: OnMap) -> None:
    sheet = workspace.maps.sheet(place.map)
    document = JourneyMap.model_validate(sheet.model_dump(include=set(JourneyMap.model_fields)))
    commands = _commands(document, found, place)
    if commands:
        workspace.maps.apply(sheet.id, commands)


def _commands(document: JourneyMap, found: Action, place: OnMap) -> list[Command]:
    cards = {card.id: card for card in document.cards()}
    card = cards.get(place.card or "")
    if card is not None:
        if found.id in card.verdicts:
            return []
        return [{"do": "card.set", "id": card.id, "set": {"verdicts": [*card.verdicts, found.id]}}]
    lane, step = step_of(document, place)
    if step is None or step not in {one.id for one in document.steps()}:
        return []
    lane = lane if lane in _holding(document) else _lane(document)
    if lane is None or any(found.id in one.verdicts for one in cards.values()):
        return []
    new = {"id": f"c-{secrets.token_hex(6)}", "text": found.name, "verdicts": [found.id]}
    return [{"do": "card.add", "lane": lane, "step": step, "card": new}]


def _holding(document: JourneyMap) -> set[str]:
    return {lane.id for lane in document.lanes if lane.kind != "path"}


def _lane(document: JourneyMap) -> str | None:
    return next((lane.id for kind in LANES for lane in document.lanes if lane.kind == kind), None)


def _kept(workspace: "Workspace", found: Action) -> list[tuple[OnMap, int | None]]:
    """Each place with the version that its map is kept under now, with figures where there are any."""
    versions: dict[str, int | None] = {}
    for name in {place.map for place in found.places}:
        versions[name] = _snapshot(workspace, name, found.name)
    return [(place, versions[place.map]) for place in found.places]


def _snapshot(workspace: "Workspace", name: str, label: str) -> int | None:
    try:
        return workspace.maps.snapshot(name, label).version
    except (NoEvents, NoDefinition):
        return workspace.maps.snapshot(name, label, measured=False).version
    except UnknownMap:
        return None

"""Fields of actions: of an opportunity, of places on maps, and of a change of status."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from desireline.model.action import BEFORE_START, Action, ActionStatus, Bet, MapSpot, NewAction, OnMap
from desireline.model.journey_map import JourneyMap
from desireline.model.opportunity import Opportunity

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace


def fields_of_new(workspace: "Workspace", new: NewAction) -> dict[str, Any]:
    """The fields of a new action; what is not given comes from its opportunity.

    Raises:
        UnknownOpportunity, UnknownMap, UnknownDocument: of what it refers to.
    """
    fields = {name: getattr(new, name) for name in NewAction.model_fields}
    if new.opportunity is not None:
        about = workspace.opportunities.get(new.opportunity)
        fields |= {"opportunity": about.id, "name": new.name or about.title}
        fields |= {name: getattr(about, name) for name in ("owner", "cost") if getattr(new, name) is None}
        if not new.places:
            fields["places"] = _places_of(about)
    check_bet(workspace, new.bet)
    return {**fields, "places": placed(workspace, fields["places"], [])}


def placed(workspace: "Workspace", spots: list[Any], before: list[OnMap]) -> list[dict[str, Any]]:
    """Places with the version that their map has now; those that were there keep theirs.

    Raises:
        UnknownMap: a map is not there.
    """
    known = {_spot(one): one for one in before}
    kept: list[dict[str, Any]] = []
    for spot in spots:
        sheet = workspace.maps.sheet(spot.map)
        there = MapSpot(**{**_spot_fields(spot), "map": sheet.id})
        found = known.get(_spot(there))
        kept.append((found or OnMap(**there.model_dump(), before=sheet.version)).model_dump())
    return kept


def check_bet(workspace: "Workspace", bet: Bet | None) -> None:
    """Refuses a bet on what is not there.

    Raises:
        UnknownDocument: no such KPI, experiment or before/after.
    """
    if bet is None:
        return
    if bet.kpi is not None:
        workspace.kpis.get(bet.kpi)
    if bet.experiment is not None:
        workspace.experiments.get(bet.experiment)
    if bet.before_after is not None:
        workspace.before_after.get(bet.before_after)


def moved(found: Action, status: ActionStatus) -> dict[str, Any]:
    """The fields that a change of status brings with it, but for the seal."""
    now, fields = dt.datetime.now(dt.UTC), {"status": status}
    moments: dict[str, Any] = {}
    if status not in BEFORE_START and status != "dropped" and found.started is None:
        moments["started"] = now
    if status in {"done", "measured"} and found.finished is None:
        moments["finished"] = now
    if status in {*BEFORE_START, "in_progress"}:
        moments["finished"] = None
    return {**fields, **moments}


def needs_seal(found: Action, status: ActionStatus) -> bool:
    """Whether the bet has to be sealed before it gets there."""
    return found.seal is None and status not in BEFORE_START and status != "dropped"


def _places_of(about: Opportunity) -> list[MapSpot]:
    maps = [about.place.map] if about.place.map is not None else about.maps
    return [MapSpot(map=one) for one in maps]


def _spot_fields(spot: Any) -> dict[str, Any]:
    return {name: getattr(spot, name) for name in MapSpot.model_fields}


def _spot(spot: MapSpot) -> tuple[str | None, ...]:
    return spot.map, spot.lane, spot.step, spot.card


def step_of(document: JourneyMap, spot: MapSpot) -> tuple[str | None, str | None]:
    """Lane and step of a spot on a map as it is now; those of its card, if it has one that is still there."""
    for lane in document.lanes:
        for step, cards in lane.cells.items():
            if any(card.id == spot.card for card in cards):
                return lane.id, step
    return spot.lane, spot.step

"""What the data would add to a map or change on it, and a new map drawn from it. Pure: the same input, the same map.

A suggestion's commands are for the map as it is. All of a list can be done one after another, in their order; what
builds on a stage or lane that is only suggested follows in the next list, when that one is there.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from desireline.i18n import translate
from desireline.maps.bindings import Bindings
from desireline.maps.commands import apply
from desireline.maps.findings import Findings
from desireline.maps.proposing import Ids, Items, fresh
from desireline.model.definition import MAIN, Touchpoint
from desireline.model.journey_map import BoundQuestion, Goal, JourneyMap, LaneKind, MapFile
from desireline.model.library import LibraryItem
from desireline.model.map_history import Command, Suggestion

FROM_DATA: Final[tuple[LaneKind, ...]] = ("path", "emotion", "hand_offs", "metrics")
FOR_PEOPLE: Final[tuple[LaneKind, ...]] = ("pain_points", "opportunities", "questions")
"""Lanes that a new map gets too: the data cannot fill them."""

BEGINNING: Final[dict[BoundQuestion, bool]] = {"drop_off": False, "time": False, "loops": True}
"""Metrics of a stage, and whether the last stage has them too: nobody goes on from there."""

READABLE: Final = 12
"""Touchpoints that a new map holds in a cell. The others stay suggestions, and `Measured.unplaced` lists them."""

ROUNDS: Final = 5


def told(suggestion: Suggestion, language: str) -> str:
    """A suggestion as a sentence."""
    names = dict(suggestion.names)
    form: str = suggestion.kind
    if form == "lane":
        names["lane"] = translate(language, f"map.lane.{names['kind']}")
        form = "lane_of" if names.get("channel") else "lane"
    elif form == "bind":
        binds_stage = any(command["do"] == "stage.set" for command in suggestion.commands)
        form = "bind_touchpoint" if names.get("touchpoint") else "bind_stage" if binds_stage else "figures"
    return translate(language, f"map.suggest.{form}", **names)


def suggestions(document: JourneyMap, library: list[LibraryItem], findings: Findings) -> list[Suggestion]:
    """What the data suggests, in the order in which it can be done.

    Args:
        document: the map.
        library: all items there are.
        findings: the definition and what was counted for it.
    """
    bindings, ids = Bindings(document, library, findings.definition), fresh(document)
    found: list[Suggestion] = []
    found += _names(bindings)
    found += _stages(bindings, ids)
    found += _order(bindings)
    found += _lanes(bindings, findings, ids)
    found += _metrics(bindings, ids)
    found += _touchpoints(bindings, findings, ids)
    return [s.model_copy(update={"id": f"s{k}"}) for k, s in enumerate(found, 1)]


def drawn(name: str, findings: Findings, language: str, library: Iterable[LibraryItem] = ()) -> MapFile:
    """A new map from the data: all suggestions for an empty one, as many touchpoints in a cell as can be read.

    Args:
        name: of the map.
        findings: the definition and what was counted for it.
        language: of the map, BCP 47.
        library: items there are; those that fit are used.
    """
    defined = findings.definition.name
    document = JourneyMap(
        id="new",
        name=name,
        kind="current_measured",
        languages=[language],
        goal=Goal(goal=findings.goal),
        definition=None if defined == MAIN else defined,
    )
    items = {item.id: item for item in library}
    for _ in range(ROUNDS):
        listed = list(_readable(document, suggestions(document, list(items.values()), findings)))
        if not listed:
            break
        items.update((item.id, item) for suggestion in listed for item in suggestion.library)
        document = apply(document, [command for suggestion in listed for command in suggestion.commands])[0]
    used = {card.ref for card in document.cards()} | {lane.channel for lane in document.lanes}
    used |= {items[i].channel for i in used if i is not None and i in items}
    return MapFile(**document.model_dump(by_alias=True), library=[i for i in items.values() if i.id in used])


def _readable(document: JourneyMap, listed: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """The suggestions, without touchpoints whose cell is full."""
    held = {(lane.id, step): len(cards) for lane in document.lanes for step, cards in lane.cells.items()}
    for suggestion in listed:
        if suggestion.kind == "touchpoint":
            cell = suggestion.commands[0]["lane"], suggestion.commands[0]["step"]
            held[cell] = held.get(cell, 0) + 1
            if held[cell] > READABLE:
                continue
        yield suggestion


# --- stages ------------------------------------------------------------------------------------------------


def _names(bindings: Bindings) -> Iterator[Suggestion]:
    """Stages of the map that nothing measures, and touchpoint items, of a name that the definition knows."""
    taken = {stage.measures for stage in bindings.document.stages}
    names = {name.casefold(): name for name in bindings.stages if name not in taken}
    for stage in bindings.document.stages:
        measures = names.pop(stage.name.casefold(), None) if stage.measures not in bindings.stages else None
        if measures is not None:
            change: Command = {"do": "stage.set", "id": stage.id, "set": {"measures": measures}}
            yield _suggestion("bind", {"stage": stage.name, "name": measures}, [change])
    known = {name.casefold(): name for name in bindings.touchpoints}
    for ref in dict.fromkeys(card.ref for card, lane, _ in bindings.placed if lane.kind == "touchpoints"):
        item = bindings.items.get(ref) if ref is not None else None
        if item is not None and not bindings.met(item.id) and item.name.casefold() in known:
            measured = item.model_copy(update={"measures": [known[item.name.casefold()]]})
            yield _suggestion("bind", {"touchpoint": item.name, "name": measured.measures[0]}, [], library=[measured])


def _stages(bindings: Bindings, ids: Ids) -> list[Suggestion]:
    """Stages of the definition that the map lacks, each after the one before it in the definition.

    At the end they come in their order; elsewhere last first, so that each is right by itself and all together.
    """
    at = {bindings.stage_of(stage.id): k for k, stage in enumerate(bindings.document.stages)}
    unbound = {stage.name.casefold() for stage in bindings.document.stages if stage.measures not in bindings.stages}
    after = 0
    inside: list[Suggestion] = []
    ending: list[Suggestion] = []
    for name in bindings.stages:
        if name in at:
            after = at[name] + 1
            continue
        if name.casefold() in unbound:
            continue
        stage = {"id": ids("stage", name), "name": name, "measures": name, "steps": [{"id": ids("step", name)}]}
        command: Command = {"do": "stage.add", "stage": stage}
        last = after == len(bindings.document.stages)
        suggestion = _suggestion("stage", {"name": name}, [command if last else {**command, "at": after}])
        (ending if last else inside).append(suggestion)
    return [*reversed(inside), *ending]


def _order(bindings: Bindings) -> list[Suggestion]:
    """The measured stages in the order of the definition, those that nothing measures where they are."""
    now = [stage.id for stage in bindings.document.stages]
    of = {stage: bindings.stage_of(stage) for stage in now}
    rank = {stage: bindings.stages.index(name) for stage, name in of.items() if name is not None}
    sorted_ones = iter(sorted(rank, key=lambda stage: rank[stage]))
    wanted = [next(sorted_ones) if stage in rank else stage for stage in now]
    moves: list[Command] = []
    for at, stage in enumerate(wanted):
        if now[at] != stage:
            now.remove(stage)
            now.insert(at, stage)
            moves.append({"do": "stage.move", "id": stage, "at": at})
    names = {stage.id: stage.name for stage in bindings.document.stages}
    told = {"names": ", ".join(names[str(move["id"])] for move in moves)}
    return [_suggestion("order", told, moves)] if moves else []


# --- lanes and their cards ---------------------------------------------------------------------------------


def _lanes(bindings: Bindings, findings: Findings, ids: Ids) -> Iterator[Suggestion]:
    """Lanes that the data can fill; one of touchpoints for each channel if the map has none."""
    there = {lane.kind for lane in bindings.document.lanes}
    is_new = not bindings.document.lanes
    if "path" not in there:
        yield _lane("path", ids)
    yield from _channels(bindings, findings, ids)
    for kind in FROM_DATA[1:] + (FOR_PEOPLE if is_new else ()):
        if kind not in there:
            yield _lane(kind, ids)


def _lane(kind: LaneKind, ids: Ids) -> Suggestion:
    return _suggestion("lane", {"kind": kind}, [{"do": "lane.add", "lane": {"id": ids("lane", kind), "kind": kind}}])


def _channels(bindings: Bindings, findings: Findings, ids: Ids) -> Iterator[Suggestion]:
    """A lane for each channel that touchpoints without a card have and no lane is for; most people first."""
    items = Items(bindings.items.values())
    lanes = {lane.channel for lane in bindings.document.lanes if lane.kind == "touchpoints"}
    people: dict[str | None, int] = {}
    for touchpoint, n in _unplaced(bindings, findings):
        channel = _channel(touchpoint, findings)
        people[channel] = people.get(channel, 0) + n
    for channel in sorted(people, key=lambda c: (-people[c], c or "")) if None not in lanes else ():
        lane: dict[str, Any] = {"id": ids("lane", f"touchpoints-{channel or ''}"), "kind": "touchpoints"}
        item = items.channel(channel) if channel is not None else None
        if item is not None:
            lane["channel"] = item.id
        if item is None or item.id not in lanes:
            told = {"kind": "touchpoints", "channel": channel or ""}
            yield _suggestion("lane", told, [{"do": "lane.add", "lane": lane}], library=items.new(item))


def _metrics(bindings: Bindings, ids: Ids) -> Iterator[Suggestion]:
    """Figures of each stage that no metric of the map is of."""
    lane = next((lane for lane in bindings.document.lanes if lane.kind == "metrics"), None)
    bound = {card.bind.stage for card, lane, _ in bindings.placed if lane.kind == "metrics" and card.bind is not None}
    for stage in bindings.document.stages if lane is not None else ():
        name = bindings.stage_of(stage.id)
        if name is None or stage.id in bound or lane is None:
            continue
        cards = [
            {"id": ids("card", f"{question}-{name}"), "bind": {"question": question, "stage": stage.id}}
            for question, at_end in BEGINNING.items()
            if at_end or name != bindings.stages[-1]
        ]
        where = {"do": "card.add", "lane": lane.id, "step": stage.steps[0].id}
        yield _suggestion("bind", {"stage": stage.name, "name": name}, [{**where, "card": card} for card in cards])


def _touchpoints(bindings: Bindings, findings: Findings, ids: Ids) -> Iterator[Suggestion]:
    """Touchpoints with people and no card, most people first, in the first step of their stage and their lane."""
    document, items = bindings.document, Items(bindings.items.values())
    steps = {bindings.stage_of(s.id): s.steps[0].id for s in reversed(document.stages)}
    lanes = {lane.channel: lane.id for lane in reversed(document.lanes) if lane.kind == "touchpoints"}
    for touchpoint, people in _unplaced(bindings, findings):
        channel = _channel(touchpoint, findings)
        into = items.channel(channel) if channel is not None else None
        lane = lanes.get(into.id if into is not None else None) or lanes.get(None)
        if lane is None or touchpoint.stage not in steps:
            continue
        item = items.touchpoint(touchpoint.name, into)
        card = {"id": ids("card", touchpoint.name), "ref": item.id}
        command: Command = {"do": "card.add", "lane": lane, "step": steps[touchpoint.stage], "card": card}
        told = {"name": touchpoint.name, "stage": touchpoint.stage or "", "channel": channel or ""}
        yield _suggestion("touchpoint", told, [command], people=people, library=items.new(into, item))


def _unplaced(bindings: Bindings, findings: Findings) -> list[tuple[Touchpoint, int]]:
    """Touchpoints of a stage with people and no card, most people first."""
    placed = {name for card, _, _ in bindings.placed for name in bindings.stated(card.ref)}
    counted = zip(bindings.definition.touchpoints, findings.measurements.touchpoints, strict=True)
    found = [(t, m.people) for t, m in counted if m.people and t.stage is not None and t.name not in placed]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name))


def _channel(touchpoint: Touchpoint, findings: Findings) -> str | None:
    """The channel of the definition, else the one with the most events; None if nothing says it."""
    names = [t.name for t in findings.definition.touchpoints]
    met = findings.measurements.touchpoints[names.index(touchpoint.name)].channels
    known = [name for name in met if name != "unknown"]
    return touchpoint.channel or next(iter(known), None)


def _suggestion(
    kind: Literal["stage", "touchpoint", "bind", "lane", "order"],
    names: dict[str, str],
    commands: list[Command],
    *,
    people: int | None = None,
    library: list[LibraryItem] | None = None,
) -> Suggestion:
    return Suggestion(id="s", kind=kind, names=names, people=people, commands=commands, library=library or [])

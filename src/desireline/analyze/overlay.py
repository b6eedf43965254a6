"""The measured overlay of a map: people by stage and touchpoint, who goes on, how soon, and through which channels."""

import datetime as dt
import json

import numpy as np

from desireline.analyze import feelings, map_figures
from desireline.analyze.scope import I64, Labels, Scope, about
from desireline.errors import BadDrilldown, BadQuestion, NoDefinition, UnknownGoal
from desireline.kernels import stages as kernel
from desireline.kernels.arrays import Bools
from desireline.kernels.touching import units_touching
from desireline.model.definition import Definition
from desireline.model.measurements import ChannelSwitch, Measurements, StageMeasure, TouchpointMeasure, switch_cell
from desireline.model.question import Asked, Cut

MOST_CHANNELS = 256
"""Channels that take part in the search for switches: it holds a number for each pair of them in each stage."""

MAIN_SWITCHES = 3
UNKNOWN = "unknown"


class MapRequest(Asked):
    """Measure the definition's map. The people in scope stay everyone; `goal` adds how many of them reach it."""

    goal: str | None = None


def measure(scope: Scope, request: MapRequest) -> Measurements:
    """Count what a map shows; `maps.draw` makes the document.

    - People of a stage or touchpoint: units with an event there.
    - Goes on: an event in any later stage after the first event here, in the order of (time, arrival).
    - Open: the rest whose last event is no more than the definition's gap before the workspace's last event, unless
      that last event closes a journey (`journey.ends`). Dropped: the others. People = goes on + dropped + open.
    - Time to a later stage: from the first event here to the first event after it in a later stage.
    - Loops: units with an event here after having been here and then in a later stage; none where the stage holds only
      touchpoints that are known with a purchase alone.
    - Channel switches: of a unit's events with a stage and a known channel, two in a row of which the first is in this
      stage and the second came through another channel.

    Raises:
        NoDefinition: there is none to measure.
        UnknownGoal: the definition has no such goal.
        BadQuestion: a map was asked for by event name.
    """
    definition = _definition(scope, request)
    channels, cut = switching_channels(scope)
    sizes = len(scope.stages.names), len(scope.touchpoints.names), len(channels.names)
    tables = stage_tables(scope, definition, channels)
    counts, waits = kernel.count_stages(_events(scope), tables, sizes, scope.until - scope.gap)
    shared = about(scope, request, "map", scope.touchpoints, cut)
    inherited = (
        "grain",
        "filters",
        "people_in_scope",
        "events",
        "outside_definition",
        "first",
        "last",
        "cut",
        "drilldown",
    )
    return Measurements.model_validate(
        {
            **{name: shared[name] for name in inherited},
            "until": _moment(scope.until) if scope.until else None,
            "goal_people": int(_reached(scope, definition, request.goal).sum()) if request.goal else None,
            "stages": [_stage(k, counts, waits[k], scope, channels) for k in range(sizes[0])],
            "touchpoints": [_touchpoint(k, counts, scope) for k in range(sizes[1])],
        }
    )


def members(scope: Scope, request: MapRequest, cell: str) -> I64:
    """The units counted in a cell of the map.

    Args:
        scope: of the map.
        request: what was asked.
        cell: `stage:K`, `goes_on:K`, `onward:K:J`, `dropped:K`, `open:K`, `loops:K` (stages from 1), `goal`,
            `touchpoint:"NAME"` or `switch:K:"FROM":"TO"`, with names as JSON strings; or a cell of
            `map_figures.cell_of` or `feelings.cell_of`.

    Returns:
        int64 indices of units, ascending.

    Raises:
        BadDrilldown: the map has no such cell.
    """
    definition = _definition(scope, request)
    kind, _, rest = cell.partition(":")
    try:
        if kind == "goal" and request.goal:
            mask = _reached(scope, definition, request.goal)
        elif kind == "touchpoint":
            mask = _having(scope, scope.touchpoints, [scope.touchpoints.names.index(json.loads(rest))])
        elif kind == map_figures.FIGURE:
            mask = map_figures.members(scope, cell)
        elif kind == feelings.ANSWERS:
            mask = feelings.members(scope, cell)
        elif kind == "switch":
            mask = _switched(scope, definition, rest)
        else:
            mask = _of_stage(scope, definition, kind, [int(part) for part in rest.split(":")])
    except (ValueError, KeyError, RecursionError):
        raise BadDrilldown(given=cell[:200]) from None
    return np.flatnonzero(mask)


def _definition(scope: Scope, request: MapRequest) -> Definition:
    if scope.definition is None:
        raise NoDefinition(available=[])
    if request.by_event_name:
        raise BadQuestion(
            parameter="by_event_name", given="true", expected="false: a map shows the definition's stages"
        )
    return scope.definition


def _events(scope: Scope) -> kernel.Events:
    return kernel.Events(scope.offsets, scope.time, scope.code)


def _moment(micros: int) -> dt.datetime:
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=micros)


def _last(times: I64) -> dt.datetime | None:
    latest = int(times.max(initial=kernel.NEVER))
    return None if latest == kernel.NEVER else _moment(latest)


# --- look-ups ----------------------------------------------------------------------------------------------


def switching_channels(scope: Scope) -> tuple[Labels, list[Cut]]:
    """The channels that may be switched, and what was cut.

    "unknown" is none, what is known only with a purchase is met in none, and only the commonest take part if there are
    too many.
    """
    names = scope.channels.names
    known = [k for k, name in enumerate(names) if name != UNKNOWN]
    cut = []
    if len(known) > MOST_CHANNELS:
        events = _sums(scope.channels, np.bincount(scope.code, minlength=len(scope.channels.table)))
        cut = [Cut(what="channels", kept=MOST_CHANNELS, total=len(known))]
        known = sorted(sorted(known, key=lambda k: (-events[k], names[k]))[:MOST_CHANNELS])
    number = np.full(len(names) + 1, -1, np.int32)
    number[known] = np.arange(len(known))
    table = number[scope.channels.table]
    table[_with_caveat(scope)] = -1
    return Labels([names[k] for k in known], table), cut


def _with_caveat(scope: Scope) -> Bools:
    """bool[codes]: known only with a purchase, so no evidence of friction."""
    touchpoints = scope.definition.touchpoints if scope.definition else []
    return _codes(scope.touchpoints, [k for k, t in enumerate(touchpoints) if t.caveat is not None])


def stage_tables(scope: Scope, definition: Definition, channels: Labels) -> kernel.Tables:
    """Look-ups by event code."""
    closing = _touchpoints_of(definition, definition.journey.ends)
    closes = _codes(scope.touchpoints, [k for k, name in enumerate(scope.touchpoints.names) if name in closing])
    return kernel.Tables(scope.stages.table, scope.touchpoints.table, channels.table, closes)


def _touchpoints_of(definition: Definition, names: list[str]) -> set[str]:
    """Touchpoints named directly or through a goal."""
    goals = {g.name: g.touchpoints for g in definition.goals}
    return {touchpoint for name in names for touchpoint in goals.get(name, [name])}


def _codes(labels: Labels, wanted: list[int]) -> Bools:
    """bool[codes]: whose label is wanted."""
    return np.isin(labels.table, wanted)


def _sums(labels: Labels, by_code: I64) -> I64:
    """int64[labels]: the sum over the codes of each label."""
    inside = labels.table >= 0
    return np.bincount(labels.table[inside], by_code[inside], len(labels.names)).astype(np.int64)


def _having(scope: Scope, labels: Labels, wanted: list[int]) -> Bools:
    return units_touching(scope.offsets, scope.code, _codes(labels, wanted))


def _reached(scope: Scope, definition: Definition, goal: str | None) -> Bools:
    known = [g.name for g in definition.goals]
    if goal not in known:
        raise UnknownGoal(goal=str(goal), available=known)
    wanted = _touchpoints_of(definition, [goal])
    return _having(scope, scope.touchpoints, [k for k, name in enumerate(scope.touchpoints.names) if name in wanted])


# --- cells -------------------------------------------------------------------------------------------------


def _stage(k: int, counts: kernel.StageCounts, waits: I64, scope: Scope, channels: Labels) -> StageMeasure:
    mine = scope.stages.table == k
    return StageMeasure(
        people=int(counts.people[k]),
        events=int(counts.events[mine].sum()),
        goes_on=int(counts.onward[k].sum()),
        dropped=int(counts.dropped[k]),
        open=int(counts.open[k]),
        loops=0 if _only_caveats(scope, k) else int(counts.loops[k]),
        onward=[int(n) for n in counts.onward[k]],
        median_seconds_to_later=float(np.median(waits)) / 1e6 if len(waits) else None,
        channel_switches=_main_switches(k, counts, channels.names),
        last=_last(counts.last[mine]),
    )


def _only_caveats(scope: Scope, stage: int) -> bool:
    return bool(_with_caveat(scope)[scope.stages.table == stage].all())


def _main_switches(k: int, counts: kernel.StageCounts, names: list[str]) -> list[ChannelSwitch]:
    """The commonest, ties by the order of the names."""
    people = counts.switches[k].ravel()
    commonest = [i for i in np.argsort(-people, kind="stable")[:MAIN_SWITCHES] if people[i]]
    pairs = [(names[i // len(names)], names[i % len(names)], int(people[i])) for i in commonest]
    return [ChannelSwitch(from_=a, to=b, people=n, cell=switch_cell(k + 1, a, b)) for a, b, n in pairs]


def _touchpoint(k: int, counts: kernel.StageCounts, scope: Scope) -> TouchpointMeasure:
    mine = scope.touchpoints.table == k
    events = _sums(scope.channels, np.where(mine, counts.events, 0))
    met = sorted(np.flatnonzero(events), key=lambda c: (-events[c], scope.channels.names[c]))
    return TouchpointMeasure(
        people=int(counts.met[k]),
        events=int(counts.events[mine].sum()),
        channels=[scope.channels.names[c] for c in met],
        last=_last(counts.last[mine]),
    )


def _of_stage(scope: Scope, definition: Definition, kind: str, numbers: list[int]) -> Bools:
    k, stages = numbers[0] - 1, len(scope.stages.names)
    if not all(0 < n <= stages for n in numbers) or len(numbers) != (2 if kind == "onward" else 1):
        raise ValueError(kind)
    tables = stage_tables(scope, definition, scope.channels)
    state, onward, is_open = kernel.one_stage(_events(scope), tables, k, scope.until - scope.gap)
    masks: dict[str, Bools] = {
        "stage": state != kernel.UNSEEN,
        "goes_on": state >= kernel.GONE_ON,
        "onward": onward == numbers[-1] - 1,
        "dropped": (state == kernel.PENDING) & ~is_open,
        "open": (state == kernel.PENDING) & is_open,
        "loops": (state == kernel.CAME_BACK) & (not _only_caveats(scope, k)),
    }
    return masks[kind]


def _switched(scope: Scope, definition: Definition, rest: str) -> Bools:
    number, _, quoted = rest.partition(":")
    k = int(number) - 1
    if not 0 <= k < len(scope.stages.names):
        raise ValueError(rest)
    from_, end = json.JSONDecoder().raw_decode(quoted)
    if quoted[end : end + 1] != ":":
        raise ValueError(rest)
    channels, _ = switching_channels(scope)
    pair = [channels.names.index(name) for name in (from_, json.loads(quoted[end + 1 :]))]
    tables = stage_tables(scope, definition, channels)
    return kernel.switched(_events(scope), tables, (k, pair[0], pair[1]))

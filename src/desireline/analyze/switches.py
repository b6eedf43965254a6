"""Who changes channel, from which to which, how soon, about what, and whether people then have to repeat themselves."""

import json
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desireline.analyze.breakdown import OTHER, PROPERTY, breakdown
from desireline.analyze.cells import parsed
from desireline.analyze.goals import goal_codes
from desireline.analyze.mixes import LISTED, Mixes
from desireline.analyze.scope import I32, I64, Bools, Scope, about
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.duration import parse_duration
from desireline.model.intervals import wilson
from desireline.model.question import Asked, Cut, Proportion, Result

if TYPE_CHECKING:
    from desireline.kernels.switches import Topics
    from desireline.kernels.transitions import TransitionCounts

TOPICS_SHOWN, TOPICS = 3, 1_000
CELLS = 1 << 22
"""So many pairs of channels times topics are counted in one pass."""


class SwitchesRequest(Asked):
    """`within`: how soon the same must come again in the new channel to be a repeat, measured from the old channel's.

    `topic`: what an event is about: touchpoint, stage or `property.PATH` (its 1,000 commonest values). `goal`: a goal
    of the definition, else a touchpoint, else an event name, for the share that reaches it by channel mix.
    """

    within: str = "72h"
    topic: str = "touchpoint"
    goal: str | None = None


class TopicCount(BaseModel):
    """Switches whose first event in the new channel is about `name`."""

    name: str
    count: int


class Switch(BaseModel):
    """From one channel to another.

    Attributes:
        count: how often; `people`, units that do it.
        median_seconds, p90_seconds: from the last event in the old channel to the first in the new one.
        repeated: switches that repeat; `repeated_share` of `count`, with its 95 % Wilson interval `low` to `high`.
        topics: the commonest three of the first events in the new channel.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: str = Field(alias="from")
    to: str
    count: int
    people: int
    median_seconds: float
    p90_seconds: float
    repeated: int
    repeated_share: float
    low: float
    high: float
    topics: list[TopicCount]


class ChannelNumber(BaseModel):
    """Units that use exactly so many channels; `share` is of those that use any."""

    channels: int
    people: int
    share: float


class Mix(BaseModel):
    """Units that use exactly these channels, before or after the goal alike; `@other`: all rarer mixes.

    `reached` of them reach the goal, with a 95 % Wilson interval; None without a goal. It is no effect of the mix.
    """

    channels: list[str]
    people: int
    share: float
    reached: int | None
    share_reached: float | None
    low: float | None
    high: float | None


class SwitchesResult(Result):
    """Switches between channels, in descending count, equal ones by name.

    A stay is a run of a unit's events in one channel; events without a channel, or outside the definition, do not
    interrupt it. A switch leads from one stay to the next. It repeats if an event of the new stay is the same as one of
    the old stay, at most `within` later. Touchpoints may be split by channel ("Order status, phone"), so with topic
    `touchpoint` two events are the same if they share the touchpoint or the event name; otherwise stage or value.

    Cells: `switch:["A","B"]`, `repeated:["A","B"]`, `channels:N`, `mix:["A","B"]` (in the order given, or ["@other"]).

    Attributes:
        total: all switches.
        people_with_channel: units with a channel.
        channels: how many units use one channel, two, and so on.
        mixes: the commonest 20 sets of channels, and the rest.
    """

    table: ClassVar = "switches"

    within_seconds: float
    total: int
    people_with_channel: int
    switches: list[Switch]
    channels: list[ChannelNumber]
    mixes: list[Mix]


def answer(scope: Scope, request: SwitchesRequest) -> SwitchesResult:
    """Count switches, repeats and channel mixes.

    Raises:
        BadQuestion: `within` is no length of time, or an unknown `topic`.
        UnknownStep: `goal` does not exist.
    """
    channel, mixes = _channels(scope, request)
    counts, within = _count(scope, channel), parse_duration(request.within)
    topics, names, cut = _topics(scope, request)
    switches = _switches(scope, counts, channel, topics, names, within)
    people = int(mixes.people.sum())
    by_number = np.bincount(mixes.sizes, weights=mixes.people).astype(np.int64).tolist()[1:]
    return SwitchesResult.model_validate({
        **about(scope, request, "switches", scope.labels(request), cut),
        "within_seconds": within / 1e6,
        "total": int(counts.count.sum()),
        "people_with_channel": people,
        "switches": switches,
        "channels": [{"channels": k, "people": n, "share": n / people} for k, n in enumerate(by_number, 1) if n],
        "mixes": _mixes(scope, request, mixes, people),
    })  # fmt: skip


def members(scope: Scope, request: SwitchesRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels.switches import switch_topics
    from desireline.kernels.transitions import units_with_transition

    channel, mixes = _channels(scope, request)
    kind, value = parsed(cell)
    if kind in {"switch", "repeated"} and _are_names(value, scope.channels.names) and len(value) == 2:
        source, target = (scope.channels.names.index(name) for name in value)
        if kind == "switch":
            inside = units_with_transition(scope.offsets, scope.code, channel, (source, target), collapse=True)
        else:
            pairs = np.full((len(scope.channels.names),) * 2, -1, np.int64)
            pairs[source, target] = -1 if source == target else 0
            topics, within = _topics(scope, request)[0], parse_duration(request.within)
            *_, inside = switch_topics(scope.offsets, scope.time, scope.code, channel, pairs, topics, within)
    elif kind == "channels" and type(value) is int and value > 0:
        inside = np.append(mixes.sizes, 0)[mixes.of_unit] == value
    elif kind == "mix" and value in mixes.shown:
        inside = mixes.of_unit == mixes.shown.index(value)
    elif kind == "mix" and value == [OTHER]:
        inside = mixes.of_unit >= LISTED
    else:
        raise BadDrilldown(given=cell[:40])
    return np.flatnonzero(inside)


def proportions(result: SwitchesResult) -> list[Proportion]:
    """Repeats of each kind of switch, units by number of channels, and units of each mix that reach the goal."""
    return [
        *(
            Proportion(f"repeated:{json.dumps([s.from_, s.to])}", f"{s.from_} → {s.to}", s.repeated, s.count)
            for s in result.switches
        ),
        *(
            Proportion(f"channels:{c.channels}", str(c.channels), c.people, result.people_with_channel)
            for c in result.channels
        ),
        *(
            Proportion(f"mix:{json.dumps(m.channels)}", " + ".join(m.channels), m.reached, m.people)
            for m in result.mixes
            if m.reached is not None
        ),
    ]


def _are_names(value: Any, known: list[str]) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) and name in known for name in value)


def _channels(scope: Scope, request: SwitchesRequest) -> tuple[I32, Mixes]:
    """int32[codes], the channel of what takes part, and the sets of them."""
    channel = np.where(scope.labels(request).table >= 0, scope.channels.table, np.int32(-1))
    return channel, Mixes(scope, channel)


def _count(scope: Scope, channel: I32) -> "TransitionCounts":
    """A switch is a transition from channel to channel with repeats collapsed, and so it is counted."""
    from desireline.kernels.transitions import transitions

    names = scope.channels.names
    return transitions(scope.offsets, scope.time, scope.code, channel, len(names), collapse=True, medians=True)


def _topics(scope: Scope, request: SwitchesRequest) -> tuple["Topics", list[str], list[Cut]]:
    from desireline.kernels.switches import Topics

    if request.topic.startswith(PROPERTY):
        found = breakdown(scope, request.topic, TOPICS)
        names = [name for name in found.names if name != OTHER]
        index = np.where(found.index < len(names), found.index, np.int32(-1))
        cut = [Cut(what="topics", kept=len(names), total=found.found)] if found.found > len(names) else []
        return Topics(index, index, True, len(names), len(names)), names, cut
    if request.topic not in {"touchpoint", "stage"}:
        raise BadQuestion(parameter="topic", given=request.topic[:100], expected="touchpoint, stage, property.PATH")
    labels = scope.stages if request.topic == "stage" else scope.labels(request)
    also = scope.stages if request.topic == "stage" else scope.event_names
    return Topics(labels.table, also.table, False, len(labels.names), len(also.names)), labels.names, []


def _switches(
    scope: Scope, counts: "TransitionCounts", channel: I32, topics: "Topics", names: list[str], within: int
) -> list[Switch]:
    from desireline.kernels.switches import switch_topics

    channels = scope.channels.names
    rows: list[tuple[int, list[TopicCount]]] = []
    step = max(1, CELLS // max(1, topics.n))
    for first in range(0, len(counts.count), step):
        chosen = slice(first, min(first + step, len(counts.count)))
        pairs = np.full((len(channels),) * 2, -1, np.int64)
        pairs[counts.source[chosen], counts.target[chosen]] = np.arange(chosen.stop - first)
        of_pair, repeats, _ = switch_topics(scope.offsets, scope.time, scope.code, channel, pairs, topics, within)
        rows += [(n, _commonest(names, row)) for n, row in zip(repeats.tolist(), of_pair, strict=True)]
    times = np.zeros((2, 0)) if counts.times is None else counts.times / 1e6
    found = [
        Switch(
            from_=channels[a], to=channels[b], count=n, people=people, median_seconds=median, p90_seconds=p90,
            repeated=repeated, repeated_share=repeated / n, **wilson(repeated, n)._asdict(), topics=common,
        )
        for a, b, n, people, median, p90, (repeated, common) in zip(
            counts.source.tolist(), counts.target.tolist(), counts.count.tolist(), counts.people.tolist(),
            *times.tolist(), rows, strict=True,
        )
    ]  # fmt: skip
    return sorted(found, key=lambda s: (-s.count, s.from_, s.to))


def _commonest(names: list[str], row: I64) -> list[TopicCount]:
    order = sorted(np.flatnonzero(row).tolist(), key=lambda k: (-row[k], names[k]))
    return [TopicCount(name=names[k], count=int(row[k])) for k in order[:TOPICS_SHOWN]]


def _mixes(scope: Scope, request: SwitchesRequest, mixes: Mixes, people: int) -> list[Mix]:
    reached = _reached(scope, request.goal, mixes)
    listed: list[tuple[list[str], slice]] = [(names, slice(k, k + 1)) for k, names in enumerate(mixes.shown)]
    if len(mixes.people) > LISTED:
        listed.append(([OTHER], slice(LISTED, None)))
    found = []
    for names, which in listed:
        n = int(mixes.people[which].sum())
        goal: dict[str, Any] = dict.fromkeys(("reached", "share_reached", "low", "high"))
        if reached is not None:
            got = int(reached[which].sum())
            goal = {"reached": got, "share_reached": got / n, **wilson(got, n)._asdict()}
        found.append(Mix(channels=names, people=n, share=n / people, **goal))
    return found


def _reached(scope: Scope, goal: str | None, mixes: Mixes) -> I64 | None:
    """int64[sets]: units that reach the goal."""
    from desireline.kernels.touching import units_touching

    if goal is None:
        return None
    units: Bools = units_touching(scope.offsets, scope.code, goal_codes(scope, goal)) & (mixes.of_unit >= 0)
    return np.bincount(mixes.of_unit[units], minlength=len(mixes.people))

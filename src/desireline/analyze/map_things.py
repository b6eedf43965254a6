"""What the figures of a map are of: touchpoints or a stage, as sets of event codes that one pass over events counts."""

from collections.abc import Container, Sequence
from typing import NamedTuple

import numpy as np

from desireline.analyze.goals import caveat_codes
from desireline.analyze.scope import I32, I64, Bools, Scope
from desireline.kernels import meetings as kernel
from desireline.kernels.presence import presence as count_present
from desireline.kernels.stages import Events
from desireline.model.calendar import next_day, start_of
from desireline.model.counted import Bound

DAY = 86_400_000_000
PAUSE = 1_800_000_000
"""µs: what comes again sooner than half an hour later is the same visit, and no sign of trouble."""

PARTS = 12


class Thing(NamedTuple):
    """What is counted once for all questions about it."""

    touchpoints: tuple[str, ...]
    stage: str | None
    to: tuple[str, ...]
    days: int
    troubled: bool


def thing_of(bound: Bound) -> Thing:
    """What a figure is of."""
    days = bound.days if bound.question in {"repeat", "trouble"} else 0
    return Thing(bound.touchpoints, bound.stage, bound.to, days, bound.question == "trouble")


def known(scope: Scope, bound: Bound) -> bool:
    """Whether the definition has all that a figure is of."""
    names = [*bound.touchpoints, *bound.to]
    has_stage = bound.stage is None or bound.stage in scope.stages.names
    return has_stage and all(name in scope.touchpoints.names for name in names)


def codes_of(scope: Scope, thing: Thing) -> Bools:
    """bool[codes]: the events of a thing; what is known only with a purchase is no sign of trouble."""
    return _codes(scope, [thing])[0]


def _codes(scope: Scope, things: Sequence[Thing], *, ending: bool = False) -> list[Bools]:
    """The events of each thing, or those that it ends with."""
    place = {name: k for k, name in enumerate(scope.touchpoints.names)}
    wanted, judged = np.zeros(len(place) + 1, np.bool_), ~caveat_codes(scope)
    found = []
    for thing in things:
        if thing.stage is not None and not ending:
            found.append(scope.stages.codes_of([thing.stage]))
            continue
        listed = [place[name] for name in (thing.to if ending else thing.touchpoints)]
        wanted[listed] = True
        codes = wanted[scope.touchpoints.table]
        wanted[listed] = False
        found.append(codes & judged if thing.troubled and not ending else codes)
    return found


def only_caveats(scope: Scope, thing: Thing) -> bool:
    """Whether a thing is known only with a purchase: coming back to it says nothing."""
    found = codes_of(scope, thing)
    return bool(caveat_codes(scope)[found].all())


class Pass(NamedTuple):
    """What one pass counts: distinct things, and which of them each thing is, so that none is counted twice."""

    things: list[Thing]
    place: dict[Thing, int]


def passing(scope: Scope, things: Sequence[Thing]) -> Pass:
    """Things of the same events are one: a stage, say, and a step that holds all its touchpoints.

    Whether a meeting is "again" is judged by the days of a thing, so those with other days stay apart.
    """
    listed: list[Thing] = []
    place: dict[Thing, int] = {}
    by_events: dict[tuple[bool, bytes, bytes], int] = {}
    events = zip(things, _codes(scope, things), _codes(scope, things, ending=True), strict=True)
    for thing, of, to in sorted(events, key=lambda found: found[0].days == 0):
        key = bool(thing.to), of.tobytes(), to.tobytes()
        if thing.days or key not in by_events:
            by_events[key] = len(listed)
            listed.append(thing)
        place[thing] = by_events[key]
    return Pass(listed, place)


def tables(scope: Scope, things: Sequence[Thing], timed: Container[int] = ()) -> kernel.Things:
    """The look-ups of the pass; `timed`: places of the things whose times are wanted."""
    of_from, of = _lists(_codes(scope, things), len(scope.stages.table))
    to_from, to = _lists(_codes(scope, things, ending=True), len(scope.stages.table))
    is_timed = np.array([k in timed for k in range(len(things))], np.bool_)
    return kernel.Things(
        of_from, of, to_from, to,
        targeted=np.array([bool(thing.to) for thing in things], np.bool_),
        days=np.array([thing.days * DAY for thing in things], np.int64),
        pause=np.array([PAUSE if thing.troubled else 0 for thing in things], np.int64),
        strict=np.array([thing.troubled for thing in things], np.bool_),
        timed=np.where(is_timed, np.cumsum(is_timed) - 1, -1).astype(np.int32),
    )  # fmt: skip


def presence(scope: Scope, things: Sequence[Thing], cuts: I64) -> tuple[I64, I64, I64]:
    """Who meets each thing, in all and by part, and everyone by part: see `kernels.presence`."""
    return count_present(events(scope), *_lists(_codes(scope, things), len(scope.stages.table)), len(things), cuts)


def _lists(masks: list[Bools], codes: int) -> tuple[I32, I32]:
    """Of each code the things that it belongs to, one after another."""
    inside = np.array(masks, np.bool_).reshape(len(masks), codes)
    code, thing = np.nonzero(inside.T)
    return np.searchsorted(code, np.arange(codes + 1)).astype(np.int32), thing.astype(np.int32)


def ends(scope: Scope, edges: I64) -> kernel.Ends:
    """What units are judged by."""
    closing: set[str] = set()
    if scope.definition is not None:
        goals = {g.name: g.touchpoints for g in scope.definition.goals}
        closing = {t for name in scope.definition.journey.ends for t in goals.get(name, [name])}
    closes = scope.touchpoints.codes_of(sorted(closing))
    stages, touchpoints = scope.stages, scope.touchpoints.table
    return kernel.Ends(stages.table, touchpoints, len(stages.names), closes, scope.until, scope.gap, edges)


def events(scope: Scope) -> Events:
    """All events in scope."""
    return Events(scope.offsets, scope.time, scope.code)


def edges(scope: Scope, parts: int = PARTS) -> I64:
    """int64[parts + 1], µs: the window in equal parts, not more than it has days, from its first to its last event.

    Where the filters name days, the window is these.
    """
    first, last = scope.span or (0, 0)
    if scope.filters.since:
        first = start_of(scope.filters.since, scope.zone)
    if scope.filters.until:
        last = start_of(next_day(scope.filters.until, "day"), scope.zone) - 1
    parts = max(1, min(parts, -(-(last + 1 - first) // DAY)))
    cuts: I64 = first + (last + 1 - first) * np.arange(parts + 1) // parts
    return cuts

"""Sessions by silence: how many, how long, how often a single event, where they start and end."""

import json
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, Field

from desireline.analyze.breakdown import breakdown
from desireline.analyze.scope import I32, I64, Labels, Scope, about, index_of
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.duration import parse_duration
from desireline.model.intervals import wilson
from desireline.model.question import Asked, Cut, Proportion, Result


class SessionsRequest(Asked):
    """A silence longer than `gap` ends a session; one of exactly the gap does not.

    `gaps`: other gaps, by the channel of the event before the silence. `by`: groups by what the session's first event
    has (channel, source, stage, touchpoint, event, `property.PATH` or `trait.NAME`), the `top` commonest by name.
    """

    gap: str = "30m"
    gaps: dict[str, str] = Field(default_factory=dict)
    by: str | None = None
    top: int = 10


class Entry(BaseModel):
    """A touchpoint that starts sessions: `bounced` of them have no other event; `share` is of all sessions."""

    name: str
    sessions: int
    bounced: int
    share: float


class Exit(BaseModel):
    """A touchpoint that ends sessions; `share` is of all sessions."""

    name: str
    sessions: int
    share: float


class SessionGroup(BaseModel):
    """Sessions whose first event has the same value, None for those without one."""

    name: str | None
    sessions: int
    bounced: int
    bounce_share: float
    median_seconds: float


class SessionsResult(Result):
    """All sessions of the units in scope. Events outside the definition neither make nor prolong one.

    Cells: `sessions` (all units that have one), `bounced`, `entry:"NAME"`, `exit:"NAME"`, `group:"NAME"` (or null).

    Attributes:
        sessions: how many; `people_with_sessions` units have at least one.
        bounced: sessions of a single event; `bounce_share` of all, with its 95 % Wilson interval `low` to `high`.
        median_seconds, p90_seconds: from the first to the last event, 0 for a bounce; None without sessions.
        entries, exits: in descending number, equal ones by name.
        groups: likewise, if asked for.
    """

    table: ClassVar = "entries"

    sessions: int
    people_with_sessions: int
    bounced: int
    bounce_share: float
    low: float
    high: float
    events_per_session: float
    sessions_per_person: float
    median_seconds: float | None
    p90_seconds: float | None
    gap_seconds: float
    entries: list[Entry]
    exits: list[Exit]
    groups: list[SessionGroup]


def answer(scope: Scope, request: SessionsRequest) -> SessionsResult:
    """Cut the events of every unit into sessions and count them.

    Raises:
        BadQuestion: a gap is no length of time, belongs to no channel here, or `by` is unknown.
    """
    from desireline.kernels.quantile import quantiles
    from desireline.kernels.sessions import ENDS, STARTS, count_sessions

    labels = scope.labels(request)
    counts = count_sessions(scope.offsets, scope.time, scope.code, labels.table, _gaps(scope, request))
    places = np.zeros((len(labels.names) + 1, 4), np.int64)
    np.add.at(places, labels.table, counts.places)
    bounced = places[:-1, STARTS | ENDS]
    entries, exits = places[:-1, STARTS] + bounced, places[:-1, ENDS] + bounced
    sessions, bounces = int(entries.sum()), int(bounced.sum())
    median, p90 = quantiles(counts.lengths, (0.5, 0.9), zeros=bounces) or (None, None)
    groups, cut = _groups(scope, request, labels) if request.by is not None else ([], [])
    return SessionsResult.model_validate({
        **about(scope, request, "sessions", labels, cut),
        "sessions": sessions,
        "people_with_sessions": counts.units,
        "bounced": bounces,
        "bounce_share": bounces / sessions if sessions else 0.0,
        **wilson(bounces, sessions)._asdict(),
        "events_per_session": int(counts.places.sum()) / sessions if sessions else 0.0,
        "sessions_per_person": sessions / counts.units if counts.units else 0.0,
        "median_seconds": None if median is None else median / 1e6,
        "p90_seconds": None if p90 is None else p90 / 1e6,
        "gap_seconds": parse_duration(request.gap, "gap") / 1e6,
        "entries": [
            {"name": name, "sessions": n, "bounced": int(bounced[k]), "share": n / sessions}
            for k, name, n in _ranked(labels.names, entries)
        ],
        "exits": [{"name": name, "sessions": n, "share": n / sessions} for _, name, n in _ranked(labels.names, exits)],
        "groups": groups,
    })  # fmt: skip


def members(scope: Scope, request: SessionsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    labels = scope.labels(request)
    kind, colon, given = cell.partition(":")
    unit, first, last = _listed(scope, request, labels)
    if kind in {"sessions", "bounced"} and not colon:
        inside = np.ones(len(unit), bool) if kind == "sessions" else first == last
    elif kind in {"entry", "exit"}:
        wanted = _name(given, cell, labels.names)
        inside = labels.table[scope.code[first if kind == "entry" else last]] == index_of(labels, str(wanted))
    elif kind == "group" and request.by is not None:
        groups = breakdown(scope, request.by, _top(request))
        wanted = _name(given, cell, [None, *groups.names])
        inside = groups.index[first] == (-1 if wanted is None else groups.names.index(wanted))
    else:
        raise BadDrilldown(given=cell[:40])
    return np.unique(unit[inside]).astype(np.int64)


def proportions(result: SessionsResult) -> list[Proportion]:
    """Bounces, and what sessions start with, of all sessions; bounces of each group."""
    return [
        Proportion("bounced", "@bounced", result.bounced, result.sessions),
        *(Proportion(f"entry:{json.dumps(e.name)}", e.name, e.sessions, result.sessions) for e in result.entries),
        *(
            Proportion(f"group:{json.dumps(g.name)}", f"@bounced {g.name or '–'}", g.bounced, g.sessions)
            for g in result.groups
        ),
    ]


def _gaps(scope: Scope, request: SessionsRequest) -> I64:
    """int64[codes], µs."""
    gap = np.full(len(scope.event_names.table), parse_duration(request.gap, "gap"), np.int64)
    for channel, text in request.gaps.items():
        if channel not in scope.channels.names:
            raise BadQuestion(parameter="gaps", given=channel[:100], expected=", ".join(scope.channels.names))
        gap[scope.channels.codes_of([channel])] = parse_duration(text, "gaps")
    return gap


def _ranked(names: list[str], counts: npt.NDArray[np.int64]) -> list[tuple[int, str, int]]:
    """(index, name, count) of what happens, in descending count, equal ones by name."""
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda k: (-counts[k], names[k]))
    return [(k, names[k], int(counts[k])) for k in order]


def _listed(scope: Scope, request: SessionsRequest, labels: Labels) -> tuple[I32, I64, I64]:
    from desireline.kernels.sessions import list_sessions

    return list_sessions(scope.offsets, scope.time, scope.code, labels.table, _gaps(scope, request))


def _groups(scope: Scope, request: SessionsRequest, labels: Labels) -> tuple[list[SessionGroup], list[Cut]]:
    from desireline.kernels.quantile import quantiles
    from desireline.kernels.sort import sort_events

    groups = breakdown(scope, request.by or "", _top(request))
    _, first, last = _listed(scope, request, labels)
    group = groups.index[first] + np.int32(1)
    longer = np.flatnonzero(last > first)
    sessions = np.bincount(group, minlength=len(groups.names) + 1)
    lengths = np.empty(len(longer), np.int64)
    edges, _ = sort_events(
        group[longer], scope.time[last[longer]] - scope.time[first[longer]], longer, len(sessions), lengths
    )
    names = [None, *groups.names]
    found = []
    for k in sorted(np.flatnonzero(sessions).tolist(), key=lambda k: (-sessions[k], names[k] or "")):
        bounced = int(sessions[k] - (edges[k + 1] - edges[k]))
        (median,) = quantiles(lengths[edges[k] : edges[k + 1]], (0.5,), zeros=bounced) or (0.0,)
        found.append(
            SessionGroup(
                name=names[k], sessions=int(sessions[k]), bounced=bounced, bounce_share=bounced / int(sessions[k]),
                median_seconds=median / 1e6,
            )
        )  # fmt: skip
    cut = [Cut(what="groups", kept=_top(request), total=groups.found)] if groups.found > _top(request) else []
    return found, cut


def _top(request: SessionsRequest) -> int:
    if request.top < 1:
        raise BadQuestion(parameter="top", given=str(request.top), expected="≥ 1")
    return request.top


def _name(given: str, cell: str, known: list[str] | list[str | None]) -> str | None:
    """The name that a cell carries as JSON."""
    try:
        name = json.loads(given)
    except ValueError:
        raise BadDrilldown(given=cell[:40]) from None
    if not (name is None or isinstance(name, str)) or name not in known:
        raise BadDrilldown(given=cell[:40])
    return name

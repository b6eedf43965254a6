"""Where the counts of a KPI come from: events, the answer to a question, or readings."""

import contextlib
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from desireline.errors import BadDrilldown, BadQuestion, PersonaWithoutPeople
from desireline.model.calendar import day_of, next_day, start_of
from desireline.model.kpi import FromEvents, FromQuestion, FromReadings, Kpi, KpiAsked
from desireline.model.question import Asked

if TYPE_CHECKING:
    from desireline.act.kpis.kind import Counts
    from desireline.analyze.kpis.entries import Entries
    from desireline.analyze.kpis.splitting import Pieces
    from desireline.analyze.scope import Scope
    from desireline.model.segment import Segment
    from desireline.service.questioning import Questioning

I64 = npt.NDArray[np.int64]


class PieceOf(NamedTuple):
    """One part: by what, and which value, None for none."""

    by: str
    value: str | None


class CountsOf(NamedTuple):
    """Counts of a part and of all others, and how many people, of readings answers, stand in it."""

    value: str | None
    counts: "Counts"
    rest: "Counts"
    people: int | None


class Split(NamedTuple):
    """All parts, whether nothing is counted in two, how many distinct values there are."""

    listed: list[CountsOf]
    apart: bool
    found: int


class Counter(Protocol):
    """Counts of a KPI. A window is its first day and the day after its last."""

    zone: str

    @property
    def known_until(self) -> dt.date:
        """The last day that anything is known of."""

    def over(self, end: dt.date) -> bool:
        """Whether all before that day is known."""

    def counts(self, windows: list[tuple[dt.date, dt.date]]) -> "list[Counts]":
        """Of each window; they may have gaps but follow each other."""

    def people(self, windows: list[tuple[dt.date, dt.date]]) -> list[int | None]:
        """How many people are counted in each window; None where the counts are of people, or nobody is known."""

    def pieces(self, by: str, window: tuple[dt.date, dt.date]) -> "Split":
        """The counts of a window in parts.

        Raises:
            BadQuestion: this source cannot be taken apart so.
        """

    def persons(self, window: tuple[dt.date, dt.date], part: str | None, piece: "PieceOf | None" = None) -> I64:
        """Row numbers of the very people counted.

        Raises:
            BadDrilldown: nobody is known.
        """


PERSONA = "persona"
"""What a KPI is taken apart by where its parts are the people of persona cards."""

KEPT = 4
"""Scopes that a workspace's KPIs hold, so that what was counted in them is not forgotten."""

_HELD: "WeakKeyDictionary[Questioning, dict[tuple[object, ...], Scope]]" = WeakKeyDictionary()


class Scopes:
    """The scopes of one request, each looked up once."""

    def __init__(self, workspace: "Questioning") -> None:
        self.workspace = workspace
        self._found: dict[str, Scope] = {}

    def of(self, segment: "Segment | str | None") -> "Scope":
        """All events of a segment's people, of the whole observation."""
        name = f"{segment!r}"
        if name not in self._found:
            self._found[name] = self._held(self.workspace.resolved(Asked(segment=segment)))
        return self._found[name]

    def personas(self) -> "dict[str, I64]":
        """The people of every persona card that has any, by its name."""
        from desireline.model.library import LibraryItem
        from desireline.model.persona import PREFIX

        workspace, found = self.workspace, dict[str, I64]()
        for text in workspace.records.library.items():
            one = LibraryItem.model_validate_json(text)
            if one.kind == "persona":
                with contextlib.suppress(PersonaWithoutPeople):
                    asked = workspace.resolved(Asked(segment=f"{PREFIX}{one.id}"))
                    scope = workspace.scope(asked, workspace.definition_or_none())
                    found[one.name] = np.unique(scope.owner).astype(np.int64)
        return found

    def _held(self, asked: Asked) -> "Scope":
        from desireline.service import settings

        definition, zone = self.workspace.definition_or_none(), settings.load(self.workspace.places.root).zone
        version = definition.version if definition else None
        key = (self.workspace.generation().folder, version, zone, asked.model_dump_json())
        held = _HELD.setdefault(self.workspace, {})
        found = held.pop(key, None) or self.workspace.scope(asked, definition)
        for other in [one for one in held if one[0] != key[0]]:
            del held[other]  # or a replaced generation would stay in memory
        while len(held) >= KEPT:
            held.pop(next(iter(held)))
        held[key] = found
        return found


def counter(scopes: Scopes, kpi: Kpi, segment: "Segment | str | None", asked: KpiAsked) -> Counter:
    """The counts of a KPI for a segment."""
    workspace = scopes.workspace
    if isinstance(kpi.source, FromEvents):
        return _OfEvents(scopes, kpi, kpi.source, segment)
    if segment is not None and isinstance(kpi.source, FromReadings):
        raise BadQuestion(parameter="segment", given=str(segment)[:100], expected="dimensions")
    if isinstance(kpi.source, FromQuestion):
        return _OfQuestion(scopes, kpi.source, segment)
    return _OfReadings(workspace, kpi.kind, kpi.source, asked.dimensions)


class _OfEvents:
    def __init__(self, scopes: Scopes, kpi: Kpi, source: FromEvents, segment: "Segment | str | None") -> None:
        from desireline.act.kpis.kinds import kind_of

        self._scopes, self._scope = scopes, scopes.of(segment)
        self._kind, self._source = kpi.kind, source
        self._names = {name.rstrip("@") for name in kind_of(kpi.kind).counts}
        self.zone = self._scope.zone

    @property
    def known_until(self) -> dt.date:
        return _usual_day(self._scope)

    def over(self, end: dt.date) -> bool:
        return start_of(end, self.zone) <= self._scope.until + 1

    def counts(self, windows: "list[tuple[dt.date, dt.date]]") -> "list[Counts]":
        from desireline.analyze.kpis.measuring import counts

        return [self._own(one) for one in counts(self._scope, self._kind, self._source, self._edges(windows))]

    def people(self, windows: "list[tuple[dt.date, dt.date]]") -> list[int | None]:
        from desireline.analyze.kpis.measuring import people

        return people(self._scope, self._kind, self._source, self._edges(windows)) or [None] * len(windows)

    def _edges(self, windows: "list[tuple[dt.date, dt.date]]") -> I64:
        return np.array([start_of(day, self.zone) for day in [*(a for a, _ in windows), windows[-1][1]]], np.int64)

    def _own(self, found: "Counts") -> "Counts":
        return {k: v for k, v in found.items() if k.partition("@")[0] in self._names}

    def pieces(self, by: str, window: tuple[dt.date, dt.date]) -> Split:
        found = self._pieces(by)
        edges = np.array([start_of(day, self.zone) for day in window], np.int64)
        listed = [
            CountsOf(one.name, self._own(one.entries.counts(edges)[0]), self._own(one.rest.counts(edges)[0]),
                     len(self._people(one.entries, window, None)))
            for one in found.listed
        ]  # fmt: skip
        return Split(listed, found.apart, found.found)

    def _pieces(self, by: str) -> "Pieces":
        from desireline.analyze.kpis import splitting

        if by != PERSONA:
            return splitting.by_value(self._scope, self._kind, self._source, by)
        return splitting.by_people(self._scope, self._kind, self._source, self._scopes.personas())

    def persons(self, window: tuple[dt.date, dt.date], part: str | None, piece: PieceOf | None = None) -> I64:
        from desireline.analyze.kpis.measuring import entries

        if piece is None:
            return self._people(entries(self._scope, self._kind, self._source), window, part)
        for one in self._pieces(piece.by).listed:
            if one.name == piece.value:
                return self._people(one.entries, window, part)
        raise BadDrilldown(given=f"{piece.by} {piece.value}")

    def _people(self, entries: "Entries", window: tuple[dt.date, dt.date], part: str | None) -> I64:
        since, until = (start_of(day, self.zone) for day in window)
        return np.unique(self._scope.owner[entries.units(since, until, part)]).astype(np.int64)


class _OfQuestion:
    def __init__(self, scopes: Scopes, source: FromQuestion, segment: "Segment | str | None") -> None:
        self._workspace, self._source, self._segment = scopes.workspace, source, segment
        self._scope = scopes.of(None)
        self.zone = self._scope.zone

    @property
    def known_until(self) -> dt.date:
        return _usual_day(self._scope)

    def over(self, end: dt.date) -> bool:
        return start_of(end, self.zone) <= self._scope.until + 1

    def counts(self, windows: "list[tuple[dt.date, dt.date]]") -> "list[Counts]":
        from desireline.analyze.remembering import remembered

        asked = f"{self._source.model_dump_json()} {self._segment!r}"
        return [remembered(self._scope, (asked, *window), partial(self._one, *window), "kpis") for window in windows]

    def people(self, windows: "list[tuple[dt.date, dt.date]]") -> list[int | None]:
        return [None] * len(windows)

    def _one(self, since: dt.date, until: dt.date) -> "Counts":
        from desireline.service.questions import proportions

        fields = {**self._source.fields, "filters": self._filters(since, until)}
        if self._segment is not None:
            fields["segment"] = self._segment
        listed = proportions(self._source.question, self._workspace.ask(self._source.question, fields))
        label = self._source.label
        chosen = [one for one in listed if label is None or one.label == label]
        if not chosen:
            if label is None or not listed:
                return {"numerator": 0.0, "denominator": 0.0}
            raise BadQuestion(parameter="label", given=label, expected=", ".join(one.label for one in listed)[:300])
        return {"numerator": float(chosen[-1].n), "denominator": float(chosen[-1].of)}

    def _filters(self, since: dt.date, until: dt.date) -> dict[str, object]:
        given = self._source.fields.get("filters")
        last = until - dt.timedelta(days=1)
        return {**(given if isinstance(given, dict) else {}), "since": since, "until": last}

    def pieces(self, by: str, window: tuple[dt.date, dt.date]) -> Split:  # noqa: ARG002 no window can be
        raise BadQuestion(parameter="split", given=by[:100], expected="source: events, imported, typed")

    def persons(self, window: tuple[dt.date, dt.date], part: str | None, piece: PieceOf | None = None) -> I64:  # noqa: ARG002
        raise BadDrilldown(given=f"{self._source.question} {window[0]} {part or ''}".strip())


def _usual_day(scope: "Scope") -> dt.date:
    from desireline.analyze.kpis.measuring import usual_end

    return day_of(usual_end(scope), scope.zone)


class _OfReadings:
    def __init__(self, workspace: "Questioning", name: str, source: FromReadings, dimensions: dict[str, str]) -> None:
        from desireline.act.kpis.kinds import kind_of
        from desireline.service import settings

        kind = kind_of(name)
        self._known_of_all = kind.optional if kind.squares else frozenset[str]()

        self.zone = settings.load(workspace.places.root).zone
        self._readings = [
            one for one in source.readings if all(one.dimensions.get(k) == v for k, v in dimensions.items())
        ]

    @property
    def known_until(self) -> dt.date:
        return max((one.day for one in self._readings), default=dt.datetime.now(dt.UTC).date())

    def over(self, end: dt.date) -> bool:
        return end <= next_day(self.known_until, "day")

    def counts(self, windows: "list[tuple[dt.date, dt.date]]") -> "list[Counts]":
        return [
            self._together([one.counts for one in self._readings if since <= one.day < until])
            for since, until in windows
        ]

    def _together(self, parts: "list[Counts]") -> "Counts":
        from desireline.act.kpis.kind import together

        return together(parts, self._known_of_all)

    def people(self, windows: "list[tuple[dt.date, dt.date]]") -> list[int | None]:
        return [None] * len(windows)

    def pieces(self, by: str, window: tuple[dt.date, dt.date]) -> Split:
        said = sorted({name for one in self._readings for name in one.dimensions})
        if by not in said:
            raise BadQuestion(parameter="split", given=by[:100], expected=", ".join(said)[:300] or "–")
        of: dict[str | None, list[Counts]] = {}
        for one in self._readings:
            if window[0] <= one.day < window[1]:
                of.setdefault(one.dimensions.get(by), []).append(one.counts)
        listed = [
            CountsOf(
                value,
                self._together(mine),
                self._together([each for other in of if other != value for each in of[other]]),
                None,
            )
            for value, mine in of.items()
        ]
        return Split(listed, True, len(of.keys() - {None}))

    def persons(self, window: tuple[dt.date, dt.date], part: str | None, piece: PieceOf | None = None) -> I64:  # noqa: ARG002
        raise BadDrilldown(given=f"{window[0]} {part or ''}".strip())

"""Whatever the order of imports, definitions and compactions: the answers are those of one rebuild from scratch.

And those of a model in plain Python that knows rows and identifiers, but neither lake nor store.
"""

import csv
import datetime as dt
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.model.definition import Definition, MatchRule, Stage, Touchpoint
from desireline.model.event import IDENTIFIER_TYPES
from desireline.model.mapping import ChannelMapping, Mapping, PersonColumn, TextSource, TimeMapping
from desireline.service.workspace import Workspace
from desireline.store import columns, lake

START = dt.datetime(2026, 1, 30, tzinfo=dt.UTC)  # minutes from here run over a month's end: two partitions
WHO = ("customer_id", "email", "cookie")


class Row(NamedTuple):
    """A row of a file; a blank says nothing. Few different values, so that much coincides."""

    event_id: str
    at: int
    customer_id: str
    email: str
    cookie: str
    event: str
    plan: str
    name: str  # a property that is called like a column of every event


rows = st.builds(
    Row,
    event_id=st.sampled_from(["", "", "e1", "e2", "e3"]),
    at=st.integers(0, 9).map(lambda k: k * 1_000),
    customer_id=st.sampled_from(["", "1", "2", "3", "4"]),
    email=st.sampled_from(["", "", "a@x.org", "b@x.org"]),
    cookie=st.sampled_from(["", "k1", "k2", "k3"]),
    event=st.sampled_from(["visit", "order", "call"]),
    plan=st.sampled_from(["", "free", "pro"]),
    name=st.sampled_from(["", "x y", 'a "b"']),
)


def mapping(kind: str, who: tuple[str, ...], template: str) -> Mapping:
    return Mapping(
        person=[PersonColumn(column=w, type=w) for w in who],  # type: ignore[arg-type]
        time=TimeMapping(column="at"),
        event=TextSource(template=template),
        channel=ChannelMapping(constant="web"),
        event_id="event_id",
        properties=["plan", "name"],
        kind=kind,  # type: ignore[arg-type]
    )


READINGS = {
    "all": mapping("event", WHO, "{event}"),
    "renamed": mapping("event", WHO, "{event}!"),  # reads the same rows under other names
    "no e-mail": mapping("event", ("customer_id", "cookie"), "{event}"),  # parts persons, refuses rows
    "traits": mapping("traits", WHO, "profile"),
}


def definition(*rules: MatchRule) -> Definition:
    return Definition(
        stages=[Stage(name="all")],
        touchpoints=[
            *(Touchpoint(name=f"T{i}", stage="all", match=[rule]) for i, rule in enumerate(rules)),
            *(Touchpoint(name=n.title(), stage="all", match=[MatchRule(name=f"{n}*")]) for n in ("visit", "order")),
        ],
    )


DEFINITIONS = [
    definition(),
    definition(MatchRule(name="visit", properties={"plan": "pro"})),
    definition(MatchRule(properties={"name": 'a "b"'}), MatchRule(properties={"plan": "free", "name": "x y"})),
]


@dataclass
class Model:
    """What the rows of files come to, by the words of the documentation."""

    events: dict[Any, tuple[str, Any, int, Row, str]] = field(default_factory=dict)
    rejects: set[Any] = field(default_factory=set)
    arrivals: int = 0

    def read(self, source: str, reading: str, file: list[Row]) -> None:
        accepted, refused = [], []
        counted: dict[bool, Counter[Row]] = {True: Counter(), False: Counter()}
        for row in file:
            good = any(getattr(row, p.column) for p in READINGS[reading].person)
            counted[good][row] += 1
            row_key = (source, row, counted[good][row])
            (accepted if good else refused).append((row_key, row))
        seen = set()
        for row_key, row in accepted:
            key = (source, row.event_id) if row.event_id else row_key
            if key not in seen and (key not in self.events or self.events[key][0] != reading):
                arrival = self.events[key][2] if key in self.events else self.arrivals
                self.events[key] = (reading, row_key, arrival, row, source)
                self.arrivals += 1
            seen.add(key)
        self.rejects -= {row_key for row_key, _ in accepted}
        new = {row_key for row_key, _ in refused} - self.rejects
        self.rejects |= new
        self.events = {k: e for k, e in self.events.items() if e[1] not in new}

    def people(self) -> dict[str, list[tuple[int, str]]]:
        """Key of each person with events -> (minute, event name) in order."""
        groups: list[set[tuple[str, str]]] = []
        told = [(self._identifiers(reading, row), reading, arrival, row) for reading, _, arrival, row, _ in
                self.events.values()]  # fmt: skip
        for identifiers, *_ in told:
            mine = [g for g in groups if g & identifiers]
            groups = [g for g in groups if not g & identifiers] + [identifiers.union(*mine)]
        found: dict[str, list[tuple[int, int, str]]] = {}
        for identifiers, reading, arrival, row in told:
            if reading != "traits":
                [group] = [g for g in groups if g & identifiers]
                key = ":".join(min(group, key=lambda i: (IDENTIFIER_TYPES.index(i[0]), i[1])))
                name = row.event + "!" * (reading == "renamed")
                found.setdefault(key, []).append((row.at, arrival, name))
        return {key: [(at, name) for at, _, name in sorted(events)] for key, events in found.items()}

    @staticmethod
    def _identifiers(reading: str, row: Row) -> set[tuple[str, str]]:
        return {(p.type, getattr(row, p.column)) for p in READINGS[reading].person if getattr(row, p.column)}


def told(ws: Workspace) -> dict[str, list[tuple[int, str]]]:
    """What the store holds, in the words of `Model.people`."""
    g = ws.generation()
    names = g.dictionary["name"].to_pylist()
    minutes = ((g.time - int(START.timestamp() * 1_000_000)) // 60_000_000).tolist()
    events = list(zip(minutes, (names[c] for c in g.code), strict=True))
    bounds = g.offsets.tolist()
    return {k: events[lo:hi] for k, lo, hi in zip(g.people["key"].to_pylist(), bounds, bounds[1:], strict=False)}


def answers(ws: Workspace) -> dict[str, Any]:
    """Everything an analyst can see, without the numbers that a generation gives to persons and codes."""
    g = ws.generation()
    shared = {"exclude": {"drilldown", "generation"}}
    variants = ws.variants(top=50, by_event_name=True)
    known = [g.array(n).tolist() for n in ("hash", "person")]
    people = {p.person: ws.person(p.person).model_dump() for p in ws.find_people(limit=100).people}
    names = [n for n in ("visit", "order", "call") if n in ws.dimensions().event_names]
    found: dict[str, Any] = {
        "status": ws.status().model_dump(**shared),
        "people": people,
        "timelines": {key: ws.timeline(key).model_dump() for key in [*people][:3]},
        "identifiers": Counter(Counter(known[1]).values()),
        "transitions": ws.transitions().model_dump(**shared),
        "variants": variants.model_dump(**shared),
        "who": [{p.person for p in ws.drill(variants.drilldown, f"variant:{i}", limit=100).people}
                for i in range(len(variants.variants))],
        "funnel": ws.funnel(names, by_event_name=True).model_dump(**shared) if names else None,
        "durations": ws.durations(names[0], names[-1], by_event_name=True).model_dump(**shared) if names else None,
    }  # fmt: skip
    for path in ("plan", "name", "nothing"):
        column = columns.column(g, lake.events(ws.places.events), path)
        text = [*column.values, None]
        found[path] = dict(zip(g.arrival.tolist(), (text[i] for i in column.index), strict=True))
    found["stated"] = {tuple(t.values()) for t in _stated(ws)}
    return found


def _stated(ws: Workspace) -> list[dict[str, Any]]:
    g = ws.generation()
    keys = g.people["key"].to_pylist()
    return [{**t, "person": keys[t["person"]]} for t in g.traits.to_pylist()]


def write(folder: Path, number: int, file: list[Row]) -> Path:
    path = folder / f"{number}.csv"
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(Row._fields)
        writer.writerows([r._replace(at=(START + dt.timedelta(minutes=r.at)).isoformat()) for r in file])
    return path


OFTEN = [("shop", "all")] * 4 + [("app", "all")] * 2 + [("crm", "traits")] * 2
READ = st.sampled_from([*OFTEN, ("shop", "renamed"), ("shop", "no e-mail")])
some = st.lists(rows, min_size=1, max_size=8)
news = st.tuples(st.just("import"), READ, some, st.sampled_from([True, True, True, False]))
steps = st.one_of(
    news,
    news,
    news,
    st.tuples(st.just("again"), READ, some, st.integers(0, 9)),
    st.tuples(st.just("define"), st.integers(0, len(DEFINITIONS) - 1)),
    st.tuples(st.just("look"), st.sampled_from(["plan", "name"])),
    st.sampled_from([("compact",), ("reopen",), ("rebuild",)]),
)


class History:
    """A workspace, its model, and the files that were imported."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ws, self.model = folder, Workspace(folder / "ws"), Model()
        self.files: list[list[Row]] = []

    def take(self, step: Any) -> None:
        """One step."""
        match step:
            case ("import", (source, reading), file, build):
                self._read(source, reading, file, build)
            case ("again", (source, reading), more, number) if self.files:
                earlier = self.files[number % len(self.files)]
                self._read(source, reading, [*more[:2], *earlier, *more[2:]], True)
            case ("define", number):
                self.ws.save_definition(DEFINITIONS[number])
            case ("look", path) if self.model.events:
                columns.column(self.ws.refresh(), lake.events(self.ws.places.events), path)
            case ("compact",):
                lake.events(self.ws.places.events).compact(over_files=0)
            case ("reopen",):
                self.ws = Workspace(self.ws.places.root)
            case ("rebuild",) if self.model.events:
                self.ws.build()

    def _read(self, source: str, reading: str, file: list[Row], build: bool) -> None:
        path = write(self.folder, len(self.files), file)
        self.ws.import_files([path], source, mapping=READINGS[reading], build=build)
        self.model.read(source, reading, file)
        self.files.append(file)


@settings(max_examples=10)
@given(some, st.lists(steps, min_size=4, max_size=9))
def test_any_history_answers_as_a_rebuild_and_as_the_model(
    tmp_path_factory: pytest.TempPathFactory, first: list[Row], steps: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    history = History(folder)
    for step in [("import", ("shop", "all"), first, True), *steps]:
        history.take(step)
    ws, expected = history.ws, history.model.people()
    if ws.places.newest_commit() < 0:
        assert (expected, ws.status().events) == ({}, 0), "all rows were refused"
        return
    ws.refresh()
    assert told(ws) == expected
    assert ws.generation().meta.events == sum(map(len, expected.values()))
    (folder / "again").mkdir()
    shutil.copytree(folder / "ws" / "lake", folder / "again" / "lake")
    if ws.places.records.exists():
        shutil.copy(ws.places.records, folder / "again")
    again = Workspace(folder / "again")
    again.build()
    assert answers(ws) == answers(again)
    shutil.rmtree(folder)

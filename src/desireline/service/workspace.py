"""A workspace: the one door to everything. The command line, HTTP and notebooks call these methods and no others."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from desireline.errors import NoEvents
from desireline.model.definition import Definition
from desireline.model.mapping import Mapping
from desireline.model.question import Asked, Filters, Grain
from desireline.model.summary import (
    DefinitionSummary,
    Dimensions,
    ImportSummary,
    MapSummary,
    Overview,
    PeoplePage,
    Person,
    RawEvent,
    RejectPage,
    ReplaySummary,
    Status,
    Timeline,
)
from desireline.store.journeys import Generation, JourneyStore
from desireline.store.paths import Paths
from desireline.store.records import Records

if TYPE_CHECKING:
    from desireline.analyze.columns import StoreColumns
    from desireline.analyze.durations import DurationsResult
    from desireline.analyze.funnel import FunnelResult
    from desireline.analyze.paths import PathsResult
    from desireline.analyze.scope import Scope
    from desireline.analyze.transitions import TransitionsResult
    from desireline.analyze.variants import VariantsResult
    from desireline.model.map import MapDocument
    from desireline.model.preview import Preview
    from desireline.service.importing import Progress

SCOPES_KEPT = 4
PAGE = 50


class Workspace:
    """One folder with a lake, a journey store, definitions and maps.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.funnel(["Visit", "Basket", "Order"], within="7d").steps[0].people  # doctest: +SKIP
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.places = Paths(Path(path).expanduser().resolve())
        self._store = JourneyStore(self.places.journeys)
        self._generation: Generation | None = None
        self._scopes: dict[tuple[object, ...], Scope] = {}
        self._columns: StoreColumns | None = None
        self._records: Records | None = None
        self._opening = threading.RLock()  # a server asks from several threads

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> "Workspace":
        """Open a workspace; the folder is made by the first thing that is written."""
        return cls(path)

    # --- what is there -------------------------------------------------------------------------------------

    @property
    def records(self) -> Records:
        """Definitions and maps."""
        with self._opening:
            if self._records is None:
                self._records = Records(self.places.records)
            return self._records

    def generation(self) -> Generation:
        """The newest journey store; built now if it is missing or an import ended before its build.

        Raises:
            NoEvents: the workspace holds no events.
        """
        with self._opening:
            found = self._store.current()
            if found is None or (self._generation is None and found.meta.lake_version < self.places.newest_commit()):
                if self.places.newest_commit() < 0:
                    raise NoEvents(workspace=str(self.places.root))
                found = self.build()
            if self._generation is None or self._generation.folder != found.folder:
                self._generation = found
                self._scopes.clear()
            return self._generation

    def status(self) -> Status:
        """How many events and people there are, by source."""
        from desireline.service.standing import status

        return status(self.places, self._current(), self.definition_or_none())

    def overview(self) -> Overview:
        """Status, maps, and what to do next."""
        from desireline.service.standing import overview

        return overview(self.status(), self.maps(), self.definition_or_none())

    def dimensions(self) -> Dimensions:
        """What can be asked about."""
        from desireline.service.standing import dimensions

        return dimensions(self.generation(), self.definition_or_none())

    def _current(self) -> Generation | None:
        try:
            return self.generation()
        except NoEvents:
            return None

    # --- events in -----------------------------------------------------------------------------------------

    def import_files(
        self,
        paths: Sequence[str | os.PathLike[str]],
        source: str,
        *,
        preset: str | None = None,
        mapping: Mapping | None = None,
        progress: "Progress | None" = None,
        build: bool = True,
    ) -> ImportSummary:
        """Import files, folders or globs into the lake in one commit, and build the journey store.

        Args:
            paths: files, folders or globs.
            source: the name of the source; the same source and event id count once.
            preset: name of a shipped mapping; recognised by the header if neither is given.
            mapping: how the columns are read.
            progress: called with the number of rows read so far.
            build: whether to build the journey store when it is done.

        Raises:
            NoMapping: no preset recognises the header and no mapping was given.
            MissingColumn: the mapping names a column that is not there.
            DiskFull, WorkspaceBusy: nothing was kept.
        """
        from desireline.collect.importing import parse
        from desireline.service import importing, settings

        name = importing.check_source(source)
        zone = settings.load(self.places.root).zone
        batches = parse([Path(p) for p in paths], source=name, preset=preset, mapping=mapping, zone=zone)
        summary = importing.run(self.places, name, batches, progress)
        if build and (summary.new or summary.replaced or summary.withdrawn or self._store.current() is None):
            self.build()
        return summary

    def preview(
        self, path: str | os.PathLike[str], *, source: str = "preview", preset: str | None = None,
        mapping: Mapping | None = None, rows: int = 20,
    ) -> "Preview":  # fmt: skip
        """The first rows of a file as they would be understood, and what would be rejected. Nothing is written."""
        from desireline.collect.preview import preview
        from desireline.service import settings

        zone = settings.load(self.places.root).zone
        return preview(path, source=source, preset=preset, mapping=mapping, workspace_zone=zone, rows=rows)

    def build(self) -> Generation:
        """Build a new generation of the journey store and make it the current one."""
        from desireline.analyze.matching import properties_of
        from desireline.identity.view import person_view
        from desireline.store.build import build

        with self.places.writing():
            return build(self.places, properties_of(self.definition_or_none()), person_view)

    def rejects(
        self, source: str | None = None, limit: int = PAGE, offset: int = 0, reason: str | None = None
    ) -> RejectPage:
        """Rejected rows with file, line, reason and raw content."""
        from desireline.service.rejecting import page

        return page(self.places, source, reason, limit, offset)

    def export_rejects(self, source: str | None = None) -> str:
        """All rejected rows as CSV; cells that a spreadsheet would run as a formula are disarmed."""
        from desireline.service.rejecting import as_csv

        return as_csv(self.places, source)

    def replay_rejects(self, source: str, preset: str | None = None, mapping: Mapping | None = None) -> ReplaySummary:
        """Read the rejected rows of a source again, under another mapping or preset; what is accepted is imported."""
        from desireline.service import settings
        from desireline.service.rejecting import replay

        done = replay(self.places, source, preset, mapping, settings.load(self.places.root).zone)
        if done.accepted:
            self.build()
        return done

    # --- definitions ---------------------------------------------------------------------------------------

    def definition(self, which: int | str | None = None) -> Definition:
        """A version by its number, or the newest one of a name; of the main definition for None.

        Raises:
            NoDefinition: there is none.
        """
        from desireline.service.definitions import one

        return one(self.records, which)

    def definitions(self) -> list[DefinitionSummary]:
        """All versions of all definitions, newest first."""
        if not self.places.records.exists():
            return []
        from desireline.service.definitions import versions

        return versions(self.records)

    def definition_or_none(self) -> Definition | None:
        """The newest definition, or None while there is none."""
        from desireline.service.definitions import current

        return current(self.records) if self.places.records.exists() else None

    def save_definition(self, definition: Definition) -> Definition:
        """Store as a new version. If its rules look at other properties than before, the journey store is rebuilt."""
        from desireline.analyze.matching import properties_of
        from desireline.service.definitions import save

        with self._opening:
            stored = save(self.records, definition)
        built = self._current()
        if built is not None and not set(properties_of(stored)) <= set(built.meta.properties):
            self.build()
        return stored

    def propose_definition(self, stages: int = 5) -> Definition:
        """Make a definition from the data alone and store it as a new version."""
        from desireline.analyze.scoping import scope_of
        from desireline.service.definitions import propose, propose_touchpoints

        generation = self.generation()
        touchpoints = propose_touchpoints(generation)
        scope = scope_of(generation, Definition(touchpoints=touchpoints), Asked(), self._columns_of(generation))
        return self.save_definition(propose(scope, touchpoints, stages))

    # --- questions -----------------------------------------------------------------------------------------

    def funnel(self, steps: Sequence[str], within: str | None = None, **asked: Any) -> "FunnelResult":
        """How many reach each step in order; see `analyze.funnel`. `asked`: grain, by_event_name, filters."""
        return cast("FunnelResult", self.ask("funnel", {"steps": list(steps), "within": within, **asked}))

    def transitions(self, **asked: Any) -> "TransitionsResult":
        """What directly follows what; see `analyze.transitions`."""
        return cast("TransitionsResult", self.ask("transitions", asked))

    def variants(self, top: int = 20, **asked: Any) -> "VariantsResult":
        """Distinct journeys, commonest first; see `analyze.variants`."""
        return cast("VariantsResult", self.ask("variants", {"top": top, **asked}))

    def paths(
        self, anchor: str, direction: Literal["from", "to", "around"] = "from", depth: int = 5, **asked: Any
    ) -> "PathsResult":
        """Paths from, to or around a touchpoint; see `analyze.paths`."""
        return cast(
            "PathsResult", self.ask("paths", {"anchor": anchor, "direction": direction, "depth": depth, **asked})
        )

    def durations(self, start: str, end: str, **asked: Any) -> "DurationsResult":
        """Time between two touchpoints or stages; see `analyze.durations`."""
        return cast("DurationsResult", self.ask("durations", {"from": start, "to": end, **asked}))

    def ask(self, question: str, fields: dict[str, Any]) -> Any:
        """Any question by name, as the command line and HTTP ask it.

        Raises:
            BadQuestion: a parameter makes no sense.
            UnknownStep: a step that is no touchpoint, stage or event name.
            NoEvents: the workspace holds no events.
        """
        from desireline.service.questions import answer, request

        asked = request(question, fields)
        return answer(question, self.scope(asked), asked)

    def scope(self, asked: Asked, definition: Definition | None = None) -> "Scope":
        """The events in question under a definition, the newest one for None; the last few scopes are kept."""
        from desireline.analyze.scoping import scope_of
        from desireline.service import settings

        if definition is None:
            definition = self.definition(asked.definition) if asked.definition else self.definition_or_none()
        generation, zone = self.generation(), settings.load(self.places.root).zone
        version = definition.version if definition else None
        common = asked.model_dump_json(include={*Asked.model_fields} - {"by_event_name", "definition"})
        key = (generation.folder, version, zone, common)
        with self._opening:
            if key not in self._scopes:
                while len(self._scopes) >= SCOPES_KEPT:
                    self._scopes.pop(next(iter(self._scopes)))
                self._scopes[key] = scope_of(generation, definition, asked, self._columns_of(generation), zone)
            return self._scopes[key]

    def _columns_of(self, generation: Generation) -> "StoreColumns":
        from desireline.analyze.columns import StoreColumns

        if self._columns is None or self._columns.generation is not generation:
            self._columns = StoreColumns(generation, self.places.events)
        return self._columns

    def drill(self, token: str, cell: str, limit: int = PAGE, offset: int = 0) -> PeoplePage:
        """The very people that a result's cell counted."""
        from desireline.service import people, questions

        persons, units = questions.persons_in(token, cell, self.scope)
        return people.page(self.generation(), persons, units, limit, offset)

    # --- people --------------------------------------------------------------------------------------------

    def find_people(self, search: str = "", limit: int = PAGE, offset: int = 0) -> PeoplePage:
        """People one of whose identifiers holds the text."""
        from desireline.service import people

        return people.find(self.generation(), search, limit, offset)

    def person(self, key: str) -> Person:
        """One person: identifiers, traits, time span."""
        from desireline.service import people

        return people.person(self.generation(), key)

    def timeline(self, key: str, limit: int = PAGE, before: int | None = None) -> Timeline:
        """A person's events over all channels, newest first."""
        from desireline.service import people
        from desireline.store import lake

        events = lake.events(self.places.events)
        return people.timeline(self.generation(), events, self.definition_or_none(), key, limit, before)

    def event(self, arrival: int) -> RawEvent:
        """One event as the lake holds it, with all its properties."""
        from desireline.service import people
        from desireline.store import lake

        events = lake.events(self.places.events)
        return people.event(self.generation(), events, self.definition_or_none(), arrival)

    # --- maps ----------------------------------------------------------------------------------------------

    def draw_map(self, name: str, goal: str | None = None) -> "MapDocument":
        """Draw a map from the definition and the data and store it under its name."""
        from desireline.service import maps

        return maps.draw(self.records, self.scope(Asked()), self.definition(), name, goal)

    def maps(self) -> list[MapSummary]:
        """All maps."""
        if not self.places.records.exists():
            return []
        from desireline.service import maps

        return maps.summaries(self.records)

    def map(self, name: str) -> "MapDocument":
        """A stored map."""
        from desireline.service import maps

        return maps.load(self.records, name)

    def measure_map(self, name: str, filters: Filters, grain: Grain = "person") -> "MapDocument":
        """A stored map, measured again for the people and events that the filters leave."""
        from desireline.service import maps

        stored = maps.load(self.records, name)
        definition = self.definition(stored.definition_version)
        scope = self.scope(Asked(grain=grain, filters=filters), definition)
        return maps.measured(scope, definition, name, stored.goal)

    def export_map(
        self,
        name: str,
        format: Literal["svg", "pdf", "png", "json"],  # noqa: A002
        paper: Literal["A3", "A4"] = "A3",
        language: str = "en",
    ) -> bytes:
        """A stored map as a file's bytes."""
        from desireline.maps.export import export

        return export(self.map(name), format, paper=paper, language=language)

"""A workspace: the one door to everything. The command line, HTTP and notebooks call these methods and no others."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.errors import NoEvents
from desireline.model.definition import MAIN, Definition
from desireline.model.mapping import Mapping
from desireline.model.question import Asked
from desireline.model.summary import (
    Dimensions,
    ImportSummary,
    Overview,
    PeoplePage,
    Person,
    RawEvent,
    RejectPage,
    ReplaySummary,
    Status,
    Timeline,
)
from desireline.service.listening import Listening
from desireline.service.questioning import PAGE
from desireline.service.steering import Steering
from desireline.store.journeys import Generation

if TYPE_CHECKING:
    from desireline.analyze.comparing import Comparison
    from desireline.model.preview import Preview
    from desireline.model.question import Result
    from desireline.model.saved import SavedQuestion
    from desireline.model.segment import SavedSegment, Segment, SegmentCheck
    from desireline.service.actions import Actions
    from desireline.service.annotations import Annotations
    from desireline.service.before_after import BeforeAfters
    from desireline.service.experiments.door import Experiments
    from desireline.service.feedback import FeedbackDoor
    from desireline.service.forms import Forms
    from desireline.service.importing import Progress
    from desireline.service.kpis.door import Kpis
    from desireline.service.maps import Maps
    from desireline.service.opportunities import Opportunities
    from desireline.service.personas.door import PersonaCards
    from desireline.service.sentiment import Sentiment
    from desireline.service.studies import Studies
    from desireline.service.topics import Topics


class Workspace(Listening, Steering):
    """One folder with a lake, a journey store, definitions and maps.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.funnel(["Visit", "Basket", "Order"], within="7d").steps[0].people  # doctest: +SKIP
    """

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> "Workspace":
        """Open a workspace; the folder is made by the first thing that is written."""
        return cls(path)

    # --- what is there -------------------------------------------------------------------------------------

    def status(self) -> Status:
        """How many events and people there are, by source."""
        from desireline.service.standing import status

        return status(self.places, self._current(), self.definition_or_none())

    def overview(self) -> Overview:
        """Status, maps, and what to do next."""
        from desireline.service.standing import overview

        return overview(self.status(), self.maps.all(), self.definition_or_none())

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
        from desireline.service import answers, importing, settings

        name = importing.check_source(source)
        zone = settings.load(self.places.root).zone
        with self.places.staging() as folder:
            files, reading = answers.unfolded([Path(p) for p in paths], preset, mapping, folder)
            batches = parse(files, source=name, preset=preset, mapping=reading, zone=zone)
            summary = importing.run(self.places, name, batches, progress)
        if build and (summary.new or summary.replaced or summary.withdrawn or self._store.current() is None):
            self.refresh()
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
            self.refresh()
        return done

    # --- definitions ---------------------------------------------------------------------------------------

    def save_definition(self, definition: Definition) -> Definition:
        """Store as a new version. What its rules look for in properties is told apart in the journey store before."""
        from desireline.service.definitions import save

        if self._current() is not None:
            self.refresh(definition)
        with self._opening:
            return save(self.records, definition)

    def propose_definition(self, stages: int = 5, name: str = MAIN) -> Definition:
        """Make a definition from the data alone and store it as a new version of that name."""
        from desireline.analyze.scoping import scope_of
        from desireline.service.proposed_definition import propose, propose_touchpoints

        generation = self.generation()
        touchpoints = propose_touchpoints(generation)
        scope = scope_of(generation, Definition(touchpoints=touchpoints), Asked(), self._columns_of(generation))
        return self.save_definition(propose(scope, touchpoints, stages).model_copy(update={"name": name}))

    # --- saved questions -----------------------------------------------------------------------------------

    def saved_questions(self) -> "list[SavedQuestion]":
        """All saved questions by name."""
        if not self.places.records.exists():
            return []
        from desireline.service import saved

        return saved.listed(self.records)

    def save_question(self, given: "SavedQuestion") -> "SavedQuestion":
        """Keep a question under its name, in place of an earlier one."""
        from desireline.service import saved

        return saved.save(self.records, given)

    def ask_saved(self, name: str) -> "Result | Comparison":
        """The answer to a saved question as of now; a comparison if it was saved as one.

        Raises:
            UnknownSaved: there is none of that name.
        """
        from desireline.model.saved import EVERYONE
        from desireline.service import saved

        found = saved.one(self.records, name)
        if found.versus is None:
            answer: Result = self.ask(found.question, found.fields)
            return answer
        fields = {k: v for k, v in found.fields.items() if k != "segment"}
        versus = None if found.versus == EVERYONE else found.versus
        return self.compare(found.question, found.fields.get("segment"), versus, **fields)

    def forget_question(self, name: str) -> None:
        """Delete a saved question."""
        from desireline.service import saved

        saved.forget(self.records, name)

    # --- segments ------------------------------------------------------------------------------------------

    def segments(self) -> "list[SavedSegment]":
        """The newest version of every saved segment, by name."""
        if not self.places.records.exists():
            return []
        from desireline.service import segments

        return segments.listed(self.records)

    def segment(self, name: str, version: int | None = None) -> "SavedSegment":
        """A version of a saved segment, the newest one for None."""
        from desireline.service import segments

        return segments.one(self.records, name, version)

    def save_segment(self, given: "Segment | dict[str, Any]") -> "SavedSegment":
        """Keep a segment as a new version of its name; earlier versions stay.

        Example:
            >>> ws = Workspace.open("desireline-data")  # doctest: +SKIP
            >>> ws.save_segment({"name": "Regulars", "where": 'did "Order" at least 3 times'})  # doctest: +SKIP
        """
        from desireline.service import segments

        return segments.save(self.records, segments.read(given))

    def delete_segment(self, name: str) -> None:
        """Delete all versions of a saved segment."""
        from desireline.service import segments

        segments.forget(self.records, name)

    def check_segment(self, given: "Segment | dict[str, Any]") -> "SegmentCheck":
        """What a segment means, as text, and how many people and events are in it."""
        from desireline.service import segments

        return segments.checked(segments.read(given), self.resolved, self.scope)

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

    @property
    def maps(self) -> "Maps":
        """Journey maps."""
        from desireline.service.maps import Maps

        return Maps(self)

    @property
    def persona_cards(self) -> "PersonaCards":
        """Persona cards: what a team typed, beside what is measured of the people they stand for."""
        from desireline.service.personas.door import PersonaCards

        return PersonaCards(self)

    @property
    def opportunities(self) -> "Opportunities":
        """What could be made better, what that may be worth, and how sure it is."""
        from desireline.service.opportunities import Opportunities

        return Opportunities(self)

    @property
    def feedback(self) -> "FeedbackDoor":
        """What people said: the stream, counts, quotes."""
        from desireline.service.feedback import FeedbackDoor

        return FeedbackDoor(self)

    @property
    def forms(self) -> "Forms":
        """Feedback forms at touchpoints, invitations to them, and what was answered."""
        from desireline.service.forms import Forms

        return Forms(self)

    @property
    def studies(self) -> "Studies":
        """Interviews, user tests and focus groups, with what people said."""
        from desireline.service.studies import Studies

        return Studies(self)

    @property
    def experiments(self) -> "Experiments":
        """Randomised experiments: assignment, exposures and what came of them."""
        from desireline.service.experiments.door import Experiments

        return Experiments(self)

    @property
    def before_after(self) -> "BeforeAfters":
        """Changes judged by those whom they reached against those whom they did not, before and after."""
        from desireline.service.before_after import BeforeAfters

        return BeforeAfters(self)

    @property
    def actions(self) -> "Actions":
        """What is done about opportunities, the bets on it, and what came of them."""
        from desireline.service.actions import Actions

        return Actions(self)

    @property
    def annotations(self) -> "Annotations":
        """What happened on which day, beside the figures of that time."""
        from desireline.service.annotations import Annotations

        return Annotations(self)

    @property
    def kpis(self) -> "Kpis":
        """The figures to steer by: kept, measured, compared, exchanged."""
        from desireline.service.kpis.door import Kpis

        return Kpis(self)

    @property
    def sentiment(self) -> "Sentiment":
        """How people feel by their texts."""
        from desireline.service.sentiment import Sentiment

        return Sentiment(self)

    @property
    def topics(self) -> "Topics":
        """What people write about."""
        from desireline.service.topics import Topics

        return Topics(self)

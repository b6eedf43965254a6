"""An open workspace: its folder, its records, the newest journey store, and the scope of a question."""

import contextlib
import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desireline.errors import DiskFull, NoEvents, WorkspaceBusy
from desireline.model.definition import Definition
from desireline.model.experiment import EXPOSURE
from desireline.model.question import Asked
from desireline.store.journeys import Generation, JourneyStore
from desireline.store.paths import LOCK_SECONDS, Paths
from desireline.store.records import Records

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from desireline.analyze.columns import StoreColumns
    from desireline.analyze.scope import Scope
    from desireline.model.summary import DefinitionSummary

AskedT = TypeVar("AskedT", bound=Asked)

SCOPES_KEPT = 4


class Opened:
    """What every use case stands on. Safe to use from several threads."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.places = Paths(Path(path).expanduser().resolve())
        self._store = JourneyStore(self.places.journeys)
        self._generation: Generation | None = None
        self._scopes: dict[tuple[object, ...], Scope] = {}
        self._columns: StoreColumns | None = None
        self._records: Records | None = None
        self._opening = threading.RLock()  # a server asks from several threads
        self._taking_in = threading.Lock()
        self._pinned = threading.local()

    @property
    def records(self) -> Records:
        """Definitions and maps."""
        with self._opening:
            if self._records is None:
                self._records = Records(self.places.records)
            return self._records

    def generation(self) -> Generation:
        """The newest journey store; built now if it is missing or an import ended before its build.

        Answers to forms that wait come in before, unless another one writes just now.

        Raises:
            NoEvents: the workspace holds no events.
        """
        pinned: Generation | None = getattr(self._pinned, "generation", None)
        if pinned is not None:
            return pinned
        with contextlib.suppress(WorkspaceBusy, DiskFull):  # they wait on: what is there can be asked all the same
            self.take_in_answers(seconds=0)
        with self._opening:
            found = self._store.current(self._generation)
            if found is None or (self._generation is None and found.meta.lake_version < self.places.newest_commit()):
                if self.places.newest_commit() < 0:
                    raise NoEvents(workspace=str(self.places.root))
                found = self.refresh()
            if found is not self._generation:
                self._generation = found
                self._scopes.clear()
            return found

    def take_in_answers(self, seconds: int = LOCK_SECONDS) -> None:
        """Bring answers to forms that wait into the lake and the journey store.

        Args:
            seconds: how long to wait for another one who writes.

        Raises:
            WorkspaceBusy: that was not long enough; the answers wait on.
            DiskFull: likewise.
        """
        if not self.places.records.exists() or not self.records.forms.has_waiting():
            return
        from desireline.service.forms.flushing import BATCH, commit

        with self._taking_in:
            while waiting := self.records.forms.waiting(BATCH):
                numbers = [one.id for one in waiting]
                if commit(self.places, waiting, seconds, partial(self.records.forms.all_wait, numbers)):
                    self.refresh()  # before they count as arrived: who is killed in between does it again
                    self.records.forms.arrived(numbers)

    @contextlib.contextmanager
    def pinned(self) -> Iterator[Generation]:
        """All that this thread asks inside is asked of one generation, whatever is published meanwhile."""
        outer: Generation | None = getattr(self._pinned, "generation", None)
        self._pinned.generation = self.generation()
        try:
            yield self._pinned.generation
        finally:
            self._pinned.generation = outer

    def as_it_stands(self) -> Generation | None:
        """The newest journey store, without what waits to come in; None while there is none."""
        return self._store.current(self._generation)

    def build(self) -> Generation:
        """Build a new generation of the journey store from all of the lake and make it the current one."""
        from desireline.identity.view import person_view
        from desireline.store.build import build

        with self.places.writing():
            return build(self.places, self._properties(), person_view)

    def refresh(self, definition: Definition | None = None) -> Generation:
        """Bring the journey store up to date by the least work: new events are merged into the current generation.

        Args:
            definition: one that is about to be stored: properties that its rules look at are told apart too.
        """
        from desireline.identity.view import person_view
        from desireline.store.build import refresh

        with self.places.writing():
            return refresh(self.places, self._properties(definition), person_view)

    def _properties(self, definition: Definition | None = None) -> dict[str, list[str]]:
        """What the rules of all versions of all definitions look for: each can be asked under."""
        from desireline.analyze.matching import properties_of
        from desireline.store.dictionary import together

        documents = self.records.definitions() if self.places.records.exists() else []
        stored = [Definition.model_validate_json(d) for d in documents]
        return together(*(properties_of(d) for d in [*stored, definition]))

    def definition(self, which: int | str | None = None) -> Definition:
        """A version by its number, or the newest one of a name; of the main definition for None.

        Raises:
            NoDefinition: there is none.
        """
        from desireline.service.definitions import one

        return one(self.records, which)

    def definitions(self) -> "list[DefinitionSummary]":
        """All versions of all definitions, newest first."""
        if not self.places.records.exists():
            return []
        from desireline.service.definitions import versions

        return versions(self.records)

    def definition_or_none(self) -> Definition | None:
        """The newest definition, or None while there is none."""
        from desireline.service.definitions import current

        return current(self.records) if self.places.records.exists() else None

    def scope(
        self, asked: Asked, definition: Definition | None = None, *, with_exposures: bool = False
    ) -> "Scope":  # fmt: skip
        """The events in question under a definition, the newest one for None; the last few scopes are kept.

        Exposures to experiments are among them only if `with_exposures`, or where a question by event names is asked of
        a segment that names them: who was in an arm.
        """
        from desireline.analyze.scoping import scope_of
        from desireline.service import settings

        if definition is None:
            definition = self.definition(asked.definition) if asked.definition else self.definition_or_none()
        asked = self.resolved(asked)
        named = asked.by_event_name and asked.segment is not None and EXPOSURE in asked.model_dump_json()
        with_exposures = with_exposures or named
        generation, zone = self.generation(), settings.load(self.places.root).zone
        version = definition.version if definition else None
        common = asked.model_dump_json(include={*Asked.model_fields} - {"by_event_name", "definition"})
        key = (generation.folder, version, zone, common, with_exposures)
        with self._opening:
            found = self._scopes.pop(key, None)
            if found is not None:
                self._scopes[key] = found  # the one used last is the last to go
        if found is None:  # made outside the lock: nobody waits for another one's segment
            found = scope_of(
                generation, definition, asked, self._columns_of(generation), zone, self._members,
                with_exposures=with_exposures,
            )  # fmt: skip
            with self._opening:
                while len(self._scopes) >= SCOPES_KEPT:
                    self._scopes.pop(next(iter(self._scopes)))
                self._scopes[key] = found
        return found

    def resolved(self, asked: AskedT) -> AskedT:
        """The request with what the saved segments in it mean now, so that asking again asks the same."""
        if asked.segment is None:
            return asked
        from desireline.service.segments import filled

        definition = self.definition_or_none()
        segment = filled(self.records, asked.segment, definition.version if definition else None)
        return asked.model_copy(update={"segment": segment})

    def _members(self, token: str, cell: str) -> "npt.NDArray[np.int64]":
        from desireline.service.questions import persons_in

        return persons_in(token, cell, self.scope)[0]

    def _columns_of(self, generation: Generation) -> "StoreColumns":
        from desireline.analyze.columns import StoreColumns

        with self._opening:
            if self._columns is None or self._columns.generation is not generation:
                self._columns = StoreColumns(generation, self.places.events)
            return self._columns

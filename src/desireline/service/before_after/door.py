"""Befores and afters of a workspace: the one door for the command line, HTTP and notebooks."""

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

from desireline.act.verdicts import of_before_after, sentence
from desireline.model.before_after import BeforeAfter, BeforeAfterPlan, BeforeAfterResult
from desireline.model.kept import Line
from desireline.model.verdict import VerdictUnit
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.questioning import Questioning

UNITS: dict[str, VerdictUnit] = {"people": "count", "contacts": "count", "conversion": "share", "mean_score": "score"}


class NewBeforeAfter(BeforeAfterPlan):
    """A plan with its name."""

    name: Line


class BeforeAfters:
    """Every method takes a before/after by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> asked = {"name": "New help page", "measure": "contacts", "of": "Call", "direction": "down",
        ...          "treated": {"where": 'channel = "web"'}, "comparison": {"where": 'channel = "store"'},
        ...          "start": "2026-03-01"}
        >>> ws.before_after.create(asked)  # doctest: +SKIP
        >>> ws.before_after.measure("New help page").verdict  # doctest: +SKIP
    """

    def __init__(self, workspace: "Questioning") -> None:
        self._workspace = workspace

    @property
    def _shelf(self) -> Shelf[BeforeAfter]:
        return Shelf(self._workspace.records, "before_after", BeforeAfter)

    def all(self) -> list[BeforeAfter]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> BeforeAfter:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewBeforeAfter | dict[str, Any]) -> BeforeAfter:
        """Plan one; nothing is measured yet.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        return self._shelf.add(valid(NewBeforeAfter, asked).model_dump())

    def change(self, which: str, seen: int, fields: dict[str, Any]) -> BeforeAfter:
        """Change the plan; its result is forgotten, since it was of another plan.

        Raises:
            UnknownDocument, StaleDocument, BadQuestion, NameTaken: as named.
        """
        found = self.get(which)
        plan = {name: getattr(found, name) for name in NewBeforeAfter.model_fields}
        new = valid(NewBeforeAfter, {**plan, **fields})
        return self._shelf.change(which, seen, {**new.model_dump(), "result": None, "verdict": None, "computed": None})

    def remove(self, which: str, seen: int | None = None) -> BeforeAfter:
        """Forget one.

        Raises:
            UnknownDocument, StaleDocument: as named.
        """
        return self._shelf.remove(which, seen)

    def measure(self, which: str) -> BeforeAfter:
        """Measure one as of now, and keep its result and verdict.

        Raises:
            UnknownDocument: there is none.
            NoEvents, UnknownStep, UnknownSegment, BadQuestion: of what is measured.
        """
        from desireline.act.beforeafter import judged
        from desireline.act.beforeafter.judging import Judging
        from desireline.service.before_after.measuring import panel_of

        found = self.get(which)
        with self._workspace.pinned():
            panel = panel_of(self._workspace, found)
        result = judged(panel, Judging(found.direction, found.wait_days))
        verdict = of_before_after(
            result, metric=found.of, direction=found.direction, unit=UNITS[found.measure], value=found.value,
            cost=found.cost,
        )  # fmt: skip
        told = result.model_copy(update={"sentence": sentence(verdict)})
        fields = {"result": told, "verdict": verdict, "computed": dt.datetime.now(dt.UTC)}
        return self._shelf.change(found.id, found.revision, fields)

    def in_language(self, found: BeforeAfter, language: str) -> BeforeAfter:
        """The same, its sentence in a language."""
        if found.result is None or found.verdict is None:
            return found
        told = found.result.model_copy(update={"sentence": sentence(found.verdict, language)})
        return found.model_copy(update={"result": told})

    def analyse(
        self, file: str | os.PathLike[str], *, language: str = "en", **columns: Any
    ) -> BeforeAfterResult:  # fmt: skip
        """The before/after of a file with a row for each unit and day.

        Args:
            file: any format that can be imported.
            language: of the sentence.
            columns: of `BeforeAfterFile`: unit, time, value, treated and start, or start_column …

        Raises:
            BadQuestion, MissingColumn, EmptyColumn, BadCell: as named.
            FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
        """
        from desireline.service.before_after.of_file import BeforeAfterFile, judge_file

        asked = valid(BeforeAfterFile, columns)
        result = judge_file(file, asked)
        verdict = of_before_after(result, metric=asked.value, direction=asked.direction)
        return result.model_copy(update={"sentence": sentence(verdict, language)})

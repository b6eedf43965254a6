"""Befores and afters of a workspace: the one door for the command line, HTTP and notebooks."""

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

from desireline.act.verdicts import money_told, of_before_after, sentence
from desireline.model.before_after import BeforeAfter, BeforeAfterPlan, BeforeAfterResult, FileBeforeAfter
from desireline.model.kept import Line
from desireline.model.verdict import Verdict, VerdictUnit
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.questioning import Questioning

UNITS: dict[str, VerdictUnit] = {"people": "count", "contacts": "count", "conversion": "share", "mean_score": "score"}


_MEASURED = frozenset(BeforeAfterPlan.model_fields) - {"value", "cost"}
"""What a result is of: without the name, and what money is made of."""


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
        """Change the plan; its result is forgotten if it was of another plan, and not if only the name is new.

        What an effect is worth, and what the change costs, is told anew of the same result.

        Raises:
            UnknownDocument, StaleDocument, BadQuestion, NameTaken: as named.
        """
        found = self.get(which)
        plan = {name: getattr(found, name) for name in NewBeforeAfter.model_fields}
        new = valid(NewBeforeAfter, {**plan, **fields})
        kept: dict[str, Any] = {"result": None, "verdict": None, "computed": None}
        if found.result is not None and all(getattr(new, name) == getattr(found, name) for name in _MEASURED):
            verdict = _verdict(found.result, new)
            kept = {"result": _told(found.result, verdict, "en"), "verdict": verdict}
        return self._shelf.change(which, seen, {**new.model_dump(), **kept})

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
        verdict = _verdict(result, found)
        fields = {"result": _told(result, verdict, "en"), "verdict": verdict, "computed": dt.datetime.now(dt.UTC)}
        return self._shelf.change(found.id, found.revision, fields)

    def in_language(self, found: BeforeAfter, language: str) -> BeforeAfter:
        """The same, its sentence in a language."""
        if found.result is None or found.verdict is None:
            return found
        return found.model_copy(update={"result": _told(found.result, found.verdict, language)})

    def analyse(
        self, file: str | os.PathLike[str], *, language: str = "en", **columns: Any
    ) -> FileBeforeAfter:  # fmt: skip
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
        verdict = of_before_after(
            result, metric=asked.value, direction=asked.direction, value=asked.value_per_unit, cost=asked.cost
        )
        told = _told(result, verdict, language)
        fields = {name: getattr(told, name) for name in BeforeAfterResult.model_fields}
        return FileBeforeAfter.model_validate({**fields, "money": verdict.money, "cost": asked.cost})


def _told(result: BeforeAfterResult, verdict: Verdict, language: str) -> BeforeAfterResult:
    told = {"sentence": sentence(verdict, language), "money_told": money_told(verdict, language)}
    return result.model_copy(update=told)


def _verdict(result: BeforeAfterResult, plan: BeforeAfterPlan) -> Verdict:
    return of_before_after(
        result, metric=plan.of, direction=plan.direction, unit=UNITS[plan.measure], value=plan.value, cost=plan.cost
    )
